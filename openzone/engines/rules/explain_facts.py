"""The facts an answer rests on, with where they come from and how old they are."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openzone.engines.rules import atoms, numbers
from openzone.engines.rules.formats import value_text
from openzone.engines.rules.near import tidy
from openzone.engines.rules.proof import FactUse
from openzone.engines.rules.single import Answers, Known


@dataclass(frozen=True)
class Uses:
    """How the computed answers of one enterprise use its facts."""

    answers: Answers

    def below(self, step: int) -> Iterator[FactUse]:
        """Yield the facts that a step of the program reads, directly or not."""
        program = self.answers.plan.program
        found = (program.steps[index] for index in program.schedule(frozenset((step,))).order)
        names = [s.fact for s in found if isinstance(s, numbers.FactNumber | atoms.CodedFact)]
        yield from map(self.use, dict.fromkeys(names))

    def use(self, name: str) -> FactUse:
        """Return what is known of a fact."""
        fact = self.answers.plan.catalogue[name]
        known = self.answers.row.facts.get(name, Known(None))
        text = None if known.value is None else value_text(known.value, fact.series)
        age = None if known.known_on is None else (self.answers.plan.as_of - known.known_on).days
        return FactUse(
            fact=name,
            label=fact.label,
            value=written(known.value),
            text=text,
            unit=fact.unit,
            source=known.source,
            period=known.period,
            known_on=known.known_on,
            age_days=age,
            proof=fact.series.proof.text,
        )


def written(value: Any) -> Any:
    """Return a value as JSON has it."""
    match value:
        case bool() | None | str():
            return value
        case dt.date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return tidy(float(value))
