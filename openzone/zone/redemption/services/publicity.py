"""While an application is published: objections, their answers, and the end of it."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.redemption import flow, packs
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application, Objection


@transaction.atomic
def make_objection(
    *, actor: Actor, user: User, application: Application, text: str, at: dt.datetime
) -> Objection:
    """Object to what is published; whoever is logged in may."""
    current = flow.locked(application, Stage.PUBLICITY)
    if current.due_at is not None and at > current.due_at:
        raise Refused(Text("公示期已结束", "the publicity is over"))
    if not text.strip():
        raise Refused(Text("请写明异议内容", "say what you object to"), field="text")
    term = current.rules_of_procedure.objection
    objection = Objection.objects.create(
        application=current,
        made_by=user,
        made_at=at,
        due_at=packs.due_at(term.limit if term else None, at),
        text=text.strip(),
    )
    flow.leave_step(
        current, actor=actor, user=user, at=at, action="objected",
        details={"objection": objection.pk},
    )  # fmt: skip
    return objection


@transaction.atomic
def answer_objection(
    *,
    actor: Actor,
    user: User,
    objection: Objection,
    upheld: bool,
    answer: str,
    at: dt.datetime,
) -> Objection:
    """Answer an objection. One that is upheld brings the application back to review."""
    application = flow.locked(objection.application, Stage.PUBLICITY)
    current = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if current.answered_at is not None:
        raise Refused(
            Text("已由{by}答复", "already answered by {by}").format(by=current.answered_by)
        )
    if current.made_by_id == user.pk:
        raise Refused(Text("提出人不能自己答复", "who objected does not answer"))
    if not answer.strip():
        raise Refused(Text("请写明答复", "write the answer"), field="answer")
    current.upheld, current.answer = upheld, answer.strip()
    current.answered_by, current.answered_at = user, at
    current.save()
    flow.leave_step(
        application, actor=actor, user=user, at=at, action="answered", note=answer,
        details={"objection": current.pk, "upheld": upheld},
    )  # fmt: skip
    if upheld:
        _back_to_review(application, actor, user, at, answer)
    return current


def _back_to_review(
    application: Application, actor: Actor, user: User, at: dt.datetime, why: str
) -> None:
    """Begin a new round: what was said and proposed before does not decide it again."""
    application.round += 1
    application.proposed = application.proposed_by = None
    application.excess = application.excess_by = None
    to = Stage.REVIEW if application.rules_of_procedure.rule(Stage.REVIEW) else Stage.PROPOSAL
    flow.move(application, to, actor=actor, user=user, at=at, action="reopened", note=why)


@transaction.atomic
def end_publicity(*, actor: Actor, application: Application, at: dt.datetime) -> Application | None:
    """Let an application go on when its days are over and every objection is answered."""
    current = flow.locked(application, Stage.PUBLICITY)
    over = current.due_at is None or at > current.due_at
    if not over or current.objections.filter(answered_at=None).exists():
        return None
    to = flow.following(current, Stage.PUBLICITY)
    flow.move(current, to, actor=actor, user=None, at=at, action="published")
    return current
