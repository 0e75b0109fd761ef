"""Who is told: those evaluated that a list is out, and what became of their objection."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.evaluations.enums import CycleState
from openzone.zone.evaluations.models import Cycle, Entrant, ProtestAnswer
from openzone.zone.evaluations.writing import note
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Membership
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import EnterpriseStaff

_SAID = {
    "land": Text(
        "“{title}”用地面积已公示，请核对；有异议请于 {day} 前提出",
        "“{title}”: the land areas are posted; object by {day} where yours is wrong",
    ),
    "result": Text(
        "“{title}”初评结果已公布，请查看；有异议请于 {day} 前提出",
        "“{title}”: the preliminary result is out; object by {day}",
    ),
    "final": Text("“{title}”最终名单已公布", "“{title}”: the final list is out"),
    "due": Text("“{title}”的异议期到 {day} 结束", "“{title}”: objections are possible until {day}"),
}
_ANSWERED = {
    True: Text("对“{title}”的异议成立，已按更正的数据重新计算",
               "your objection to “{title}” was upheld and worked out again"),
    False: Text("对“{title}”的异议未被支持：{text}",
                "your objection to “{title}” was not upheld: {text}"),
}  # fmt: skip
_KINDS = {"land": NoticeKind.MY_TURN, "result": NoticeKind.MY_TURN, "due": NoticeKind.DUE_SOON}


def tell_evaluated(cycle: Cycle, what: str, day: dt.date | None, now: dt.datetime) -> None:
    """Tell everybody of the enterprises evaluated, and who leads a unit that is."""
    said = _SAID[what].format(title=cycle.title, day=day or "")
    firms = cycle.entrants.filter(enterprise__isnull=False)
    there = on_day(timezone.localdate(now)) & Q(user__is_active=True)
    people = EnterpriseStaff.objects.filter(
        there, enterprise__root__in=firms.values("enterprise__root")
    ).values_list("user", flat=True)
    led = Membership.objects.filter(there, role=Role.LEADER, unit__in=cycle.entrants.values("unit"))
    subject = f"cycle:{cycle.pk}"
    key = f"evaluation-{cycle.pk}-{what}-{day or now:%Y%m%d}"
    kind = _KINDS.get(what, NoticeKind.ANSWERED)
    tell(
        Message(kind, f"cycle.{what}", said, key, subject=subject),
        sorted({*people, *led.values_list("user", flat=True)}),
        now,
    )


def tell_answered(answer: ProtestAnswer, now: dt.datetime) -> None:
    """Tell who objected what a third said."""
    entrant: Entrant = answer.protest.entrant
    said = _ANSWERED[answer.upheld].format(title=entrant.cycle.title, text=answer.text[:100])
    key = f"evaluation-protest-{answer.protest_id}"
    tell(
        Message(NoticeKind.ANSWERED, "entrant.protest", said, key, subject=f"entrant:{entrant.pk}"),
        [answer.objected_by_id], now,
    )  # fmt: skip


@transaction.atomic
def remind_all(*, actor: Actor, on: dt.date, now: dt.datetime) -> int:
    """Remind those evaluated on the last day but one; return of how many cycles."""
    ends = on + dt.timedelta(days=1)
    due = [
        *Cycle.objects.filter(state=CycleState.POSTED, post_until=ends),
        *Cycle.objects.filter(state=CycleState.PUBLISHED, objections_until=ends),
    ]
    for one in due:
        tell_evaluated(one, "due", ends, now)
        note("reminded", actor, one, until=ends.isoformat())
    return len(due)
