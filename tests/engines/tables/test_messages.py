"""The words of every code, and docs/import.md in step with them."""

import re
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest

from openzone.engines.tables.columns import Field
from openzone.engines.tables.messages import PROBLEMS
from openzone.engines.tables.problems import Fault, fill, problem, wrong_type
from openzone.engines.tables.refusals import NAMES, REFUSALS, SKIPS
from openzone.engines.tables.units import parse_unit
from openzone.engines.tables.values import MISSING, read_value
from openzone.engines.text import Text

DOCS = Path(__file__).parents[3] / "docs" / "import.md"
PAGE = DOCS.read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^\| (\w+) \| `(.+?)` \| (\S*) ?\| (\S+) \|$", re.MULTILINE)


def table(heading: str) -> list[list[str]]:
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = re.findall(r"^\| `(\w+)` \| (.+) \|$", section, re.MULTILINE)
    return [[code, *rest.split(" | ")] for code, rest in lines]


def test_the_page_lists_every_problem_with_its_severity() -> None:
    listed = {row[0]: row[1] for row in table("Every problem")}
    assert listed == {code: str(message.severity) for code, message in PROBLEMS.items()}


def test_the_page_lists_every_reason_to_leave_out_and_to_refuse() -> None:
    assert {row[0] for row in table("Every reason to leave something out")} == set(SKIPS)
    assert {row[0] for row in table("Every reason to refuse a file")} == set(REFUSALS)


def test_the_page_has_its_examples() -> None:
    assert len(EXAMPLE.findall(PAGE)) > 35


@pytest.mark.parametrize(("kind", "cell", "unit", "expected"), EXAMPLE.findall(PAGE))
def test_the_examples_of_the_page_are_true(kind: str, cell: str, unit: str, expected: str) -> None:
    item = Field("x", kind, None, "示例", "Example")
    reading = read_value(cell, item, parse_unit(unit) if unit else None)
    if expected in PROBLEMS:
        assert reading.fault is not None
        assert reading.fault.code == expected
    elif expected == "missing":
        assert reading is MISSING
    else:
        assert reading.value is not None
        found = reading.value.value
        shown = {True: "yes", False: "no"}.get(found) if isinstance(found, bool) else str(found)
        assert shown == (str(Decimal(expected)) if isinstance(found, Decimal) else expected)


TEMPLATES = [
    *(text for message in PROBLEMS.values() for text in (message.reason, message.suggestion)),
    *REFUSALS.values(),
    *SKIPS.values(),
    *NAMES.values(),
]


def test_both_languages_say_the_same_values() -> None:
    for text in TEMPLATES:
        if text is not None:
            zh, en = (
                {name for _, name, _, _ in Formatter().parse(each) if name}
                for each in (text.zh, text.en)
            )
            assert zh == en, text


def test_chinese_is_chinese_and_english_is_english() -> None:
    chinese = re.compile("[\u4e00-\u9fff]")
    allowed = re.compile("[（(][^（()）]*[）)]|否|是|万元")
    for text in TEMPLATES:
        if text is not None:
            assert chinese.search(text.zh)
            assert not chinese.search(allowed.sub("", text.en)), text.en


def test_a_suggestion_with_nothing_to_suggest_is_not_made() -> None:
    empty = Fault("column_unknown", {"header": "x", "closest": Text("", "")})
    assert empty.suggestion is None
    assert Fault("column_unknown", {"header": "x", "closest": Text("甲", "A")}).suggestion == Text(
        "相近的有：甲", "close to it: A"
    )


def test_values_with_braces_are_shown_as_they_are() -> None:
    assert Fault("number_unreadable", {"value": "{0}"}).reason.zh == "“{0}”不是数字"
    assert fill(Text("{a}", "{a}"), {"a": Text("甲", "A")}) == Text("甲", "A")


def test_a_problem_says_its_place_as_far_as_it_has_one() -> None:
    fault = Fault("formula")
    assert problem(fault).place == Text("", "")
    whole = problem(fault, sheet="表", row=3, column="C", header="营收")
    assert whole.place == Text("工作表“表” 第3行 C列（营收）", "sheet “表”, row 3, column C (营收)")


def test_a_wrong_type_names_what_was_sent() -> None:
    assert "PDF" in wrong_type("pdf").text.zh
    assert "a PDF" in wrong_type("pdf").text.en
