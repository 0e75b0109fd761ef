"""``openzone due``: the moment, every day on the way there, and what the answer rests on."""

import json
from pathlib import Path

import pytest

from openzone.packs.calendars import NATIONAL
from tests.cli.conftest import Command
from tests.cli.test_calendar import LOCAL
from tests.engines.worktime.test_examples import ROWS

NATIONAL_DAY = ("--received", "2026-09-30T16:30", "--clock", "3 workdays")
HOURS = "Not verified: Common office hours, to be replaced by the local notice"


@pytest.mark.parametrize(("received", "limit", "expected", "why"), ROWS)
def test_the_documented_examples(
    run: Command, received: str, limit: str, expected: str, why: str
) -> None:
    answer = run("due", "--received", received, "--clock", limit, "--json")
    result = json.loads(answer.out)
    assert result["due"] == expected
    assert result["provisional"] is ("**provisional**" in why)


def test_every_day_is_shown_with_its_reason(run: Command) -> None:
    answer = run("due", *NATIONAL_DAY)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[:3] == [
        "Received: 2026-09-30 16:30 (Wednesday)",
        "Limit: 3 working days",
        "Due: 2026-10-10 17:30 (Saturday)",
    ]
    assert lines[3] == "date       adds total (days)"
    assert lines[4].endswith("Wednesday, working day; day of receipt, not counted")
    assert lines[5] == "2026-10-01    –        holiday: National Day"
    assert lines[-2] == "2026-10-10    1     3  make-up workday for National Day"
    assert lines[-1] == HOURS
    assert len(lines) == 4 + 11 + 1


def test_json_is_the_documented_shape(run: Command) -> None:
    result = json.loads(run("due", *NATIONAL_DAY, "--json").out)
    assert set(result) == {
        "received", "clock", "started", "due", "provisional", "unpublished_years", "steps", "notes",
    }  # fmt: skip
    assert result["clock"] == {"unit": "workday", "amount": 3}
    assert set(result["steps"][0]) == {"date", "counted", "amount", "total", "reason"}
    assert [step["total"] for step in result["steps"]][-3:] == [1, 2, 3]


def test_a_year_without_a_calendar_is_provisional(run: Command) -> None:
    out = run("due", "--received", "2026-12-30T10:00", "--clock", "3 workdays").out
    said = "Provisional: the calendar of 2027 is not published and can move the due moment"
    assert said in out.splitlines()


def test_what_counts_on_common_practice_says_so(run: Command) -> None:
    late = run("due", "--received", "2026-09-16T18:00", "--clock", "1 workday").out
    assert "Not verified: What arrives after closing" in late
    early = run("due", "--received", "2026-09-16T10:00", "--clock", "1 workday").out
    assert "What arrives after closing" not in early
    assert HOURS in early


@pytest.mark.parametrize("limit", ["24 hours", "7 days"])
def test_what_does_not_rest_on_office_hours_does_not_doubt_them(run: Command, limit: str) -> None:
    assert HOURS not in run("due", "--received", "2026-09-16T10:00", "--clock", limit).out


def test_a_moment_with_a_time_zone_is_converted(run: Command) -> None:
    out = run("due", "--received", "2026-09-30T08:30+00:00", "--clock", "3 workdays").out
    assert out == run("due", *NATIONAL_DAY).out


def test_working_hours_are_counted_in_minutes(run: Command) -> None:
    lines = run("due", "--received", "2026-09-16T11:30", "--clock", "4工作小时").out.splitlines()
    assert lines[2] == "Due: 2026-09-16 17:00 (Wednesday)"
    assert lines[3:5] == [
        "date       adds total (min)",
        "2026-09-16  240   240  Wednesday, working day",
    ]


def test_a_local_calendar_moves_the_answer(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "local.yaml"
    path.write_text(LOCAL, encoding="utf-8")
    asked = ("due", "--received", "2026-07-14T10:00", "--clock", "1 workday")
    assert "Due: 2026-07-15 17:30" in run(*asked).out
    out = run(*asked, "--calendar", path).out
    assert "Due: 2026-07-16 17:30" in out
    assert "2026-07-15    –        holiday: Example Day" in out


def test_a_zone_may_bring_its_own_counting_rule(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "packs" / "calendars"
    folder.mkdir(parents=True)
    rule = (NATIONAL / "receipt.yaml").read_text(encoding="utf-8")
    changed = rule.replace("late_units: [workday]", "late_units: []")
    (folder / "receipt.yaml").write_text(changed, encoding="utf-8")
    asked = ("due", "--received", "2026-09-16T18:00", "--clock", "1 workday")
    assert "Due: 2026-09-18" in run(*asked).out
    monkeypatch.setenv("OPENZONE_PACKS", str(folder.parent))
    assert "Due: 2026-09-17" in run(*asked).out


@pytest.mark.parametrize(
    ("received", "limit", "said"),
    [
        ("昨天", "1 day", "--received: “昨天” is not a moment, write it like 2026-09-30T16:30"),
        ("2026-09-30", "1 day", "--received: “2026-09-30” is not a moment"),
        ("2026-09-31T10:00", "1 day", "--received: “2026-09-31T10:00” is not a moment"),
        ("0001-01-01T00:00+14:00", "1 day", "--received: “0001-01-01T00:00+14:00” is not a moment"),
        ("9999-12-31T23:00-08:00", "1 day", "--received: “9999-12-31T23:00-08:00” is not a moment"),
        ("2026-09-30T10:00", "9" * 5000 + " days", "cannot read the duration"),
        ("2026-09-30T10:00", "半天", "“半天” is ambiguous"),
        ("2026-09-30T10:00", "soon", "cannot read the duration “soon”"),
        ("2026-09-30T10:00", "0 days", "a duration must be more than zero"),
        ("2026-09-30T10:00", "9999999 days", "the duration is too long"),
        ("2026-09-30T10:00", "9999999 workdays", "the result lies outside the years 1 to 9998"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    run: Command, received: str, limit: str, said: str
) -> None:
    answer = run("due", "--received", received, "--clock", limit)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said)
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    ("received", "limit", "due", "counted"),
    [
        # Friday before a make-up Saturday: the Saturday is the one day counted.
        ("2026-05-08T10:00", "1 workday", "2026-05-09T17:30:00", ["2026-05-09"]),
        # Over 1-7 October, from after closing on the 30th: received on the 8th, which is day 0.
        ("2026-09-30T17:31", "1个工作日", "2026-10-09T17:30:00", ["2026-10-09"]),
        # On a day of rest before the make-up Sunday of 20 September: that Sunday is day 0.
        ("2026-09-19T10:00", "1 workday", "2026-09-21T17:30:00", ["2026-09-21"]),
        ("2026-10-03T10:00", "2 workdays", "2026-10-10T17:30:00", ["2026-10-09", "2026-10-10"]),
        # Spring Festival between two make-up Saturdays.
        ("2026-02-13T16:00", "2 workdays", "2026-02-24T17:30:00", ["2026-02-14", "2026-02-24"]),
    ],
)
def test_every_counted_day_is_named(
    run: Command, received: str, limit: str, due: str, counted: list[str]
) -> None:
    result = json.loads(run("due", "--received", received, "--clock", limit, "--json").out)
    assert result["due"] == due
    assert [step["date"] for step in result["steps"] if step["counted"]] == counted
    assert all(step["reason"]["zh"] and step["reason"]["en"] for step in result["steps"])


def test_a_year_nobody_has_published_is_provisional_and_named(run: Command) -> None:
    arguments = ("--received", "2027-03-01T10:00", "--clock", "3 workdays", "--json")
    result = json.loads(run("due", *arguments).out)
    assert (result["provisional"], result["unpublished_years"]) == (True, [2027])
