"""Telling every proposer what became of a suggestion, and what they say to it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.suggestions.enums import Channel, Response
from openzone.zone.suggestions.models import Feedback, Original, Verdict
from openzone.zone.suggestions.services import news
from openzone.zone.suggestions.services.campaigns import locked

NOT_TOLD = Text("尚未告知建议人", "the proposer was not told yet")
ANSWERED = Text("建议人已表态", "the proposer has answered already")


def tell(verdict: Verdict, now: dt.datetime) -> int:
    """Have something to tell for every original behind a decision; returns how many.

    Who has a login is told with it; the others stand on a list until somebody notes that they
    were told.
    """
    originals = behind(verdict)
    rows = [
        Feedback(original=one, verdict=verdict, text=verdict.answer, **_in_app(one, now))
        for one in originals
    ]
    news.of_verdict(verdict, originals, now)
    return len(Feedback.objects.bulk_create(rows))


def behind(verdict: Verdict) -> list[Original]:
    """Return the originals a decision is about, with their proposers."""
    found = Original.objects.select_related("member")
    if verdict.original_id is not None:
        return list(found.filter(pk=verdict.original_id))
    flows = found.filter(flows__final=verdict.final_id, flows__undone_at__isnull=True)
    return list(flows.order_by("number"))


@transaction.atomic
def note_told(
    *, actor: Actor, notices: Sequence[Feedback], channel: Channel, now: dt.datetime
) -> int:
    """Note that proposers without a login were told; who was told before keeps the first time."""
    if channel == Channel.IN_APP:
        raise Refused(Text("请选择实际告知方式", "say how they were told"), field="channel")
    waiting = Feedback.objects.filter(pk__in=[one.pk for one in notices], told_at__isnull=True)
    numbers = sorted(waiting.values_list("original__number", flat=True))
    if not numbers:
        raise Refused(Text("没有待告知的人", "nobody waits to be told"), field="notices")
    campaign = notices[0].original.campaign_id
    waiting.update(told_at=now, channel=channel, told_by=actor.label[:150])
    record(
        "suggestions.feedback.told",
        actor=actor,
        subject=f"campaign:{campaign}",
        payload={"channel": str(channel), "originals": numbers},
    )
    return len(numbers)


@transaction.atomic
def respond(
    *, actor: Actor, notice: Feedback, response: Response, now: dt.datetime, remark: str = ""
) -> Feedback:
    """Take the proposer's word: the answer will do, or it will not and why."""
    current = _current(notice)
    if current.told_at is None:
        raise Refused(NOT_TOLD)
    if current.response != Response.NONE:
        raise Refused(ANSWERED)
    if response == Response.NONE:
        raise Refused(Text("请选择", "choose one"), field="response")
    if response == Response.DISSATISFIED and not remark.strip():
        raise Refused(
            Text(
                "请说明哪里不满意，以便再次答复", "say what is missing, so that it can be answered"
            ),
            field="remark",
        )
    current.response, current.remark, current.responded_at = response, remark.strip(), now
    current.noted_by = actor.label[:150]
    ensure_valid(current)
    current.save(update_fields=["response", "remark", "responded_at", "noted_by"])
    _note("responded", actor, current, response=str(response))
    return current


@transaction.atomic
def explain_again(*, actor: Actor, notice: Feedback, text: str, now: dt.datetime) -> Feedback:
    """Explain once more to a proposer who was not satisfied; what was said before stays."""
    current = _current(notice)
    if current.response != Response.DISSATISFIED:
        raise Refused(Text("建议人没有表示不满意", "the proposer did not say so"))
    if Feedback.objects.filter(
        original=current.original, verdict=current.verdict, turn__gt=current.turn
    ).exists():
        raise Refused(Text("已再次答复", "it was explained again already"))
    again = Feedback(
        original=current.original,
        verdict=current.verdict,
        turn=current.turn + 1,
        text=text.strip(),
        **_in_app(current.original, now),
    )
    ensure_valid(again)
    again.save()
    news.of_explanation(again, now)
    _note("explained_again", actor, again, turn=str(again.turn))
    return again


def _in_app(original: Original, now: dt.datetime) -> dict[str, object]:
    if original.member.user_id is None:
        return {}
    return {"channel": Channel.IN_APP, "told_at": now}


def _current(notice: Feedback) -> Feedback:
    locked(notice.original.campaign)
    related = Feedback.objects.select_related("original__member", "verdict")
    return related.get(pk=notice.pk)


def _note(action: str, actor: Actor, notice: Feedback, **payload: str) -> None:
    record(
        f"suggestions.feedback.{action}",
        actor=actor,
        subject=f"suggestion:{notice.original_id}",
        payload={"number": notice.original.number, **payload},
    )
