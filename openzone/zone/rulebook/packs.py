"""The rules in force in this zone: the latest release, or the packs where nothing was released.

What is kept in the process is kept by the release: another process that publishes is noticed by
one cheap query, without a restart.
"""

import datetime as dt
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.relation_language import AnyRelation
from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.rules.schema import Rule
from openzone.packs.loading import zone_folder, zone_relations, zone_rules
from openzone.zone.registry.packs import catalogue
from openzone.zone.rulebook.models import RuleRelease


class ReleaseKey(NamedTuple):
    """A release by number and content; number 0 stands for the packs themselves."""

    number: int
    digest: str


FROM_PACKS = ReleaseKey(0, "")


def release_key() -> ReleaseKey:
    """Return the release in force."""
    latest = RuleRelease.objects.order_by("-number").values_list("number", "digest").first()
    return ReleaseKey(*latest) if latest else FROM_PACKS


def rules() -> tuple[Rule, ...]:
    """Return the rules of the release in force, in all their versions."""
    return rule_set(release_key()).rules


def relations() -> tuple[AnyRelation, ...]:
    """Return how the rules in force limit each other."""
    return rule_set(release_key()).relations


def in_force() -> RuleSet:
    """Return the whole set in force over every fact of today: what a draft starts from."""
    return _over_facts_of_today(release_key())


@lru_cache(maxsize=2)
def _over_facts_of_today(key: ReleaseKey) -> RuleSet:
    chosen = rule_set(key)
    return replace(chosen, catalogue=with_names_of(catalogue(), chosen.catalogue))


def plan_on(as_of: dt.date) -> Plan:
    """Return the versions in force on a day as one plan."""
    return release_plan(release_key(), as_of)


@lru_cache(maxsize=16)
def release_plan(key: ReleaseKey, as_of: dt.date) -> Plan:
    """Return what a release says on a day; an old release explains an old decision."""
    return plan_of(rule_set(key), as_of)


def plan_of(chosen: RuleSet, as_of: dt.date) -> Plan:
    """Compile a set of rules for a day, over the facts of today and those it alone still names."""
    known = with_names_of(catalogue(), chosen.catalogue)
    return compile_rules(chosen.rules, known, as_of, chosen.relations)


@lru_cache(maxsize=4)
def rule_set(key: ReleaseKey) -> RuleSet:
    """Return the whole set of a release."""
    if key == FROM_PACKS:
        return packs()
    release = RuleRelease.objects.get(number=key.number)
    return RuleSet.from_bytes(release.artefact.encode())


@cache
def packs() -> RuleSet:
    """Return the national packs with the zone's own laid over them, read once per process."""
    folder = zone_folder()
    return RuleSet(
        catalogue=catalogue(), rules=zone_rules(folder), relations=zone_relations(folder)
    )


def with_names_of(now: Catalogue, then: Catalogue) -> Catalogue:
    """Return a catalogue with the series that only an earlier one has: names are for life."""
    gone = tuple(s for s in then.series if s.name not in now.series_by_name)
    return Catalogue((*now.series, *gone)) if gone else now
