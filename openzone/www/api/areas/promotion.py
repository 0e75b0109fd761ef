"""Leads: the list, one with all that was said, bringing one in, every step, referrals."""

from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.areas.projects import NO_SUCH
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import hide, require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import promotion as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Day, Id, Line, Paragraphs, Whole
from openzone.www.forms import promotion_acts as page
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import Unit, User
from openzone.zone.promotion.models import Investor, Lead, LeadHelper, Referral
from openzone.zone.promotion.permissions import (
    may_answer,
    may_credit,
    may_edit,
    may_list,
    may_record,
    may_see,
    visible,
)
from openzone.zone.promotion.selectors import listing
from openzone.zone.promotion.selectors.quiet import quiet_leads
from openzone.zone.promotion.selectors.timeline import maturity
from openzone.zone.promotion.services import following, interactions, landing, referrals
from openzone.zone.promotion.services import leads as services
from openzone.zone.registry.models import Place

desk = Desk(KeyArea.PROMOTION)
ROOT = "/promotion/leads"
WITH = ("investor", "adviser", "unit", "place", "project")


@desk.read(ROOT, Text("招商线索", "Leads"), shapes.LeadPart)
def list_leads(
    asked: Asked, text: Line = "", state: Line = "", source: Line = "", channel: Line = "",
    grade: Line = "", adviser: Line = "", unit: Line = "", after: After = 0, limit: Limit = 50,
) -> Any:  # fmt: skip
    """Leads the caller may see. `state` is one of them, `in_talks` or `open`; `grade` may be none.

    `adviser` is a user name, `unit` a code.
    """
    require(may_list(asked.user, asked.on))
    chosen = listing.Filter(
        text=text, state=state, source=source, channel=channel, grade=grade,
        adviser=_user(adviser).pk if adviser else None, unit=_unit(unit).pk if unit else None,
    )  # fmt: skip
    found = listing.with_names(listing.leads(chosen, asked.user, asked.on))
    return latest(found, after, limit)


@desk.read(ROOT + "/quiet", Text("久未联系的线索", "Leads nobody called"), list[shapes.QuietOut])
def quiet(asked: Asked, days: int | None = None) -> Any:
    """Open leads nobody has spoken to for longer than their grade allows, or for so many days."""
    require(may_list(asked.user, asked.on))
    return quiet_leads(visible(asked.user, asked.on), asked.on, days)


@desk.read(ROOT + "/{pk}", Text("线索详情", "One lead"), shapes.LeadDetail,
           tag=lambda found: str(found.last_seq))  # fmt: skip
def get_lead(asked: Asked, pk: Id) -> Any:
    """A lead with its steps, talks, referrals, credit, and what its next grade lacks."""
    return shown(seen(asked, pk))


class LeadIn(Body):
    """A lead; ``wished`` is in whole units. ``sure``: another investment of the same investor."""

    title: Line
    source: Line
    source_note: Line = ""
    channel: Line = ""
    summary: Paragraphs = ""
    wished: Decimal | None = None
    currency: Line = "CNY"
    industry: Line = ""
    chain: Line = ""
    node: Line = ""
    gap: Line = ""
    gap_reason: Line = ""
    place: Line = ""
    unit: Line = ""

    def described(self) -> dict[str, Any]:
        """Return what is said, as the service takes it."""
        given = self.dict(include=set(LeadIn.model_fields))
        given["place"] = _place(self.place) if self.place else None
        given["unit"] = _unit(self.unit) if self.unit else None
        return given


class NewLeadIn(LeadIn):
    """A lead of an investor on record."""

    investor: Id
    received_on: Day
    adviser: Line = ""
    sure: bool = False


@desk.act(ROOT, Text("登记线索", "Bring in a lead"), NewLeadIn, shapes.LeadDetail, status=201)
def record_lead(asked: Asked, sent: NewLeadIn) -> Any:
    """Bring in a lead; without `sure` a second open lead of an investor is refused."""
    require(may_record(asked.user, asked.on))
    made = services.record_lead(
        **of(asked, "now", "user"), investor=get_object_or_404(Investor, pk=sent.investor),
        received_on=sent.received_on, adviser=_user(sent.adviser) if sent.adviser else None,
        sure=sent.sure, **sent.described(),
    )  # fmt: skip
    return shown(made)


@desk.act(ROOT + "/{pk}/change", Text("修改线索", "Describe a lead anew"), LeadIn,
          shapes.LeadDetail)  # fmt: skip
def change_lead(asked: Asked, sent: LeadIn, pk: Id) -> Any:
    """Describe a lead anew, as a whole: what is not sent is emptied."""
    lead = kept(asked, pk)
    return shown(services.change_lead(actor=asked.actor, lead=lead, **sent.described()))


@desk.act(ROOT + "/{pk}/assign", Text("分派线索", "Assign a lead"), page.AssignForm,
          shapes.LeadDetail)  # fmt: skip
def assign(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Give a lead to an adviser on the roster."""
    lead = kept(asked, pk)
    return shown(
        following.assign(**of(asked, "now", "user"), lead=lead, **sent.given(lead, asked.on))
    )


class MoveIn(Body):
    """Where a lead goes: in_contact, negotiating, rejected, shelved, or reopen."""

    to: Line
    on: Day
    reason: Line = ""
    sure: bool = False
    seen: Whole | None = None


@desk.act(ROOT + "/{pk}/move", Text("移动线索", "Move a lead"), MoveIn, shapes.LeadDetail)
def move(asked: Asked, sent: MoveIn, pk: Id) -> Any:
    """Let a lead go on, back, end, or begin again; all but going on need a reason."""
    hands = {**of(asked, "now", "user"), "lead": kept(asked, pk), "on": sent.on,
             "reason": sent.reason, "seen": sent.seen}  # fmt: skip
    if sent.to == "reopen":
        return shown(following.reopen(**hands, sure=sent.sure))
    ends = sent.to in ("rejected", "shelved")
    service = following.end if ends else following.move
    return shown(service(**hands, to=sent.to))


@desk.act(ROOT + "/{pk}/interactions", Text("登记联系", "Record an interaction"), page.TalkForm,
          shapes.TalkOut, status=201)  # fmt: skip
def talk(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Write down what was said; the first talk puts a lead in contact."""
    lead = kept(asked, pk)
    return interactions.record_interaction(
        **of(asked, "now", "user"), lead=lead, **sent.given(lead, asked.on)
    )


@desk.act(ROOT + "/{pk}/interactions/correct", Text("更正联系", "Correct an interaction"),
          page.CorrectForm, shapes.TalkOut, status=201)  # fmt: skip
def correct(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Write a talk down rightly; the wrong one stays readable and counts nowhere."""
    lead = kept(asked, pk)
    given = sent.given(lead, asked.on)
    return interactions.correct_interaction(**of(asked, "now", "user"), **given)


class GradeIn(Body):
    """Answers of the checklist by their ids; null where nobody knows."""

    on: Day
    answers: dict[str, bool | None]


@desk.act(ROOT + "/{pk}/grade", Text("评定成熟度", "Grade a lead"), GradeIn, shapes.LeadDetail)
def grade(asked: Asked, sent: GradeIn, pk: Id) -> Any:
    """Answer the checklist; the grade follows."""
    lead = kept(asked, pk)
    interactions.grade_lead(**of(asked, "now", "user"), lead=lead, answers=sent.answers, on=sent.on)
    return shown(seen(asked, pk))


class CreditIn(Body):
    """Parts by user name; they add up to one."""

    shares: dict[str, Decimal]


@desk.act(ROOT + "/{pk}/credit", Text("分配贡献", "Divide the credit"), CreditIn,
          shapes.LeadDetail)  # fmt: skip
def credit(asked: Asked, sent: CreditIn, pk: Id) -> Any:
    """State which advisers have credit for a lead."""
    lead = seen(asked, pk)
    require(may_credit(asked.user, lead, asked.on))
    shares = {_user(name, "shares"): share for name, share in sent.shares.items()}
    return shown(following.set_credit(actor=asked.actor, lead=lead, shares=shares))


@desk.act(ROOT + "/{pk}/helpers", Text("授权查看", "Let somebody in"), page.LetInForm,
          shapes.HelperOut, status=201)  # fmt: skip
def let_in(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Let somebody see a lead and its people, and work on it."""
    lead = kept(asked, pk)
    given = sent.given(lead, asked.on)
    return following.let_in(actor=asked.actor, lead=lead, on=asked.on, **given)


class LetOutIn(Body):
    """The last day somebody is let in."""

    on: Day


@desk.act("/promotion/helpers/{pk}/end", Text("取消授权", "Let somebody out"), LetOutIn,
          shapes.HelperOut)  # fmt: skip
def let_out(asked: Asked, sent: LetOutIn, pk: Id) -> Any:
    """Let somebody see a lead no longer."""
    helper = get_object_or_404(LeadHelper.objects.select_related("lead", "user"), pk=pk)
    kept(asked, helper.lead_id)
    return following.let_out(actor=asked.actor, helper=helper, on=sent.on)


@desk.act(ROOT + "/{pk}/project", Text("转为项目", "Make it a project"), page.LandForm,
          shapes.LeadDetail, status=201)  # fmt: skip
def land(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Make a project of a lead, once."""
    lead = kept(asked, pk)
    given = sent.given(lead, asked.on)
    landing.become_project(**of(asked, "now", "user"), lead=lead, **given)
    return shown(seen(asked, pk))


@desk.read("/promotion/referrals", Text("转介", "Referrals"), list[shapes.ReferralOut])
def list_referrals(asked: Asked) -> Any:
    """Referrals of leads the caller works on, and those made by the caller, open ones first."""
    require(may_list(asked.user, asked.on))
    rows = Referral.objects.select_related("to_unit", "referrer")
    own = rows.filter(lead__in=visible(asked.user, asked.on)) | rows.filter(referrer=asked.user)
    return own.order_by("answered_at", "-pk")[:200]


@desk.act(ROOT + "/{pk}/refer", Text("转介线索", "Pass a lead on"), page.ReferForm,
          shapes.ReferralOut, status=201)  # fmt: skip
def refer(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Pass a lead to another unit; its people answer by the day."""
    lead = kept(asked, pk)
    return referrals.refer(**of(asked, "now", "user"), lead=lead, **sent.given(lead, asked.on))


@desk.act("/promotion/referrals/{pk}/talked", Text("转介已洽谈", "Answer a referral with a talk"),
          page.TalkForm, shapes.TalkOut, status=201)  # fmt: skip
def answer_referral(asked: Asked, sent: Sent, pk: Id) -> Any:
    """End a referral by talking; a lead handed over is the unit's from then on."""
    found = _referral(asked, pk)
    given = sent.given(found.lead, asked.on)
    return referrals.answer_with_talk(**of(asked, "now", "user"), referral=found, **given)


@desk.act("/promotion/referrals/{pk}/refuse", Text("退回转介", "Refuse a referral"),
          page.RefuseForm, shapes.ReferralOut)  # fmt: skip
def refuse_referral(asked: Asked, sent: Sent, pk: Id) -> Any:
    """End a referral with a reason, which goes back to who made it."""
    found = _referral(asked, pk)
    given = sent.given(found.lead, asked.on)
    return referrals.refuse_referral(**of(asked, "now", "user"), referral=found, **given)


def seen(asked: Asked, pk: int) -> Lead:
    """Return a lead the caller may read."""
    lead = get_object_or_404(Lead.objects.select_related(*WITH), pk=pk)
    hide(may_see(asked.user, lead, asked.on))
    return lead


def kept(asked: Asked, pk: int) -> Lead:
    """Return a lead the caller may write into."""
    lead = seen(asked, pk)
    require(may_edit(asked.user, lead, asked.on))
    return lead


def shown(lead: Lead) -> Any:
    """Return a lead with its parts."""
    _last, ripe = maturity(lead)
    told: Any = lead
    told.lacks = [
        {"id": one.id, "label": Words.of(one.label), "known": known}
        for known, asks in ((True, ripe.to_do), (False, ripe.to_find_out))
        for one in asks
    ]
    return told


def _referral(asked: Asked, pk: int) -> Referral:
    rows = Referral.objects.select_related("lead__investor__root", "to_unit", "referrer")
    found = get_object_or_404(rows, pk=pk)
    hide(may_see(asked.user, found.lead, asked.on))
    require(may_answer(asked.user, found, asked.on))
    return found


def _user(name: str, field: str = "adviser") -> User:
    found = User.objects.filter(username=name).first()
    if found is None:
        raise Refused(NO_SUCH.format(value=name), field=field)
    return found


def _unit(code: str) -> Unit:
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise Refused(NO_SUCH.format(value=code), field="unit")
    return found


def _place(code: str) -> Place:
    found = Place.objects.filter(code=code).first()
    if found is None:
        raise Refused(NO_SUCH.format(value=code), field="place")
    return found
