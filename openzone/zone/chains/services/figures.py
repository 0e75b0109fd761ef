"""Figures of links: recorded as published, superseded by later ones, taken back."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import ChainSheet, NodeFigure
from openzone.zone.chains.packs import figures_pack
from openzone.zone.chains.selectors.figures import key_of
from openzone.zone.chains.services.placing import WHY, ensure_node
from openzone.zone.chains.services.writing import done_by, ensure_come, note
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise

PERIOD: Final = re.compile(r"(19|20)\d\d(?:H[12]|Q[1-4]|-(?:0[1-9]|1[0-2]))?")
"""A year, half, quarter or month."""
NO_KIND = Text("没有指标“{name}”", "there is no kind of figure “{name}”")
NO_UNIT = Text("“{kind}”不用单位“{unit}”", "“{kind}” has no unit “{unit}”")
NO_WORD = Text("没有限定词“{word}”", "there is no word “{word}” beside a figure")
NEGATIVE = Text("数值应不小于0", "the value must not be negative")
TOO_MUCH = Text("“{kind}”不能大于 {most}", "“{kind}” cannot be above {most}")
BAD_PERIOD = Text(
    "期间应写作 2025、2025H1、2025Q3 或 2025-06，不是“{given}”",
    "write the period as 2025, 2025H1, 2025Q3 or 2025-06, not “{given}”",
)
NO_SOURCE = Text("请填写来源", "name the source")
KNOWN = Text("同一来源的这一数值已登记", "this value of this source is on record already")
OTHER_THING = Text(
    "只能取代同一环节、指标和期间的数值",
    "only a figure of the same link, kind and period is superseded",
)
EARLIER = Text(
    "取代它的数值不能早于 {day} 发布", "what takes its place is not published before {day}"
)


@transaction.atomic
def record_figure(
    *, actor: Actor, user: User, chain: str, node: str, kind: str, value: Decimal, unit: str,
    period: str, source: str, published_on: dt.date, now: dt.datetime, qualifier: str = "",
    enterprise: Enterprise | None = None, supersedes: NodeFigure | None = None, reason: str = "",
    sheet: ChainSheet | None = None, synthetic: bool = False,
) -> NodeFigure:  # fmt: skip
    """Record a figure of a link, or of a firm at it, as it was published.

    Another one of the same thing stays beside it, and pages show where they contradict each other,
    unless the new one ``supersedes`` it for a ``reason``.
    """
    made = NodeFigure(
        chain=chain, node=node, enterprise=enterprise.root if enterprise else None, kind=kind,
        value=value, unit=unit, qualifier=qualifier, period=period.strip().upper(),
        source=source.strip(), published_on=published_on, recorded_by=user, recorded_at=now,
        supersedes=supersedes, sheet=sheet, synthetic=synthetic,
    )  # fmt: skip
    _ensure(made, now)
    if supersedes is not None:
        _supersede(made, supersedes, reason, user, now)
    made.save(force_insert=True)
    _note("figure.recorded", actor, made, reason)
    return made


@transaction.atomic
def withdraw_figure(
    *, actor: Actor, user: User, figure: NodeFigure, reason: str, now: dt.datetime
) -> NodeFigure:
    """Take a figure back that was written down wrongly; it stays readable as what was known."""
    fresh = _take_back(figure, reason, user, now)
    _note("figure.withdrawn", actor, fresh, reason)
    return fresh


def _ensure(made: NodeFigure, now: dt.datetime) -> None:
    """Refuse what the pack does not know, and a figure that is on record from this source."""
    pack = figures_pack()
    kind = pack.kind(made.kind)
    if kind is None:
        raise Refused(NO_KIND.format(name=made.kind), field="kind")
    ensure_node(made.chain, made.node, made.published_on)
    unit, word = pack.unit(made.unit), pack.qualifier(made.qualifier)
    if unit is None or unit.base not in kind.bases:
        label = kind.label
        reason = Text(NO_UNIT.zh.format(kind=label.zh, unit=made.unit),
                      NO_UNIT.en.format(kind=label.en, unit=made.unit))  # fmt: skip
        raise Refused(reason, field="unit")
    if word is None:
        raise Refused(NO_WORD.format(word=made.qualifier), field="qualifier")
    made.unit, made.qualifier = unit.id, "" if word.id == "exact" else word.id
    _ensure_value(made, unit.times, kind.most, kind.label.zh, kind.label.en)
    if not PERIOD.fullmatch(made.period):
        raise Refused(BAD_PERIOD.format(given=made.period), field="period")
    if not made.source:
        raise Refused(NO_SOURCE, field="source")
    ensure_come(made.published_on, now, "published_on")
    ensure_valid(made)
    _ensure_new(made)


def _ensure_value(made: NodeFigure, times: Decimal, most: Decimal | None, zh: str, en: str) -> None:
    if not made.value.is_finite() or made.value < 0:
        raise Refused(NEGATIVE, field="value")
    if most is not None and made.value * times > most:
        told = f"{(most / times).normalize():f}"
        raise Refused(
            Text(TOO_MUCH.zh.format(kind=zh, most=told), TOO_MUCH.en.format(kind=en, most=told)),
            field="value",
        )


def _ensure_new(made: NodeFigure) -> None:
    same = NodeFigure.objects.filter(
        chain=made.chain, node=made.node, kind=made.kind, period=made.period, value=made.value,
        unit=made.unit, qualifier=made.qualifier, source=made.source,
        published_on=made.published_on, enterprise=made.enterprise, withdrawn_at__isnull=True,
    )  # fmt: skip
    if same.exists():
        raise Refused(KNOWN)


def _supersede(
    made: NodeFigure, old: NodeFigure, reason: str, user: User, now: dt.datetime
) -> None:
    if key_of(made) != key_of(old):
        raise Refused(OTHER_THING, field="supersedes")
    if made.published_on < old.published_on:
        raise Refused(EARLIER.format(day=old.published_on), field="published_on")
    _take_back(old, reason, user, now)


def _take_back(figure: NodeFigure, reason: str, user: User, now: dt.datetime) -> NodeFigure:
    if not reason.strip():
        raise Refused(WHY, field="reason")
    rows = NodeFigure.objects.select_for_update(of=("self",)).select_related("withdrawn_by")
    fresh = rows.get(pk=figure.pk)
    if fresh.withdrawn_at is not None:
        raise Refused(done_by(fresh.withdrawn_by, fresh.withdrawn_at))
    fresh.withdrawn_at, fresh.withdrawn_by = now, user
    fresh.withdrawn_reason = reason.strip()
    fresh.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return fresh


def _note(what: str, actor: Actor, figure: NodeFigure, reason: str) -> None:
    payload: dict[str, Any] = {
        "chain": figure.chain, "node": figure.node, "kind": figure.kind, "period": figure.period,
        "value": str(figure.value), "unit": figure.unit, "reason": reason.strip(),
        "supersedes": figure.supersedes_id,
    }  # fmt: skip
    note(action=what, actor=actor, subject=f"node_figure:{figure.pk}", payload=payload)
