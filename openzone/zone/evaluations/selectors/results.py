"""Results: worked out from the data, kept with everything behind them, and what would lift one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from openzone.engines.scoring.evaluating import evaluate
from openzone.engines.scoring.lifting import Lift, lift
from openzone.engines.scoring.model import Entry, Indicator, ItemScore, Scheme, Scored
from openzone.engines.text import Text
from openzone.packs.scoring import ScoringPack
from openzone.zone.evaluations.models import Cycle, Entrant, Outcome, Run
from openzone.zone.evaluations.selectors.data import counted_on, entries_of
from openzone.zone.evaluations.selectors.items import pack_of

_TIMES = Text("{weight} × {value} ÷ {base} = {points}", "{weight} × {value} ÷ {base} = {points}")
_CAPPED = Text(
    "{weight} × min({value} ÷ {base}, {cap}) = {points}",
    "{weight} × min({value} ÷ {base}, {cap}) = {points}",
)
_FLOORED = Text(
    "{weight} × max({value} ÷ {base}, {floor}) = {points}",
    "{weight} × max({value} ÷ {base}, {floor}) = {points}",
)
_AVERAGED = Text("没有数据，取本组平均得分 {points}", "no data: the average of the group, {points}")
_MISSING = Text("没有数据，不能计分", "no data: no points")


class Line(NamedTuple):
    """An item of a result with the formula its points came by."""

    label: Text
    unit: str
    weight: Decimal
    value: Decimal | None
    base: Decimal | None
    points: Decimal | None
    formula: Text


def work_out(cycle: Cycle, scheme: Scheme | None = None) -> list[Scored]:
    """Return everybody's result from the figures as they stand."""
    return evaluate(scheme or pack_of(cycle).scheme, entries_of(cycle), counted_on(cycle))


def latest_run(cycle: Cycle) -> Run | None:
    """Return the results that stand: the final list, or the newest."""
    return cycle.final_run or cycle.runs.order_by("-seq").first()


def detail_of(one: Scored, names: Mapping[str, str]) -> dict[str, Any]:
    """Return everything behind a result, as it is kept."""
    entry = one.entry
    return {
        "name": entry.name, "parcel": entry.parcel, "follows": names.get(entry.follows, ""),
        "values": {name: str(value) for name, value in entry.values.items()},
        "items": [_kept_item(item) for item in one.items],
        "adjust": str(entry.adjust), "veto": entry.veto, "unsuitable": entry.unsuitable,
        "reason": {"zh": one.reason.zh, "en": one.reason.en} if one.reason else None,
        "shared_with": [names[other] for other in one.shared_with if other in names],
        "treated_as": one.treated_as, "level": one.level,
    }  # fmt: skip


def _kept_item(item: ItemScore) -> dict[str, Any]:
    numbers = {"value": item.value, "base": item.base, "points": item.points}
    return {"id": item.indicator.id, "averaged": item.averaged} | {
        name: None if value is None else str(value) for name, value in numbers.items()
    }


def kept(outcome: Outcome, scheme: Scheme) -> Scored:
    """Return a result as it was kept."""
    detail = outcome.detail
    known = {one.id: one for one in scheme.groups[outcome.group].indicators}
    entry = Entry(
        str(outcome.entrant_id), detail["name"], outcome.group,
        {name: Decimal(value) for name, value in detail["values"].items()}, detail["parcel"],
        detail["veto"], detail["unsuitable"], Decimal(detail["adjust"]),
    )  # fmt: skip
    return Scored(
        entry, tuple(_item(one, known[one["id"]]) for one in detail["items"]), outcome.score,
        outcome.rank, outcome.of, outcome.grade or None, reason_of(detail),
        treated_as=detail["treated_as"], level=detail["level"],
    )  # fmt: skip


def reason_of(detail: Mapping[str, Any]) -> Text | None:
    """Return why there is no score, or whose result it is."""
    said = detail["reason"]
    return Text(said["zh"], said["en"]) if said else None


def _item(one: Mapping[str, Any], indicator: Indicator) -> ItemScore:
    value, base, points = (
        None if one[name] is None else Decimal(one[name]) for name in ("value", "base", "points")
    )
    return ItemScore(indicator, value, base, points, one["averaged"])


def lines_of(one: Scored, pack: ScoringPack) -> list[Line]:
    """Return the items of a result, each with its formula."""
    cap = next((g.cap for g in pack.groups if g.id == one.entry.group), None)
    floor = next((g.floor for g in pack.groups if g.id == one.entry.group), Decimal(0))
    return [
        Line(
            item.indicator.label, item.indicator.unit, item.indicator.weight, item.value,
            item.base, item.points, _formula(item, cap, floor),
        )
        for item in one.items
    ]  # fmt: skip


def _formula(item: ItemScore, cap: Decimal | None, floor: Decimal) -> Text:
    if item.points is None:
        return _MISSING
    if item.averaged:
        return _AVERAGED.format(points=plain(item.points))
    said = {
        "weight": plain(item.indicator.weight), "value": plain(item.value or Decimal(0)),
        "base": plain(item.base or Decimal(0)), "points": plain(item.points),
    }  # fmt: skip
    part = (item.value or Decimal(0)) / (item.base or Decimal(1))
    if cap is not None and part > cap:
        return _CAPPED.format(**said, cap=plain(cap))
    if part < floor:
        return _FLOORED.format(**said, floor=plain(floor))
    return _TIMES.format(**said)


def plain(value: Decimal) -> str:
    """Return a number with four places at most and no zeros at its end."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text or "0"


def standing_results(cycle: Cycle) -> list[Scored]:
    """Return the results that are published, before that what the data gives now."""
    if cycle.published_at is None:
        return work_out(cycle)
    scheme = pack_of(cycle).scheme
    return [kept(one, scheme) for one in Outcome.objects.filter(run=latest_run(cycle))]


def lift_of(entrant: Entrant, found: Sequence[Scored], pack: ScoringPack) -> Lift | None:
    """Return what would lift the class of somebody, the others staying as they are."""
    mine = next((one for one in found if one.entry.id == str(entrant.pk)), None)
    return lift(pack.scheme, mine, found) if mine is not None else None


def class_label(pack: ScoringPack, group: str, class_: str | None) -> Text:
    """Return what a class is called in a group."""
    own = next((g.cuts for g in pack.groups if g.id == group), None)
    cuts = pack.cuts if own is None else own
    found = next((one.label.text for one in cuts if one.id == class_), None)
    return found or Text(class_ or "—", class_ or "—")


class Sum(NamedTuple):
    """A class of a group and how many are in it."""

    group: str
    class_: str
    size: int


def classes(found: Sequence[Scored], pack: ScoringPack) -> list[Sum]:
    """Count classes by group, in the order of the scheme; scores of groups do not compare."""
    sums = []
    for group in pack.groups:
        inside = [one for one in found if one.entry.group == group.id]
        given = [one.class_ for one in inside if one.class_]
        names = list(dict.fromkeys([*(cut.id for cut in group.cuts or pack.cuts), *given]))
        counts = {name: sum(one.class_ == name for one in inside) for name in names}
        none = sum(one.class_ not in counts for one in inside)
        sums += [Sum(group.id, name, count) for name, count in counts.items()]
        if none:
            sums.append(Sum(group.id, "", none))
    return sums
