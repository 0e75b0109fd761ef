"""Systemic issues: what many cases have in common becomes a case, with them behind it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import Channel, LinkKind, RequesterKind
from openzone.zone.cases.models import Case, Link
from openzone.zone.cases.packs import pack
from openzone.zone.cases.services.intake import Opened, Requester, open_case
from openzone.zone.cases.services.routing import centre_unit
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User


@transaction.atomic
def raise_issue(
    *,
    actor: Actor,
    cases: Sequence[Case],
    title: str,
    text: str,
    now: dt.datetime,
    user: User | None = None,
    unit: Unit | None = None,
) -> Opened:
    """Open a systemic issue about two or more cases; the cases go on as they are."""
    if len({case.pk for case in cases}) < 2:
        raise Refused(Text("至少选择两件", "choose two cases or more"), field="cases")
    centre = centre_unit()
    opened = open_case(
        actor=actor,
        kind=pack().systemic,
        title=title,
        text=text,
        now=now,
        channel=Channel.SYSTEM,
        requester=Requester(RequesterKind.UNIT, unit=centre, user=user),
        topic=cases[0].topic,
        unit=unit,
        recorded_by=user,
    )
    _link(cases, opened.case, now, actor)
    record(
        "cases.systemic.raised", actor=actor, subject=opened.case.subject,
        payload={"cases": [case.number for case in cases]},
    )  # fmt: skip
    return opened


@transaction.atomic
def add_cases(*, actor: Actor, issue: Case, cases: Sequence[Case], now: dt.datetime) -> int:
    """Put further cases behind a systemic issue; return how many were not there yet."""
    if issue.kind != pack().systemic:
        raise Refused(Text("该件不是系统性问题", "this case is no systemic issue"))
    known = set(
        Link.objects.filter(kind=LinkKind.SYSTEMIC, target=issue, undone_at=None).values_list(
            "source", flat=True
        )
    )
    new = [case for case in cases if case.pk not in known and case.pk != issue.pk]
    _link(new, issue, now, actor)
    record(
        "cases.systemic.extended", actor=actor, subject=issue.subject,
        payload={"cases": [case.number for case in new]},
    )  # fmt: skip
    return len(new)


def _link(cases: Sequence[Case], issue: Case, now: dt.datetime, actor: Actor) -> None:
    Link.objects.bulk_create(
        Link(kind=LinkKind.SYSTEMIC, source=case, target=issue, made_at=now, made_by=actor.label)
        for case in {case.pk: case for case in cases}.values()
    )
