"""Names on a page linked to the record: which firms each may mean, which subjects of figures."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from openzone.engines.identity.linkage import CERTAIN_KINDS
from openzone.engines.reading.pages.records import Fact
from openzone.engines.reading.quoting import folded
from openzone.engines.text import Text
from openzone.zone.chains.selectors.residents import residents
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Entity
from openzone.zone.readings.models import JudgedFact, Page
from openzone.zone.readings.packs import GROWTH, indicator_of, label, pack, said

FIRMS: Final = frozenset({"enterprise", "project", "finance", "indicator"})
_TOP: Final = 3


def linked(facts: Iterable[Fact]) -> dict[str, list[dict[str, Any]]]:
    """Return the firms of the record each name may mean, best first; names of nobody left out."""
    names = {fact.subject for fact in facts if fact.subject and fact.type in FIRMS}
    names |= {
        str(one.value) for one in facts if one.source == "entity" and one.type == "enterprise"
    }
    if not names:
        return {}
    register = residents()
    found = {name: register.link(name, top=_TOP) for name in sorted(names)}
    return {
        name: [one.as_dict() for one in candidates if one.decision != "no"]
        for name, candidates in found.items()
        if any(one.decision != "no" for one in candidates)
    }


def firm_of(judged: JudgedFact, page: Page) -> int | None:
    """Return the firm a fact speaks of: the one a person chose, else the one that is certain."""
    chosen: int | None = judged.enterprise_id
    return certain(page.links, judged.subject) if chosen is None else chosen


def certain(links: Mapping[str, Any], name: str) -> int | None:
    """Return the firm a name means by its code or its full name with its place."""
    for one in links.get(name, ()):
        if one["decision"] == "same" and one["kind"] in CERTAIN_KINDS:
            return int(one["id"])
    return None


def entities_named(names: Iterable[str]) -> dict[str, Entity]:
    """Return the subjects of figures with these names; firms have figures of their own rules."""
    wanted = {folded(name): name for name in names if name}
    rows = Entity.objects.exclude(kind=EntityKind.ENTERPRISE).order_by("pk")
    found = {folded(one.name): one for one in rows if folded(one.name) in wanted}
    return {wanted[key]: one for key, one in found.items()}


def indicator_for(judged: JudgedFact) -> str | None:
    """Return the indicator of the dictionary a fact may become a figure of."""
    base = judged.attribute.removesuffix(GROWTH)
    return indicator_of(base, _words(judged), judged.fact.quote)


def told_of(judged: JudgedFact) -> tuple[str, str]:
    """Return what facts must share to be compared: not all counts of firms count the same firms."""
    told = indicator_for(judged) or _words(judged) if _counts_many(judged) else ""
    return judged.attribute, told


def called(judged: JudgedFact) -> Text:
    """Return what a page calls what a fact counts, else what its attribute is called."""
    words = _words(judged)
    if words and _counts_many(judged):
        told = said(words, judged.fact.quote)
        return Text(told, told)
    return label(judged.attribute.removesuffix(GROWTH))


def _counts_many(judged: JudgedFact) -> bool:
    """Whether pages count many things under the attribute, told apart by their words."""
    base = judged.attribute.removesuffix(GROWTH)
    return any(one.attribute == base for one in pack().wordings)


def _words(judged: JudgedFact) -> str:
    """Return the words of the page; a person who named another attribute read it by themselves."""
    fact = judged.fact
    return fact.attr_text if fact.attribute == judged.attribute else ""
