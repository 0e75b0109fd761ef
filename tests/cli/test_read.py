"""``openzone read``: pages in, one file of facts for each out, or every reason why not."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from tests.engines.reading.pages.samples import COLUMNS, MARKDOWN


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.write_text(text, "utf-8")
    return path


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_page_gets_a_file_of_facts(run: Command) -> None:
    answer = run("read", write("one.md", MARKDOWN), write("two.txt", COLUMNS), "--out", "facts")
    assert answer.code == 0, answer.err
    assert "one.md: 2 articles" in answer.out
    first = records(Path("facts/one.jsonl"))
    assert {"industrial_output", "total_investment"} <= {one["attribute"] for one in first}
    for one in first:
        start, end = one["start"], one["end"]
        assert one["quote"] == MARKDOWN[start:end].replace("\n", "")
    articles = json.loads(Path("facts/segments.json").read_text("utf-8"))
    assert [len(articles[name]) for name in ("one", "two")] == [2, 2]


def test_without_a_folder_the_facts_are_printed(run: Command) -> None:
    answer = run(
        "read", write("one.txt", "今年5月，示例高新区完成GDP108.8亿元。"), "--date", "2023-07"
    )
    (fact, *_) = map(json.loads, answer.out.splitlines())
    assert (fact["attribute"], fact["value"], fact["period"]) == ("gdp", 10_880_000_000, "2023-05")


def test_text_that_was_taken_from_a_file_stays_beside_its_facts(run: Command) -> None:
    page = "<html><body><p>示例高新区完成GDP108.8亿元。</p></body></html>"
    assert run("read", write("a.html", page), "--out", "out").code == 0
    text = Path("out/a.txt").read_text("utf-8")
    (fact, *_) = records(Path("out/a.jsonl"))
    assert text[fact["start"] : fact["end"]] == fact["quote"]


def test_pictures_need_a_program(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    Path("a.png").write_bytes(b"\x89PNG\r\n\x1a\n....")
    answer = run("read", "a.png", "--out", "out")
    assert answer.code == 2
    assert "need tesseract" in answer.err
    assert "tesseract-ocr-chi-sim" in answer.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("missing.txt", "--out", "out"), "not found"),
        (("empty.txt",), "the file is empty"),
        (("a.xyz",), "are not read"),
        (("a.txt", "--date", "yesterday"), "is no date"),
        (("a.txt", "--date", "2023-13"), "is no date"),
        (("a.txt", "a.md", "--out", "out"), "written to a.jsonl"),
        (("a.txt", "--out", "a.md"), "is not a folder"),
    ],
)
def test_what_cannot_be_done_is_said(run: Command, arguments: tuple[str, ...], said: str) -> None:
    for name, text in (("a.txt", "甲"), ("a.md", "乙"), ("a.xyz", "丙"), ("empty.txt", "")):
        write(name, text)
    answer = run("read", *arguments)
    assert (answer.code, said in answer.err) == (2, True), answer.err
    assert not Path("out").exists()


def test_a_date_in_the_name_of_a_file_is_the_date_of_the_page(run: Command) -> None:
    page = "今年5月，示例高新区完成GDP108.8亿元。"
    (fact, *_) = map(
        json.loads, run("read", write("示例日报_2022-06-03.txt", page)).out.splitlines()
    )
    assert fact["period"] == "2022-05"


def test_text_with_broken_bytes_is_kept_as_it_was_taken(run: Command) -> None:
    data = (MARKDOWN * 2).encode()
    Path("broken.txt").write_bytes(data[:50] + b"\xff\xfe" + data[52:])
    assert run("read", "broken.txt", "--out", "out").code == 0
    text = Path("out/broken.txt").read_text("utf-8")
    assert "\ufffd" in text
    for one in records(Path("out/broken.jsonl")):
        assert one["quote"] == text[one["start"] : one["end"]].replace("\n", "")


def test_the_file_that_is_read_is_never_written_over(run: Command) -> None:
    Path("a.txt").write_bytes(MARKDOWN.replace("\n", "\r\n").encode())
    answer = run("read", "a.txt", "--out", ".")
    assert answer.code == 2
    assert b"\r\n" in Path("a.txt").read_bytes()


def test_a_text_of_somebody_else_is_not_written_over(run: Command) -> None:
    write("a.html", "<html><body><p>示例高新区完成GDP108.8亿元。</p></body></html>")
    write("a.txt", "别人的文字")
    answer = run("read", "a.html", "--out", ".")
    assert (answer.code, "not of this command" in answer.err) == (2, True), answer.err
    assert Path("a.txt").read_text("utf-8") == "别人的文字"
    assert not Path("a.jsonl").exists()
    assert [run("read", "a.html", "--out", "out").code for _ in range(2)] == [0, 0]


def test_a_web_page_without_text_is_said_to_have_none(run: Command) -> None:
    answer = run("read", write("a.html", "<html><body><nav>首页</nav></body></html>"))
    assert (answer.code, "no text in the file" in answer.err) == (2, True)
