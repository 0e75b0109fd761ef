"""A page read: its articles, its facts, the names in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from openzone.engines.reading.pages.articles import Article, articles
from openzone.engines.reading.pages.checks import checked
from openzone.engines.reading.pages.emit import facts_of, statements_of
from openzone.engines.reading.pages.entities import entities
from openzone.engines.reading.pages.folding import fold, plain
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.mentions import mentions
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.periods import PageDate, guess_date, periods
from openzone.engines.reading.pages.quantities import quantities
from openzone.engines.reading.pages.records import Fact
from openzone.engines.reading.pages.subjects import Resolver


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a page; ``date`` is the one given or guessed."""

    date: PageDate
    articles: tuple[Article, ...]
    facts: tuple[Fact, ...]


def read_page(raw: str, lexicon: Lexicon, published: PageDate | None = None) -> Reading:
    """Return the articles and facts of a page as a program sees it: text with its line breaks.

    ``published`` is when the page appeared; without it the latest year the page names is taken.
    Every fact's ``quote`` is ``raw[start:end]`` without line breaks.
    """
    page = plain(raw)
    found = articles(page, lexicon)
    date = published or guess_date(page)
    facts = [
        fact
        for one in found
        for fact in _read_article(raw, passage_of(page, one, lexicon, date), one, lexicon)
    ]
    return Reading(date, tuple(found), tuple(checked(facts, lexicon.checks)))


def _read_article(raw: str, passage: Passage, article: Article, lexicon: Lexicon) -> Iterator[Fact]:
    resolver = Resolver(passage, lexicon)
    found = [
        *facts_of(raw, passage, resolver, lexicon),
        *statements_of(raw, passage, resolver, lexicon),
    ]
    named = entities(raw, passage, resolver, {fact.subject for fact in found})
    for fact in (*found, *named):
        yield replace(fact, confidence=round(fact.confidence * (0.7 + 0.3 * article.confidence), 2))


def passage_of(page: str, article: Article, lexicon: Lexicon, date: PageDate) -> Passage:
    """Return an article as running text with everything found in it."""
    folded = fold(page, article.paragraphs)
    times = periods(folded.text, lexicon, date)
    counted = quantities(folded.text, lexicon, [(one.start, one.end) for one in times])
    return Passage(
        folded,
        article.headline,
        counted,
        times,
        mentions(folded.text, counted, lexicon),
        list(lexicon.heads.find(folded.text)),
    )
