"""Days as they are written, and the ones that are none."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.tables.dates import EXCEL_EPOCH, read_date
from openzone.engines.tables.problems import Fault

DAY = dt.date(2024, 1, 5)


def fault(cell: object, precision: str = "day") -> str:
    found = read_date(cell, precision)
    assert isinstance(found, Fault), found
    return found.code


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        dt.datetime.fromisoformat("2024-01-05T08:30:00"),
        "2024-1-5",
        "2024-01-05",
        "2024/1/5",
        "2024.1.5",
        "2024年1月5日",
        "2024年01月05号",
        "2024年 1月 5日",
        "２０２４－０１－０５",
        "二〇二四年一月五日",
        "20240105",
        20240105,
        20240105.0,
        "2024-01-05 10:30:00",
        "2024-01-05T00:00:00.000",
        45296.0,
        45296.75,
        "45296",
    ],
)
def test_the_same_day_however_written(cell: object) -> None:
    assert read_date(cell) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [("二〇二四年十二月三十一日", (2024, 12, 31)), ("二〇二四年十月二十日", (2024, 10, 20)),
     ("二○○三年三月十五日", (2003, 3, 15))],
)  # fmt: skip
def test_days_in_chinese_numerals(text: str, day: tuple[int, int, int]) -> None:
    assert read_date(text) == dt.date(*day)


@pytest.mark.parametrize("cell", ["2024年1月", "2024-01", "202401", 202401.0, "2024", 2024, 2024.0])
def test_a_date_without_its_day_is_not_completed(cell: object) -> None:
    assert fault(cell) == "date_no_day"


def test_a_year_is_never_taken_for_a_serial_number() -> None:
    assert read_date(2024.0, "year") == dt.date(2024, 1, 1)


def test_a_month_is_enough_where_the_field_says_so() -> None:
    assert read_date("2024年3月", "month") == dt.date(2024, 3, 1)
    assert fault("2024年", "month") == "date_no_day"


@pytest.mark.parametrize("cell", ["2023年2月29日", "2024-13-05", 20241345, "1024-01-05"])
def test_impossible_days_are_named(cell: object) -> None:
    assert fault(cell) == "date_impossible"


@pytest.mark.parametrize("cell", ["24-1-5", "5/1/2024", "1.5.24", 2024.1])
def test_ambiguous_days_are_not_guessed(cell: object) -> None:
    assert fault(cell) == "date_ambiguous"


@pytest.mark.parametrize("cell", ["长期", "明天", "1.5", 12.0, -3, "2024年第1季度"])
def test_other_cells_are_no_dates(cell: object) -> None:
    assert fault(cell) == "date_unreadable"


@given(st.dates(dt.date(1900, 3, 1), dt.date(2100, 12, 31)))
def test_every_way_to_write_a_day_reads_back(day: dt.date) -> None:
    written = [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        day,
    ]
    assert {read_date(each) for each in written} == {day}


@given(st.dates(dt.date(1954, 10, 4), dt.date(2099, 12, 31)))
def test_serial_numbers_count_from_the_epoch(day: dt.date) -> None:
    assert read_date(float((day - EXCEL_EPOCH).days)) == day


@given(st.text(max_size=20) | st.floats(allow_nan=False, allow_infinity=False))
def test_no_cell_breaks_the_reader(cell: object) -> None:
    assert isinstance(read_date(cell), dt.date | Fault)
