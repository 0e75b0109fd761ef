"""Workbooks of monthly figures and of honours: every row judged first, entered as a whole."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from openzone.zone.cultivation.models import Honour, MonthlyFigure
from openzone.zone.cultivation.services.books import apply_book, check_book, discard_book
from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import from_json

NOW = dt.datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
MONTHS = "企业,月份,增值税申报销售额（万元）,主营业务收入（元）,来源\n"
HONOURS = "类型,名称,企业,级别,日期,名次,排名范围,部分数,总数,来源\n"


@pytest.fixture
def checked(db, actor):
    def check(kind, text):
        return check_book(actor=actor, kind=kind, file_name="示例.csv", data=text.encode(), now=NOW)

    return check


def said(book):
    return [(one.row, one.reason.zh) for one in map(from_json, book.problems)]


class TestMonths:
    def test_both_amounts_of_a_month_are_stated_in_yuan(self, checked, factory, actor):
        firm = factory(18)
        book = checked("months", f"{MONTHS}{firm.name},2026年10月,180,1750000,示例申报表\n")
        assert not MonthlyFigure.objects.exists()
        apply_book(actor=actor, book=book, now=NOW)
        found = MonthlyFigure.objects.order_by("pk").values_list("basis", "month", "amount")
        october = dt.date(2026, 10, 1)
        assert list(found) == [
            ("vat", october, Decimal(1_800_000)), ("accounts", october, Decimal(1_750_000)),
        ]  # fmt: skip

    def test_rows_that_cannot_be_are_named_with_their_reason(self, checked, factory):
        firm = factory(18)
        rows = (
            "没有这家,2026-10,180,,示例", f"{firm.name},2026-12,180,,示例",
            f"{firm.name},2026-10,,,示例", f"{firm.name},2026-10,1e300,,示例",
            f"{firm.name},2026-10,很多,,示例", f"{firm.name},2026-10,180,,",
            f"{firm.name},2026-09,180,,示例", f"{firm.name},2026-09,180,,示例",
        )  # fmt: skip
        book = checked("months", MONTHS + "\n".join(rows))
        assert [one["row"] for one in book.rows] == [8]
        assert [row for row, _text in said(book)] == [5, 6, 7, 2, 3, 4, 9]

    def test_the_same_file_again_states_nothing_twice(self, checked, factory, actor):
        text = f"{MONTHS}{factory(18).name},2026-10,180,,示例申报表\n"
        apply_book(actor=actor, book=checked("months", text), now=NOW)
        again = checked("months", text)
        assert again.rows == []
        assert "相同金额" in said(again)[0][1]
        with pytest.raises(Refused):
            apply_book(actor=actor, book=again, now=NOW)

    def test_a_file_that_was_put_aside_cannot_be_entered(self, checked, factory, actor):
        book = checked("months", f"{MONTHS}{factory(18).name},2026-10,180,,示例申报表\n")
        discard_book(actor=actor, book=book)
        with pytest.raises(Refused):
            apply_book(actor=actor, book=book, now=NOW)
        assert not MonthlyFigure.objects.exists()


class TestHonours:
    def test_people_ranks_and_shares_come_in(self, checked, factory, actor):
        rows = (
            f"工匠,示例工匠,{factory(18).name},市级,2026-05-01,,,,,示例名单",
            "市场排名,装机量,,,2026-06-01,2,全国,,,示例报告",
            "参与占比,申报参选,,,2026-07-01,,,6,12,示例名单",
        )  # fmt: skip
        book = checked("honours", HONOURS + "\n".join(rows))
        assert said(book) == []
        apply_book(actor=actor, book=book, now=NOW)
        share, rank, person = Honour.objects.all()
        assert (share.percent, rank.place, rank.scope) == ("50.0", 2, "全国")
        assert (person.kind, person.level, person.enterprise is None) == (
            "craftsman",
            "市级",
            False,
        )

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("市场排名,装机量,,,2026-06-01,2,,,,示例报告", "排名范围"),
            ("参与占比,申报参选,,,2026-07-01,,,13,12,示例名单", "大于总数"),
            ("参与占比,申报参选,,,2026-07-01,,,1.5,12,示例名单", "整数"),
            ("工匠,示例工匠,没有这家,,2026-05-01,,,,,示例名单", "没有这家"),
            ("工匠,示例工匠,,,2026-12-01,,,,,示例名单", "未来"),
        ],
    )
    def test_a_row_that_makes_no_sense_says_why(self, checked, row, why):
        book = checked("honours", f"{HONOURS}{row}\n")
        assert book.rows == []
        assert why in said(book)[0][1]
