"""``openzone read --model``: text leaves only where somebody says so; the answer is checked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openzone.zone.readings.assistance import KEY, NAME, URL
from tests.cli.conftest import Command
from tests.zone.readings.language_model import Answers, Model, said, serving

PAGE = "示例高新区稳中有进\n示例高新区2025年签约项目19个，另有示例项目落地。\n"
QUOTE = "示例高新区2025年签约项目19个"
MORE = {"subject": "示例高新区", "attribute": "contract_count", "value": 19, "unit": "个",
        "period": "2025", "quote": QUOTE}  # fmt: skip
INVENTED = MORE | {"quote": "示例高新区签约项目29个", "value": 29}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    with serving() as answers:
        for name, value in ((URL, answers(b"").url), (NAME, "tiny"), (KEY, "secret")):
            monkeypatch.setenv(name, value)
        yield answers


@pytest.fixture
def page() -> Path:
    Path("page.txt").write_text(PAGE, "utf-8")
    return Path("page.txt")


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_what_a_model_adds_is_marked_counted_apart_and_stands_on_the_page(
    run: Command, model: Answers, page: Path
) -> None:
    there = model(said([MORE, INVENTED, "nonsense"]))
    alone = run("read", page, "--out", "alone")
    assert Model.seen == []
    answer = run("read", page, "--out", "both", "--model")
    assert answer.code == 0, answer.err
    assert f"to {there.host}, model tiny" in answer.err
    more = ", 1 more by the language model, 2 dropped"
    more += " (quote not on the page 1, not of the agreed form 1)"
    assert answer.out.strip() == alone.out.strip() + more
    *read, added = records(Path("both/page.jsonl"))
    assert read == records(Path("alone/page.jsonl"))
    assert (added["rule"], added["confidence"], added["value"]) == ("model:tiny", 0.5, 19)
    assert PAGE[added["start"] : added["end"]] == added["quote"] == QUOTE
    assert "secret" not in answer.out + answer.err


def test_facts_stay_alone_on_the_output(run: Command, model: Answers, page: Path) -> None:
    model(said([MORE]))
    answer = run("read", page, "--model")
    assert json.loads(answer.out.splitlines()[-1])["rule"] == "model:tiny"
    assert "1 more by the language model, 0 dropped" in answer.err


def test_an_address_alone_sends_nothing(run: Command, model: Answers, page: Path) -> None:
    assert run("read", page).code == 0
    assert Model.seen == []


@pytest.mark.parametrize(
    ("url", "name", "why"),
    [
        ("", "", f"set {URL} and {NAME} first"),
        ("http://127.0.0.1:9/v1", "", f"{NAME} is needed too"),
        ("file:///etc/passwd", "tiny", "no http or https address"),
        ("http://127.0.0.1:nine/v1", "tiny", "no http or https address"),
        ("http://[127.0.0.1/v1", "tiny", "no http or https address"),
    ],
)
def test_without_an_address_it_is_refused(
    run: Command, monkeypatch: pytest.MonkeyPatch, page: Path, url: str, name: str, why: str
) -> None:
    monkeypatch.setenv(URL, url)
    monkeypatch.setenv(NAME, name)
    answer = run("read", page, "--out", "out", "--model")
    assert (answer.code, why in answer.err) == (2, True), answer.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("content", "status", "why"),
    [(said("好的，以下是：[{"), 200, "holds no records"), (b"", 500, "HTTP 500")],
)
def test_where_no_answer_can_be_used_nothing_is_written(
    run: Command, model: Answers, page: Path, content: bytes, status: int, why: str
) -> None:
    model(content, status=status)
    answer = run("read", page, "--out", "out", "--model")
    assert (answer.code, why in answer.err) == (2, True), answer.err
    assert "nothing was written" in answer.err
    assert not Path("out").exists()
