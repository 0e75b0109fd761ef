"""An article sent to a language model because somebody asked for it, and what came back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction

from openzone.engines.reading.pages.records import Fact
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.readings.assistance import Endpoint
from openzone.zone.readings.enums import HelpState, PageState
from openzone.zone.readings.models import HelpRequest, Page
from openzone.zone.readings.services.bringing import add_facts, facts_from_model
from openzone.zone.readings.writing import note

OFF: Final = Text(
    "管理员没有设置语言模型，版面文字不会离开本机",
    "no language model is set up: no text leaves this machine",
)
NO_ARTICLE: Final = Text("没有这篇文章", "there is no such article")
NOT_READ: Final = Text("版面尚未读取", "the page was not read yet")
UNSURE: Final = Text("请先确认文字将发送到上述地址", "confirm first that the text is sent there")


@transaction.atomic
def ask_help(
    *, actor: Actor, user: User, page: Page, article: int, there: Endpoint | None,
    confirmed: bool, now: dt.datetime,
) -> HelpRequest:  # fmt: skip
    """Note that the text of an article is to be sent; the sending is a job."""
    if there is None:
        raise Refused(OFF)
    if page.state != PageState.READ:
        raise Refused(NOT_READ)
    if not 0 <= article < len(page.articles):
        raise Refused(NO_ARTICLE, field="article")
    if not confirmed:
        raise Refused(UNSURE, field="confirmed")
    characters = sum(end - start for start, end in page.articles[article]["spans"])
    made = HelpRequest.objects.create(
        page=page, article=article, host=there.host[:200], model=there.model[:100],
        characters=characters, asked_by=user, asked_at=now,
    )  # fmt: skip
    note("help.asked", actor, f"page:{page.pk}", {
        "article": article, "host": made.host, "model": made.model, "characters": characters,
    })  # fmt: skip
    return made


@transaction.atomic
def keep_help(
    *, actor: Actor, request: HelpRequest, facts: Sequence[Fact], dropped: Mapping[str, int],
    now: dt.datetime,
) -> HelpRequest:  # fmt: skip
    """Keep what held of an answer, marked as model-assisted and judged by nobody."""
    fresh = _asked(request)
    if fresh.state != HelpState.ASKED:
        return fresh
    page = Page.objects.select_for_update().get(pk=fresh.page_id)
    add_facts(page, list(facts_from_model(page, facts, fresh.article, now)))
    fresh.state, fresh.kept, fresh.dropped = HelpState.DONE, len(facts), dict(dropped)
    fresh.answered_at = now
    fresh.save()
    note("help.answered", actor, f"page:{page.pk}",
         {"article": fresh.article, "kept": fresh.kept, "dropped": dict(dropped)})  # fmt: skip
    return fresh


@transaction.atomic
def fail_help(*, actor: Actor, request: HelpRequest, reason: Text, now: dt.datetime) -> HelpRequest:
    """Say that no usable answer came."""
    fresh = _asked(request)
    if fresh.state != HelpState.ASKED:
        return fresh
    fresh.state, fresh.answered_at = HelpState.FAILED, now
    fresh.reason_zh, fresh.reason_en = reason.zh, reason.en
    fresh.save()
    note("help.failed", actor, f"page:{fresh.page_id}", {"reason": reason.zh})
    return fresh


def _asked(request: HelpRequest) -> HelpRequest:
    return HelpRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
