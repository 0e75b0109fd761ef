"""Left out, vetoed, points by decision: each with its document, lifted by another decision."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.evaluations.enums import CycleState, RulingKind
from openzone.zone.evaluations.models import Cycle, Entrant, Ruling
from openzone.zone.evaluations.packs import pack
from openzone.zone.evaluations.writing import ensure_said, locked, note
from openzone.zone.people.models import User

NO_GROUND = Text("没有这一事由", "there is no such ground")
NO_POINTS = Text("请填写加减的分数", "say how many points")
ON_FILE = Text("已有同一事由的决定", "there is a decision on this ground already")
LIFTED = Text("该决定已撤销", "this decision was lifted already")
NOT_NOW = Text(
    "名单公布后，只有在该对象的异议待答复时才能更改",
    "after publication this changes only while an objection of theirs waits",
)


@transaction.atomic
def decide(
    *, actor: Actor, user: User, entrant: Entrant, kind: str, document: str, now: dt.datetime,
    ground: str = "", points: Decimal | None = None, reason: str = "",
) -> Ruling:  # fmt: skip
    """Leave somebody out, veto them, or add points, by a document."""
    cycle = _open(entrant)
    allowed = {
        RulingKind.EXCLUDE: {one.id for one in pack().exclusions},
        RulingKind.VETO: {one.id for one in pack().vetoes},
        RulingKind.ADJUST: {""},
    }.get(RulingKind(kind), set())
    if ground not in allowed:
        raise Refused(NO_GROUND, field="ground")
    if kind == RulingKind.ADJUST and not points:
        raise Refused(NO_POINTS, field="points")
    standing = entrant.rulings.filter(kind=kind, ground=ground, lifted_by=None)
    if kind != RulingKind.ADJUST and standing.exists():
        raise Refused(ON_FILE, field="ground")
    made = Ruling(
        entrant=entrant, kind=kind, ground=ground, document=ensure_said(document, "document"),
        points=points if kind == RulingKind.ADJUST else None, reason=reason.strip(), by=user,
        at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    note("ruling.made", actor, cycle, entrant=entrant.pk, kind=kind, ground=ground)
    return made


@transaction.atomic
def lift_ruling(
    *, actor: Actor, user: User, ruling: Ruling, document: str, now: dt.datetime, reason: str = ""
) -> Ruling:
    """Lift a decision, by a document; both stay on file."""
    cycle = _open(ruling.entrant)
    if Ruling.objects.filter(lifts=ruling).exists() or ruling.kind == RulingKind.LIFT:
        raise Refused(LIFTED)
    made = Ruling(
        entrant=ruling.entrant, kind=RulingKind.LIFT, ground=ruling.ground, lifts=ruling,
        document=ensure_said(document, "document"), reason=reason.strip(), by=user, at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    note("ruling.lifted", actor, cycle, entrant=ruling.entrant_id, ruling=ruling.pk)
    return made


def _open(entrant: Entrant) -> Cycle:
    cycle = locked(
        entrant.cycle, CycleState.GATHERING, CycleState.POSTED, CycleState.PUBLISHED
    )  # fmt: skip
    waiting = entrant.protests.filter(answer=None).exists()
    if cycle.state == CycleState.PUBLISHED and not waiting:
        raise Refused(NOT_NOW)
    return cycle
