"""Releases: what is in force by which, what changed, and what the packs say that is newer."""

import hashlib
from collections.abc import Container
from dataclasses import dataclass

from django.db.models import QuerySet

from openzone.engines.rules.problems import PackError
from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.rules.schema import Rule
from openzone.engines.text import Text
from openzone.zone.rulebook.models import RuleRelease
from openzone.zone.rulebook.packs import ReleaseKey, packs, rule_set, with_names_of
from openzone.zone.rulebook.selectors.golden import Case
from openzone.zone.rulebook.selectors.texts import (
    TextLine,
    relations_text,
    rule_text,
    text_differences,
)

RELATIONS = "relations"
RELATIONS_TITLE = Text("规则之间的关系", "Relations between rules")


def latest_release() -> RuleRelease | None:
    """Return the release in force; None while the packs themselves are."""
    return RuleRelease.objects.order_by("-number").first()


def releases() -> "QuerySet[RuleRelease]":
    """Return the releases, the latest first, without their texts."""
    return RuleRelease.objects.defer("artefact", "cases").order_by("-number")


def releases_of(rule_id: str) -> "QuerySet[RuleRelease]":
    """Return the releases in which the zone changed a rule, the latest first.

    What came with the packs has none of its own.
    """
    return releases().filter(rule=rule_id)


def set_of(release: RuleRelease) -> RuleSet:
    """Return the whole set of a release."""
    return rule_set(ReleaseKey(release.number, release.digest))


def before(release: RuleRelease) -> RuleRelease | None:
    """Return the release that was in force until this one."""
    return RuleRelease.objects.filter(number__lt=release.number).order_by("-number").first()


def is_intact(release: RuleRelease) -> bool:
    """Whether the text of a release still is the one that its digest names."""
    try:
        return RuleSet.from_bytes(release.artefact.encode()).digest == release.digest
    except PackError:
        return False


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

    ``kept`` are rules that both the packs and the zone changed: the zone's own stay. ``gone`` are
    rules that the packs no longer hold: they stay in force until a draft withdraws them, because
    a pack folder that was not named looks the same as one that was emptied.
    """

    changed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    facts: bool = False

    @property
    def any(self) -> bool:
        """Whether adopting the packs would change anything."""
        return bool(self.changed or self.new or self.facts)


def packs_news(release: RuleRelease | None) -> PacksNews:
    """Compare a release with the packs of the software."""
    if release is None:
        return PacksNews(new=tuple(digests(packs())))
    chosen, own = set_of(release), release.own
    after = with_packs(chosen, own)
    now, then, offered = digests(chosen), digests(after), digests(packs())
    return PacksNews(
        changed=tuple(name for name in then if now.get(name, then[name]) != then[name]),
        new=tuple(name for name in then if name not in now),
        gone=tuple(name for name in now if name not in offered and name not in own),
        kept=tuple(name for name, was in own.items() if offered.get(name, "") != was),
        facts=after.catalogue != chosen.catalogue,
    )


def with_packs(mine: RuleSet, own: Container[str]) -> RuleSet:
    """Return a set with what the packs say now, but for what the zone decides itself (``own``)."""
    offered = packs()
    rules = {rule.rule: rule for rule in mine.rules}
    rules |= {rule.rule: rule for rule in offered.rules if rule.rule not in own}
    relations = {one.id: one for one in mine.relations}
    if RELATIONS not in own:
        relations |= {one.id: one for one in offered.relations}
    return RuleSet(
        catalogue=with_names_of(offered.catalogue, mine.catalogue),
        rules=tuple(rules.values()),
        relations=tuple(relations.values()),
    )


def digests(chosen: RuleSet) -> dict[str, str]:
    """Return what each rule of a set says, as a digest; the relations stand beside the rules."""
    return {name: _hash(text) for name, text in _texts(chosen).items()}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def rule_in(chosen: RuleSet, rule_id: str) -> Rule | None:
    """Return a rule of a set."""
    return next((rule for rule in chosen.rules if rule.rule == rule_id), None)


@dataclass(frozen=True)
class Compared:
    """A rule that differs between two releases: ``new``, ``changed`` or ``removed``, and how."""

    rule: str
    title: Text
    status: str
    lines: tuple[TextLine, ...]


def compared(old: RuleRelease, new: RuleRelease) -> list[Compared]:
    """Return the rules that differ between two releases, with the lines that do."""
    texts, titles = _texts(set_of(old)), _titles(set_of(old)) | _titles(set_of(new))
    later = _texts(set_of(new))
    found = []
    for name in sorted(texts.keys() | later.keys()):
        was, now = texts.get(name, ""), later.get(name, "")
        if was != now:
            status = "changed" if was and now else "new" if now else "removed"
            lines = tuple(text_differences(was, now))
            found.append(Compared(name, titles.get(name, RELATIONS_TITLE), status, lines))
    return found


def _texts(chosen: RuleSet) -> dict[str, str]:
    found = {rule.rule: rule_text(rule) for rule in chosen.rules}
    return found | {RELATIONS: relations_text(chosen.relations)}


def _titles(chosen: RuleSet) -> dict[str, Text]:
    return {rule.rule: rule.title.text for rule in chosen.rules}
