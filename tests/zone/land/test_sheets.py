"""Workbooks of parcels as offices keep them."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from openzone.engines.tables.messages import Severity
from openzone.zone import workbooks
from openzone.zone.errors import Refused
from openzone.zone.land.models import Parcel, ParcelSheet
from openzone.zone.land.services import sheets
from openzone.zone.registry.imports.problems import from_json
from tests.zone.land.conftest import JANUARY, NOW, TODAY, mu

HEAD = ("地块编号", "地块名称", "面积(亩)", "土地用途", "供地方式", "出让年限", "所在园区",
        "责任单位", "状态", "状态日期", "容积率下限")  # fmt: skip
ROW = ("示例2026-09号", "示例东侧地", 290, "工业用地", "弹性年期出让", 20, "示例西区",
       "示例自然资源局", "已摘牌", JANUARY, 1.5)  # fmt: skip


def book(*rows, head=HEAD):
    made = Workbook()
    made.active.append(["示例区地块台账"])
    made.active.append(list(head))
    for row in rows:
        made.active.append(list(row))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.fixture
def check(actor, land):
    def run(*rows, head=HEAD, file_name="地块台账.xlsx"):
        return sheets.check_sheet(
            actor=actor, user=land.clerk, file_name=file_name, data=book(*rows, head=head),
            as_of=TODAY, now=NOW, synthetic=True,
        )  # fmt: skip

    return run


def changed(**more):
    row = dict(zip(HEAD, ROW, strict=True)) | more
    return tuple(row[name] for name in HEAD)


def errors(sheet):
    found = [from_json(one) for one in sheet.problems]
    return [one for one in found if one.severity is Severity.ERROR]


def test_a_check_enters_nothing_and_applying_enters_all(check, actor, land):
    sheet = check(ROW)
    assert (errors(sheet), sheet.created, Parcel.objects.count()) == ([], 1, 1)
    done = sheets.apply_sheet(actor=actor, sheet=sheet, now=NOW)
    found = Parcel.objects.get(number=ROW[0])
    assert done.state == "applied"
    assert (found.area_m2, found.state, found.since) == (mu(290), "sold", JANUARY)
    assert (found.use, found.tenure, found.tenure_years) == ("industrial", "flexible", 20)
    assert (found.unit, found.place, found.synthetic) == (land.unit, land.park, True)
    assert found.conditions == {"plot_ratio_min": "1.5"}


def test_units_stand_in_the_header(check, actor):
    head = tuple("面积(公顷)" if one == "面积(亩)" else one for one in HEAD)
    sheet = check(changed(**{"面积(亩)": 2}), head=head)
    sheets.apply_sheet(actor=actor, sheet=sheet, now=NOW)
    assert Parcel.objects.get(number=ROW[0]).area_m2 == Decimal(20_000)


def test_a_parcel_on_record_is_described_anew_and_empty_cells_say_nothing(check, actor, land):
    row = changed(
        地块编号=land.parcel.number, 地块名称="新名称", 出让年限=None, 供地方式=None, 状态=None,
        状态日期=None, 容积率下限=None, **{"面积(亩)": 120},
    )  # fmt: skip
    sheets.apply_sheet(actor=actor, sheet=check(row), now=NOW)
    land.parcel.refresh_from_db()
    assert (land.parcel.name, land.parcel.area_m2) == ("新名称", mu(120))
    assert (land.parcel.tenure_years, land.parcel.conditions) == (30, {"plot_ratio_min": "1"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"土地用途": "农用地"},
        {"责任单位": "没有的局"},
        {"所在园区": "没有的园"},
        {"出让年限": 60},
        {"出让年限": None},
        {"状态日期": None},
        {"状态": None},
        {"状态日期": dt.date(2027, 1, 1)},
        {"面积(亩)": "很大"},
        {"面积(亩)": None},
        {"地块编号": None},
    ],
)
def test_a_wrong_row_is_named_and_does_not_hinder_the_others(check, actor, wrong):
    sheet = check(ROW, changed(
        **{"地块编号": "示例2026-10号"} | wrong))  # fmt: skip
    (problem,) = errors(sheet)
    assert problem.row == 4
    assert problem.reason.zh
    assert problem.reason.en
    assert len(sheet.rows) == 1


def test_the_same_parcel_twice_is_refused(check):
    (problem,) = errors(check(ROW, ROW))
    assert "第 3 行" in problem.reason.zh


def test_a_state_on_record_does_not_go_back(check, actor, land, come):
    come(land.parcel, "delivered", JANUARY)
    row = changed(地块编号=land.parcel.number, 状态="已收储", **{"面积(亩)": 115}, 出让年限=30,
                  容积率下限=1)  # fmt: skip
    (problem,) = errors(check(row))
    assert "地块页面" in problem.reason.zh


def test_what_became_impossible_stops_it_all(check, actor, plot):
    sheet = check(ROW, changed(地块编号="示例2026-10号"))
    plot(ROW[0], 10, tenure="sale", tenure_years=50)
    plot_ = Parcel.objects.get(number=ROW[0])
    plot_.state = "producing"
    plot_.save()
    with pytest.raises(Refused, match="第 3 行"):
        sheets.apply_sheet(actor=actor, sheet=sheet, now=NOW)
    assert not Parcel.objects.filter(number="示例2026-10号").exists()


def test_a_book_is_dealt_with_once(check, actor):
    sheet = check(ROW)
    sheets.discard_sheet(actor=actor, sheet=sheet)
    with pytest.raises(Refused):
        sheets.apply_sheet(actor=actor, sheet=sheet, now=NOW)
    assert ParcelSheet.objects.get().state == "discarded"


def test_the_book_comes_back_marked(check):
    sheet = check(changed(出让年限=60))
    assert workbooks.marked(sheet)[:2] == b"PK"


def test_a_file_that_cannot_be_read_is_refused(actor, land):
    with pytest.raises(Refused):
        sheets.check_sheet(
            actor=actor, user=None, file_name="x.xlsx", data=b"no", as_of=TODAY, now=NOW
        )
