"""The numbers of a meeting's sentences: as written, with their footnote and what is behind them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from openzone.engines.series import written
from openzone.engines.series.model import PERCENT, Derived, Kind, Observation, Status
from openzone.engines.series.monthly import monthly
from openzone.engines.series.periods import Period
from openzone.engines.text import Text
from openzone.packs.meeting_pack import SlotPack
from openzone.packs.series import IndicatorPack
from openzone.zone.indicators.models import Entity
from openzone.zone.indicators.packs import indicators, label_of
from openzone.zone.indicators.selectors.boards_book import Aim, Book, Key
from openzone.zone.indicators.selectors.boards_lines import Row, over_half, row_of
from openzone.zone.indicators.selectors.boards_notes import (
    EXPECTED,
    IMPLIED,
    notes_of,
    notes_of_derived,
)

HALF = Decimal("0.5")
JUNE = 6
BOTH = Text("实现“双过半”", "all at half of the year's target or more")
NOT_BOTH = Text("未实现“双过半”", "not all at half of the year's target")
FORECAST = Text(
    "预测全年{value}（区间{low}至{high}，非实际数）",
    "forecast of the year {value} (from {low} to {high}, not a reported figure)",
)
BASED = Text("{shown}（{basis}）", "{shown} ({basis})")


class Shown(NamedTuple):
    """A number: as written, exact, of which period, why, and the figures behind it."""

    text: Text
    value: Decimal | None
    period: Period
    notes: tuple[Text, ...]
    figures: tuple[int, ...]


@dataclass
class Asked:
    """What a pack is made of: the book, the period, the indicators chosen."""

    book: Book
    entity: Entity
    period: Period
    chosen: Sequence[str]
    aimed: Mapping[Key, Aim]
    _rows: dict[str, Row] = field(default_factory=dict)

    def row(self, name: str) -> Row:
        """Return the line of an indicator."""
        if name not in self._rows:
            aim = self.aimed.get((name, self.entity.pk))
            pack = indicators()[name]
            self._rows[name] = row_of(self.book, self.entity, pack, self.period.year, aim)
        return self._rows[name]


def shown(asked: Asked, slot: SlotPack, name: str) -> Shown | None:
    """Return the number of a slot; None where nobody reported what it needs."""
    if slot.what == "over_half":
        return _over_half(asked)
    if name not in indicators():
        return None
    return _WAYS[slot.what](asked, slot, indicators()[name])


def figure_at(asked: Asked, at: str, pack: IndicatorPack) -> Observation | None:
    """Return the figure a slot speaks of; of a level, the last one up to the end of the period."""
    period, book, entity = asked.period, asked.book, asked.entity
    if at == "latest" or pack.kind is not Kind.FLOW:
        return asked.row(pack.id).standing.latest
    if at == "month":
        month = Period(period.year, period.last, period.last)
        found = book.at(pack.id, entity, month)
        return found or monthly(asked.row(pack.id).track).get(month)
    return book.at(pack.id, entity, period.cumulative())


def _value(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    one = figure_at(asked, slot.at, pack)
    if one is None or one.value is None:
        return None
    text = written_of(asked.book, one, pack)
    notes = tuple(notes_of(asked.book, pack, one))
    implied = asked.book.figure(one) is None
    return _made(one, text, one.value, (IMPLIED, *notes) if implied else notes)


def _growth(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    one = figure_at(asked, slot.at, pack)
    if one is None or one.growth is None:
        return None
    text = based(written.growth(one.growth), one.basis)
    notes = tuple(notes_of(asked.book, pack, one, growth=True))
    return _made(one, text, one.growth * PERCENT, notes)


def _rate(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    """Write a growth as a rate (增加值增速8.3%): the sentence itself says what it is."""
    one = figure_at(asked, slot.at, pack)
    if one is None or one.growth is None:
        return None
    said = f"{written.plain(one.growth * PERCENT, 2)}%"
    notes = tuple(notes_of(asked.book, pack, one, growth=True))
    return _made(one, based(Text(said, said), one.basis), one.growth * PERCENT, notes)


def _status(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    one = figure_at(asked, slot.at, pack)
    if one is None or one.status is not Status.EXPECTED:
        return None
    return Shown(EXPECTED, None, one.period, (), ())


def _rank(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    one = figure_at(asked, slot.at, pack)
    if one is None or one.rank is None:
        return None
    notes = tuple(notes_of(asked.book, pack, one))
    return _made(one, written.place(one.rank), Decimal(one.rank), notes)


def _group(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    one = figure_at(asked, slot.at, pack)
    if one is None or one.group is None:
        return None
    notes = tuple(notes_of(asked.book, pack, one))
    return _made(one, Text(str(one.group), str(one.group)), Decimal(one.group), notes)


def _completion(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    found = _derived(asked, pack, "completion")
    if found is None:
        return None
    said = f"{written.plain(Decimal(found.value), 2)}%"
    return _of_derived(asked, pack, found, Text(said, said))


def _gap(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    seasonal = _derived(asked, pack, "seasonal_gap")
    found = seasonal or _derived(asked, pack, "gap")
    if found is None:
        return None
    text = written.gap(Decimal(found.value), seasonal=seasonal is not None)
    return _of_derived(asked, pack, found, text)


def _required(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    found = _derived(asked, pack, "required_per_month")
    if found is None or not found.value:
        return None
    text = written.amount(Decimal(found.value), found.unit, places=2)
    return _of_derived(asked, pack, found, text)


def _forecast(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    found = asked.row(pack.id).standing.forecast
    if found is None:
        return None
    parts = {"value": found.value, "low": found.more["low"], "high": found.more["high"]}
    said = {name: written.amount(Decimal(str(value)), found.unit, places=2)
            for name, value in parts.items()}  # fmt: skip
    text = Text(
        FORECAST.zh.format(**{name: one.zh for name, one in said.items()}),
        FORECAST.en.format(**{name: one.en for name, one in said.items()}),
    )
    return _of_derived(asked, pack, found, text)


def _streak(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    for text, proof in asked.row(pack.id).said:
        if proof is not None:
            return _of_derived(asked, pack, proof, text)
    return None


def _first_growth(asked: Asked, slot: SlotPack, pack: IndicatorPack) -> Shown | None:
    one = asked.row(pack.id).standing.month
    for text, proof in asked.row(pack.id).said:
        if proof is None and one is not None:
            return _made(one, text, None, tuple(notes_of(asked.book, pack, one, growth=True)))
    return None


def _over_half(asked: Asked) -> Shown | None:
    """Say it of June's figures, of two targets or more, where none is missing."""
    if asked.period.last != JUNE:
        return None
    rows = [asked.row(name) for name in asked.chosen if name in indicators()]
    found = over_half(rows, asked.book, asked.period.year)
    shares = [share for _row, share in found]
    if len(found) < 2 or any(share is None for share in shares):
        return None
    over = all(share is not None and share >= HALF for share in shares)
    told = [f"{label_of(row.indicator.id).zh} {written.plain(share * PERCENT, 2)}%"
            for row, share in found if share is not None]  # fmt: skip
    note = Text("；".join(told), "; ".join(told))
    return Shown(BOTH if over else NOT_BOTH, None, asked.period, (note,), ())


def _derived(asked: Asked, pack: IndicatorPack, kind: str) -> Derived | None:
    """Return what follows from the figure of the period itself, not from an older one."""
    stands = asked.row(pack.id).standing
    found = stands.derived.get(kind)
    if found is None or (found.period != asked.period.cumulative() and pack.kind is Kind.FLOW):
        return None
    return found


def _of_derived(asked: Asked, pack: IndicatorPack, found: Derived, text: Text) -> Shown:
    row, key = asked.row(pack.id), (found.kind, found.period)
    behind = [one for one in row.track.values() if any(one.period == i.period for i in found.of)]
    notes = [*notes_of_derived(found)]
    if row.aim is not None and key[0] in ("completion", "gap", "seasonal_gap"):
        last = row.standing.latest
        aim = written.amount(row.aim.amount, last.unit if last else row.indicator.unit)
        notes.append(Text(f"目标 {aim.zh}（{row.aim.document.zh}）",
                          f"target {aim.en} ({row.aim.document.en})"))  # fmt: skip
    for one in behind[-1:]:
        notes += notes_of(asked.book, pack, one)
    value = None if isinstance(found.value, bool) else found.value
    return Shown(text, value, found.period, tuple(notes), tuple(one.row for one in behind))


def _made(one: Observation, text: Text, value: Decimal | None, notes: tuple[Text, ...]) -> Shown:
    return Shown(text, value, one.period, notes, (one.row,) if one.row else ())


def written_of(book: Book, one: Observation, pack: IndicatorPack) -> Text:
    """Write a figure with its qualifier; a label of its basis stands beside it."""
    figure = book.figure(one)
    percent = figure is not None and "%" in (figure.given + figure.unit)
    text = written.amount(one.value or Decimal(0), one.unit, one.approx, percent=percent)
    return based(text, figure.basis if figure is not None else "")


def based(text: Text, basis: str) -> Text:
    """Write the label of a basis beside a number, as sources do: 8.3%（加权口径）."""
    if not basis:
        return text
    return Text(
        BASED.zh.format(shown=text.zh, basis=basis), BASED.en.format(shown=text.en, basis=basis)
    )


_WAYS: Final[Mapping[str, Callable[[Asked, SlotPack, IndicatorPack], Shown | None]]] = {
    "value": _value, "growth": _growth, "rate": _rate, "status": _status,
    "rank": _rank, "group": _group,
    "completion": _completion, "gap": _gap, "required": _required, "forecast": _forecast,
    "streak": _streak, "first_growth": _first_growth,
}  # fmt: skip
