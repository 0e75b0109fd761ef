"""Targets of figures: set, set anew with the reason, withdrawn."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.indicators.board_enums import TargetWay
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Entity, FigureTarget
from openzone.zone.indicators.reading import read_row
from openzone.zone.people.models import User

ABOVE_ZERO = Text("目标必须大于零", "a target must be above zero")
YEARS = Text("年份顺序不对", "the years are not in order")
COVERED = Text("年份应在 2000 至 2100 之间", "years are from 2000 to 2100")
WHY = Text("已有目标，改动请写明理由", "there is a target already: say why it is changed")
SAME = Text("与现行目标相同", "it is the same as the target that stands")
LATER = Text("目标刚被他人改动，请重新查看", "somebody else has just changed it: look again")
NO_FIRM = Text("不对单个企业设目标", "no target is set for one enterprise")
NO_YEAR = Text(
    "“至末年达到”的多年目标请写起止年份；累加目标至少两年",
    "targets summed up over years need two years at least",
)


@transaction.atomic
def set_target(
    *, actor: Actor, user: User | None, indicator: str, entity: Entity, amount: str,
    first_year: int, last_year: int, document: str, now: dt.datetime,
    way: str = TargetWay.REACH, reason: str = "", synthetic: bool = False,
) -> FigureTarget:  # fmt: skip
    """Set a target, as written with its unit; one that stands is replaced with the reason."""
    _ensure_sound(entity, first_year, last_year, way)
    given = {"series": indicator, "period": str(last_year), "value": amount, "source": document}
    said = read_row(given, entity, to_local(now).date())
    value = said.observation.value
    if value is None or value <= 0:
        raise Refused(ABOVE_ZERO, field="amount")
    made = FigureTarget(
        indicator=said.indicator.id, entity=entity, way=way, first_year=first_year,
        last_year=last_year, amount=value, given=amount.strip(), document=document.strip(),
        set_by=user, set_at=now, synthetic=synthetic or entity.synthetic, reason=reason.strip(),
    )  # fmt: skip
    _continue(made)
    ensure_valid(made)
    made.save(force_insert=True)
    _note("set", actor, made)
    return made


@transaction.atomic
def withdraw_target(
    *, actor: Actor, user: User | None, target: FigureTarget, reason: str, now: dt.datetime
) -> FigureTarget:
    """Take a target back; of two who change it at once the second is told."""
    if not reason.strip():
        raise Refused(WHY, field="reason")
    if FigureTarget.objects.filter(replaces=target).exists() or target.withdrawn:
        raise Refused(LATER)
    made = FigureTarget(
        indicator=target.indicator, entity=target.entity, way=target.way, amount=target.amount,
        first_year=target.first_year, last_year=target.last_year, given=target.given,
        document=target.document, replaces=target, reason=reason.strip(), withdrawn=True,
        synthetic=target.synthetic, set_by=user, set_at=now,
    )  # fmt: skip
    ensure_valid(made)
    made.save(force_insert=True)
    _note("withdrawn", actor, made)
    return made


def _ensure_sound(entity: Entity, first_year: int, last_year: int, way: str) -> None:
    if entity.kind == EntityKind.ENTERPRISE:
        raise Refused(NO_FIRM, field="entity")
    if not 2000 <= first_year <= 2100 or not 2000 <= last_year <= 2100:
        raise Refused(COVERED, field="first_year")
    if last_year < first_year:
        raise Refused(YEARS, field="last_year")
    if way == TargetWay.SUM and first_year == last_year:
        raise Refused(NO_YEAR, field="way")


def _continue(made: FigureTarget) -> None:
    """Go on with the line of the same indicator, entity, years and way, where there is one."""
    key = f"{made.indicator} {made.entity_id} {made.first_year}-{made.last_year} {made.way}"
    root = FigureTarget.objects.select_for_update().filter(line_key=key).first()
    if root is None:
        made.line_key, made.reason = key, ""
        return
    last = _last(root)
    if not last.withdrawn and (last.amount, last.document) == (made.amount, made.document):
        raise Refused(SAME, field="amount")
    if not made.reason:
        raise Refused(WHY, field="reason")
    made.replaces = last


def _last(root: FigureTarget) -> FigureTarget:
    """Return the last row of a line; each names the one before."""
    same = FigureTarget.objects.filter(
        indicator=root.indicator, entity=root.entity, first_year=root.first_year,
        last_year=root.last_year, way=root.way,
    )  # fmt: skip
    return same.order_by("-pk")[0]


def _note(what: str, actor: Actor, made: FigureTarget) -> None:
    record(
        f"indicators.target.{what}", actor=actor, subject=f"figure_target:{made.pk}",
        payload={
            "indicator": made.indicator, "entity": made.entity_id, "amount": str(made.amount),
            "years": f"{made.first_year}-{made.last_year}", "reason": made.reason,
        },
    )  # fmt: skip
