"""A page read: its articles, its facts, the names in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openzone.engines.reading.pages.articles import Article, articles
from openzone.engines.reading.pages.checks import checked
from openzone.engines.reading.pages.dates import PageDate, guess_date
from openzone.engines.reading.pages.emit import facts_of, statements_of
from openzone.engines.reading.pages.entities import entities
from openzone.engines.reading.pages.folding import fold, plain
from openzone.engines.reading.pages.lexicon import Attribute, Lexicon
from openzone.engines.reading.pages.mentions import mentions
from openzone.engines.reading.pages.passage import Passage, sentences
from openzone.engines.reading.pages.periods import periods
from openzone.engines.reading.pages.quantities import Quantity, quantities
from openzone.engines.reading.pages.records import Fact
from openzone.engines.reading.pages.subjects import Resolver
from openzone.engines.reading.pages.words import Hit


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a page; ``date`` is the one given or guessed."""

    date: PageDate
    articles: tuple[Article, ...]
    facts: tuple[Fact, ...]


def read_page(raw: str, lexicon: Lexicon, published: PageDate | None = None) -> Reading:
    """Return the articles and facts of a page as a program sees it: text with its line breaks.

    ``published`` is when the page appeared; without it the page's head or its text is asked.
    Every fact's ``quote`` is ``raw[start:end]`` without line breaks.
    """
    page = plain(raw)
    found = articles(page, lexicon)
    date = published or guess_date(page, lexicon.dates)
    facts = [
        fact
        for one in found
        for fact in _read_article(raw, passage_of(page, one, lexicon, date), lexicon)
    ]
    return Reading(date, tuple(found), tuple(checked(facts, lexicon.checks)))


def _read_article(raw: str, passage: Passage, lexicon: Lexicon) -> Iterator[Fact]:
    resolver = Resolver(passage, lexicon)
    found = [
        *facts_of(raw, passage, resolver, lexicon),
        *statements_of(raw, passage, resolver, lexicon),
    ]
    named = entities(raw, passage, resolver, {fact.subject for fact in found})
    yield from found
    yield from named


def passage_of(page: str, article: Article, lexicon: Lexicon, date: PageDate) -> Passage:
    """Return an article as running text with everything found in it."""
    folded = fold(page, article.paragraphs)
    times = periods(folded.text, lexicon, date)
    counted = quantities(folded.text, lexicon, [(one.start, one.end) for one in times])
    return Passage(
        folded,
        article.headline,
        0.7 + 0.3 * article.confidence,
        counted,
        times,
        *mentions(folded.text, counted, lexicon),
        list(_heads(folded.text, counted, lexicon)),
    )


def _heads(
    text: str, counted: Sequence[Quantity], lexicon: Lexicon
) -> Iterator[Hit[tuple[Attribute, ...]]]:
    """Yield the head nouns of the sentences that count something."""
    cuts, done = sentences(text), 0
    for one in counted:
        if one.start < done:
            continue
        start, done = cuts.at(one.start)
        for hit in lexicon.heads.find(text, start, done):
            yield _undated(text, hit.start, hit.end, hit.value, lexicon)


def _undated(
    text: str, start: int, end: int, value: tuple[Attribute, ...], lexicon: Lexicon
) -> Hit[tuple[Attribute, ...]]:
    """Return a head noun without the 年 that belongs to a time: 销售额 of 去年销售额."""
    if text[start] == "年" and text[start - 1 : start] in _OF_YEARS:
        return Hit(start + 1, end, lexicon.heads.get(text[start + 1 : end]) or value)
    return Hit(start, end, value)


_OF_YEARS = frozenset("0123456789去今上明前当本全〇一二三四五六七八九")
