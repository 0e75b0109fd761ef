"""Facts as people look for them: by Chinese name, pinyin, English or their name in rules."""

from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from openzone.engines.facts.catalogue import Fact, FactType, PeriodKind, Visibility
from openzone.www.formats import say
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.searchtext import normal as normal_text
from openzone.zone.registry.searchtext import pinyin_of, terms

SHOWN = 12
_APART = " · "
TYPES = {
    FactType.TEXT: _("text"),
    FactType.NUMBER: _("number"),
    FactType.YUAN: _("yuan"),
    FactType.RATIO: _("ratio (%)"),
    FactType.AREA: _("m²"),
    FactType.DATE: _("day"),
    FactType.BOOL: _("yes or no"),
    FactType.CODE: _("code"),
}
PERIODS = {
    PeriodKind.NONE: _("does not change"),
    PeriodKind.MOMENT: _("latest known"),
    PeriodKind.YEAR: _("accounting year"),
    PeriodKind.SPAN: _("several years together"),
}


class Offer(NamedTuple):
    """A fact in the list of suggestions."""

    fact: Fact
    type: str
    period: str

    @property
    def written(self) -> str:
        """What an input holds once the fact is chosen."""
        return written(self.fact)


def written(fact: Fact) -> str:
    """Return a fact as an input shows it: its label, then its name in rules."""
    return f"{say(fact.label)}{_APART}{fact.name}"


def known(name: object) -> Fact | None:
    """Return the fact of a name; None for what the catalogue does not know."""
    names = catalogue()
    return names[name] if isinstance(name, str) and name in names else None


def shown(name: str) -> str:
    """Return what an input shows for a name, which the catalogue may not know."""
    fact = known(name)
    return written(fact) if fact else name


def resolve(text: str) -> str:
    """Return the name of the fact that an input means; the text itself if that is not certain."""
    given = text.strip()
    names = catalogue()
    last = given.rpartition(_APART.strip())[2].strip()
    for candidate in (given, last):
        if candidate in names:
            return candidate
    labelled = [fact.name for fact in names if given in (fact.label.zh, fact.label.en)]
    return labelled[0] if len(labelled) == 1 else last


def described(fact: Fact) -> str:
    """Say what kind of value a fact has and of what time it speaks."""
    return f"{TYPES[fact.type]}{_APART}{PERIODS[fact.series.period]}"


def suggest(query: str) -> list[Offer]:
    """Return the facts that a few letters may mean, those that begin so first."""
    wanted = terms(query)
    if not wanted:
        return []
    found = [fact for fact in catalogue() if all(word in _lines(fact) for word in wanted)]
    found.sort(key=lambda fact: (f"\n{wanted[0]}" not in _lines(fact), len(fact.label.zh)))
    return [offer(fact) for fact in found[:SHOWN]]


def offer(fact: Fact) -> Offer:
    """Return a fact with the words that tell it from others."""
    return Offer(fact, str(TYPES[fact.type]), str(PERIODS[fact.series.period]))


def may_be_asked(fact: Fact) -> bool:
    """Whether a list may be narrowed by a fact: not by what is shown on request only."""
    return fact.series.visible is not Visibility.SENSITIVE


def _lines(fact: Fact) -> str:
    return _text_of(fact.name)


@cache
def _text_of(name: str) -> str:
    """Return everything a fact can be found by, one thing a line."""
    fact = catalogue()[name]
    words = [fact.label.zh, fact.label.en, fact.name, *fact.series.aliases]
    pinyin = [part for word in (fact.label.zh, *fact.series.aliases) for part in pinyin_of(word)]
    return "\n" + "\n".join([*map(normal_text, words), *pinyin])
