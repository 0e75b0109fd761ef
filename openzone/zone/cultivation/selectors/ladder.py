"""Where every enterprise stands on a ladder, and who moved between two days."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openzone.packs.cultivation import Ladder, Step
from openzone.zone.cultivation.selectors.recognitions import holders
from openzone.zone.registry.models import Enterprise
from openzone.zone.rulebook.packs import plan_on
from openzone.zone.rulebook.selectors.entitlements import Entitlement, Standing, entitlements
from openzone.zone.rulebook.selectors.population import Population, population

BELOW = -1
"""The place of who holds no step of a ladder."""


def places(ladder: Ladder, as_of: dt.date) -> dict[int, int]:
    """Return the highest step each enterprise holds on a day, counted from 0, else ``BELOW``."""
    people = population(as_of)
    found = {int(pk): BELOW for pk in people.enterprises}
    for place, step in enumerate(ladder.steps):
        found |= {pk: place for pk in _holding(step, people, as_of) if pk in found}
    return found


def sizes(ladder: Ladder, as_of: dt.date) -> list[int]:
    """Return how many stand below the ladder, then how many stand highest on each step."""
    found = list(places(ladder, as_of).values())
    return [found.count(place) for place in range(BELOW, len(ladder.steps))]


def on_step(ladder: Ladder, place: int, as_of: dt.date) -> list[int]:
    """Return the enterprises whose highest step this is."""
    return [pk for pk, own in places(ladder, as_of).items() if own == place]


def moves(ladder: Ladder, first: dt.date, last: dt.date) -> Mapping[tuple[int, int], list[int]]:
    """Return who stood on another step on the first day than on the last, by (from, to).

    An enterprise that was not on record on the first day is not counted as having moved.
    """
    before, after = places(ladder, first), places(ladder, last)
    found: dict[tuple[int, int], list[int]] = {}
    for pk, place in after.items():
        if pk in before and before[pk] != place:
            found.setdefault((before[pk], place), []).append(pk)
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class Way:
    """Where an enterprise stands on a ladder, and what the next step still needs."""

    ladder: Ladder
    place: int
    upcoming: Step | None
    answers: Sequence[Entitlement]


def ways(ladders: Sequence[Ladder], enterprise: Enterprise, as_of: dt.date) -> list[Way]:
    """Return where one enterprise stands on each ladder."""
    answers = {one.rule.rule: one for one in entitlements(enterprise, as_of)}
    found = []
    for ladder in ladders:
        place = places(ladder, as_of).get(enterprise.root_id, BELOW)
        upcoming = ladder.steps[place + 1] if place + 1 < len(ladder.steps) else None
        needed = upcoming.rules if upcoming else ()
        own = [answers[name] for name in needed if name in answers]
        found.append(Way(ladder, place, upcoming, own))
    return found


def _holding(step: Step, people: Population, as_of: dt.date) -> set[int]:
    held = holders(step.titles, as_of) if step.titles else set()
    in_force = plan_on(as_of).by_id
    for rule in step.met_rules:
        if rule in in_force:
            held |= set(people.standing(rule, Standing.MET))
    if step.class_rule in in_force:
        held |= _in_classes(step, people)
    return held


def _in_classes(step: Step, people: Population) -> set[int]:
    answer = people.result[step.class_rule]
    if answer.value is None:
        return set()
    wanted = {
        number
        for number, (name, _label) in enumerate(answer.rule.levels, start=1)
        if name in step.classes
    }
    pairs = zip(people.enterprises.tolist(), answer.value.tolist(), strict=True)
    return {pk for pk, value in pairs if value in wanted}
