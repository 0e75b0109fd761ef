"""What readings do in the background: a page is read, an article goes to a language model."""

import os
from collections.abc import Sequence
from typing import Any, Literal, cast

from django.utils import timezone
from django_tasks import TaskContext, task

from openzone.engines.reading import assist
from openzone.engines.reading.pages.dates import PageDate
from openzone.engines.reading.pages.reader import read_page
from openzone.engines.reading.pages.records import Fact
from openzone.engines.reading.sources.taking import UnreadableError
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.jobs.progress import report_progress
from openzone.zone.jobs.worker import effects
from openzone.zone.readings.assistance import Endpoint, NoHelpError, endpoint, helped
from openzone.zone.readings.intake import text_of
from openzone.zone.readings.linking import linked
from openzone.zone.readings.models import HelpRequest, Page, PageFact
from openzone.zone.readings.packs import closed, lexicon, pack
from openzone.zone.readings.services.bringing import fail_page, keep_reading
from openzone.zone.readings.services.helping import OFF, fail_help, keep_help

Kind = Literal["user", "system", "command"]
TAKING = Text("取出文字", "taking the text")
READING = Text("读取事实", "reading the facts")
KEEPING = Text("保存事实", "keeping the facts")
ASKING = Text("等待语言模型答复", "waiting for the language model")


@task(takes_context=True, atomic=False)
def read_one(context: TaskContext, page: int, actor: list[str]) -> dict[str, int]:
    """Take the text of a page and read it; ``actor`` is ``[kind, id, label]``."""
    found, who = Page.objects.get(pk=page), _actor(actor)
    report_progress(context, 0, 3, TAKING)
    try:
        with found.file.open("rb") as stored:
            text = text_of(found.name, stored.read())
    except UnreadableError as error:
        with effects(context):
            fail_page(actor=who, page=found, reason=error.reason)
        return {"facts": 0}
    report_progress(context, 1, 3, READING)
    date = found.published
    reading = read_page(text, lexicon(), PageDate(date.year, date.month) if date else None)
    links = linked(reading.facts)
    report_progress(context, 2, 3, KEEPING)
    with effects(context):
        kept = keep_reading(
            actor=who, page=found, text=text, found=reading, links=links, now=timezone.now()
        )
    return {"facts": kept.facts_found}


@task(takes_context=True, atomic=False)
def help_one(context: TaskContext, request: int, actor: list[str]) -> dict[str, int]:
    """Send an article to the language model the environment names; keep what holds."""
    asked, who = HelpRequest.objects.select_related("page").get(pk=request), _actor(actor)
    report_progress(context, 0, 1, ASKING)
    try:
        kept = _helped(asked)
    except NoHelpError as error:
        with effects(context):
            fail_help(actor=who, request=asked, reason=error.reason, now=timezone.now())
        return {"kept": 0}
    with effects(context):
        keep_help(
            actor=who, request=asked, facts=kept.facts, dropped=kept.dropped, now=timezone.now()
        )
    return {"kept": len(kept.facts)}


def model_there() -> Endpoint | None:
    """Return where a language model is asked, ``None`` where none is set up."""
    try:
        return endpoint(os.environ, pack().seconds_model)
    except NoHelpError:
        return None


def _helped(asked: HelpRequest) -> assist.Kept:
    there = model_there()
    if there is None or there.host != asked.host:  # the person agreed to that address only
        raise NoHelpError(OFF)
    page, names = asked.page, _names(asked)
    article = page.articles[asked.article]
    what = assist.Asked(page.text, article["spans"], article["headline"])
    return helped(there, what, lexicon(), closed(), names, _known(asked))


def _names(asked: HelpRequest) -> list[str]:
    rows = PageFact.objects.filter(page=asked.page, article=asked.article).exclude(subject="")
    return list(dict.fromkeys(rows.values_list("subject", flat=True)))


def _known(asked: HelpRequest) -> Sequence[Fact]:
    """Return what is read there already, so that nothing is told twice."""
    rows = PageFact.objects.filter(page=asked.page, number__isnull=False, names=False)
    return [_fact(one) for one in rows]


def _fact(one: PageFact) -> Fact:
    number: Any = one.number
    return Fact(
        one.type, one.subject, one.attribute, one.attr_text, float(number), one.unit, one.period,
        one.quote, one.start, one.end, one.headline, one.rule, one.confidence,
    )  # fmt: skip


def _actor(actor: list[str]) -> Actor:
    kind, identifier, label = actor
    return Actor(cast(Kind, kind), identifier, label)
