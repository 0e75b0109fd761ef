"""Help of a language model: a server that answers well, badly, slowly and with malice."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.jobs.backend import enqueue_once
from openzone.zone.jobs.worker import run_pending
from openzone.zone.readings import assistance
from openzone.zone.readings.assistance import Endpoint, NoHelpError, ask, endpoint
from openzone.zone.readings.enums import Origin
from openzone.zone.readings.jobs import help_one
from openzone.zone.readings.models import HelpRequest, PageFact
from openzone.zone.readings.services.helping import ask_help
from tests.zone.readings import newspaper
from tests.zone.readings.language_model import Answers, Model, said, serving
from tests.zone.readings.newspaper import NOW

QUOTE = "示例高新区签约项目19个"
GOOD = {"subject": "示例高新区", "attribute": "contract_count", "value": 19, "unit": "个",
        "period": "2026", "quote": QUOTE}  # fmt: skip
INVENTED = GOOD | {"quote": "示例高新区签约项目29个", "value": 29}


@pytest.fixture
def model() -> Iterator[Answers]:
    with serving() as answers:
        yield answers


def test_without_an_address_there_is_no_help():
    assert endpoint({}) is None
    with pytest.raises(NoHelpError, match="OPENZONE_MODEL"):
        endpoint({assistance.URL: "http://127.0.0.1:1/v1"})
    with pytest.raises(NoHelpError, match="不是 http"):
        endpoint({assistance.URL: "file:///etc/passwd", assistance.NAME: "x"})
    found = endpoint({assistance.URL: "http://u:p@127.0.0.1:1/v1/", assistance.NAME: "x"})
    assert found is not None
    assert found.host == "127.0.0.1:1"
    assert "secret" not in repr(Endpoint("http://h", "x", "secret"))


def test_a_model_is_asked_as_every_such_service_is(model):
    there = model(said("[]"))
    assert ask(there, [{"role": "user", "content": "x"}]) == "[]"
    sent = Model.seen[0]
    assert (sent["path"], sent["key"]) == ("/v1/chat/completions", "Bearer secret")
    assert sent["body"]["model"] == "tiny"


@pytest.mark.parametrize(
    ("content", "status", "why"),
    [
        (b"", 500, "HTTP 500"),
        (b"", 307, "HTTP 307"),
        (b"<html>", 200, "约定的格式"),
        (b'{"choices": []}', 200, "约定的格式"),
        (b'{"choices": [{"message": {"content": 5}}]}', 200, "约定的格式"),
        (b"[" * 100_000, 200, "约定的格式"),
        (b"x" * (assistance.MOST_READ + 10), 200, "过大"),
    ],
)
def test_an_answer_of_another_form_is_none(model, content, status, why):
    with pytest.raises(NoHelpError, match=why):
        ask(model(content, status=status), [])


def test_a_server_that_drips_is_left_when_the_time_is_up(model):
    begun = time.monotonic()
    with pytest.raises(NoHelpError, match="没有答完"):
        ask(model(said("x" * 3_000), drip=True, seconds=0.5), [])
    assert time.monotonic() - begun < 30


def test_a_server_that_is_not_there_is_said_to_be_so():
    with pytest.raises(NoHelpError, match="连不上"):
        ask(Endpoint("http://127.0.0.1:9/v1", "x", seconds=1), [])


def asked(actor: Actor, there: Endpoint | None, **more: Any) -> HelpRequest:
    desk = newspaper.desk(actor)
    given = {"article": 0, "confirmed": True} | more
    return ask_help(actor=actor, user=desk.one, page=desk.page, there=there, now=NOW, **given)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("there", "more", "why"),
    [
        (None, {}, "没有设置语言模型"),
        (Endpoint("http://h", "m"), {"article": 7}, "没有这篇文章"),
        (Endpoint("http://h", "m"), {"confirmed": False}, "请先确认"),
    ],
)
def test_no_text_leaves_without_a_set_up_and_a_yes(actor, there, more, why):
    with pytest.raises(Refused, match=why):
        asked(actor, there, **more)
    assert not HelpRequest.objects.exists()


def helped(actor: Actor, there: Endpoint, monkeypatch: pytest.MonkeyPatch) -> HelpRequest:
    monkeypatch.setenv(assistance.URL, there.url)
    monkeypatch.setenv(assistance.NAME, there.model)
    made = asked(actor, there)
    enqueue_once(help_one, f"h{made.pk}", request=made.pk, actor=[actor.kind, actor.id, "x"])
    run_pending()
    return HelpRequest.objects.get(pk=made.pk)


@pytest.mark.django_db(transaction=True)
def test_what_stands_on_the_page_is_kept_unjudged_and_the_rest_counted(actor, model, monkeypatch):
    done = helped(actor, model(said([GOOD, INVENTED, "nonsense"])), monkeypatch)
    assert (done.state, done.kept, done.dropped) == ("done", 1, {"quote": 1, "shape": 1})
    fact = PageFact.objects.get(origin=Origin.MODEL)
    assert (fact.quote, fact.number, fact.rule) == (QUOTE, 19, "model:tiny")
    assert fact.judged.state == "open"
    logged = Event.objects.filter(action="readings.help.asked").get()
    assert json.loads(logged.payload)["host"] == done.host
    assert "示例高新区" not in logged.payload


@pytest.mark.django_db(transaction=True)
def test_broken_json_is_no_answer_and_changes_nothing(actor, model, monkeypatch):
    done = helped(actor, model(said("好的，以下是：[{")), monkeypatch)
    assert (done.state, "没有可用的记录" in done.reason_zh) == ("failed", True)
    assert not PageFact.objects.filter(origin=Origin.MODEL).exists()
