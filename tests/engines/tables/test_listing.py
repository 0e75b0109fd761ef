"""Files of rows: what a JSON file may look like, and that nothing in it is lost unseen."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from openzone.engines.tables.columns import Field, Vocabulary
from openzone.engines.tables.listing import read_list

WORDS = Vocabulary(
    (
        Field("name", "text", None, "名称", "name"),
        Field("tax", "yuan", "yuan", "税收", "tax"),
    )
)
DAY = dt.date(2026, 1, 1)
ROWS = [{"name": "甲", "tax": 1}, {"name": "乙", "tax": 0}]


def read(path: Path, name: str, text: str) -> tuple[list[Any], list[Any]]:
    file = path / name
    file.write_text(text, "utf-8")
    rows, problems = read_list(file, WORDS, DAY)
    return [(one.text("name"), one.decimal("tax")) for one in rows], problems


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps(ROWS)),
        ("a.jsonl", "\n".join(map(json.dumps, ROWS))),
        ("a.json", json.dumps({"enterprises": ROWS})),
        ("a.json", json.dumps({"year": 2026, "rows": ROWS})),
        ("a.json", json.dumps([{"name": o["name"], "values": {"tax": o["tax"]}} for o in ROWS])),
        ("a.csv", "名称,税收（元）\n甲,1\n乙,0\n"),
    ],
)
def test_rows_are_found_however_they_are_wrapped(tmp_path: Path, name: str, text: str) -> None:
    assert read(tmp_path, name, text) == ([("甲", 1), ("乙", 0)], [])


def test_one_object_is_one_row(tmp_path: Path) -> None:
    assert read(tmp_path, "a.json", json.dumps(ROWS[0])) == ([("甲", 1)], [])


def test_what_is_missing_is_not_zero(tmp_path: Path) -> None:
    rows, problems = read(tmp_path, "a.json", '[{"name": "甲", "tax": null}, {"name": "乙"}]')
    assert (rows, problems) == ([("甲", None), ("乙", None)], [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "JSON"),
        ('[{"name": "甲", "tax": 1, "tax": 2}]', "given twice"),
        ('[{"name": "甲", "tax": [1]}]', "single value"),
        ("[1]", "object"),
        ('{"a": [{"name": "甲"}], "b": [{"name": "乙"}]}', "a"),
    ],
)
def test_what_cannot_be_rows_is_told(tmp_path: Path, text: str, said: str) -> None:
    _, problems = read(tmp_path, "a.json", text)
    assert said in " ".join(one.sentence.en for one in problems)
