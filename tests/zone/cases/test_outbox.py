"""Messages to the world: written with what they tell of, signed, tried again, given up."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core import mail

from openzone.zone.audit.models import Event
from openzone.zone.cases.enums import MessageKind
from openzone.zone.cases.models import Notification, OutboxMessage, WebhookTarget
from openzone.zone.cases.services.outbox import deliver, retry
from openzone.zone.cases.services.signing import signature
from openzone.zone.cases.services.webhooks import add_webhook, switch_webhook
from openzone.zone.errors import Refused
from tests.factories import TESTS
from tests.zone.cases.people import HOUR, NOW, People

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


class Receiver(ThreadingHTTPServer):
    """Another system: keeps what it is sent and answers as it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answer = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        receiver = self.server
        assert isinstance(receiver, Receiver)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        receiver.got.append((dict(self.headers.items()), body))
        self.send_response(receiver.answer)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def target(people: People, receiver: Receiver) -> WebhookTarget:
    return add_webhook(actor=TESTS, name="示例平台", url=receiver.url, now=NOW)


def here(_: str) -> bool:
    """Let tests reach this machine; the product reaches public addresses only."""
    return True


def send(now: dt.datetime = NOW) -> int:
    return deliver(now, is_allowed=here)


def test_an_event_reaches_the_other_system_signed_as_the_standard_says(
    people: People, target: WebhookTarget, receiver: Receiver
):
    case = people.open().case
    assert (send(), send()) == (1, 0)
    [(headers, body)] = receiver.got
    told = json.loads(body)
    assert (told["type"], told["data"]["number"]) == ("case.open", case.number)
    assert "loan" not in body.decode()
    key = base64.b64decode(target.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))


def test_the_example_of_the_standard_has_its_signature():
    """The worked example of the Standard Webhooks specification and of its libraries."""
    body = b'{"test": 2432232314}'
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    found = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)
    assert found == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_webhook_hears_only_what_it_asked_for(people: People, receiver: Receiver):
    for kinds, actions in ((["other"], []), ([], ["accept"]), (["request"], ["accept"])):
        add_webhook(actor=TESTS, name="x", url=receiver.url, now=NOW, kinds=kinds, actions=actions)
    people.accepted()
    assert OutboxMessage.objects.count() == 2


def test_nothing_is_told_of_what_was_rolled_back(people: People, target: WebhookTarget):
    with pytest.raises(Refused):
        people.open(fields={"topic": "finance"})
    assert not OutboxMessage.objects.exists()


def test_a_message_that_fails_is_tried_again_later_under_the_same_name(
    people: People, target: WebhookTarget, receiver: Receiver
):
    receiver.answer = 503
    people.open()
    assert send() == 0
    message = OutboxMessage.objects.get()
    assert (message.error, message.next_at) == ("HTTP 503", NOW + MINUTE)
    assert send(NOW + MINUTE / 2) == 0
    assert len(receiver.got) == 1
    receiver.answer = 204
    assert send(NOW + MINUTE) == 1
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1


def test_in_the_end_it_is_given_up_and_administrators_are_told(
    people: People, target: WebhookTarget, receiver: Receiver
):
    receiver.answer = 500
    people.open()
    for day in range(12):
        send(NOW + day * DAY)
    message = OutboxMessage.objects.get()
    assert (message.attempts, message.next_at) == (10, None)
    assert message.given_up_at is not None
    line = Notification.objects.get(action="message_given_up")
    assert (line.user, "示例平台" in line.text_zh) == (people.admin, True)
    assert Event.objects.filter(action="cases.message.given_up").count() == 1
    receiver.answer = 200
    retry(actor=TESTS, message=message, now=NOW + 12 * DAY)
    assert send(NOW + 12 * DAY) == 1
    with pytest.raises(Refused):
        retry(actor=TESTS, message=message, now=NOW)


def test_a_receiver_that_is_gone_is_not_asked_again(
    people: People, target: WebhookTarget, receiver: Receiver
):
    receiver.answer = 410
    people.open()
    send()
    assert OutboxMessage.objects.get().given_up_at == NOW


def test_no_message_goes_into_the_own_network(people: People, target: WebhookTarget, receiver):
    people.open()
    assert deliver(NOW) == 0
    message = OutboxMessage.objects.get()
    assert receiver.got == []
    assert (message.given_up_at, "private network" in message.error) == (NOW, True)


def test_a_webhook_that_was_switched_off_gets_nothing_more(
    people: People, target: WebhookTarget, receiver: Receiver
):
    people.open()
    switch_webhook(actor=TESTS, target=target, active=False)
    assert send() == 0
    assert receiver.got == []
    people.open()
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"url": "ftp://example.org/"}, "url"),
        ({"url": "https://user:pass@example.org/"}, "url"),
        ({"secret": "short"}, "secret"),
        ({"name": ""}, "name"),
    ],
)
def test_a_webhook_that_could_not_work_is_refused(db: None, given: dict[str, str], field: str):
    usual = {"name": "x", "url": "https://example.org/hook"}
    with pytest.raises(Refused) as refusal:
        add_webhook(actor=TESTS, now=NOW, **(usual | given))
    assert refusal.value.field == field


def test_mail_goes_out_once_and_names_itself(db: None):
    OutboxMessage.objects.create(
        key="case-1-1-mail", kind=MessageKind.EMAIL, address="li@example.org", subject="已受理",
        body="您好", created_at=NOW, next_at=NOW,
    )  # fmt: skip
    assert (send(), send()) == (1, 0)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["li@example.org"], "已受理")
    assert sent.extra_headers["Message-ID"] == "<case-1-1-mail@openzone>"


def test_mail_that_cannot_be_sent_waits(db: None, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> int:
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    OutboxMessage.objects.create(
        key="m", kind=MessageKind.EMAIL, address="li@example.org", body="x", created_at=NOW,
        next_at=NOW,
    )  # fmt: skip
    assert send() == 0
    message = OutboxMessage.objects.get()
    assert (message.error, message.next_at) == ("ConnectionRefusedError: no server", NOW + MINUTE)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_message_once(
    people: People, target: WebhookTarget, receiver: Receiver, at_the_same_time
):
    for _ in range(5):
        people.open()
    assert sum(at_the_same_time(3, send)) == 5
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == len(receiver.got) == 5


def test_a_worker_that_dies_while_sending_leaves_the_message_to_the_next(
    people: People, target: WebhookTarget, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    people.open()

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("openzone.zone.cases.services.outbox.request", die)
        with pytest.raises(KeyboardInterrupt):
            send()
    assert send() == 0
    assert send(NOW + HOUR) == 1
