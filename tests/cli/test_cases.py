"""``openzone cases replay``: state, clocks and minutes per holder from a file of events."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from tests.engines.cases.helpers import FIN, FIRM, NUMBER, OPENING, base_mapping, handled

CALENDAR = """
calendar: test
title: {zh: 示例, en: Sample}
notices:
  - source: {title: 示例通知, number: 示例〔2026〕1号}
    days:
      - {kind: closure, from: 2026-11-03T09:00, to: 2026-11-03T18:00, name: {zh: 停电, en: outage}}
"""


def write(path: Path, *more: Any) -> Path:
    history = handled(definition=base_mapping())
    ask = {"what": "合同", "reason": "material", "document": "通知书"}
    history.do("03 10:00", "ask_requester", FIN, **ask)
    history.do("05 10:00", "supply", FIRM)
    lines = [*(event.to_json(NUMBER) for event in history.events), *more]
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines), "utf-8")
    return path


def test_state_clocks_and_minutes(run: Command, tmp_path: Path) -> None:
    answer = run(
        "cases", "replay", write(tmp_path / "a.jsonl"), "--now", "2026-11-06T10:00", "--json"
    )
    assert (answer.code, answer.err) == (0, "")
    (case,) = json.loads(answer.out)
    assert case["case"] == NUMBER
    assert (case["state"]["stage"], case["state"]["holder"]) == ("handling", "unit:FIN")
    assert case["minutes"] == {"unit:FIN": 480 + 420, "requester": 840}
    assert case["elapsed_minutes"] == sum(case["minutes"].values()) == 1740
    resolve = next(one for one in case["clocks"] if one["id"] == "resolve")
    assert resolve["due"] == "2026-11-11T17:30:00+08:00"
    assert (resolve["state"], resolve["paused_minutes"]) == ("running", 840)
    assert [one["minutes"] for one in case["stretches"]] == [480, 840, 420]


def test_as_at_a_moment_later_events_are_left_out(run: Command, tmp_path: Path) -> None:
    answer = run(
        "cases", "replay", write(tmp_path / "a.jsonl"), "--now", "2026-11-04T10:00", "--json"
    )
    (case,) = json.loads(answer.out)
    assert (case["state"]["holder"], case["events_left_out"]) == ("requester", 1)


def test_a_calendar_laid_on_top_counts(run: Command, tmp_path: Path) -> None:
    calendar = tmp_path / "c.yaml"
    calendar.write_text(CALENDAR, "utf-8")
    arguments = ("--now", "2026-11-06T10:00", "--calendar", calendar, "--json")
    answer = run("cases", "replay", write(tmp_path / "a.jsonl"), *arguments)
    (case,) = json.loads(answer.out)
    assert case["minutes"] == {"unit:FIN": 420 + 420, "requester": 480}


def test_a_summary_for_people(run: Command, tmp_path: Path) -> None:
    answer = run("cases", "replay", write(tmp_path / "a.jsonl"), "--now", "2026-11-06T10:00")
    assert answer.out.splitlines() == [
        f"{NUMBER}  示例: In progress",
        "  held by unit:FIN",
        "  clock clock: 2026-11-02 10:00 met, 100% used",
        "  clock clock: 2026-11-11 17:30 running, 36% used",
        "  unit:FIN: 900 working minutes",
        "  requester: 840 working minutes",
        "  total: 1740 working minutes",
    ]


def test_a_broken_line_is_named_and_nothing_is_printed(run: Command, tmp_path: Path) -> None:
    broken = {"case": NUMBER, "seq": 5, "at": "昨天", "action": "note", "by": {"kind": "user"}}
    answer = run("cases", "replay", write(tmp_path / "a.jsonl", broken), "--json")
    assert (answer.code, answer.out) == (2, "")
    assert "line 5, at: “昨天” should be a moment" in answer.err


def test_an_event_that_cannot_have_happened(run: Command, tmp_path: Path) -> None:
    by = {"kind": "user", "id": "x", "label": "某人", "unit": "TAX"}
    late = {"case": NUMBER, "seq": 5, "at": "2026-11-06T10:00", "action": "finish", "by": by}
    answer = run("cases", "replay", write(tmp_path / "a.jsonl", late))
    assert answer.code == 2
    assert f"{NUMBER} event 5: “Finish: solved” is not for 某人 to do" in answer.err


def test_files_and_moments_that_are_none(run: Command, tmp_path: Path) -> None:
    assert "not found" in run("cases", "replay", tmp_path / "none.jsonl").err
    path = write(tmp_path / "a.jsonl")
    answer = run("cases", "replay", path, "--now", "2026-11-06")
    assert (answer.code, "is not a moment" in answer.err) == (2, True)
    path.write_bytes("案件".encode("gb18030"))
    assert run("cases", "replay", path).code == 2
    path.write_text("")
    answer = run("cases", "replay", path, "--json")
    assert (answer.code, json.loads(answer.out)) == (0, [])


def opening(**data: Any) -> dict[str, Any]:
    event = handled(unit="FIN").events[0].to_json(NUMBER)
    return {**event, "data": {"definition": base_mapping(), **OPENING, **data}}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"unit": 5}, "“unit” should be a text"),
        ({"centre": ["CENTRE"]}, "“centre” should be a text"),
        ({"requester": "示例企业"}, "“requester” should be an object"),
        ({"definition": None, "type": "base"}, "neither a definition nor a known type"),
        ({"definition": {**base_mapping(), "label": {"zh": {}, "en": []}}}, "definition.label"),
        (
            {"definition": {**base_mapping(), "routing": [{"when": {"topic": [[]]}, "unit": "A"}]}},
            "definition.routing.0.when.topic: should be single values",
        ),
    ],
)
def test_an_opening_of_the_wrong_shape(
    run: Command, tmp_path: Path, data: dict[str, Any], said: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(opening(**data), ensure_ascii=False), "utf-8")
    answer = run("cases", "replay", path, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"{path}: line 1, ")
    assert said in answer.err


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_json_does_not_have(run: Command, tmp_path: Path, number: str) -> None:
    path = write(tmp_path / "a.jsonl")
    path.write_text(path.read_text("utf-8") + f'{{"case": "A", "seq": {number}}}\n', "utf-8")
    answer = run("cases", "replay", path)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.endswith("line 4, JSON: is not valid JSON\n")
