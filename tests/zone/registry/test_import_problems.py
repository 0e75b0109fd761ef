"""Every problem is named by sheet, row, column, value, reason and suggestion."""

import datetime as dt
from typing import Any

import pytest

from openzone.zone.errors import Refused
from openzone.zone.registry.enums import BatchStatus, PlaceKind, RowState
from openzone.zone.registry.imports.marking import problems_of
from openzone.zone.registry.models import Enterprise, Fact
from tests.factories import make_enterprise, make_place, make_uscc, state
from tests.zone.registry.importing import (
    CODE,
    MARCH,
    NAME,
    apply,
    check,
    codes,
    row,
    values,
)
from tests.zone.registry.workbooks import workbook

pytestmark = pytest.mark.django_db


class TestProblems:
    @pytest.mark.parametrize(
        ("cells", "code", "column"),
        [
            (row(code=CODE[:-1] + ("0" if CODE[-1] != "0" else "1")), "uscc_invalid", "C"),
            (row(industry="Z9999"), "industry_invalid", "D"),
            (row(revenue="=1+1"), "formula", "E"),
            (row(revenue="很多"), "number_unreadable", "E"),
            (row(name=None), None, None),
            (row(name=None, code=None), "name_missing", "B"),
            (row(name="长" * 201), "too_long", "B"),
        ],
    )
    def test_each_is_named_by_sheet_row_column_and_reason(
        self, cells: list[Any], code: str | None, column: str | None
    ) -> None:
        make_enterprise(NAME, uscc=CODE)
        batch = check(workbook([row("合肥无辜企业有限公司", make_uscc(3)), cells]))
        errors = [p for p in problems_of(batch) if p.severity == "error"]
        if code is None:
            assert errors == []
            return
        (found,) = (p for p in errors if p.row == 4)
        assert (found.code, found.sheet, found.column) == (code, "台账", column)
        assert found.reason.zh
        assert found.reason.en
        states = [r.state for r in batch.rows.order_by("id")]
        assert states == [RowState.GOOD, RowState.BAD]

    def test_industry_and_division_may_be_written_as_words(self) -> None:
        headers = ("企业名称", "行业代码", "登记地")
        apply(check(workbook([[NAME, "C3841 锂离子电池制造", "安徽省合肥市蜀山区"]], headers)))
        known = values(Enterprise.objects.get())
        assert (known["industry"], known["registered_in"]) == ("C3841", "340104")

    def test_an_unknown_park_is_kept_as_text_and_told(self) -> None:
        batch = check(workbook([row(park="没有的园区")]))
        assert codes(batch) == {"park_unknown"}
        apply(batch)
        assert values(Enterprise.objects.get())["park"] == "没有的园区"
        assert Enterprise.objects.get().place is None

    def test_the_same_row_twice_is_taken_once(self) -> None:
        batch = check(workbook([row(), row()]))
        assert [r.state for r in batch.rows.order_by("id")] == [RowState.GOOD, RowState.REPEATED]
        assert apply(batch).status == BatchStatus.APPLIED
        assert Fact.objects.count() == 3

    def test_two_rows_that_contradict_each_other_both_wait(self) -> None:
        batch = check(workbook([row(), row(revenue=999)]))
        assert [r.state for r in batch.rows.order_by("id")] == [RowState.BAD, RowState.BAD]
        first, second = problems_of(batch)
        assert "第4行" in first.reason.zh
        assert "第3行" in second.reason.zh
        assert "营业收入" in first.reason.zh

    def test_a_figure_ten_thousand_times_last_years_is_told(self) -> None:
        firm = make_enterprise(NAME, uscc=CODE)
        state(firm, dt.date(2025, 3, 31), revenue_y1="12000000")
        batch = check(workbook([row(revenue=12_000_000)]))
        assert codes(batch) == {"unit_jump"}
        assert batch.rows.get().state == RowState.REVIEW

    def test_totals_and_notes_are_left_out_and_counted(self) -> None:
        batch = check(workbook([row(), [None, "合计", None, None, 9999, 1, None]]))
        assert batch.counts["rows"] == 1
        assert [(s["code"], s["count"]) for s in batch.counts["skipped"]] == [("total", 1)]

    def test_a_file_without_a_known_header_is_refused_with_the_reason(self) -> None:
        batch = check(workbook([["甲", "乙"]], headers=("张三", "李四"), title="通讯录"))
        assert batch.status == BatchStatus.REFUSED
        assert codes(batch) == {"no_header"}
        with pytest.raises(Refused):
            apply(batch)


class TestRowsOfOneEnterprise:
    def test_what_a_waiting_row_said_may_come_from_another_row(self) -> None:
        """The first row has a fault in one cell, the second says the same without it."""
        batch = check(workbook([row(revenue="=1+1"), row()]))
        assert [r.state for r in batch.rows.order_by("id")] == [RowState.BAD, RowState.GOOD]
        apply(batch, good_rows_only=True)
        assert values(Enterprise.objects.get())["employees"] == 120

    def test_rows_that_add_to_each_other_are_both_good(self) -> None:
        batch = check(workbook([row(employees=None), row(revenue=None, industry=None)]))
        assert [r.state for r in batch.rows.order_by("id")] == [RowState.GOOD, RowState.GOOD]
        apply(batch)
        assert set(values(Enterprise.objects.get())) == {"industry", "revenue_y1", "employees"}

    def test_a_contradiction_between_sheets_names_the_other_sheet(self) -> None:
        data = workbook([row()], 从业=(("企业名称", "从业人员"), [[NAME, 99]]))
        first, second = (p.reason.zh for p in problems_of(check(data)))
        assert "工作表“从业”第2行" in first
        assert "工作表“台账”第3行" in second

    def test_a_third_row_that_agrees_with_one_side_waits_too(self) -> None:
        batch = check(workbook([row(), row(), row(revenue=999)]))
        assert not batch.rows.filter(state__in=[RowState.GOOD, RowState.REVIEW]).exists()


class TestParks:
    def test_a_park_is_found_by_name_or_code(self) -> None:
        park = make_place("示例一园", code="yi-yuan")
        apply(check(workbook([row(park="YI-YUAN")])))
        assert Enterprise.objects.get().place == park

    def test_a_name_that_two_parks_bear_means_neither(self) -> None:
        make_place("示例一园")
        make_place("示例一园")
        assert codes(check(workbook([row(park="示例一园")]))) == {"park_unknown"}

    def test_a_street_is_no_park(self) -> None:
        make_place("示例街道", PlaceKind.STREET)
        assert codes(check(workbook([row(park="示例街道")]))) == {"park_unknown"}


class TestJumps:
    @pytest.mark.parametrize(
        ("before", "warned"),
        [("12345000", False), ("1234.5", True), ("123450000000", True), ("0", False)],
    )
    def test_against_the_figure_of_the_same_year(self, before: str, warned: bool) -> None:
        state(make_enterprise(NAME, uscc=CODE), MARCH, revenue_y1=before)
        assert ("unit_jump" in codes(check(workbook([row()])))) is warned

    def test_a_new_enterprise_has_nothing_to_jump_from(self) -> None:
        assert codes(check(workbook([row(revenue=10**9)]))) == set()
