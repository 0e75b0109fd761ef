"""Workbooks of bureaus, the record as a source, simulators, years, trackers."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.zone.errors import Refused
from openzone.zone.evaluations.models import Cell, Cycle, DataSheet
from openzone.zone.evaluations.selectors.data import standing
from openzone.zone.evaluations.selectors.items import prices
from openzone.zone.evaluations.selectors.results import work_out
from openzone.zone.evaluations.selectors.trackers import measured, tracks
from openzone.zone.evaluations.selectors.whatif import priced, what_if
from openzone.zone.evaluations.selectors.years import moves, years_of
from openzone.zone.evaluations.services import cells, cycles, entrants, sheets
from openzone.zone.registry.enums import SourceKind
from openzone.zone.registry.models import Source
from openzone.zone.registry.services.facts import state_facts
from tests.zone.evaluations import field as f
from tests.zone.evaluations.field import NOW, TODAY, WAN, Field, days
from tests.zone.indicators import figures_world as world

pytestmark = pytest.mark.django_db
HEAD = "企业名称,评价税收(万元),更正理由\n"


@pytest.fixture
def at(actor) -> Field:
    return f.field(actor)


def _check(actor, at, text, user=None) -> DataSheet:
    return sheets.check_sheet(
        actor=actor, user=user or at.taxman, cycle=at.cycle, file_name="税收.csv",
        data=(HEAD + text).encode(), source="税务局年度核定 示例", now=NOW,
    )  # fmt: skip


def _said(sheet: DataSheet) -> str:
    return "\n".join(str(one) for one in sheet.problems)


def test_a_bureau_brings_its_column_in_and_every_figure_knows_the_file(at, actor):
    sheet = _check(actor, at, "示例企业01有限公司,1200,重新核定\n示例企业02有限公司,900,\n")
    assert (len(sheet.rows), sheet.problems) == (2, [])
    assert not Cell.objects.filter(sheet=sheet).exists()
    sheets.apply_sheet(actor=actor, user=at.taxman, sheet=sheet, now=NOW)
    cell = standing([at.firm(1)])[at.firm(1).pk, "tax"]
    assert (cell.value, cell.sheet, cell.source) == (1200 * WAN, sheet, "税务局年度核定 示例")
    # What was the same already is not written again.
    assert standing([at.firm(2)])[at.firm(2).pk, "tax"].seq == 1
    with pytest.raises(Refused, match="已处理"):
        sheets.apply_sheet(actor=actor, user=at.taxman, sheet=sheet, now=NOW)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("查无此企业,12,\n", "评价中没有“查无此企业”"),
        ("示例企业01有限公司,很多,\n", "很多"),
        ("示例企业01有限公司,1200,\n", "请说明理由"),
        ("示例企业01有限公司,,\n", "没有数据"),
        ("示例企业01有限公司,1,a\n示例企业01有限公司,2,b\n", "出现多次"),
    ],
)
def test_a_broken_row_is_named_with_its_reason_and_nothing_is_entered(at, actor, text, reason):
    sheet = _check(actor, at, text)
    assert reason in _said(sheet)
    assert not Cell.objects.filter(sheet=sheet).exists()


def test_another_bureaus_column_is_refused_row_by_row(at, actor):
    sheet = _check(actor, at, "示例企业01有限公司,1200,x\n", at.surveyor)
    assert (sheet.rows, "该列由其他部门填报" in _said(sheet)) == ([], True)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00junk"])
def test_what_is_no_workbook_of_this_is_refused_whole(at, actor, data):
    with pytest.raises(Refused):
        sheets.check_sheet(actor=actor, user=at.taxman, cycle=at.cycle, file_name="x.csv",
                           data=data, source="x", now=NOW)  # fmt: skip


def test_the_record_fills_empty_cells_only_and_says_where_from(at, actor):
    newcomer = f.firm(actor, "示例新入园有限公司")
    state_facts(
        actor=actor, subject=newcomer, as_of=dt.date(2026, 5, 1), known_on=dt.date(2026, 5, 1),
        facts={"main_business_revenue_y1": 5000 * WAN, "land_area": 6000},
        source=Source(kind=SourceKind.SYNTHETIC, title="示例年报.xlsx"),
    )  # fmt: skip
    one = entrants.add_entrant(actor=actor, cycle=at.cycle, group="above", enterprise=newcomer)
    made = cells.gather(actor=actor, user=at.opener, cycle=at.cycle, now=days(30))
    found = {item: cell for (_pk, item), cell in standing([one]).items()}
    assert made == 2
    assert found["revenue"].value == 5000 * WAN
    assert "示例年报.xlsx" in found["revenue"].source
    assert cells.gather(actor=actor, user=at.opener, cycle=at.cycle, now=days(30)) == 0


def test_other_weights_move_classes_and_leave_nothing_behind(at, actor):
    f.put(actor, at.taxman, at.firm(8), {"energy": 1}, reason="更正")
    weights = {"w-tax_per_mu": Decimal(10), "w-sales_per_mu": Decimal(10),
               "w-tax_per_energy": Decimal(80)}  # fmt: skip
    found = what_if(at.cycle, "above", weights)
    assert str(at.firm(8).pk) in {was.entry.id for was, _now in found.moved} or (
        found.before[7].class_ == "A"
    )
    with pytest.raises(Refused, match="权重合计 110，应为 100"):
        what_if(at.cycle, "above", {"w-tax_per_mu": Decimal(55)})
    assert Cycle.objects.get().definition["groups"][0]["indicators"][0]["weight"] == "45"
    assert not at.cycle.runs.exists()


def test_differential_prices_are_summed_by_class_and_unknown_use_is_named(at, actor):
    f.put(actor, at.taxman, at.firm(9), {"electricity": 100_000})
    (pack,) = [one for one in prices() if one.id == "example"]
    found = priced(pack, work_out(at.cycle))
    by_id = {one.entry.id: charges for one, charges in found.charges}
    power = by_id[str(at.firm(9).pk)][0]
    assert (power.class_, power.amount) == ("C", Decimal(10_000))
    assert by_id[str(at.firm(10).pk)][0].amount is None
    assert found.totals["electricity", "C"].amount == Decimal(10_000)
    assert str(at.firm(10).pk) in found.totals["electricity", "C"].unknown


def test_final_lists_of_two_years_show_who_moved(at, actor):
    cycle = f.published(actor, at)
    cycles.finish_cycle(actor=actor, user=at.opener, cycle=cycle, now=days(60))
    again = cycles.open_cycle(actor=actor, user=at.opener, scheme="huaian_2024", year=2026,
                              title="示例亩均评价2026", now=days(300))  # fmt: skip
    later = days(300)
    for place, old in enumerate(reversed(at.firms), 1):
        one = entrants.add_entrant(actor=actor, cycle=again, group="above",
                                   enterprise=old.enterprise)  # fmt: skip
        f.put(actor, at.taxman, one, {"tax": (11 - place) * WAN, "revenue": place * WAN,
                                      "energy": 10}, later)  # fmt: skip
        f.put(actor, at.surveyor, one, {"land": 6000}, later)
    f.published(actor, at._replace(cycle=again), later)
    assert moves() == []
    cycles.finish_cycle(actor=actor, user=at.opener, cycle=again, now=days(400))
    (table,) = moves()
    assert sum(table.counts.values()) == 10
    years = years_of(at.firm(10))
    assert [one.outcome.run.cycle.year for one in years] == [2026, 2025]
    assert years[0].move is not None
    assert years[0].move > 0


def test_trackers_read_what_other_rooms_keep_and_nothing_is_nothing(at):
    assert tracks(TODAY) == []
    assert measured(TODAY) == []


@pytest.mark.parametrize("huge", ["1e25", "99999999999999999999", "1e300"])
def test_a_figure_too_large_to_keep_is_named(at, actor, huge):
    sheet = _check(actor, at, f"示例企业01有限公司,{huge},更正\n")
    assert (sheet.rows, len(sheet.problems)) == ([], 1)


@pytest.mark.parametrize("huge", ["1e300", "99999999999999990000", "1000000000000000"])
def test_no_figure_is_kept_that_could_not_be_read_again(at, actor, huge):
    with pytest.raises(Refused, match="数值过大"):
        f.put(actor, at.taxman, at.firm(1), {"tax": huge}, reason="更正")
    f.put(actor, at.taxman, at.firm(1), {"tax": "999999999999999"}, reason="更正")
    assert Cell.objects.filter(item="tax").latest("pk").value == 999_999_999_999_999


def test_a_score_beyond_all_bounds_is_refused_by_the_name_of_the_firm(at, actor):
    wide = cycles.open_cycle(actor=actor, user=at.opener, scheme="huangyan_2022", year=2025,
                             title="示例亩均", now=NOW)  # fmt: skip
    one = entrants.add_entrant(actor=actor, cycle=wide, group="below",
                               enterprise=at.firm(1).enterprise)  # fmt: skip
    f.put(actor, at.taxman, one, {"tax": 10**14, "electricity": 1})
    f.put(actor, at.surveyor, one, {"land": "0.000001"})
    with pytest.raises(Refused, match=r"示例企业01有限公司.*得分过大"):
        f.published(actor, at._replace(cycle=wide))
    assert not wide.runs.exists()


def _index(entity, rank, *periods, among=""):
    return [world.row(entity, period, "88", "城市信用综合指数", rank=rank, group="383", among=among)
            for period in periods]  # fmt: skip


def test_a_missing_period_ends_a_streak_and_is_told(at, actor):
    zone = world.zone(actor)
    rows = _index(zone, "4", "2025-11月末", "2025-12月末", "2026-02月末", "2026-03月末")
    world.recorded(actor, rows, at.locker)
    (found,) = tracks(world.NOW.date())
    assert [one.after_gap for one in found.rows] == [False, True, False, False]
    assert (found.streak, found.since) == (2, "../2026-02")
    world.recorded(actor, _index(zone, "11", "2026-04月末"), at.locker)
    (found,) = tracks(world.NOW.date())
    assert (len(found.rows), found.streak) == (5, 0)


def test_a_place_among_others_begins_a_new_streak(at, actor):
    zone = world.zone(actor)
    rows = _index(zone, "4", "2025-10月末", "2025-11月末", among="全省")
    rows += _index(zone, "4", "2025-12月末", "2026-01月末", "2026-02月末", among="全国县级市")
    world.recorded(actor, rows, at.locker)
    (found,) = tracks(world.NOW.date())
    assert (found.streak, found.since) == (3, "../2025-12")
