"""Doubts about facts: sizes that cannot be, parts above their total, two values for one thing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from openzone.engines.reading.pages.lexicon import CheckRules
from openzone.engines.reading.pages.records import Fact


def checked(facts: Sequence[Fact], rules: CheckRules) -> list[Fact]:
    """Return the facts of a page with their doubts; a doubt lowers the confidence.

    Doubts are ``share``, ``growth``, ``size``, ``above:<code>`` (a part above its total) and
    ``differs:<value>`` (another passage has another value for the same subject and time).
    """
    doubts: dict[int, list[str]] = defaultdict(list)
    for index, fact in enumerate(facts):
        doubts[index] += _own(fact, rules)
    for index, doubt in (*_parts(facts, rules), *_contradictions(facts, rules)):
        doubts[index].append(doubt)
    return [
        replace(
            fact,
            doubts=tuple(doubts[index]),
            confidence=round(fact.confidence * rules.doubted, 2),
        )
        if doubts[index]
        else fact
        for index, fact in enumerate(facts)
    ]


def _own(fact: Fact, rules: CheckRules) -> Iterator[str]:
    value = fact.value
    if not isinstance(value, int | float):
        return
    if fact.attribute == "share" and value > rules.share_at_most:
        yield "share"
    growth = fact.qualifiers.get("yoy_pct")
    if isinstance(growth, int | float) and not (
        rules.growth_at_least <= growth <= rules.growth_at_most
    ):
        yield "growth"
    if value > rules.at_most.get(fact.attribute, value):
        yield "size"


Key = tuple[str | None, str | None]


def _parts(facts: Sequence[Fact], rules: CheckRules) -> Iterator[tuple[int, str]]:
    known: dict[Key, dict[str, tuple[int, float]]] = defaultdict(dict)
    for index, fact in enumerate(facts):
        if isinstance(fact.value, int | float) and fact.subject:
            known[(fact.subject, fact.period)].setdefault(fact.attribute, (index, fact.value))
    for values in known.values():
        for part, whole in rules.parts:
            if part in values and whole in values and values[part][1] > values[whole][1]:
                yield values[part][0], f"above:{whole}"


def _contradictions(facts: Sequence[Fact], rules: CheckRules) -> Iterator[tuple[int, str]]:
    """Yield figures of which there is one for a subject and time, and which are told twice."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        exact = not fact.qualifiers.get("forecast") and not fact.qualifiers.get("approx")
        if exact and fact.attribute in rules.single and fact.subject and fact.period:
            groups[(fact.subject, fact.attribute, fact.period)].append(index)
    for indexes in groups.values():
        least = sorted({str(facts[index].value) for index in indexes})[:2]
        for index in indexes if len(least) > 1 else ():
            other = least[str(facts[index].value) == least[0]]
            yield index, f"differs:{other}"
