"""Boards from small records: bounded queries, as known then, peers, chains, parks, targets."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.engines.series.periods import Period
from openzone.engines.series.standing import Light
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.indicators.models import FigureTarget
from openzone.zone.indicators.packs import indicators
from openzone.zone.indicators.selectors.boards_book import aims, long_aims, read
from openzone.zone.indicators.selectors.boards_chains import (
    chain_rows,
    concentration_among,
    path_of,
)
from openzone.zone.indicators.selectors.boards_lines import new_since, over_half, rows_of
from openzone.zone.indicators.selectors.boards_packs import boards_pack
from openzone.zone.indicators.selectors.boards_parks import From, park_rows, per_rows
from openzone.zone.indicators.selectors.boards_peers import peer_lines, peer_rows
from openzone.zone.indicators.services.figure_targets import set_target, withdraw_target
from openzone.zone.indicators.services.rounds import close_round
from openzone.zone.people.enums import Role
from tests.zone.indicators import reports_world
from tests.zone.indicators.figures_world import NOW, recorded, row, zone

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 6, 30)
OUTPUT = "industrial_output"


@pytest.fixture
def here(db, actor):
    return zone(actor)


@pytest.fixture
def chief(make_user, office):
    return make_user("chief", Role.CENTRE, office)


def aimed(actor, chief, entity, amount, years=(2026, 2026), **more):
    given = {"indicator": "到位资金", "document": "年度任务", "now": NOW} | more
    return set_target(actor=actor, user=chief, entity=entity, amount=amount,
                      first_year=years[0], last_year=years[1], **given)  # fmt: skip


def lines(here, *names, on=ON, known=None):
    book = read([here], names, on, known)
    found = rows_of(book, here, names, on.year, aims(book, on.year))
    return book, {one.indicator.id: one for one in found}


def test_the_board_of_all_headline_indicators_over_five_years_takes_a_handful_of_queries(
    actor, here, chief, django_assert_max_num_queries
):
    rows = [
        row(here, f"{year}年1-{month}月", f"{10 * month + year - 2020}亿元", name)
        for name in (OUTPUT, "fixed_investment", "funds_in_place", "tax")
        for year in range(2022, 2026)
        for month in (3, 6, 9)
    ]
    recorded(actor, rows, chief)
    names = list(boards_pack().headline)
    with django_assert_max_num_queries(6):
        book = read([here], names, ON)
        found = rows_of(book, here, names, 2026, aims(book, 2026))
    assert len(found) == len([name for name in names if name in indicators()])


def test_completion_of_baoji_and_both_over_half(actor, here, chief):
    recorded(actor, [row(here, "2026年1-6月", "157.6亿元", "到位资金"),
                     row(here, "2026年1-6月", "1590万美元", "实际使用外资")], chief)  # fmt: skip
    aimed(actor, chief, here, "284亿元")
    aimed(actor, chief, here, "700万美元", indicator="实际使用外资")
    book, found = lines(here, "funds_in_place", "foreign_capital")
    shares = [one.standing.derived["completion"].value for one in found.values()]
    assert shares == [Decimal("55.49"), Decimal("227.14")]
    assert found["foreign_capital"].standing.light is Light.DONE
    halves = [share for _row, share in over_half(list(found.values()), book, 2026)]
    assert all(share is not None and share >= Decimal("0.5") for share in halves)


def test_a_board_as_known_earlier_shows_the_figure_and_the_target_of_then(actor, here, chief):
    first = row(here, "2026年1-5月", "77.7亿元", "到位资金", published="2026-06-10")
    later = row(here, "2026年1-5月", "80亿元", "到位资金", published="2026-06-25", status="调整")
    recorded(actor, [first, later], chief)
    aimed(actor, chief, here, "284亿元", now=dt.datetime(2026, 6, 20, 2, tzinfo=dt.UTC))
    _book, now = lines(here, "funds_in_place")
    _book, then = lines(here, "funds_in_place", known=dt.date(2026, 6, 15))
    values = [one["funds_in_place"].standing.cumulative.value for one in (now, then)]
    assert values == [Decimal(8 * 10**9), Decimal(777 * 10**7)]
    assert now["funds_in_place"].aim is not None
    assert then["funds_in_place"].aim is None


def test_a_figure_that_came_today_is_new_and_one_of_last_week_is_not(actor, here, chief):
    recorded(actor, [row(here, "2026年1-4月", "50亿元")], chief, now=NOW - dt.timedelta(days=7))
    recorded(actor, [row(here, "2026年1-5月", "60亿元")], chief)
    day = NOW.date()
    fresh = new_since(day - dt.timedelta(days=1), [here], day)
    assert [one.period for one in fresh] == ["2026-01/2026-05"]


def test_targets_are_replaced_with_a_reason_withdrawn_and_never_rewritten(actor, here, chief):
    first = aimed(actor, chief, here, "284亿元")
    with pytest.raises(Refused, match="写明理由"):
        aimed(actor, chief, here, "300亿元")
    second = aimed(actor, chief, here, "300亿元", reason="中期调整")
    assert (second.replaces, second.amount) == (first, Decimal(3 * 10**10))
    withdraw_target(actor=actor, user=chief, target=second, reason="取消考核", now=NOW)
    with pytest.raises(Refused, match="刚被他人改动"):
        withdraw_target(actor=actor, user=chief, target=second, reason="再次", now=NOW)
    assert lines(here, "funds_in_place")[1]["funds_in_place"].aim is None
    assert [one.action for one in Event.objects.filter(action__startswith="indicators.target")] == [
        "indicators.target.set", "indicators.target.set", "indicators.target.withdrawn",
    ]  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        FigureTarget.objects.filter(pk=first.pk).update(amount="1")


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"amount": "284家"}, "这一类单位|不是"), ({"amount": "0亿元"}, "大于零"),
        ({"years": (2027, 2026)}, "年份顺序"), ({"years": (1, 2)}, "2000"),
        ({"indicator": "运气"}, "指标字典"), ({"way": "sum"}, "两年"),
    ],
)  # fmt: skip
def test_a_target_that_makes_no_sense_is_refused_by_name(actor, here, chief, change, match):
    with pytest.raises(Refused, match=match):
        aimed(actor, chief, here, **{"amount": "284亿元"} | change)
    assert not FigureTarget.objects.exists()


def test_a_thousand_by_2027_and_five_hundred_together(actor, here, chief):
    recorded(actor, [row(here, "2025", "810亿元", "营业收入"),
                     row(here, "2025", "120亿元", "工业投资"),
                     row(here, "2026年1-5月", "60亿元", "工业投资")], chief)  # fmt: skip
    years = (2025, 2027)
    aimed(actor, chief, here, "1000亿元", years, indicator="营业收入")
    aimed(actor, chief, here, "500亿元", years, indicator="工业投资", way="sum")
    book = read([here], None, ON)
    found = {one.indicator: path_of(book.track(one.indicator, here), aim)
             for one, aim in long_aims(book, ON)}  # fmt: skip
    assert (found["revenue"].base, found["revenue"].per_year) == (2025, Decimal("11.11"))
    summed = found["industrial_investment"]
    assert (summed.completion, summed.per_year) == (Decimal("36.00"), Decimal(16 * 10**9))


def test_peers_share_places_and_the_missing_one_is_named(actor, here, chief):
    peers = [zone(actor, name, "peer") for name in ("甲", "乙", "丙")]
    recorded(actor, [row(here, "2026年1-5月", "50亿元", growth="9%"),
                     row(peers[0], "2026年1-5月", "50亿元", growth="12%"),
                     row(peers[1], "2026年1-5月", "70亿元")], chief)  # fmt: skip
    book = read([here, *peers], [OUTPUT], ON)
    [found] = peer_rows(book, here, [OUTPUT])
    assert (found.level.place, found.level.ties, found.level.group) == (2, 1, 3)
    assert (found.growth.place, found.growth.group) == (2, 2)
    assert [one.name for one in found.missing] == ["丙"]
    order = [one.entity.name for one in peer_lines(book, here, indicators()[OUTPUT],
                                                  Period(2026, 5, 1))]  # fmt: skip
    assert order[0] == "乙"
    assert order[-1] == "丙"


def test_share_of_the_nation_as_published_and_as_it_follows(actor, chief):
    chain = zone(actor, "锂电", "chain", chain="lithium_battery")
    nation = zone(actor, "全国锂电", "nation", chain="lithium_battery")
    recorded(actor, [
        row(chain, "2025", "317.7亿元", "产业链产值", growth="59.2%"),
        row(nation, "2025", "1万亿元", "产业链产值"),
        row(chain, "2019", "0.3%", "占全国比重"), row(chain, "2021", "6.8%", "占全国比重"),
    ], chief)  # fmt: skip
    aimed(actor, chief, chain, "1000亿元", (2026, 2030), indicator="产业链产值")
    pack = boards_pack().chains
    book = read([chain, nation], [*pack.outputs, pack.share], ON)
    [found] = chain_rows(book, 2026, {}, [aim for _row, aim in long_aims(book, ON)])
    assert found.whole.growth == Decimal("0.592")
    assert [one.value for one in found.shares.values()] == [Decimal("3.18")]
    assert (found.risen.more["from"], found.risen.more["to"]) == (Decimal("0.3"), Decimal("6.8"))
    assert (found.path.completion, found.mark) == (Decimal("31.77"), Decimal(5 * 10**10))
    assert found.row.standing.cumulative is None, "the last year is not this year"


@pytest.mark.parametrize(
    ("firms", "kinds"), [(2, []), (3, ["hhi"]), (5, ["hhi"]), (6, ["cr3", "hhi"])]
)
def test_concentration_names_nobody(actor, chief, firms, kinds):
    """Of six firms the first three are told; of five the other two would follow from it."""
    holders = [zone(actor, f"甲{number}", "peer") for number in range(firms)]
    recorded(actor, [row(one, "2025", f"{number + 1}亿元") for number, one in enumerate(holders)],
             chief)  # fmt: skip
    found = concentration_among(holders, OUTPUT, ON)
    assert [one.kind for one in found.found] == kinds
    assert found.suppressed is (firms < 3)
    assert concentration_among(holders, OUTPUT, ON, dt.date(2020, 1, 1)).known == 0


def test_parks_side_by_side_per_mu_with_the_missing_named(actor, here, chief):
    east, west = (zone(actor, name, "park", parent=here) for name in ("东园", "西园"))
    recorded(actor, [
        row(here, "2026年1-5月", "100亿元", "营业收入"),
        row(east, "2026年1-5月", "45亿元", "营业收入", growth="7.9%"),
        row(east, "2026年5月末", "1500亩", "用地面积"),
        row(west, "2026年1-5月", "—", "营业收入"),
    ], chief)  # fmt: skip
    parks = [east, west]
    book = read([*parks, here], None, ON)
    rows = {one.indicator.id: one for one in park_rows(book, parks, here, Period(2026, 5, 1))}
    assert [cell.of for cell in rows["revenue"].cells] == [From.REPORTED, From.MISSING]
    assert rows["revenue"].shares == [Decimal("45.00"), None]
    per = {one.per.id: one.cells for one in per_rows(book, parks, Period(2026, 5, 1))}
    assert per["revenue_per_mu"] == [(Decimal("300.00"), From.REPORTED), (None, From.MISSING)]


def test_what_a_park_added_to_the_growth_of_the_zone(actor, here, chief):
    """4 → 5 of 10 → 12: half of the growth of 20 %, ten points of it."""
    east = zone(actor, "东园", "park", parent=here)
    recorded(actor, [
        row(one, f"{year}年1-5月", f"{amount}亿元", name)
        for name in ("税收收入", "营业收入")
        for one, year, amount in (
            (here, 2025, 10), (here, 2026, 12), (east, 2025, 4), (east, 2026, 5)
        )
    ], chief)  # fmt: skip
    book = read([east, here], None, ON)
    rows = {one.indicator.id: one for one in park_rows(book, [east], here, Period(2026, 5, 1))}
    [added] = rows["tax"].added
    assert added == {"contribution": 50, "pull": 10}
    assert rows["revenue"].added == [{}], "levels of two years are not told to be of one scope"


def test_no_share_of_a_zone_whose_own_figure_is_below_zero(actor, here, chief):
    east = zone(actor, "东园", "park", parent=here)
    recorded(actor, [row(here, "2026年1-5月", "-2亿元", "利润总额"),
                     row(east, "2026年1-5月", "1亿元", "利润总额")], chief)  # fmt: skip
    book = read([east, here], None, ON)
    rows = {one.indicator.id: one for one in park_rows(book, [east], here, Period(2026, 5, 1))}
    assert rows["profit"].shares == [None]


def test_a_park_without_a_figure_has_the_sum_of_its_firms_unless_they_are_too_few(
    actor, here, chief, make_user
):
    east, west = (zone(actor, name, "park", parent=here) for name in ("东园", "西园"))
    clerk = make_user("clerk", Role.STATISTICS, chief.memberships.get().unit)
    firms = [reports_world.firm(actor, f"示例{n}厂", make_user(f"u{n}")) for n in range(9)]
    for n, one in enumerate(firms):
        if n < 6:  # three more are in no park: what is in none is told apart from the zone
            reports_world.counts(actor, one, east if n < 4 else west)
    opened = reports_world.opened(actor)
    for n, one in enumerate(firms):
        reporter = one.enterprise.staff.get().user
        cells = reports_world.CELLS | {"revenue": str(100 * (n + 1))}
        reports_world.approved(reports_world.owed(opened, one), reporter, clerk, cells)
    close_round(actor=actor, report_round=opened, now=reports_world.NOW)
    parks, on = [east, west], dt.date(2026, 11, 20)
    book = read([*parks, here], None, on)
    rows = park_rows(book, parks, here, reports_world.PERIOD)
    [revenue] = [one for one in rows if one.indicator.id == "revenue"]
    assert revenue.cells[1].of is From.SUPPRESSED
    assert revenue.cells[1].value is None
    assert (revenue.cells[0].of, revenue.cells[0].value) == (From.ROLLED, Decimal(10_000_000))
    before = read([*parks, here], None, on, reports_world.NOW.date() - dt.timedelta(days=1))
    then = park_rows(before, parks, here, reports_world.PERIOD)
    assert {cell.of for one in then for cell in one.cells} == {From.MISSING}
