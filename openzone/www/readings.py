"""How a page and its facts are shown: text in pieces, cards in groups, what is known first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.urls import reverse

from openzone.engines.reading.comparing import Verdict
from openzone.engines.reading.marking import Piece, Quoted, left_out, pieces
from openzone.engines.reading.quoting import folded
from openzone.www.formats import money, number, say
from openzone.zone.readings.enums import FactState, HelpState, Origin
from openzone.zone.readings.linking import certain
from openzone.zone.readings.models import HelpRequest, JudgedFact, Page
from openzone.zone.readings.models.facts import plain
from openzone.zone.readings.packs import label
from openzone.zone.readings.selectors.known import Known, Standing, standings

YUAN = "元"
ORDER = (Verdict.CONTRADICTS, Verdict.VINTAGE, Verdict.AGREES, Verdict.NEW)


class KnownLine(NamedTuple):
    """One thing that is known, as a card shows it."""

    said: str
    period: str
    source: str
    href: str


class Card(NamedTuple):
    """A fact as its card shows it."""

    judged: JudgedFact
    number: int
    label: str
    value: str
    verdict: str
    known: tuple[KnownLine, ...]
    doubts: tuple[str, ...]
    suggested: Mapping[str, Any] | None

    @property
    def seen(self) -> int:
        """The last judgement the reader sees."""
        return self.judged.last_id or 0


class Group(NamedTuple):
    """Cards of one subject."""

    subject: str
    cards: list[Card]


class Part(NamedTuple):
    """Cards that stand alike to what is known, by subject."""

    verdict: str
    groups: list[Group]
    size: int


class Article(NamedTuple):
    """An article with its paragraphs in pieces; ``helped`` is the latest request about it."""

    number: int
    headline: str
    titled: list[Piece]
    confidence: float
    paragraphs: list[list[Piece]]
    helped: HelpRequest | None


def cards(page: Page, facts: Sequence[JudgedFact], numbers: Mapping[int, int]) -> list[Card]:
    """Return the cards of some facts of a page."""
    known = standings(page, facts)
    return [_card(page, one, numbers[one.pk], known.get(one.pk)) for one in facts]


def numbered(page: Page) -> dict[int, int]:
    """Return the number each fact has on its page, in the order of the text."""
    rows = JudgedFact.objects.filter(page=page).order_by("fact__start", "fact_id")
    return {pk: n for n, pk in enumerate(rows.values_list("pk", flat=True), start=1)}


def one_card(judged: JudgedFact) -> Card:
    """Return the card of a fact by itself."""
    return cards(judged.page, [judged], numbered(judged.page))[0]


def parts(found: Iterable[Card]) -> list[Part]:
    """Group cards: contradictions first, what is told twice, then what is new; each by subject."""
    by: dict[str, dict[str, list[Card]]] = {verdict.value: defaultdict(list) for verdict in ORDER}
    for card in found:
        by[card.verdict][card.judged.subject].append(card)
    return [
        Part(verdict, [Group(*one) for one in groups.items()], sum(map(len, groups.values())))
        for verdict, groups in by.items()
        if groups
    ]


def articles(page: Page, facts: Iterable[JudgedFact]) -> list[Article]:
    """Return the articles of a page with the quotes marked in their text."""
    quotes = [Quoted(one.pk, one.fact.start, one.fact.end) for one in facts]
    latest: dict[int, HelpRequest] = {}
    for request in page.helped.order_by("pk"):
        latest[request.article] = request
    return [
        _article(page.text, quotes, number, one, latest.get(number))
        for number, one in enumerate(page.articles)
    ]


def _article(
    text: str, quotes: Sequence[Quoted], number: int, one: Any, helped: HelpRequest | None
) -> Article:
    """Return an article; a first paragraph that is its headline stands as such."""
    told = [_paragraph(text, lines, quotes) for lines in one["paragraphs"]]
    first = folded("".join(piece.text for piece in told[0])) if told else ""
    titled = told.pop(0) if first and first == folded(one["headline"]) else []
    return Article(number, one["headline"], titled, one["confidence"], told, helped)


def rest(page: Page) -> list[Piece]:
    """Return what of a page is in no paragraph: page heads, bylines, stray lines."""
    told = [tuple(line) for one in page.articles for lines in one["paragraphs"] for line in lines]
    gaps = left_out(len(page.text), [(start, end) for start, end in told])
    return [
        Piece(start, text, (), ()) for start, end in gaps if (text := page.text[start:end]).strip()
    ]


def _paragraph(text: str, lines: Iterable[Any], quotes: Sequence[Quoted]) -> list[Piece]:
    return [piece for start, end in lines for piece in pieces(text, (start, end), quotes)]


def _card(page: Page, one: JudgedFact, at: int, standing: Standing | None) -> Card:
    suggested = None
    if one.enterprise_id is None and certain(page.links, one.subject) is not None:
        suggested = page.links[one.subject][0]
    return Card(
        one, at, say(label(one.attribute)), value_of(one),
        (standing.verdict if standing else Verdict.NEW).value,
        tuple(_known(known) for known in standing.known) if standing else (),
        tuple(doubt for doubt in one.fact.doubts if isinstance(doubt, str)), suggested,
    )  # fmt: skip


def value_of(one: JudgedFact) -> str:
    """Return what a fact says, with 约, 余 as printed."""
    if one.number is None:
        return one.text
    said = amount(plain(one.number), one.unit)
    rough = one.fact.qualifiers.get("approx")
    return f"{said}（{rough}）" if rough else said


def amount(value: Decimal, unit: str) -> str:
    """Return a number with its unit, money in 亿元 or 万元 where that is exact."""
    return money(value) if unit == YUAN else f"{number(value)} {unit}".strip()


_PLACES = {"figure": "figure_one", "enterprise": "enterprise", "fact": "reading_fact"}


def _known(one: Known) -> KnownLine:
    href = reverse(_PLACES[one.where], args=[one.at])
    said = amount(plain(Decimal(str(one.figure.number))), one.figure.unit)
    return KnownLine(said, one.figure.period, say(one.source), href)


def mark_class(state: str, verdict: str) -> str:
    """Return how a quote is marked: by what was said of its fact, and by what is known."""
    if state == FactState.OPEN and verdict == Verdict.CONTRADICTS:
        return "against"
    return state


def asks_for_help(request: HelpRequest | None) -> bool:
    """Whether an answer is still waited for."""
    return request is not None and request.state == HelpState.ASKED


def by_model(one: JudgedFact) -> bool:
    """Whether a language model had a hand in a fact."""
    return one.fact.origin == Origin.MODEL
