"""Questions and answers about a policy, each with the versions it was given under."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit
from openzone.zone.policies.enums import DraftedBy, TextStatus
from openzone.zone.policies.history import ensure_reason, locked_document, note
from openzone.zone.policies.models import Answer, Document, Item
from openzone.zone.policies.reviewing import ensure_publishable, identity, review
from openzone.zone.policies.selectors.meaning import basis


@transaction.atomic
def answer_question(
    *,
    actor: Actor,
    document: Document,
    item: Item | None = None,
    question: str,
    text: str,
    on: dt.date,
    unit: Unit | None = None,
    asked: str = "",
    drafted_by: DraftedBy = DraftedBy.PERSON,
    publish: bool = True,
) -> Answer:
    """Keep an answer in the library, under the versions of the policy in force on ``on``.

    ``asked`` says where the question came from (``consultation:12``). What a person answers is
    published at once unless ``publish`` is false; what a model drafted waits for its review.
    """
    if item is not None and item.document_id != document.pk:
        raise Refused(Text("事项不属于该文件", "the item is not of this document"), field="item")
    current = locked_document(document)
    answer = Answer(
        document=current,
        item=item,
        question=question.strip(),
        text=text.strip(),
        unit=unit,
        answered_on=on,
        asked=asked,
        drafted_by=drafted_by,
        author_id=identity(actor),
        author=actor.label[:150],
        hands=[identity(actor)],
        **basis(current, item, on)._asdict(),
    )
    if publish and not answer.needs_review:
        answer.status, answer.published_on = TextStatus.PUBLISHED, on
    ensure_valid(answer)
    answer.save()
    _note("given", actor, answer)
    return answer


@transaction.atomic
def review_answer(*, actor: Actor, answer: Answer) -> Answer:
    """Note that somebody other than the drafter read a draft and stands by it."""
    current = locked_answer(answer)
    review(actor, current)
    _note("reviewed", actor, current)
    return current


@transaction.atomic
def publish_answer(*, actor: Actor, answer: Answer, on: dt.date) -> Answer:
    """Let everybody read a draft."""
    current = locked_answer(answer)
    ensure_publishable(current)
    current.status, current.published_on = TextStatus.PUBLISHED, on
    current.save()
    _note("published", actor, current)
    return current


@transaction.atomic
def confirm_answer(*, actor: Actor, answer: Answer, on: dt.date) -> Answer:
    """Say that an answer given under an earlier version still holds under the one of today."""
    current = locked_answer(answer)
    if current.status != TextStatus.PUBLISHED:
        raise Refused(Text("只有已发布的答复可以确认", "only a published answer can be confirmed"))
    for name, value in basis(current.document, current.item, on)._asdict().items():
        setattr(current, name, value)
    current.save()
    _note("confirmed", actor, current)
    return current


@transaction.atomic
def withdraw_answer(*, actor: Actor, answer: Answer, reason: str) -> Answer:
    """Take an answer out of the library."""
    current = locked_answer(answer)
    if current.status == TextStatus.WITHDRAWN:
        raise Refused(Text("该答复已撤下", "this answer is withdrawn already"))
    why = ensure_reason(reason)
    current.status = TextStatus.WITHDRAWN
    current.save()
    _note("withdrawn", actor, current, why)
    return current


def locked_answer(answer: Answer) -> Answer:
    """Lock an answer and read it anew."""
    rows = Answer.objects.select_for_update(of=("self",)).select_related("document", "item")
    return rows.get(pk=answer.pk)


def _note(what: str, actor: Actor, current: Answer, reason: str = "") -> None:
    question = current.question[:80]
    note(
        f"policies.answer.{what}",
        actor=actor,
        document=current.document,
        item=current.item,
        about=f"{question}: {reason}" if reason else question,
        payload={"answer": current.pk, "drafted_by": str(current.drafted_by)},
    )
