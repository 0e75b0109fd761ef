"""Releases: what is in force by which, what changed, and what the packs say that is newer."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.rules.schema import Rule
from openzone.zone.rulebook.models import RuleRelease
from openzone.zone.rulebook.packs import ReleaseKey, packs, rule_set, with_names_of
from openzone.zone.rulebook.selectors.golden import Case
from openzone.zone.rulebook.selectors.texts import relations_text, rule_text

RELATIONS = "relations"


def latest_release() -> RuleRelease | None:
    """Return the release in force; None while the packs themselves are."""
    return RuleRelease.objects.order_by("-number").first()


def releases() -> "QuerySet[RuleRelease]":
    """Return the releases, the latest first, without their texts."""
    return RuleRelease.objects.defer("artefact", "cases").order_by("-number")


def releases_of(rule_id: str) -> "QuerySet[RuleRelease]":
    """Return the releases that changed a rule, the latest first."""
    return releases().filter(rule=rule_id)


def set_of(release: RuleRelease) -> RuleSet:
    """Return the whole set of a release."""
    return rule_set(ReleaseKey(release.number, release.digest))


def before(release: RuleRelease) -> RuleRelease | None:
    """Return the release that was in force until this one."""
    return RuleRelease.objects.filter(number__lt=release.number).order_by("-number").first()


def is_intact(release: RuleRelease) -> bool:
    """Whether the text of a release still is the one that its digest names."""
    return RuleSet.from_bytes(release.artefact.encode()).digest == release.digest


def all_cases(release: RuleRelease | None) -> dict[str, list[Case]]:
    """Return the golden cases of every rule of a release."""
    found: dict[str, list[Case]] = {}
    for given in release.cases if release else ():
        found.setdefault(given["rule"], []).append(Case.from_json(given))
    return found


def cases_of(rule_id: str) -> list[Case]:
    """Return the golden cases of a rule in force."""
    return all_cases(latest_release()).get(rule_id, [])


@dataclass(frozen=True)
class PacksNews:
    """What the packs of the software say otherwise than the release in force.

    ``kept`` are rules that both the packs and the zone changed: the zone's own stay.
    """

    changed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    facts: bool = False

    @property
    def any(self) -> bool:
        """Whether adopting the packs would change anything."""
        return bool(self.changed or self.new or self.gone or self.facts)


def packs_news(release: RuleRelease | None) -> PacksNews:
    """Compare a release with the packs of the software."""
    if release is None:
        return PacksNews(new=tuple(digests(packs())))
    now, offered, own = digests(set_of(release)), digests(packs()), release.own
    free = [name for name in (*offered, *now) if name not in own]
    return PacksNews(
        changed=_distinct(n for n in free if n in now and n in offered and now[n] != offered[n]),
        new=_distinct(n for n in free if n not in now),
        gone=_distinct(n for n in free if n not in offered),
        kept=tuple(n for n, then in own.items() if offered.get(n, "") != then),
        facts=_newer_facts(set_of(release)),
    )


def _newer_facts(chosen: RuleSet) -> bool:
    """Whether the software knows facts that a release does not, or says something else of them."""
    return with_names_of(packs().catalogue, chosen.catalogue) != chosen.catalogue


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def digests(chosen: RuleSet) -> dict[str, str]:
    """Return what each rule of a set says, as a digest; the relations stand beside the rules."""
    found = {rule.rule: _hash(rule_text(rule)) for rule in chosen.rules}
    return found | {RELATIONS: _hash(relations_text(chosen.relations))}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def rule_in(chosen: RuleSet, rule_id: str) -> Rule | None:
    """Return a rule of a set."""
    return next((rule for rule in chosen.rules if rule.rule == rule_id), None)
