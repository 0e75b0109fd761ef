"""Points with their bands, the value that decides and the facts behind it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from openzone.engines.rules.compiled import CompiledPart
from openzone.engines.rules.explain_facts import Uses
from openzone.engines.rules.formats import size
from openzone.engines.rules.near import tidy
from openzone.engines.rules.proof import BandResult, FactUse, PartProof
from openzone.engines.rules.score_language import PartBody
from openzone.engines.rules.sentences import Wording
from openzone.engines.rules.single import Answers
from openzone.engines.rules.steps import both, opposite, position
from openzone.engines.text import Text

OTHERWISE = Text("各档均不符合", "none of the bands")


@dataclass(frozen=True)
class PointsExplainer:
    """Explains the scores of one rule for one enterprise."""

    answers: Answers
    wording: Wording
    uses: Uses

    def part(self, part: CompiledPart) -> PartProof:
        """Explain the points of a score or part, and of everything in it."""
        source = part.source
        lowest, highest = self.answers.value(part.points)
        actual = None if part.number is None else self.answers.value(part.number)
        known = actual is not None and not math.isnan(actual)
        return PartProof(
            id=source.id,
            label=source.label.text if source.label else None,
            ref=source.ref,
            lowest=tidy(lowest),
            highest=tidy(highest),
            max=source.max,
            subject=self.wording.number(source.bands.of) if source.bands else None,
            actual=tidy(actual) if known and actual is not None else None,
            actual_text=self._number_text(source, actual) if known else None,
            bands=tuple(self._bands(part)),
            facts=tuple(self._part_facts(part)),
            parts=tuple(self.part(member) for member in part.members),
        )

    def _part_facts(self, part: CompiledPart) -> Iterator[FactUse]:
        if part.number is not None:
            yield from self.uses.below(part.number)
        for condition in part.conditions:
            yield from self.uses.below(position(condition.ref))

    def _number_text(self, source: PartBody, actual: float | None) -> Text | None:
        if source.bands is None or actual is None:
            return None
        return size(actual, self.wording.kind_of(source.bands.of))

    def _bands(self, part: CompiledPart) -> Iterator[BandResult]:
        """Yield the bands from the top; exactly one is reached once the facts are known."""
        open_so_far: bool | None = True
        for text, points, state in self._choices(part):
            reached = both(open_so_far, state)
            yield BandResult(text, tidy(points), reached)
            open_so_far = both(open_so_far, opposite(state))

    def _choices(self, part: CompiledPart) -> Iterator[tuple[Text, float, bool | None]]:
        source = part.source
        if source.bands is not None and part.number is not None:
            key = "gte" if source.bands.gte is not None else "lte"
            number = self.answers.value(part.number)
            for limit, points in source.bands.limits:
                reached = _reaches(key, number, limit.value)
                yield self.wording.band(source.bands, key, limit), points, reached
            yield OTHERWISE, source.bands.otherwise, True
        for choice, condition in zip(source.points or (), part.conditions, strict=True):
            state = self.answers.state(condition.ref)
            yield self.wording.condition(choice.when), choice.points, state
        if source.points:
            yield OTHERWISE, source.otherwise or 0.0, True


def _reaches(key: str, number: float, limit: float) -> bool | None:
    if math.isnan(number):
        return None
    return number >= limit if key == "gte" else number <= limit
