"""Ask a national rule about one enterprise, in the words of a table."""

import datetime as dt
import math
from collections.abc import Mapping
from functools import cache

from openzone.engines.facts.catalogue import FactType
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import CompiledPart, Plan
from openzone.engines.rules.loading import load_rule
from openzone.engines.rules.match import Record
from openzone.engines.rules.single import Known, KnownRow, answer
from openzone.packs.loading import national_catalogue, national_rules

TODAY = "2026-06-30"


@cache
def plan(on: str) -> Plan:
    return compile_rules(national_rules(), national_catalogue(), dt.date.fromisoformat(on))


def known(facts: Mapping[str, object]) -> dict[str, Known]:
    """Days may be written as text, as in a table."""
    catalogue = national_catalogue()
    return {
        name: Known(
            dt.date.fromisoformat(value)
            if isinstance(value, str) and catalogue[name].type is FactType.DATE
            else value
        )
        for name, value in facts.items()
    }


def ask(rule: str, facts: Mapping[str, object], on: str = TODAY) -> Record | None:
    """Return the answer of a rule on a day; None where no version is in force."""
    compiled = plan(on).by_id.get(rule)
    if compiled is None:
        return None
    return answer(plan(on), known(facts), [rule]).record("示例", compiled)


def ask_edited(text: str, facts: Mapping[str, object]) -> Record:
    """Return the answer of a rule file that a zone has edited."""
    rule = load_rule(text, "edited.yaml", national_catalogue())
    own = compile_rules([rule], national_catalogue(), dt.date.fromisoformat(TODAY))
    return answer(own, known(facts)).record("示例", own.by_id[rule.rule])


def number_of(rule: str, name: str, facts: Mapping[str, object], on: str = TODAY) -> float | None:
    """Return a named number of a rule, None where it is unknown."""
    step = plan(on).by_id[rule].lets[name]
    value = _computed(step, facts, on)
    return None if math.isnan(value) else value


def points_of(
    rule: str, path: str, facts: Mapping[str, object], on: str = TODAY
) -> tuple[float, float]:
    """Return the lowest and highest points of ``score`` or ``score.part``."""
    score, _, part = path.partition(".")
    found = plan(on).by_id[rule].scores[score]
    return _computed(_part(found, part).points if part else found.points, facts, on)


def _computed(step: int, facts: Mapping[str, object], on: str) -> "float | tuple[float, float]":
    row = KnownRow(known(facts), national_catalogue())
    return plan(on).program.single(row)[step]


def _part(part: CompiledPart, name: str) -> CompiledPart:
    if part.source.id == name:
        return part
    for member in part.members:
        found = _part(member, name) if name else member
        if found.source.id == name:
            return found
    return part
