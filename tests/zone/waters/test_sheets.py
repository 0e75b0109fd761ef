"""Workbooks of one side: every row judged with its reason, entered as a whole, once."""

import pytest

from openzone.zone.errors import Refused
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.waters.models import LogEntry, Sample, Section, WaterSheet
from openzone.zone.waters.services.sheets import apply_sheet, check_sheet, discard_sheet
from tests.zone.waters.river import River, campaign

pytestmark = pytest.mark.django_db
HEAD = "断面,采样日期,实验室,pH值,溶解氧,高锰酸盐指数,化学需氧量,五日生化需氧量,氨氮,总磷,总氮\n"
GOOD = "示例界河断面,2026-05-26,示例甲站,7.5,8,3,14,2,<0.025,0.08,\n"


def read(at: River, text: str, what: str = "samples", user=None, **given):
    user = user or at.ours
    mine = at.home if user == at.ours else at.partner
    given = given or ({"campaign": campaign(at, at.border, at.lake)} if what == "samples" else {})
    return check_sheet(
        **at.by(user), what=what, mine=mine, file_name="示例.csv", data=text.encode(), **given
    )


def test_samples_of_one_side_come_in_with_below_detection_and_not_measured(at: River):
    sheet = read(at, HEAD + GOOD + "lake,2026-05-26,示例甲站,7.4,8.1,3,14,未测,0.2,0.01,0.3\n")
    assert (len(sheet.rows), sheet.problems) == (2, [])
    assert not Sample.objects.exists()
    apply_sheet(**at.by(at.ours), sheet=sheet)
    border, lake = Sample.objects.order_by("planned__section__code")
    assert (border.values["ammonia"], border.side) == ("<0.025", at.home)
    assert "nitrogen" not in border.values  # empty is missing, not zero
    assert lake.values["bod5"] == "未测"
    with pytest.raises(Refused, match="已处理"):
        apply_sheet(**at.by(at.ours), sheet=sheet)


def test_every_bad_row_is_named_with_field_and_reason_in_both_languages(at: River):
    rows = (
        "无此断面,2026-05-26,甲,7.5,8,3,14,2,0.2,0.08,\n"
        "示例界河断面,2026-05-26,甲,7.5,8,3,未检出,2,0.2,0.08,\n"
        "示例界河断面,2026-02-26,甲,7.5,8,3,14,2,0.2,0.08,\n"
    )
    sheet = read(at, HEAD + rows + GOOD + GOOD)
    problems = [from_json(one) for one in sheet.problems]
    assert [(one.row, one.code) for one in problems] == [
        (2, "section"), (3, "cod"), (4, "on"), (6, "section")]  # fmt: skip
    assert all(one.reason.zh != one.reason.en for one in problems)
    assert len(sheet.rows) == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"a,b\n1,2\n"])
def test_a_broken_workbook_is_refused_or_its_header_named(at: River, data: bytes):
    found = campaign(at)
    with pytest.raises(Refused) as caught:
        check_sheet(**at.by(at.ours), what="samples", mine=at.home, file_name="坏.xlsx",
                    data=data, campaign=found)  # fmt: skip
    assert caught.value.field == "file"
    assert not Sample.objects.exists()


def test_nobody_brings_a_workbook_for_the_other_side(at: River):
    with pytest.raises(Refused, match="仅限本方人员"):
        check_sheet(**at.by(at.theirs), what="patrol", mine=at.home, file_name="x.csv",
                    data=HEAD.encode())  # fmt: skip


def test_the_register_is_kept_by_the_zone_not_by_a_partner(at: River):
    text = (
        "水体,水体类型,断面编号,断面,对方单位,目标类别,依据文件,文件日期,启用日期\n"
        "示例二河,河流,er,二河断面,office,Ⅱ类,示例文件,2020-01-01,2020-01-01\n"
    ).encode()
    with pytest.raises(Refused, match="园区经办人"):
        check_sheet(**at.by(at.theirs), what="sections", mine=at.partner, file_name="x.csv",
                    data=text)  # fmt: skip
    assert not WaterSheet.objects.exists()


def test_a_section_on_the_prime_meridian_keeps_its_zero(at: River):
    text = (
        "水体,水体类型,断面编号,断面,对方单位,目标类别,依据文件,文件日期,启用日期,经度,纬度\n"
        "示例二河,河流,er,二河断面,tongnan,Ⅱ类,示例文件,2020-01-01,2020-01-01,0,51.5\n"
    )
    apply_sheet(**at.by(at.ours), sheet=read(at, text, "sections"))
    assert Section.objects.get(code="er").longitude == 0


def test_sections_and_logs_kept_outside_come_in(at: River):
    text = (
        "水体,水体类型,断面编号,断面,对方单位,目标类别,依据文件,文件日期,启用日期,经度,纬度\n"
        "示例二河,河流,er,二河断面,示例对岸区生态环境局,Ⅱ类,示例文件,2020-01-01,2020-01-01,105,30\n"
        "示例三河,河流,san,三河断面,示例对岸区生态环境局,九类,示例文件,2020-01-01,2020-01-01,,\n"
    )
    sheet = read(at, text, "sections")
    assert [from_json(one).row for one in sheet.problems] == [3]
    apply_sheet(**at.by(at.ours), sheet=sheet)
    assert Section.objects.get(code="er").targets.get().level == "II"
    walked = (
        "日期,水体,对方单位,内容,本方人员,对方人员\n"
        "2026-05-06,示例界河,示例对岸区生态环境局,第1次联合巡河,张某,李某\n"
        "2026-05-07,示例界河,示例对岸区生态环境局,第2次联合巡河,张某,\n"
    )
    sheet = read(at, walked, "patrol")
    apply_sheet(**at.by(at.ours), sheet=sheet)
    assert LogEntry.objects.get().title == "第1次联合巡河"
    again = read(at, walked, "patrol")
    assert again.rows == []
    discard_sheet(actor=at.actor, sheet=again)
