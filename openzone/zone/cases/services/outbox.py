"""What leaves the zone: written with what it tells of, sent afterwards, given up in the open.

A message is claimed by moving its next attempt into the future, so a worker that dies while sending
leaves a message that is simply due again: at least once, under the same key.
"""

import datetime as dt
import http.client

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import MessageKind, NoticeKind
from openzone.zone.cases.models import OutboxMessage, WebhookTarget
from openzone.zone.cases.packs import pack
from openzone.zone.cases.services.signing import headers
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.errors import Refused
from openzone.zone.outward import IsAllowed, NotAsked, is_public, request
from openzone.zone.people.enums import Role
from openzone.zone.people.selectors import holders

SYSTEM = Actor.system("cases")
AGENT = "OpenZone webhooks"
_GONE = 410  # Standard Webhooks: the receiver wants no more


class _FailedError(Exception):
    """Sending did not work; ``final`` when trying again is useless."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


def deliver(now: dt.datetime, *, is_allowed: IsAllowed = is_public, most: int = 500) -> int:
    """Send what is due, so many at most; return how many arrived. Call it outside a transaction."""
    arrived = 0
    for _ in range(most):
        message = _claimed(now)
        if message is None:
            break
        arrived += _tried(message, now, is_allowed)
    return arrived


@transaction.atomic
def retry(*, actor: Actor, message: OutboxMessage, now: dt.datetime) -> OutboxMessage:
    """Let a message that was given up be tried from the start."""
    current = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if current.given_up_at is None:
        raise Refused(
            Text("只有放弃发送的消息可以重发", "only a message that was given up is sent again")
        )
    current.given_up_at, current.attempts, current.next_at = None, 0, now
    current.save(update_fields=["given_up_at", "attempts", "next_at"])
    record("cases.message.retried", actor=actor, subject=f"message:{current.pk}")
    return current


@transaction.atomic
def _claimed(now: dt.datetime) -> OutboxMessage | None:
    """Take the next message; should we die, it is due again after the wait."""
    due = OutboxMessage.objects.filter(next_at__lte=now).order_by("next_at", "pk")
    message = due.select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.attempts += 1
    message.next_at = now + _wait(message)
    message.save(update_fields=["attempts", "next_at"])
    return message


def _steps(message: OutboxMessage) -> list[dt.timedelta]:
    """Return the waits between the attempts at a message."""
    waits = pack().outbox
    chosen = waits.email if message.kind == MessageKind.EMAIL else waits.webhook
    return [dt.timedelta(minutes=wait.minutes or 0) for wait in chosen]


def _wait(message: OutboxMessage) -> dt.timedelta:
    steps = _steps(message)
    return steps[min(message.attempts, len(steps)) - 1]


def _tried(message: OutboxMessage, now: dt.datetime, is_allowed: IsAllowed) -> bool:
    try:
        _send(message, now, is_allowed)
    except _FailedError as error:
        _note_failure(message, str(error), now, final=error.final)
        return False
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=now, next_at=None, error="")
    return True


def _send(message: OutboxMessage, now: dt.datetime, is_allowed: IsAllowed) -> None:
    if message.kind == MessageKind.EMAIL:
        return _mail(message)
    target = WebhookTarget.objects.get(messages=message)
    if not target.active:
        raise _FailedError("the webhook was switched off", final=True)
    return _post(message, target, now, is_allowed)


def _mail(message: OutboxMessage) -> None:
    mail = EmailMessage(
        message.subject,
        message.body,
        to=[message.address],
        headers={"Message-ID": f"<{message.key}@openzone>", "Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors
        raise _FailedError(f"{type(error).__name__}: {error}"[:300]) from None


def _post(
    message: OutboxMessage, target: WebhookTarget, now: dt.datetime, is_allowed: IsAllowed
) -> None:
    body = message.body.encode()
    signed = headers(target.secret, message.key, now, body)
    named = {"Content-Type": "application/json", "User-Agent": AGENT}
    try:
        answer = request(
            "POST", target.url, headers=named | signed, body=body, is_allowed=is_allowed
        )
    except NotAsked as error:
        raise _FailedError(str(error.reason), final=True) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _FailedError(f"{type(error).__name__}: {error}"[:300]) from None
    if not 200 <= answer.status < 300:
        raise _FailedError(f"HTTP {answer.status}", final=answer.status == _GONE)


@transaction.atomic
def _note_failure(message: OutboxMessage, why: str, now: dt.datetime, *, final: bool) -> None:
    """Keep why it failed; after the last attempt, or when it is useless, give it up and say so."""
    message.error = why
    if final or message.attempts > len(_steps(message)):
        message.next_at, message.given_up_at = None, now
        _tell_administrators(message, now)
    message.save(update_fields=["error", "next_at", "given_up_at"])
    if message.given_up_at is not None:
        payload: dict[str, JSON] = {"key": message.key, "attempts": message.attempts, "error": why}
        record("cases.message.given_up", actor=SYSTEM, subject=_name(message), payload=payload)


def _name(message: OutboxMessage) -> str:
    return f"message:{message.pk}"


def _tell_administrators(message: OutboxMessage, now: dt.datetime) -> None:
    to = message.address or (message.target.name if message.target is not None else "")
    text = Text("消息未能送达{to}：{why}", "a message to {to} could not be delivered: {why}")
    said = text.format(to=to, why=message.error[:120])
    news = Message(
        NoticeKind.SERVICE, "message_given_up", said, f"given-up-{message.pk}", message.case
    )
    people = holders(Role.ADMIN, timezone.localdate(now)).values_list("pk", flat=True)
    tell(news, people, now, mail=False)  # what does not arrive is not told by e-mail
