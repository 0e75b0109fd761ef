"""A page comes in, is read, or cannot be."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.reading.pages.articles import Article
from openzone.engines.reading.pages.reader import Reading
from openzone.engines.reading.pages.records import Fact
from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.readings.enums import Origin, PageState
from openzone.zone.readings.intake import checked
from openzone.zone.readings.models import JudgedFact, Page, PageFact
from openzone.zone.readings.writing import STATED, count, note

TWICE: Final = Text(
    "这个文件已由{who}于{day}录入（第{pk}号）",
    "this file was brought in by {who} on {day} (number {pk})",
)
TO_COME: Final = Text("{day} 还没有到", "{day} has not come yet")
NOT_FAILED: Final = Text("只有未能读取的版面可以重读", "only a page that failed is read again")
_LONGEST: Final = {"subject": 200, "attribute": 64, "text": 500, "unit": 16, "period": 32}
_MOST_DIGITS: Final = Decimal(10) ** 23


class Appeared(NamedTuple):
    """Where and when a page appeared."""

    paper: str
    published: dt.date | None = None
    number: str = ""
    address: str = ""


@transaction.atomic
def bring_page(
    *, actor: Actor, user: User | None, name: str, data: bytes, appeared: Appeared,
    now: dt.datetime, today: dt.date, synthetic: bool = False,
) -> Page:  # fmt: skip
    """Keep a page as it came; nothing is read yet.

    Raises:
        Refused: the gate does not let it in, it is here already, it appears in the future.

    """
    taken = checked(name, data)
    before = Page.objects.filter(sha256=taken.sha256).select_related("brought_by").first()
    if before is not None:
        day = to_local(before.brought_at).date()
        raise Refused(
            TWICE.format(who=str(before.brought_by or "—"), day=day, pk=before.pk), field="file"
        )
    if appeared.published and appeared.published > today:
        raise Refused(TO_COME.format(day=appeared.published), field="published")
    page = Page(
        name=taken.name, kind=taken.kind, size=taken.size, sha256=taken.sha256,
        brought_by=user, brought_at=now, synthetic=synthetic, **appeared._asdict(),
    )  # fmt: skip
    page.file.save(taken.stored_name, ContentFile(data), save=False)
    ensure_valid(page)
    page.save()
    payload = {"file": page.name, "sha256": page.sha256, "paper": page.paper}
    note("page.brought", actor, f"page:{page.pk}", payload)
    return page


@transaction.atomic
def keep_reading(
    *, actor: Actor, page: Page, text: str, found: Reading, now: dt.datetime,
    links: Mapping[str, Any] | None = None,
) -> Page:  # fmt: skip
    """Keep what was read in a page. Repeated after a crash, it is kept once."""
    fresh = Page.objects.select_for_update().get(pk=page.pk)
    if fresh.state == PageState.READ:
        return fresh
    fresh.text, fresh.date, fresh.state = text, str(found.date), PageState.READ
    fresh.articles = [_article(one) for one in found.articles]
    fresh.links = dict(links or {})
    fresh.read_at, fresh.reason_zh, fresh.reason_en = now, "", ""
    fresh.save()
    headlines = [one.headline for one in found.articles]
    add_facts(fresh, _rows(fresh, found.facts, Origin.RULES, headlines, now))
    note("page.read", actor, f"page:{fresh.pk}",
         {"articles": len(found.articles), "facts": fresh.facts_found})  # fmt: skip
    return fresh


@transaction.atomic
def fail_page(*, actor: Actor, page: Page, reason: Text) -> Page:
    """Say that a page cannot be read, and why."""
    fresh = Page.objects.select_for_update().get(pk=page.pk)
    if fresh.state == PageState.READ:
        return fresh
    fresh.state, fresh.reason_zh, fresh.reason_en = PageState.FAILED, reason.zh, reason.en
    fresh.save(update_fields=["state", "reason_zh", "reason_en"])
    note("page.failed", actor, f"page:{fresh.pk}", {"reason": reason.zh})
    return fresh


@transaction.atomic
def retry_page(*, actor: Actor, page: Page) -> Page:
    """Let a page that failed be read once more: something was installed since, say."""
    fresh = Page.objects.select_for_update().get(pk=page.pk)
    if fresh.state != PageState.FAILED:
        raise Refused(NOT_FAILED)
    fresh.state = PageState.WAITING
    fresh.save(update_fields=["state"])
    note("page.retried", actor, f"page:{fresh.pk}", {})
    return fresh


def add_facts(page: Page, rows: Sequence[PageFact]) -> list[PageFact]:
    """Write facts of a page, none of them judged."""
    made = PageFact.objects.bulk_create(rows, batch_size=200)
    JudgedFact.objects.bulk_create([_unjudged(one) for one in made], batch_size=200)
    count(page)
    return made


def facts_from_model(
    page: Page, facts: Sequence[Fact], article: int, now: dt.datetime
) -> Iterator[PageFact]:
    """Yield rows of what a language model helped to find in an article."""
    for fact in facts:
        yield _row(page, fact, Origin.MODEL, article, now)


def _rows(
    page: Page, facts: Sequence[Fact], origin: Origin, headlines: Sequence[str], now: dt.datetime
) -> list[PageFact]:
    numbers = {headline: number for number, headline in reversed(list(enumerate(headlines)))}
    return [_row(page, fact, origin, numbers.get(fact.article), now) for fact in facts]


def _row(page: Page, fact: Fact, origin: Origin, article: int | None, now: dt.datetime) -> PageFact:
    number, text = _value(fact.value)
    stated: Mapping[str, Any] = {
        "subject": fact.subject or "", "attribute": fact.attribute, "text": text,
        "unit": fact.unit or "", "period": fact.period or "",
    }  # fmt: skip
    return PageFact(
        page=page, origin=origin, names=fact.source == "entity", type=fact.type, number=number,
        **{name: value[: _LONGEST[name]] for name, value in stated.items()},
        attr_text=fact.attr_text[:200], qualifiers=dict(fact.qualifiers),
        candidates=list(fact.candidates), doubts=list(fact.doubts), quote=fact.quote,
        start=fact.start, end=fact.end, article=article, headline=fact.article[:300],
        rule=fact.rule[:100], confidence=fact.confidence, at=now,
    )  # fmt: skip


def _value(value: float | str) -> tuple[Decimal | None, str]:
    if isinstance(value, str):
        return None, value
    number = round(Decimal(str(value)), 6)
    return (number, "") if abs(number) < _MOST_DIGITS else (None, str(value))


def _unjudged(fact: PageFact) -> JudgedFact:
    same = {name: getattr(fact, name) for name in STATED}
    return JudgedFact(fact=fact, page_id=fact.page_id, **same)


def _article(one: Article) -> dict[str, Any]:
    return {
        "headline": one.headline,
        "spans": [list(span) for span in one.spans],
        "paragraphs": [[list(line) for line in lines] for lines in one.paragraphs],
        "confidence": one.confidence,
    }
