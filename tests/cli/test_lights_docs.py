"""The example of docs/lights.md, run again, and the fields it lists against those that are read."""

import datetime as dt
import json
import re
import shlex
from decimal import Decimal
from pathlib import Path

from openzone.engines.projects.light_columns import VOCABULARY
from openzone.engines.projects.lights import Month, colours
from openzone.engines.projects.lines import KEYS, Lines
from openzone.packs.lights import light_pack, light_packs
from tests.cli.conftest import Command
from tests.engines.projects.pipelines import SIX

DOCS = Path(__file__).parents[2] / "docs"
BOUNDED = ("wuhan.progress_ratio", "yinchuan.progress_points")
PAGE = (DOCS / "lights.md").read_text("utf-8")


def test_the_example_is_what_the_command_says(run: Command) -> None:
    Path("months.csv").write_text(PAGE.split("```csv\n")[1].split("```")[0], "utf-8")
    command, _, output = PAGE.split("$ openzone ")[1].split("```")[0].partition("\n")
    answer = run(*shlex.split(command))
    assert (answer.out, answer.err) == (output, "")


def test_the_bounds_of_the_page_are_those_of_the_rules() -> None:
    table = re.findall(
        r"^\| ([\d.]+) % \| ([\d.]+) % \| .*: (\w+) \| .*: (\w+) \|$", PAGE, re.MULTILINE
    )
    assert len(table) == 8
    for planned, actual, *expected in table:
        month = Month(dt.date(2025, 3, 1), "P1", Decimal(planned) / 100, Decimal(actual) / 100)
        rules = [light_pack(name, None).as_rule for name in BOUNDED]
        found = [colours(rule, [month])[0].colour.value for rule in rules]
        assert (planned, actual, found) == (planned, actual, expected)


def test_every_field_and_every_rule_is_on_the_page() -> None:
    for field in VOCABULARY:
        assert f"`{field.name}`" in PAGE
        assert field.label_zh in PAGE or field.name == "note"
    for name in light_packs(None):
        assert f"`{name}`" in PAGE


def test_the_line_of_a_project_in_the_page_is_read_whole() -> None:
    page = (DOCS / "projects-engine.md").read_text("utf-8")
    (shown,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    found = Lines(SIX)
    found.read([json.dumps(json.loads(shown))])
    assert not found.problems
    assert set(json.loads(shown)) == set(KEYS)
    assert len(found.records[0].log) == 4
