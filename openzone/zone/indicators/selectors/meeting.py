"""The papers of a meeting: sentences, a table and charts, every number with its footnote.

What is made is plain data in both languages, so that it can be kept as it was.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from openzone.engines.series import written
from openzone.engines.series.due import last_day
from openzone.engines.series.model import PERCENT, Kind
from openzone.engines.series.periods import Period, period_said, span_said
from openzone.engines.text import Text
from openzone.packs.meeting_pack import Clause, SentencePack, SlotPack
from openzone.zone.indicators.models import Entity
from openzone.zone.indicators.packs import indicators, label_of
from openzone.zone.indicators.selectors.boards_book import Book, aims, read
from openzone.zone.indicators.selectors.boards_lines import is_growth
from openzone.zone.indicators.selectors.boards_notes import EXPECTED
from openzone.zone.indicators.selectors.boards_packs import meeting_words
from openzone.zone.indicators.selectors.meeting_slots import Asked, Shown, figure_at, shown
from openzone.zone.indicators.selectors.series import known_on

CHARTS, POINTS, SHORTEST = 6, 24, 3
NO_FIGURE = Text("（缺数据）", "(no figure)")
LANGUAGES = ("zh", "en")
COLUMNS = (
    ("month", "value", Text("当月", "Month")),
    ("month", "growth", Text("当月同比", "Growth of the month")),
    ("cumulative", "value", Text("累计", "Year to date")),
    ("cumulative", "growth", Text("累计同比", "Growth, year to date")),
    ("cumulative", "completion", Text("完成年度目标", "Of the year's target")),
    ("cumulative", "gap", Text("与进度相比", "Against time")),
)

Content = dict[str, Any]


def material(
    entity: Entity, period: Period, chosen: Sequence[str], on: dt.date,
    known_at: dt.date | None = None,
) -> Content:  # fmt: skip
    """Return all that a pack says of a period, as known on a day (now)."""
    words = meeting_words()
    names = [name for name in dict.fromkeys(chosen) if name in indicators()]
    wanted = {*names, *words.named}
    book = read([entity], wanted, min(on, last_day(period)), known_at)
    asked = Asked(book, entity, period, names, aims(book, period.year))
    maker = _Maker(asked)
    parts = [part for part in maker.parts() if part["sentences"]]
    table = maker.table()
    return {
        "version": words.version, "title": _both(words.title.text), "entity": entity.name,
        "period": str(period), "span": _both(span_said(period)), "as_of": on.isoformat(),
        "known_at": known_at.isoformat() if known_at else None,
        "last_known": _last_known(book), "parts": parts, "table": table,
        "charts": list(_charts(asked)), "numbers": maker.numbers, "missing": maker.missing,
    }  # fmt: skip


class _Maker:
    """Writes sentences and counts footnotes."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.numbers: list[Content] = []
        self.missing: list[Content] = []

    def parts(self) -> Iterator[Content]:
        """Yield headings with the sentences that can be said of what was chosen."""
        pack = meeting_words()
        for part in pack.parts:
            said = []
            for sentence in part.sentences:
                names = self.asked.chosen if part.every else self._of(sentence)
                rest = [name for name in names if not part.every or name not in pack.named]
                said += [made for name in rest if (made := self._sentence(sentence, name))]
            yield {"heading": _both(part.heading.text), "sentences": said}

    def _of(self, sentence: SentencePack) -> list[str]:
        """Return what a sentence is said of: nothing where none of its indicators was chosen."""
        wanted = sentence.indicators
        return [""] if not wanted or wanted & set(self.asked.chosen) else []

    def _sentence(self, sentence: SentencePack, name: str) -> Content | None:
        found = {
            slot: (pack.of or name, shown(self.asked, pack, pack.of or name))
            for slot, pack in sentence.slots.items()
        }
        needed = {slot for one in sentence.clauses("zh") if not one.may_go for slot in one.slots
                  if sentence.slots[slot].what != "status"}  # fmt: skip
        if not any(found[slot][1] for slot in needed):
            self._note_missing(sentence, name)
            return None
        said = {slot for one in sentence.clauses("zh") for slot in one.slots
                if not one.may_go or all(found[each][1] for each in one.slots)}  # fmt: skip
        at = {slot: self._number(sentence, slot, *found[slot]) for slot in sentence.slots
              if slot in said}  # fmt: skip
        pieces = {language: list(self._pieces(sentence, language, name, at))
                  for language in LANGUAGES}  # fmt: skip
        return {"id": sentence.id, "indicator": name, "pieces": pieces}

    def _pieces(
        self, sentence: SentencePack, language: str, name: str, at: Mapping[str, int | str | None]
    ) -> Iterator[Any]:
        words = self._words(name, language)
        for clause in sentence.clauses(language):
            if clause.may_go and any(slot not in at or at[slot] is None for slot in clause.slots):
                continue
            yield from _clause(clause, words, at, language)

    def _words(self, name: str, language: str) -> dict[str, str]:
        period = self.asked.period
        label = label_of(name) if name else Text("", "")
        span = span_said(period)
        words = {
            "month": Text(f"{period.last}月", f"month {period.last}"),
            "span": Text(span.zh.removeprefix(f"{period.year}年"), span.en),
            "year": Text(f"{period.year}年", str(period.year)),
            "entity": Text(self.asked.entity.name, self.asked.entity.name), "label": label,
        }  # fmt: skip
        return {key: one.for_language(language) for key, one in words.items()}

    def _number(
        self, sentence: SentencePack, slot: str, name: str, found: Shown | None
    ) -> int | str | None:
        """Return the footnote of a number; of a word such as 预计, nothing."""
        what = sentence.slots[slot].what
        if what == "status":
            return "" if found is None else "status"
        if found is None:
            self.missing.append({"indicator": name, "label": _both(label_of(name)), "what": what})
            return None
        self.numbers.append(
            {
                "n": len(self.numbers) + 1, "key": f"{sentence.id}.{slot}", "indicator": name,
                "label": _both(label_of(name)) if name else _both(Text("各项目标", "targets")),
                "period": str(found.period),
                "period_said": _both(period_said(found.period)), "what": what,
                "shown": _both(found.text), "value": _plain(found.value),
                "notes": [_both(one) for one in found.notes], "figures": list(found.figures),
            }
        )  # fmt: skip
        return len(self.numbers)

    def _note_missing(self, sentence: SentencePack, name: str) -> None:
        asked = [slot for slot in sentence.slots.values() if slot.what == "value"]
        for indicator in sorted({slot.of or name for slot in asked}):
            if indicator in self.asked.chosen:
                label = _both(label_of(indicator))
                self.missing.append({"indicator": indicator, "label": label, "what": "value"})

    def table(self) -> list[Content]:
        """Return a row for every indicator chosen, its cells as the sentences write them."""
        return [self._table_row(name) for name in self.asked.chosen]

    def _table_row(self, name: str) -> Content:
        stands = self.asked.row(name).standing
        cells = [self._cell(name, at, what) for at, what, _heading in COLUMNS]
        one = figure_at(self.asked, "cumulative", indicators()[name])
        status = one.status if one is not None else None
        return {
            "indicator": name, "label": _both(label_of(name)), "cells": cells,
            "light": stands.light.value, "status": status.value if status else "",
        }  # fmt: skip

    def _cell(self, name: str, at: str, what: str) -> Content | None:
        slot = SlotPack.model_validate({"at": at, "what": what})
        level = indicators()[name].kind is not Kind.FLOW
        found = None if level and at == "month" else shown(self.asked, slot, name)
        if found is None:
            return None
        return {"shown": _both(found.text), "period": str(found.period), "what": what,
                "value": _plain(found.value)}  # fmt: skip


def _clause(
    clause: Clause, words: Mapping[str, str], at: Mapping[str, int | str | None], language: str
) -> Iterator[Any]:
    for before, name in clause.pieces():
        if before:
            yield before
        if name in words:
            yield words[name]
        elif name and at.get(name) == "status":
            yield EXPECTED.for_language(language)
        elif name and at.get(name) is None:
            yield NO_FIGURE.for_language(language)
        elif name and at[name] != "":
            yield {"n": at[name]}


def _charts(asked: Asked) -> Iterator[Content]:
    """Yield courses: growth where it is published, else levels, of flows a line a year."""
    found = (_chart(asked, name) for name in asked.chosen)
    yield from islice((one for one in found if one is not None), CHARTS)


def _chart(asked: Asked, name: str) -> Content | None:
    row, pack = asked.row(name), indicators()[name]
    grows, flow = is_growth(row.track, pack.kind), pack.kind is Kind.FLOW
    periods = [one for one in sorted(row.track) if not flow or one.from_january][-POINTS:]
    scale = PERCENT if grows or pack.unit == "%" else Decimal(1)
    values = {one: row.track[one].growth if grows else row.track[one].value for one in periods}
    known = {one: value * scale for one, value in values.items() if value is not None}
    if len(known) < SHORTEST:
        return None
    unit = Text("同比增速，%", "growth, %") if grows else Text(pack.unit, pack.unit)
    by_year = flow and not grows
    return {
        "indicator": name, "label": _both(label_of(name)), "unit": _both(unit), "growth": grows,
        "axis": _axis(periods, by_year=by_year), "points": [
            {"line": str(one.year) if by_year else "", "period": str(one),
             "at": one.last - 1 if by_year else periods.index(one),
             "said": _both(period_said(one)), "value": str(value)}
            for one, value in known.items()
        ],
    }  # fmt: skip


def _axis(periods: Sequence[Period], *, by_year: bool) -> list[str]:
    if by_year:
        return [str(number) for number in range(1, 13)]
    return [short(one) for one in periods]


def short(period: Period) -> str:
    """Return the last month of a period, short enough to stand below an axis."""
    return f"{period.year % 100:02}-{period.last:02}"


def _last_known(book: Book) -> str | None:
    days = [known_on(one) for one in book.figures.values()]
    return max(days).isoformat() if days else None


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else written.plain(value).replace(",", "")


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Content]:
    """Return the numbers of two packs beside each other: same, changed, new, gone."""
    left = {(one["key"], one["indicator"]): one for one in before["numbers"]}
    right = {(one["key"], one["indicator"]): one for one in after["numbers"]}
    found = []
    for key in dict.fromkeys([*left, *right]):
        one, other = left.get(key), right.get(key)
        if one is None or other is None:
            state = "new" if one is None else "gone"
        else:
            same = (one["shown"], one["period"]) == (other["shown"], other["period"])
            state = "same" if same else "changed"
        found.append({"before": one, "after": other, "state": state})
    return found
