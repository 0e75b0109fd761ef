"""Who sees a lead, who works on it, and who sees how a person is reached, each with its reason."""

import datetime as dt

from django.db.models import Q, QuerySet

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Membership, User
from openzone.zone.people.permissions import Decision, allow, deny
from openzone.zone.people.selectors import memberships_of, on_day
from openzone.zone.projects.permissions import HANDS, Visitor, sees_all
from openzone.zone.projects.permissions import may_see as may_see_project
from openzone.zone.projects.permissions import may_tidy as may_tidy_projects
from openzone.zone.promotion.enums import Consent, ReferralState
from openzone.zone.promotion.models import Contact, Investor, Lead, LeadHelper, Referral
from openzone.zone.promotion.selectors.alike import leads_of


def is_adviser(user: Visitor, on: dt.date) -> bool:
    """Whether somebody is on the roster of advisers on a day."""
    if not (isinstance(user, User) and user.is_active):
        return False
    return user.adviser_terms.filter(on_day(on)).exists()


def may_list(user: Visitor, on: dt.date) -> Decision:
    """Decide who opens promotion at all: advisers, handlers, the centre, leaders; each sees own."""
    held = list(memberships_of(user, on))
    if sees_all(held) or any(post.role in HANDS for post in held) or is_adviser(user, on):
        return allow()
    return deny("仅限招商顾问和园区工作人员", "for advisers and people who work for the zone")


def may_record(user: Visitor, on: dt.date) -> Decision:
    """Decide who brings in leads and investors: advisers, handlers, project chiefs, the centre."""
    held = list(memberships_of(user, on))
    if any(post.role in HANDS or _is_centre(post) for post in held) or is_adviser(user, on):
        return allow()
    return deny("由招商顾问、经办人或服务中心录入", "done by advisers, handlers or the centre")


def may_see(user: Visitor, lead: Lead, on: dt.date) -> Decision:
    """Decide who opens a lead: who works on it, the centre, leaders; later who sees its project."""
    if sees_all(memberships_of(user, on)) or _works_on(user, lead, on):
        return allow()
    if lead.project is not None and may_see_project(user, lead.project, on).allowed:
        return allow()
    return deny(
        "仅限该线索的顾问、跟进单位和获准人员",
        "for the lead's adviser, its unit and those who were let in",
    )


def may_edit(user: Visitor, lead: Lead, on: dt.date) -> Decision:
    """Decide who writes into a lead: who works on it, and the centre."""
    if any(_is_centre(post) for post in memberships_of(user, on)) or _works_on(user, lead, on):
        return allow()
    return deny(
        "由该线索的顾问、跟进单位或服务中心办理",
        "done by the lead's adviser, its unit or the service centre",
    )


def may_assign(user: Visitor, lead: Lead, on: dt.date) -> Decision:
    """Decide who gives a lead to an adviser, and lets others in: its unit and the centre.

    Its adviser may pass it on, and who recorded a lead nobody follows may assign it.
    """
    return may_edit(user, lead, on)


def may_credit(user: Visitor, lead: Lead, on: dt.date) -> Decision:
    """Decide who divides the credit: the centre, or the project chief of the lead's unit."""
    for post in memberships_of(user, on):
        chief = post.role == Role.PROJECT_CHIEF and post.unit_id == lead.unit_id
        if chief or _is_centre(post):
            return allow()
    return deny(
        "由服务中心或跟进单位的项目负责人确定",
        "decided by the centre or the project chief of the unit",
    )


def may_answer(user: Visitor, referral: Referral, on: dt.date) -> Decision:
    """Decide who answers a referral: the people of the unit it was made to."""
    if any(_works_at(post, referral.to_unit_id) for post in memberships_of(user, on)):
        return allow()
    return deny("由接收单位答复", "answered by the unit it was passed to")


def may_keep_roster(user: Visitor, on: dt.date) -> Decision:
    """Decide who keeps the roster of advisers: the centre, administrators."""
    return may_tidy(user, on)


def may_tidy(user: Visitor, on: dt.date) -> Decision:
    """Decide who imports workbooks and merges investors: the centre, administrators."""
    return may_tidy_projects(user, on)


def may_see_people(user: Visitor, investor: Investor, on: dt.date) -> Decision:
    """Decide who sees who speaks for an investor: who works on a lead of it, the centre.

    Leaders and administrators see names, not numbers; another adviser sees neither.
    """
    if sees_all(memberships_of(user, on)) or _works_on_any(user, investor, on):
        return allow()
    return deny(
        "仅限跟进该投资方线索的人员；可请顾问授权",
        "for who works on a lead of this investor; ask its adviser to let you in",
    )


def may_reach(user: Visitor, contact: Contact, on: dt.date) -> Decision:
    """Decide who sees how a person is reached; every look is logged, withdrawn consent hides it."""
    if contact.consent is Consent.WITHDRAWN:
        return deny("本人已撤回同意", "the person withdrew consent")
    centre = any(_is_centre(post) for post in memberships_of(user, on))
    if centre or _works_on_any(user, contact.investor, on):
        return allow()
    return deny("仅限跟进该投资方线索的人员", "for who works on a lead of this investor")


def own_leads(user: Visitor, on: dt.date) -> QuerySet[Lead]:
    """Return the leads somebody works on: the same rule as ``may_edit`` but for the centre."""
    if not (isinstance(user, User) and user.is_active):
        return Lead.objects.none()
    units = [post.unit_id for post in memberships_of(user, on) if _hands(post)]
    helped = LeadHelper.objects.filter(on_day(on), user=user).values("lead")
    referred = Referral.objects.filter(to_unit__in=units, state=ReferralState.OPEN).values("lead")
    found = Q(unit__in=units) | Q(recorded_by=user, adviser=None)
    if is_adviser(user, on):
        found |= Q(adviser=user)
    return Lead.objects.filter(found | Q(pk__in=helped) | Q(pk__in=referred))


def visible(user: Visitor, on: dt.date) -> QuerySet[Lead]:
    """Return the leads of the lists of somebody.

    What became a project is read from the project too; lists of leads show one's own.
    """
    if sees_all(memberships_of(user, on)):
        return Lead.objects.all()
    return own_leads(user, on)


def _works_on(user: Visitor, lead: Lead, on: dt.date) -> bool:
    return own_leads(user, on).filter(pk=lead.pk).exists()


def _works_on_any(user: Visitor, investor: Investor, on: dt.date) -> bool:
    leads = leads_of(investor)
    if isinstance(user, User) and user.pk == investor.recorded_by_id and not leads.exists():
        return True
    return own_leads(user, on).filter(pk__in=leads.values("pk")).exists()


def _hands(post: Membership) -> bool:
    return post.role in HANDS or post.role == Role.CENTRE


def _works_at(post: Membership, unit: int) -> bool:
    return post.unit_id == unit and _hands(post)


def _is_centre(post: Membership) -> bool:
    handles = post.role == Role.HANDLER and post.unit.kind == UnitKind.CENTRE
    return post.role == Role.CENTRE or handles
