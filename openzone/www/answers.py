"""Answers of the rules in words: what failed, what is missing, how far a near miss is away."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import starmap
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openzone.engines.facts.catalogue import Fact, FactType
from openzone.engines.rules.formats import gap_text, size
from openzone.engines.rules.match import Record
from openzone.engines.rules.near import Near, formula
from openzone.engines.rules.schema import Rule, Version
from openzone.www import formats
from openzone.zone.registry.packs import catalogue
from openzone.zone.rulebook.selectors.entitlements import Entitlement, Standing

SHARES = ("ratio(", "growth(", "mean(growth", "max(0, ")


class Distance(NamedTuple):
    """A near miss in words; ``gap`` is empty where distance has no meaning."""

    what: str
    have: str
    need: str
    gap: str


def clause_labels(version: Version) -> dict[str, str]:
    """Return the labels of a version's top-level clauses and rows by id."""
    members = getattr(version.when, "members", None) or ([version.when] if version.when else [])
    rows = version.classify.rows if version.classify else ()
    named = [part for part in (*members, *rows) if part.id]
    return {part.id: formats.say(part.label.text) if part.label else part.id for part in named}


def failed(record: Record, version: Version) -> list[str]:
    """Return the conditions known not to hold, in words."""
    labels = clause_labels(version)
    return [labels.get(name, name) for name in record.failed]


def missing(record: Record) -> list[Fact]:
    """Return the facts that would settle the answer."""
    names = catalogue()
    return [names[name] for name in record.missing if name in names]


class Paper(NamedTuple):
    """A document that would settle some of the missing facts."""

    title: str
    facts: list[Fact]


def papers(facts: Iterable[Fact]) -> list[Paper]:
    """Return the documents to ask for, the one that settles most first."""
    by_title: dict[str, list[Fact]] = {}
    for fact in facts:
        by_title.setdefault(formats.say(fact.series.proof.text), []).append(fact)
    return sorted(starmap(Paper, by_title.items()), key=lambda paper: -len(paper.facts))


def level(record: Record, version: Version) -> str:
    """Return the class a classifying rule gives, in words; empty for other rules."""
    if record.value is None or version.classify is None:
        return ""
    return formats.say(version.classify.labels[record.value].text)


def distances(record: Record, rule: Rule, version: Version) -> Iterator[Distance]:
    """Yield the distances of a near miss."""
    clause = ", ".join(failed(record, version))
    for near in record.near:
        what, type_ = _subject(near, version, clause)
        have, need = _worded(near.have, near.fact), _worded(near.need, near.fact)
        yield Distance(what, _said(have, type_, need), _said(need, type_), _gap(near, type_))


def _worded(value: object, name: str) -> object:
    """Put a fact's own words in the place of its codes."""
    if isinstance(value, list | tuple):
        return [_worded(one, name) for one in value]
    if isinstance(value, dict):
        return {key: _worded(one, name) for key, one in value.items()}
    names = catalogue()
    if name not in names or not isinstance(value, str):
        return value
    word = names[name].series.choices.get(value)
    return formats.say(word.text) if word else value


def _subject(near: Near, version: Version, clause: str) -> tuple[str, FactType | None]:
    """Return what a distance is about; computed numbers go by the condition they stand in."""
    names = catalogue()
    if near.fact in names:
        return formats.say(names[near.fact].label), names[near.fact].type
    kind, _colon, name = near.fact.partition(":")
    if kind == "score":
        return formats.say(version.scores[name.partition(".")[0]].label.text), FactType.NUMBER
    written = formula(version.let[name]) if kind == "number" else near.fact
    return clause, FactType.RATIO if written.startswith(SHARES) else FactType.NUMBER


def _said(value: object, type_: FactType | None, limit: object = None) -> str:
    if value is None:
        return formats.DASH
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | float):
        return formats.say(size(value, type_, _limit(limit)))
    if isinstance(value, dict):
        return _("not %(value)s") % {"value": _said(value["not"], type_)}
    if isinstance(value, list | tuple):
        return _(" or ").join(str(one) for one in value)
    return str(value)


def _limit(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _gap(near: Near, type_: FactType | None) -> str:
    """Say how far it is, and in which direction."""
    if near.gap is None:
        return ""
    if _is_date(near.need):
        days = int(near.gap)
        return ngettext("%(n)d day short", "%(n)d days short", days) % {"n": days}
    if near.gap == 0:
        return _("the limit itself does not count")
    gap = {"gap": formats.say(gap_text(near.gap, type_))}
    return _("%(gap)s short") % gap if near.have < near.need else _("%(gap)s too much") % gap


def _is_date(value: object) -> bool:
    try:
        dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return False
    return True


def joined(parts: Iterable[str]) -> str:
    """String parts together as the reader's language does."""
    return ("；" if formats.speaks_chinese() else "; ").join(parts)


def sentence(distance: Distance) -> str:
    """Write a distance as one sentence."""
    said = _("%(what)s: has %(have)s, needs %(need)s") % distance._asdict()
    return f"{said} ({distance.gap})" if distance.gap else said


OUTCOMES = {
    "met": ("circle-check", gettext_lazy("Met")),
    "near": ("target-arrow", gettext_lazy("Near miss")),
    "unknown": ("help-circle", gettext_lazy("Unknown")),
    "not_met": ("circle-x", gettext_lazy("Not met")),
}


def word(outcome: str) -> str:
    """Return the word of an outcome or standing."""
    return str(OUTCOMES[outcome][1])


def said(answer: Entitlement) -> str:
    """Return the answer in a word; a classification answers with the class."""
    if answer.rule.kind != "classify" or answer.standing is Standing.UNKNOWN:
        return word(answer.standing)
    return level(answer.record, answer.version) or _("Does not apply")


def shape(outcome: str) -> str:
    """Return the icon of an outcome or standing: never the colour alone says it."""
    return OUTCOMES[outcome][0]


def farness(record: Record) -> float:
    """Return how far away a near miss is, relative to its limits; without distance it is 1."""
    shares = [_share(near) for near in record.near]
    return max(shares, default=1.0)


def _share(near: Near) -> float:
    if near.gap is None:
        return 1.0
    size = _limit(near.need)
    return near.gap / max(abs(size), near.gap) if size else min(near.gap / 365, 1.0)


def reason_cells(answer: Entitlement) -> tuple[str | None, str | None, str | None]:
    """Return what failed, what is missing and how far it is, as cells of a list."""
    record, version = answer.record, answer.version
    away = distances(record, answer.rule, version)
    return (
        joined(failed(record, version)) or None,
        joined(formats.say(fact.label) for fact in missing(record)) or None,
        joined(map(sentence, away)) or None,
    )
