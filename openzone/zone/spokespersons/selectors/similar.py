"""Answered questions like the one somebody is about to ask."""

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.people.models import Unit
from openzone.zone.policies.enums import TextStatus
from openzone.zone.policies.models import Answer, Document
from openzone.zone.policies.selectors.meaning import earlier_version
from openzone.zone.spokespersons.models import Reply
from openzone.zone.spokespersons.packs import pack

_LEAST = 6  # characters: shorter texts lie inside almost every question


@dataclass(frozen=True, slots=True)
class Published:
    """A question everybody may read, with its answer."""

    question: str
    text: str
    unit: Unit | None
    answered_on: dt.date
    answer: Answer | None = None

    @property
    def document(self) -> Document | None:
        """The document it is about, if it is about one."""
        return self.answer.document if self.answer is not None else None


@dataclass(frozen=True, slots=True)
class Alike:
    """A published answer, how alike its question is (0 to 100), and what changed since."""

    published: Published
    score: float
    changed: tuple[Text, ...]


def similar(text: str, on: dt.date, document: Document | None = None) -> list[Alike]:
    """Return published answers to questions like this one, the most alike first.

    Only published questions are compared: nobody learns what another enterprise asked in private.
    With a document, only its own questions are.
    """
    asked = plain(text)
    if not asked:
        return []
    known = list(_library(document)) + ([] if document is not None else list(_own()))
    rules = pack().similar
    found = process.extract(
        asked,
        [plain(one.question) for one in known],
        scorer=likeness,
        limit=rules.most,
        score_cutoff=rules.at_least,
    )
    return [_alike(known[place], score, on) for _, score, place in found]


def likeness(one: str, other: str, **_: object) -> float:
    """Return how alike two questions are, from 0 to 100.

    Chinese has no spaces, so pairs of characters stand for words: the share of pairs in common
    (Dice) bears other orders and wordings; a whole question inside a longer one counts as well.
    """
    pairs, others = _pairs(one), _pairs(other)
    if not (pairs and others):
        return 100.0 if one == other else 0.0
    dice = 200 * len(pairs & others) / (len(pairs) + len(others))
    if min(len(one), len(other)) < _LEAST:
        return dice
    return max(dice, 0.9 * fuzz.partial_ratio(one, other))


def plain(text: str) -> str:
    """Return the letters, digits and characters of a text, without width, case and signs."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _alike(published: Published, score: float, on: dt.date) -> Alike:
    answer = published.answer
    return Alike(published, score, earlier_version(answer, on) if answer is not None else ())


def _library(document: Document | None) -> Iterator[Published]:
    """Yield the answers of the policies' library, whoever wrote them."""
    answers = Answer.objects.filter(status=TextStatus.PUBLISHED).order_by("-pk")
    if document is not None:
        answers = answers.filter(document=document)
    for one in answers.select_related("document", "item", "unit"):
        yield Published(one.question, one.text, one.unit, one.answered_on, one)


def _own() -> Iterator[Published]:
    """Yield the published answers about no document."""
    replies = Reply.objects.filter(published_as__isnull=True).exclude(published_question="")
    for reply in replies.select_related("unit").order_by("-pk"):
        day = _local_day(reply.replied_at)
        yield Published(reply.published_question, reply.text, reply.unit, day)


def _local_day(at: dt.datetime) -> dt.date:
    return to_local(at).date()
