"""The report of projects: the sentences of the pack, filled from the ledger of a period."""

import datetime as dt
import string
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from openzone.engines.projects import wording
from openzone.engines.projects.contributions import Measured
from openzone.engines.text import Text
from openzone.packs.measures import UnitPack
from openzone.packs.project_report import Sentence, Slot
from openzone.zone.performance.enums import ScopeKind
from openzone.zone.performance.packs import report_pack
from openzone.zone.performance.selectors import targets
from openzone.zone.performance.selectors.measures import measure
from openzone.zone.projects.models import Project


class Period(NamedTuple):
    """The days of a report, both included, seen on a day."""

    first: dt.date
    last: dt.date
    today: dt.date


class Number(NamedTuple):
    """A number of a sentence: as written, its footnote, and what it is made of."""

    sentence: str
    slot: str
    note: int
    shown: Text
    unit: UnitPack
    basis: Text
    measured: Measured


class Said(NamedTuple):
    """A sentence with its numbers; ``words`` are those every sentence may say."""

    sentence: Sentence
    numbers: Mapping[str, Number]
    words: Mapping[str, Text]

    def pieces(self, language: str) -> Iterator[str | Number]:
        """Yield the sentence in a language, its numbers apart so that they can lead somewhere."""
        template = self.sentence.text.text.for_language(language)
        for text, name, _format, _conversion in string.Formatter().parse(template):
            yield text
            if name and name in self.words:
                yield self.words[name].for_language(language)
            elif name:
                yield self.numbers[name]

    def text(self, language: str) -> str:
        """Return the whole sentence."""
        return "".join(
            one if isinstance(one, str) else one.shown.for_language(language)
            for one in self.pieces(language)
        )


class Part(NamedTuple):
    """A heading with its sentences."""

    heading: Text
    said: list[Said]


def report(period: Period) -> list[Part]:
    """Fill every sentence; one that is said only of a state is left out where that is not so."""
    words = {"span": wording.span(*period), "since": wording.since(*period)}
    notes = iter(range(1, 1000))
    parts = []
    for part in report_pack().parts:
        said = [
            Said(one, _numbers(one, period, notes), words)
            for one in part.sentences
            if one.when == "always" or _over_half(period)
        ]
        parts.append(Part(part.heading.text, said))
    return parts


def number(sentence: str, slot: str, period: Period) -> Number | None:
    """Return one number of the report with what it is made of; None where there is no such one."""
    found = report_pack().slot(sentence, slot)
    return None if found is None else _number(sentence, slot, found, period, 0)


def _numbers(sentence: Sentence, period: Period, notes: Iterator[int]) -> dict[str, Number]:
    return {
        name: _number(sentence.id, name, slot, period, next(notes))
        for name, slot in sentence.slots.items()
    }


def _number(sentence: str, name: str, slot: Slot, period: Period, note: int) -> Number:
    unit = report_pack().unit(slot.unit)
    found = _measured(slot, period)
    shown = wording.figure(found.value, unit.scale, unit.digits)
    return Number(sentence, name, note, shown, unit, slot.basis.text, found)


def _measured(slot: Slot, period: Period) -> Measured:
    if slot.measure is not None:
        every = Project.objects.filter(merged_into=None)
        return measure(slot.measure, every, period.first, period.last)
    return _share(slot.target or "", period.last)


def _share(indicator: str, on: dt.date) -> Measured:
    """Return how far the zone's target of the year is; without a target there is no figure."""
    found = targets.current().filter(
        scope=ScopeKind.ZONE, indicator=indicator, first_year=on.year, last_year=on.year
    )
    for one in targets.standings(found, on):
        return Measured(one.completion.share, one.measured.parts)
    return Measured(None)


def _over_half(period: Period) -> bool:
    """Whether time and task are over half; said of a period within the first half of a year."""
    last = period.last
    half = dt.date(last.year, *targets.JUNE)
    return last <= half and targets.over_half(last.year, last).verdict is True
