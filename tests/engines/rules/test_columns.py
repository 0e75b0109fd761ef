"""Facts at the door: types, missing values, NaN, and the same from lists and from Arrow."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.rules.arrow import read_parquet
from openzone.engines.rules.coded import CodedColumn
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.steps import unpack
from openzone.engines.rules.values import ColumnsError
from tests.engines.rules.sample import CATALOGUE


def columns(**facts: list[Any]) -> Columns:
    rows = len(next(iter(facts.values())))
    return Columns.from_values([f"e{n}" for n in range(rows)], facts, CATALOGUE)


def problem(**facts: list[Any]) -> tuple[str, int, str]:
    with pytest.raises(ColumnsError) as caught:
        columns(**facts)
    (found,) = caught.value.problems
    assert found.reason.zh
    return found.fact, found.row, found.reason.en


def test_numbers_may_be_int_float_or_decimal() -> None:
    found = columns(revenue_y1=[1, 2.5, Decimal("0.1"), None]).number("revenue_y1")
    assert found[:3].tolist() == [1.0, 2.5, 0.1]
    assert np.isnan(found[3])


def test_days_count_from_1970() -> None:
    days = [dt.date(1970, 1, 2), dt.date(1949, 10, 1), dt.date(9999, 12, 31)]
    found = columns(registered_on=days).number("registered_on")
    assert found.tolist() == [(day - dt.date(1970, 1, 1)).days for day in days]


def test_a_fact_without_a_column_is_unknown_everywhere() -> None:
    found = columns(employees=[1, 2])
    assert np.isnan(found.number("revenue_y1")).all()
    assert found.words("industry").values() == [None, None]


@pytest.mark.parametrize(
    ("fact", "value", "reason"),
    [
        ("revenue_y1", float("nan"), "not a finite number"),
        ("revenue_y1", float("inf"), "not a finite number"),
        ("revenue_y1", Decimal("NaN"), "not a finite number"),
        ("revenue_y1", "5", "is not a value of type yuan"),
        ("revenue_y1", True, "is not a value of type yuan"),
        ("certified", 1, "is not a value of type bool"),
        ("certified", "true", "is not a value of type bool"),
        ("industry", 38, "is not a value of type code"),
        ("industry", "", "empty text"),
        ("registered_on", "2020-01-01", "is not a value of type date"),
        ("registered_on", dt.datetime(2020, 1, 1, tzinfo=dt.UTC), "is not a value of type date"),
    ],
)
def test_a_wrong_value_is_refused_with_its_row(fact: str, value: Any, reason: str) -> None:
    good = {"revenue_y1": 1, "certified": True, "industry": "C"}.get(fact, dt.date(2020, 1, 1))
    name, row, text = problem(**{fact: [good, None, value]})
    assert (name, row) == (fact, 3)
    assert reason in text


def test_unknown_columns_and_wrong_lengths_are_refused() -> None:
    assert problem(revenue=[1]) == ("revenue", 0, "the fact catalogue has no such column")
    with pytest.raises(ColumnsError, match="1 values for 2 enterprises"):
        Columns.from_values(["a", "b"], {"employees": [1]}, CATALOGUE)


def test_the_problems_of_all_columns_come_together() -> None:
    with pytest.raises(ColumnsError) as caught:
        columns(revenue_y1=[float("nan")], certified=["yes"])
    assert [found.fact for found in caught.value.problems] == ["revenue_y1", "certified"]


# ---- Arrow --------------------------------------------------------------------------------

FACTS: dict[str, tuple[list[Any], pa.DataType]] = {
    "revenue_y1": ([1.5, None, -3.0], pa.float64()),
    "revenue_y2": ([1, None, 3], pa.int32()),
    "rd_expense_y1": ([Decimal("1.10"), None, Decimal("3.00")], pa.decimal128(12, 2)),
    "certified": ([True, None, False], pa.bool_()),
    "industry": (["D4", None, "C38"], pa.string()),
    "level": (["none", None, "national"], pa.dictionary(pa.int8(), pa.string())),
    "registered_on": ([dt.date(2020, 2, 29), None, dt.date(1950, 1, 1)], pa.date32()),
    "land": ([None, None, None], pa.null()),
    "valid_to": ([None, None, None], pa.null()),
    "dishonest": ([None, None, None], pa.null()),
}


def table(chunks: int = 1) -> pa.Table:
    arrays = {name: pa.array(values, kind) for name, (values, kind) in FACTS.items()}
    one = pa.table({"id": ["a", "b", "c"], **arrays})
    return pa.concat_tables([one] * chunks)


@pytest.mark.parametrize("chunks", [1, 3])
def test_a_table_gives_the_same_as_lists(chunks: int) -> None:
    ids = ["a", "b", "c"] * chunks
    values = {name: column * chunks for name, (column, _) in FACTS.items()}
    from_lists = Columns.from_values(ids, values, CATALOGUE)
    from_arrow = Columns.from_arrow(table(chunks), CATALOGUE)
    assert list(from_arrow.ids) == ids
    for name in FACTS:
        if CATALOGUE[name].type.is_numeric or CATALOGUE[name].type == "date":
            np.testing.assert_array_equal(from_arrow.number(name), from_lists.number(name))
            assert from_arrow.number(name).dtype == from_lists.number(name).dtype
        else:
            assert from_arrow.words(name).values() == from_lists.words(name).values()


def test_an_empty_table_has_no_rows() -> None:
    assert len(Columns.from_arrow(table().slice(0, 0), CATALOGUE)) == 0


@pytest.mark.parametrize(
    ("fact", "values", "row", "reason"),
    [
        ("revenue_y1", [1.0, None, float("nan")], 3, "not a finite number"),
        ("revenue_y1", ["1", "2", "3"], 0, "string is not a value of type yuan"),
        ("industry", ["C", None, ""], 3, "empty text"),
        ("industry", [1, 2, 3], 0, "int64 is not a value of type code"),
        ("certified", [1, 0, 1], 0, "int64 is not a value of type bool"),
        ("registered_on", [1, 0, 1], 0, "int64 is not a value of type date"),
        ("remarks", ["a", "b", "c"], 0, "the fact catalogue has no such column"),
    ],
)
def test_a_wrong_column_of_a_table_is_refused(
    fact: str, values: list[Any], row: int, reason: str
) -> None:
    with pytest.raises(ColumnsError) as caught:
        Columns.from_arrow(pa.table({"id": ["a", "b", "c"], fact: pa.array(values)}), CATALOGUE)
    (found,) = caught.value.problems
    assert (found.fact, found.row) == (fact, row)
    assert reason in found.reason.en


def test_a_table_needs_ids() -> None:
    with pytest.raises(ColumnsError, match="there is no column `id`"):
        Columns.from_arrow(pa.table({"employees": [1]}), CATALOGUE)


# ---- coded columns ------------------------------------------------------------------------

WORDS = st.lists(st.none() | st.text("AB3", min_size=1, max_size=4), max_size=40)
PICKED = st.lists(st.text("AB3", min_size=1, max_size=3), min_size=1, max_size=4).map(tuple)


@settings(deadline=None)
@given(WORDS, PICKED)
def test_coded_tests_are_the_tests_of_the_words(words: list[str | None], picked: Any) -> None:
    column = CodedColumn.of(words)
    assert column.values() == words
    assert passing(column, column.all_codes()) == [w is not None for w in words]
    assert passing(column, column.among(picked)) == [w in picked for w in words]
    covered = [w is not None and w.startswith(picked) for w in words]
    assert passing(column, column.starting(picked)) == covered
    coarse = [w is not None and any(p.startswith(w) for p in picked) for w in words]
    assert passing(column, column.fine_enough(picked)) == [
        w is not None and (is_covered or not is_coarse)
        for w, is_covered, is_coarse in zip(words, covered, coarse, strict=True)
    ]


def passing(column: CodedColumn, spans: Any) -> list[bool]:
    return unpack(column.within(spans), len(column)).tolist()


@pytest.mark.parametrize(
    ("words", "dtype"), [(255, np.uint8), (256, np.uint16), (70_000, np.uint32)]
)
def test_codes_are_as_narrow_as_the_words_allow(words: int, dtype: type) -> None:
    column = CodedColumn.of([f"{n:05}" for n in range(words)])
    assert column.codes.dtype == dtype
    assert sum(passing(column, column.starting(("0001",)))) == 10


def test_a_part_of_a_column_shares_its_words() -> None:
    column = CodedColumn.of(["C", "D", None, "C"])
    assert column[1:3].values() == ["D", None]
    assert column[np.array([3, 0])].values() == ["C", "C"]


# ---- files --------------------------------------------------------------------------------


def test_ids_stay_in_arrow_and_read_like_a_list() -> None:
    found = Columns.from_arrow(table(3), CATALOGUE).ids
    assert list(found) == ["a", "b", "c"] * 3
    assert (found[0], found[4], found[-1]) == ("a", "b", "c")
    assert list(found[2:5]) == ["c", "a", "b"]
    assert list(found[7:100]) == ["b", "c"]
    with pytest.raises(IndexError):
        found[9]


@pytest.mark.parametrize("rows", [1, 2, 100])
def test_a_file_read_in_parts_gives_the_same_as_the_table(tmp_path: Path, rows: int) -> None:
    whole = table(3).drop_columns(["land", "valid_to", "dishonest"])
    pq.write_table(whole, tmp_path / "facts.parquet", row_group_size=4)
    names = ["revenue_y1", "industry", "level", "registered_on", "patents"]
    parts = [
        Columns.from_arrow(part, CATALOGUE)
        for part in read_parquet(tmp_path / "facts.parquet", CATALOGUE, names, rows)
    ]
    assert [one for part in parts for one in part.ids] == ["a", "b", "c"] * 3
    assert max(map(len, parts)) <= rows
    industry = [word for part in parts for word in part.words("industry").values()]
    assert industry == ["D4", None, "C38"] * 3
    revenue = np.concatenate([part.number("revenue_y1") for part in parts])
    np.testing.assert_array_equal(revenue, [1.5, np.nan, -3.0] * 3)
    assert all(np.isnan(part.number("revenue_y2")).all() for part in parts)  # was not asked for
