"""Recognitions, their spreadsheet, the ladder, trusted enterprises and incentives."""

import datetime as dt
import io

import openpyxl
import pytest

from openzone.engines.facts.catalogue import NEVER
from openzone.zone.cultivation.enums import ImportState
from openzone.zone.cultivation.models import Recognition
from openzone.zone.cultivation.packs import ladder_named, pack
from openzone.zone.cultivation.selectors.ladder import BELOW, moves, on_step, places, sizes, ways
from openzone.zone.cultivation.selectors.recognitions import (
    Filter,
    by_title_and_year,
    differences,
    holders,
    recognitions,
)
from openzone.zone.cultivation.selectors.trusted import (
    has_priority,
    may_use,
    open_incentives,
    trusted_on,
)
from openzone.zone.cultivation.services import trusted as trusted_services
from openzone.zone.cultivation.services.imports import (
    apply_recognitions,
    check_recognitions,
    discard_recognitions,
)
from openzone.zone.cultivation.services.recognitions import (
    enter_recognition,
    withdraw_recognition,
)
from openzone.zone.errors import Refused
from tests.factories import make_enterprise, state
from tests.zone.cultivation.conftest import DAY

YEAR_AGO = DAY.replace(year=2025)


def _enter(actor, enterprise, title="srdi_sme", year=2025, **given):
    return enter_recognition(
        actor=actor, enterprise=enterprise, title=title, year=year, source="示例公告", **given
    )


def _sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


HEAD = ("企业名称", "资质名称", "级别", "认定年度", "有效期止")


def test_a_recognition_is_entered_once_a_year(actor, db):
    enterprise = make_enterprise()
    _enter(actor, enterprise)
    _enter(actor, enterprise, year=2026)
    with pytest.raises(Refused, match="已登记"):
        _enter(actor, enterprise)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": "champion"}, "title"),
        ({"year": 25}, "year"),
        ({"valid_from": DAY, "valid_to": YEAR_AGO}, "valid_to"),
    ],
)
def test_a_recognition_that_makes_no_sense_is_refused(actor, db, given, field):
    with pytest.raises(Refused) as refusal:
        _enter(actor, make_enterprise(), **given)
    assert refusal.value.field == field


def test_counts_by_title_and_year_are_the_lengths_of_their_lists(actor, db):
    firms = [make_enterprise() for _ in range(3)]
    for firm in firms:
        _enter(actor, firm)
    _enter(actor, firms[0], year=2026)
    _enter(actor, firms[0], "high_tech")
    counts = by_title_and_year(recognitions(Filter()))
    assert counts == {"high_tech": {2025: 1}, "srdi_sme": {2026: 1, 2025: 3}}
    for title, years in counts.items():
        for year, count in years.items():
            assert recognitions(Filter(title, year)).count() == count


def test_a_withdrawn_recognition_counts_no_more_and_may_be_entered_again(actor, db):
    enterprise = make_enterprise()
    entered = _enter(actor, enterprise)
    withdraw_recognition(actor=actor, recognition=entered, on=DAY, reason="登记错误")
    assert not recognitions(Filter()).exists()
    assert holders(["srdi_sme"], DAY) == set()
    _enter(actor, enterprise)
    with pytest.raises(Refused, match="已撤下"):
        withdraw_recognition(actor=actor, recognition=entered, on=DAY, reason="再撤")


def test_a_title_is_held_by_register_or_by_certificate(actor, db):
    registered, certified, expired, neither = (make_enterprise() for _ in range(4))
    _enter(actor, registered)
    state(certified, YEAR_AGO, srdi_sme_valid_to=DAY)
    state(expired, YEAR_AGO, srdi_sme_valid_to=DAY - dt.timedelta(days=1))
    state(neither, YEAR_AGO, srdi_sme_valid_to=NEVER)
    assert holders(["srdi_sme"], DAY) == {registered.pk, certified.pk}
    assert holders(["srdi_sme"], dt.date(2024, 12, 31)) == set()


def test_where_register_and_record_differ_both_are_shown_and_neither_is_changed(actor, db):
    enterprise, same = make_enterprise(), make_enterprise()
    state(enterprise, YEAR_AGO, srdi_sme_valid_to=dt.date(2027, 1, 1))
    state(same, YEAR_AGO, srdi_sme_valid_to=dt.date(2028, 6, 30))
    _enter(actor, enterprise, valid_to=dt.date(2028, 6, 30))
    _enter(actor, same, valid_to=dt.date(2028, 6, 30))
    (found,) = differences(DAY)
    assert found.enterprise == enterprise
    assert (found.registered, found.stated) == (dt.date(2028, 6, 30), dt.date(2027, 1, 1))
    assert differences(DAY) == [found]


def test_a_spreadsheet_is_checked_before_anything_is_entered(actor, db):
    make_enterprise("示例甲公司")
    data = _sheet(
        HEAD,
        ("示例甲公司", "专精特新中小企业", "省级", "2025", "2028-06-30"),
        ("示例甲公司", "高新技术企业", "国家级", "2025年", None),
        ("示例乙公司", "高新技术企业", "国家级", "2025", None),
        ("示例甲公司", "宇宙级企业", "", "2025", None),
        ("示例甲公司", "瞪羚企业", "", "去年", None),
        ("示例甲公司", "专精特新中小企业", "省级", "2025", None),
    )
    batch = check_recognitions(actor=actor, file_name="资质.xlsx", data=data, as_of=DAY)
    assert not Recognition.objects.exists()
    assert [row["number"] for row in batch.rows] == [2, 3]
    problems = {(one["row"], one["reason"][0]) for one in batch.problems}
    assert {row for row, _ in problems} == {4, 5, 6, 7}
    said = " ".join(reason for _, reason in problems)
    for words in ("找不到这家企业", "四位数字", "已登记"):
        assert words in said
    apply_recognitions(actor=actor, batch=batch)
    assert set(Recognition.objects.values_list("title", "level")) == {
        ("srdi_sme", "省级"),
        ("high_tech", "国家级"),
    }
    with pytest.raises(Refused, match="已处理"):
        apply_recognitions(actor=actor, batch=batch)


def test_one_repeated_row_is_found_by_the_check(actor, db):
    make_enterprise("示例甲公司")
    row = ("示例甲公司", "瞪羚企业", "", "2025", None)
    batch = check_recognitions(
        actor=actor, file_name="a.xlsx", data=_sheet(HEAD, row, row), as_of=DAY
    )
    assert len(batch.rows) == 1
    discard_recognitions(actor=actor, batch=batch)
    batch.refresh_from_db()
    assert batch.state == ImportState.DISCARDED


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken"])
def test_a_file_that_cannot_be_read_is_refused(actor, db, data):
    with pytest.raises(Refused) as refusal:
        check_recognitions(actor=actor, file_name="x.xlsx", data=data, as_of=DAY)
    assert refusal.value.field == "file"
    assert refusal.value.reason.en


def test_a_file_without_the_columns_says_so(actor, db):
    make_enterprise("示例甲公司")
    data = "企业名称,人数\n示例甲公司,2\n".encode()
    batch = check_recognitions(actor=actor, file_name="x.csv", data=data, as_of=DAY)
    assert batch.rows == []
    assert "column_missing" in {one["code"] for one in batch.problems}
    with pytest.raises(Refused, match="没有可导入"):
        apply_recognitions(actor=actor, batch=batch)


def test_every_enterprise_stands_on_its_highest_step(actor, db):
    ladder = ladder_named("quality_sme")
    base, giant, nothing = (make_enterprise() for _ in range(3))
    _enter(actor, base, "innovative_sme")
    _enter(actor, giant, "innovative_sme")
    _enter(actor, giant, "little_giant")
    assert places(ladder, DAY) == {base.pk: 0, giant.pk: 2, nothing.pk: BELOW}
    assert sizes(ladder, DAY) == [1, 1, 0, 1]
    assert on_step(ladder, 2, DAY) == [giant.pk]


def test_moves_between_two_days_name_who_moved(actor, db):
    ladder = ladder_named("quality_sme")
    riser, stayer = make_enterprise(), make_enterprise()
    for firm in (riser, stayer):
        _enter(actor, firm, "tech_sme", 2024)
    _enter(actor, riser, "srdi_sme", 2026, valid_from=dt.date(2026, 7, 1))
    assert moves(ladder, dt.date(2026, 1, 1), DAY) == {(0, 1): [riser.pk]}
    assert moves(ladder, DAY, DAY) == {}


def test_size_and_revenue_carry_up_the_local_ladders(factory, actor):
    small = factory(18, employees=50, revenue_y1=18_000_000)
    over = factory(25)
    growth, scale = ladder_named("growth"), ladder_named("scale")
    assert places(growth, DAY)[small.pk] == 0
    assert places(scale, DAY) == {small.pk: BELOW, over.pk: 0}
    _enter(actor, over, "above_scale")
    assert places(scale, DAY)[over.pk] == 1


def test_the_next_step_says_what_is_missing(factory):
    enterprise = factory(19)
    by_ladder = {way.ladder.id: way for way in ways(pack().ladders, enterprise, DAY)}
    way = by_ladder["scale"]
    assert (way.place, way.upcoming.id) == (BELOW, "reached")
    assert way.answers[0].record.near[0].gap == 1_000_000


def _listed(actor, enterprise, first=YEAR_AGO, last=DAY):
    return trusted_services.list_enterprise(
        actor=actor,
        enterprise=enterprise,
        document="示例立信〔2025〕1号",
        valid_from=first,
        valid_to=last,
    )


def test_a_place_on_the_list_gives_priority_in_all_five_links_until_its_last_day(actor, db):
    enterprise = make_enterprise()
    _listed(actor, enterprise)
    links = [link.id for link in pack().links.list]
    assert len(links) == 5
    for link in links:
        assert has_priority(enterprise, link, DAY).allowed
        assert not has_priority(enterprise, link, DAY + dt.timedelta(days=1)).allowed
    with pytest.raises(KeyError):
        has_priority(enterprise, "lunch", DAY)


def test_ending_a_place_ends_every_priority_at_once(actor, db, office):
    enterprise = make_enterprise()
    place = _listed(actor, enterprise)
    scenario = trusted_services.keep_incentive(
        actor=actor, title="信易批", what="优先办理", unit=office, trusted_only=True
    )
    assert may_use(enterprise, scenario, DAY).allowed
    yesterday = DAY - dt.timedelta(days=1)
    trusted_services.end_place(actor=actor, place=place, last_day=yesterday, reason="失信")
    assert not trusted_on(DAY).exists()
    assert not any(has_priority(enterprise, link.id, DAY).allowed for link in pack().links.list)
    assert not may_use(enterprise, scenario, DAY).allowed


@pytest.mark.parametrize(
    ("last_day", "reason", "field"),
    [
        (DAY, "失信", "last_day"),
        (YEAR_AGO - dt.timedelta(days=1), "失信", "last_day"),
        (YEAR_AGO, " ", "reason"),
    ],
)
def test_a_place_ends_earlier_only_and_with_a_reason(actor, db, last_day, reason, field):
    place = _listed(actor, make_enterprise())
    with pytest.raises(Refused) as refusal:
        trusted_services.end_place(actor=actor, place=place, last_day=last_day, reason=reason)
    assert refusal.value.field == field


def test_an_enterprise_is_on_the_list_once_at_a_time(actor, db):
    enterprise = make_enterprise()
    _listed(actor, enterprise)
    with pytest.raises(Refused, match="已在名单"):
        _listed(actor, enterprise, DAY, DAY)
    _listed(actor, enterprise, DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=9))


def test_an_incentive_is_open_in_its_window_to_those_it_names(actor, db, office):
    enterprise = make_enterprise()
    kept = trusted_services.keep_incentive(
        actor=actor,
        title="信易租",
        what="租金优惠",
        unit=office,
        grades="优",
        window_from=DAY,
        window_to=DAY,
    )
    assert list(open_incentives(DAY)) == [kept]
    assert not open_incentives(DAY + dt.timedelta(days=1)).exists()
    decision = may_use(enterprise, kept, DAY)
    assert not decision.allowed
    assert "信用主管部门核实" in decision.reason.zh
    changed = trusted_services.keep_incentive(
        actor=actor, title="信易租", what="免押金", unit=office, incentive=kept
    )
    assert (changed.pk, changed.grades) == (kept.pk, "")
    assert may_use(enterprise, changed, DAY).allowed
    with pytest.raises(Refused):
        trusted_services.keep_incentive(actor=actor, title="信易租", what="重名", unit=office)
