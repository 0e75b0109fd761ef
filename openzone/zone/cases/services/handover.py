"""When somebody leaves: their cases fall to the unit, and nobody loses one."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from openzone.engines.cases.model import Verb
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.models import Case
from openzone.zone.cases.permissions import HANDS, SEES_ALL
from openzone.zone.cases.services import notices
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.merging import named
from openzone.zone.cases.services.routing import centre_unit
from openzone.zone.errors import Refused
from openzone.zone.people.models import Membership, Unit, User
from openzone.zone.people.selectors import on_day

LEFT = Text("原经办人已离岗，退回部门", "its handler has left: back to the unit")
_NOBODY = Text(
    "{number}“{title}”：{unit}已无经办人，请改派",
    "{number} “{title}”: {unit} has nobody to handle it; assign it anew",
)


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    case: Case,
    to: User,
    reason: str,
    now: dt.datetime,
    user: User | None = None,
    seen: int | None = None,
) -> Case:
    """Let a colleague of the same unit handle a case from now on."""
    posts = Membership.objects.filter(on_day(timezone.localdate(now)), user=to, unit=case.lead)
    if not (to.is_active and posts.filter(role__in=HANDS).exists()):
        raise Refused(
            Text("{who}不是该部门的经办人", "{who} handles no cases of this unit").format(who=to),
            field="to",
        )
    said = {"to": str(to.pk), "reason": reason}
    moved = act(
        actor=actor, case=case, action=named(case, Verb.HAND_OVER), now=now, user=user, data=said,
        seen=seen,
    )  # fmt: skip
    record("cases.handed_over", actor=actor, subject=case.subject, payload={"to": to.pk})
    return moved


@transaction.atomic
def release(*, actor: Actor, case: Case, now: dt.datetime) -> Case:
    """Give a case whose handler left back to the unit; where nobody is left there, say so."""
    lead = case.lead
    code = lead.code if lead is not None else ""
    said = {"to": f"unit:{code}", "reason": f"{LEFT.zh} / {LEFT.en}"}
    freed = act(actor=actor, case=case, action=named(case, Verb.HAND_OVER), now=now, data=said)
    if lead is not None and not _hands_of(lead, now):
        _tell_centre(freed, lead, now)
    record("cases.released", actor=actor, subject=case.subject, payload={"unit": code})
    return freed


def orphans(now: dt.datetime) -> QuerySet[Case]:
    """Return the open cases whose handler no longer works for the unit that leads them."""
    posts = Membership.objects.filter(
        on_day(timezone.localdate(now)),
        user=OuterRef("handler"),
        unit=OuterRef("lead"),
        user__is_active=True,
    )
    handled = Case.objects.filter(closed=False, handler__isnull=False)
    return handled.filter(~Exists(posts)).select_related("lead", "version").order_by("pk")


def _hands_of(unit: Unit, now: dt.datetime) -> bool:
    posts = Membership.objects.filter(
        on_day(timezone.localdate(now)), unit=unit, role__in=HANDS, user__is_active=True
    )
    return posts.exists()


def _tell_centre(case: Case, unit: Unit, now: dt.datetime) -> None:
    posts = Membership.objects.filter(
        on_day(timezone.localdate(now)), role__in=SEES_ALL, user__is_active=True
    ).filter(unit__in=[centre_unit(), unit])
    said = _NOBODY.format(number=case.number, title=case.title, unit=unit.name)
    people = set(posts.values_list("user", flat=True))
    notices.notify(people, case, "nobody_left", said, now, kind=NoticeKind.ESCALATED)
