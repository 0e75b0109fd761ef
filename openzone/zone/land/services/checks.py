"""Promises of standard land are checked; what was missed obliges, as a case with its clock."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from openzone.engines.projects.landcheck import Deviation, Stage, consequence_of
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.services.intake import Requester, centre_unit, open_case
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.land.enums import CheckStage
from openzone.zone.land.models import CheckFigure, LandCheck, Obligation, StandardLand
from openzone.zone.land.packs import pack
from openzone.zone.land.permissions import SAME_PERSON
from openzone.zone.land.selectors.standards import misses_before, results_of, stage_promises
from openzone.zone.land.services.standards import in_force
from openzone.zone.land.writing import ensure_past, keep_file, note, subject
from openzone.zone.people.models import User
from openzone.zone.registry.permissions import speaks_for

KIND = "land_obligation"
PROMISER = Text("承诺方不能核验自己的承诺", "who promises does not check")
BEFORE = Text("不能早于签订日 {day}", "not before it was signed, on {day}")
NO_PROMISE = Text("协议中没有这一阶段核验的指标", "nothing is promised for this check")
NOT_PROMISED = Text("协议中没有承诺“{name}”", "“{name}” was not promised")
NOTHING = Text("至少填写一项实际值", "one figure at least is needed")
RUNNING = Text(
    "上一次核验发现的问题“{number}”尚未销号，销号后再复核",
    "the case “{number}” of the last check is open: close it, then check again",
)
TITLE = Text("{parcel}：{label}未达承诺", "{parcel}: {label} short of its promise")


@transaction.atomic
def check_standard(
    *, actor: Actor, standard: StandardLand, stage: str, on: dt.date,
    figures: Mapping[str, Decimal | None], file_name: str, data: bytes, user: User,
    now: dt.datetime, today: dt.date, remark: str = "",
) -> LandCheck:  # fmt: skip
    """Hold what was reached against what was promised, with evidence.

    ``figures`` by indicator; one that is not there stays unknown and keeps the check open. Every
    promise missed by more than is tolerated opens a case. While such a case is open the indicator
    is not checked again.
    """
    fresh = in_force(standard)
    _ensure_checker(fresh, user, on, today)
    promised = stage_promises(fresh, Stage(stage))
    if not promised:
        raise Refused(NO_PROMISE, field="stage")
    _ensure_figures(promised, figures)
    _ensure_closed(fresh, stage)
    made = LandCheck(
        standard=fresh, stage=CheckStage(stage), seq=fresh.checks.count() + 1, on=on,
        remark=remark.strip(), checker=user, signed_by=fresh.signed_by, recorded_at=now,
    )  # fmt: skip
    keep_file(made, file_name, data)
    ensure_valid(made)
    made.save(force_insert=True)
    for name, value in promised.items():
        CheckFigure(check_of=made, indicator=name, promised=value, value=figures.get(name)).save(
            force_insert=True
        )
    note(
        "standard.checked", actor, subject(fresh.parcel), standard=fresh.pk, stage=stage,
        on=on.isoformat(), sha256=made.sha256,
        figures={name: None if one is None else str(one) for name, one in figures.items()},
    )  # fmt: skip
    _oblige(actor, made, now)
    return made


def _ensure_checker(standard: StandardLand, user: User, on: dt.date, today: dt.date) -> None:
    ensure_past(on, today)
    if standard.signed_on is not None and on < standard.signed_on:
        raise Refused(BEFORE.format(day=standard.signed_on), field="on")
    if user.pk == standard.signed_by_id:
        raise Refused(SAME_PERSON)
    if standard.enterprise is not None and speaks_for(user, standard.enterprise, today):
        raise Refused(PROMISER)


def _ensure_figures(promised: Mapping[str, Decimal], figures: Mapping[str, Decimal | None]) -> None:
    for name in figures:
        if name not in promised:
            raise Refused(NOT_PROMISED.format(name=name), field="figures")
    if all(value is None for value in figures.values()):
        raise Refused(NOTHING, field="figures")


def _ensure_closed(standard: StandardLand, stage: str) -> None:
    of_stage = Obligation.objects.filter(
        figure__check_of__standard=standard, figure__check_of__stage=stage, case__closed=False
    )
    running = of_stage.select_related("case").first()
    if running is not None:
        raise Refused(RUNNING.format(number=running.case.number))


def _oblige(actor: Actor, check: LandCheck, now: dt.datetime) -> None:
    """Open a case for every promise that was missed by more than is tolerated."""
    rule = pack().standard
    ladder = [one.rung for one in rule.consequences]
    rows = {one.indicator: one for one in check.figures.all()}
    for found in results_of(check):
        missed = misses_before(check, found.indicator.id) + 1
        rung = consequence_of(found, missed, ladder)
        if rung is not None:
            _open(actor, check, rows[found.indicator.id], found, rung.id, now)


def _open(
    actor: Actor, check: LandCheck, figure: CheckFigure, found: Deviation, rung: str,
    now: dt.datetime,
) -> None:  # fmt: skip
    parcel, label = check.standard.parcel, found.indicator.label
    opened = open_case(
        actor=actor, kind=KIND, now=now, channel=Channel.SYSTEM, place=parcel.place,
        title=TITLE.zh.format(parcel=parcel.number, label=label.zh)[:200],
        text=f"{found.sentence.zh}（{check.on}，{check.standard.number}）",
        requester=Requester(RequesterKind.UNIT, unit=centre_unit()), unit=parcel.unit,
        fields={"parcel": f"{parcel.number} {parcel.name}"[:200], "indicator": label.zh[:100],
                "consequence": rung},
        origin=f"parcel:{parcel.pk}",
    )  # fmt: skip
    Obligation.objects.create(figure=figure, consequence=rung, case=opened.case)
    note(
        "standard.obliged", actor, subject(parcel), standard=check.standard_id,
        indicator=found.indicator.id, consequence=rung, case=opened.case.number,
    )  # fmt: skip
