"""The worked examples of the documentation, counted again."""

from pathlib import Path

import pytest

from openzone.engines.worktime.due import due
from openzone.engines.worktime.durations import parse_duration
from openzone.packs.calendars import default_receipt_rule, national_calendar, parse_yaml
from tests.engines.worktime.helpers import at

PAGE = (Path(__file__).parents[3] / "docs" / "worktime.md").read_text(encoding="utf-8")
TABLE = PAGE.split("## Worked examples")[1].split("##")[0]
ROWS = [line.strip("|\n ").split(" | ") for line in TABLE.splitlines() if line.startswith("| 20")]


def test_the_page_has_its_examples():
    assert len(ROWS) >= 14


@pytest.mark.parametrize(("received", "limit", "expected", "why"), ROWS)
def test_a_documented_example_is_what_the_engine_answers(received, limit, expected, why):
    result = due(at(received), parse_duration(limit), national_calendar(), default_receipt_rule())
    assert result.due.isoformat() == expected
    assert result.provisional is ("**provisional**" in why)


def test_the_documented_file_is_a_calendar_file():
    example = PAGE.split("```yaml\n")[1].split("```")[0]
    imported = parse_yaml(example, national_calendar())
    assert imported.problems == ()
    calendar = national_calendar().with_layers(*imported.file.layers)
    assert calendar.closing(at("2026-07-20T00:00").date()) == at("2026-07-20T12:00")
    assert calendar.closing(at("2026-07-21T00:00").date()) == at("2026-07-21T18:00")
