"""Reports by spreadsheet: all rows become drafts, or none with every fault named."""

import io

import openpyxl
import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.indicators.models import ReportStep
from openzone.zone.indicators.report_packs import form_of, forms
from openzone.zone.indicators.services.report_sheets import Broken, fill_from_sheet, words
from tests.zone.indicators.reports_world import NOW, filled, firm, opened

pytestmark = pytest.mark.django_db
HEADER = ("单位名称", "版次", "工业总产值(万元)", "营业收入(万元)", "从业人员期末人数(人)")


@pytest.fixture
def mine(actor, make_user):
    user = make_user("owner")
    for name in ("示例一厂", "示例二厂"):
        firm(actor, name, user)
    firm(actor, "示例他厂")
    one = opened(actor)
    return user, list(one.reports.select_related("round", "entity").exclude(
        entity__name="示例他厂").order_by("entity__name"))  # fmt: skip


def book(*rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def fill(mine, *rows, data=None, name="报表.xlsx"):
    user, reports = mine
    return fill_from_sheet(
        actor=Actor.of(user), reports=reports, file_name=name, now=NOW,
        data=book(*rows) if data is None else data,
    )  # fmt: skip


def faults(mine, *rows):
    with pytest.raises(Broken) as broken:
        fill(mine, *rows)
    assert not ReportStep.objects.exists(), "nothing of it was kept"
    return [(one.row, one.column, one.reason.zh) for one in broken.value.faults]


def test_good_rows_become_drafts(mine):
    kept = fill(mine, ("企业月报 2026年1—10月",), HEADER, ("示例一厂", 0, 1234.5, "1.5亿元", 80),
                ("示例二厂", None, "不适用", None, None))  # fmt: skip
    first, second = sorted(kept, key=lambda one: one.entity.name)
    assert first.cells["output"] == "1234.5"
    assert first.cells["revenue"] == "1.5亿元"
    assert second.cells == {"output": "不适用"}
    assert {one.state for one in kept} == {"draft"}


def test_a_header_in_another_unit_is_taken_as_it_says(mine):
    (kept,) = fill(mine, ("单位名称", "工业总产值(亿元)"), ("示例一厂", 1.2))
    assert kept.cells["output"] == "1.2亿元"


def test_every_fault_is_named_with_row_and_column(mine):
    found = faults(mine, HEADER, ("示例一厂", 0, "很多", "约12", 3), ("示例他厂", 0, 1, 1, 1),
                   ("示例一厂", 0, 1, 1, 1), ("示例二厂", 7, 1, 1, 1))  # fmt: skip
    assert [(row, column) for row, column, _ in found] == [
        (2, "工业总产值"), (2, "营业收入"), (3, "单位名称"), (4, "单位名称"), (5, "单位名称"),
    ]  # fmt: skip
    said = [reason for *_, reason in found]
    assert "不是数" in said[0]
    assert "约数" in said[1]
    assert "不在您本期应报的单位内" in said[2]
    assert "出现两次" in said[3]
    assert "重新下载" in said[4]


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"PK\x03\x04 broken", "随便写的".encode(), b"a,b\n1,2\n"]
)
def test_a_file_that_is_no_table_of_reports_is_refused(mine, data):
    with pytest.raises((Refused, Broken)):
        fill(mine, data=data, name="坏.xlsx" if data[:2] == b"PK" else "坏.csv")
    assert not ReportStep.objects.exists()


def test_a_table_without_rows_is_refused(mine):
    with pytest.raises((Refused, Broken)):
        fill(mine, HEADER)


def test_a_report_handed_in_is_not_overwritten(mine):
    user, reports = mine
    filled(reports[0], user)
    type(reports[0]).objects.filter(pk=reports[0].pk).update(state="submitted")
    reports[0].refresh_from_db()
    with pytest.raises(Broken) as broken:
        fill(mine, HEADER, ("示例一厂", None, 1, 1, 1))
    assert "待审定" in broken.value.faults[0].reason.zh


@pytest.mark.parametrize("name", sorted(forms()))
def test_no_two_columns_of_a_form_are_taken_for_each_other(name):
    form = form_of(name)
    found = words(form)
    header = [f"{one.label.text.zh}({one.unit})" for one in form.fields]
    from openzone.engines.tables.reading import read_table

    data = ("单位名称," + ",".join(header) + "\n示例厂," + ",".join(
        str(n) for n in range(len(header))) + "\n").encode()  # fmt: skip
    reading = read_table("a.csv", data, found, as_of=NOW.date(), key=())
    assert not reading.problems
    (row,) = reading.rows
    assert [row.text(one.id) for one in form.fields] == [str(n) for n in range(len(header))]
