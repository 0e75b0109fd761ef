"""Output per mu from opening to the final list: four eyes, corrections, nothing by hand."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.errors import Refused
from openzone.zone.evaluations import permissions
from openzone.zone.evaluations.models import Cell, Cycle, Outcome
from openzone.zone.evaluations.selectors.data import gaps
from openzone.zone.evaluations.selectors.items import items_of, pack_of
from openzone.zone.evaluations.selectors.results import lift_of, standing_results, work_out
from openzone.zone.evaluations.services import cells, cycles, entrants, protests, rulings
from openzone.zone.evaluations.services.telling import remind_all
from tests.zone.evaluations import field as f
from tests.zone.evaluations.field import NOW, TODAY, WAN, Field, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(actor) -> Field:
    return f.field(actor)


def _classes(cycle: Cycle) -> str:
    return "".join(one.class_ or "-" for one in work_out(cycle))


def test_ten_firms_fall_into_the_published_shares(at):
    found = work_out(at.cycle)
    assert [one.rank for one in found] == list(range(1, 11))
    # Half up: 2 of 10 to A, 6 to B, 9.5 → 10 to C, so nobody is left for D.
    assert "".join(one.class_ for one in found) == "AABBBBCCCC"
    best = found[0].items[0]
    assert (round(best.value, 4), round(best.base, 4)) == (Decimal(100), Decimal(110))


def test_who_is_on_one_parcel_shares_and_a_tenant_follows(at, actor):
    first, last, tenant = at.firm(1), at.firm(10), at.firm(9)
    for one in (first, last):
        entrants.place_entrant(actor=actor, entrant=one, parcel="G-1")
    entrants.place_entrant(actor=actor, entrant=tenant, landlord=at.firm(2))
    found = {int(one.entry.id): one for one in work_out(at.cycle)}
    assert found[first.pk].score == found[last.pk].score
    assert found[first.pk].shared_with == (str(last.pk),)
    assert (found[tenant.pk].class_, found[tenant.pk].rank) == (found[at.firm(2).pk].class_, None)
    with pytest.raises(Refused, match="自己也随"):
        entrants.place_entrant(actor=actor, entrant=at.firm(3), landlord=tenant)


def test_missing_is_named_and_never_zero(at, actor):
    (cell,) = Cell.objects.filter(entrant=at.firm(4), item="energy")
    cells.enter_cell(actor=actor, user=at.taxman, entrant=at.firm(4), item="energy", value=None,
                     source=f.TAX, reason="计量表损坏，数据作废", now=NOW)  # fmt: skip
    assert {item: [one.pk for one in those] for item, those in gaps(at.cycle).items()} == {
        "energy": [at.firm(4).pk]
    }
    (one,) = [r for r in work_out(at.cycle) if r.entry.id == str(at.firm(4).pk)]
    assert (one.score, one.reason.zh) == (None, "缺少单位能耗税收，无法计分")
    f.posted(actor, at)
    with pytest.raises(Refused, match=r"还缺数据：综合能耗：示例企业04有限公司"):
        cycles.lock_data(actor=actor, user=at.locker, cycle=at.cycle, data_on=TODAY, now=days(14))
    assert cell.value == 1000


def test_a_bureau_enters_its_own_column_and_a_change_needs_a_reason(at, actor):
    with pytest.raises(Refused, match="其他部门填报"):
        f.put(actor, at.taxman, at.firm(1), {"land": 1})
    with pytest.raises(Refused, match="其他部门填报"):
        f.put(actor, at.opener, at.firm(1), {"tax": 1})
    with pytest.raises(Refused, match="请说明理由"):
        f.put(actor, at.taxman, at.firm(1), {"tax": 1})
    with pytest.raises(Refused, match="不能为负"):
        f.put(actor, at.taxman, at.firm(1), {"energy": -1}, reason="x")
    f.put(actor, at.taxman, at.firm(1), {"tax": -1 * WAN}, reason="留抵退税")
    assert permissions.own_columns(at.taxman, at.cycle, TODAY) == {
        "tax", "revenue", "energy", "electricity", "water",
    }  # fmt: skip


def test_of_two_who_change_a_figure_at_once_the_second_is_told(at, actor):
    seen = Cell.objects.get(entrant=at.firm(1), item="tax").pk
    change = {"actor": actor, "user": at.taxman, "entrant": at.firm(1), "item": "tax",
              "source": f.TAX, "reason": "更正", "now": NOW, "seen": seen}  # fmt: skip
    cells.enter_cell(value=Decimal(5) * WAN, **change)
    with pytest.raises(Refused, match=r"shuiwu改为 5"):
        cells.enter_cell(value=Decimal(6) * WAN, **change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Cell.objects.update(value=1)


def test_the_way_to_the_list_takes_two_people_and_the_days(at, actor):
    with pytest.raises(Refused, match="尚未公示"):
        cycles.lock_data(actor=actor, user=at.locker, cycle=at.cycle, data_on=TODAY, now=NOW)
    posted = f.posted(actor, at)
    # Five workdays after 6 May 2026; 9 May is worked in place of a holiday.
    assert posted.post_until > TODAY + dt.timedelta(days=5)
    lock = {"actor": actor, "cycle": at.cycle, "data_on": TODAY, "now": days(14)}
    with pytest.raises(Refused, match="异议期到"):
        cycles.lock_data(user=at.locker, **lock | {"now": days(1)})
    with pytest.raises(Refused, match="不能自己锁定"):
        cycles.lock_data(user=at.opener, **lock)
    cycles.lock_data(user=at.locker, **lock)
    with pytest.raises(DatabaseError), transaction.atomic():
        Cycle.objects.update(locked_by=at.opener)
    with pytest.raises(Refused, match="数据已锁定"):
        f.put(actor, at.taxman, at.firm(1), {"tax": 1}, reason="x")
    with pytest.raises(Refused, match="数据已锁定"):
        cycles.lock_data(user=at.third, **lock)
    back = cycles.return_data(actor=actor, user=at.third, cycle=at.cycle, remark="漏一家")
    assert (back.state, back.locked_by) == ("posted", None)


def test_an_objection_is_upheld_only_by_correcting_the_data_first(at, actor):
    mine = at.firm(3)
    cycle = f.published(actor, at)
    before = Outcome.objects.get(run__cycle=cycle, entrant=mine)
    assert (before.grade, before.rank, before.of) == ("B", 3, 10)
    now = days(15)
    with pytest.raises(Refused, match="只能对本单位"):
        protests.object_to(actor=actor, user=at.stranger, entrant=mine, text="不对", now=now)
    with pytest.raises(Refused, match="异议期已于"):
        protests.object_to(actor=actor, user=at.owner, entrant=mine, text="迟了", now=days(60))
    with pytest.raises(Refused, match="才能更正数据"):
        f.put(actor, at.taxman, mine, {"tax": 2000 * WAN}, now, reason="更正")
    protest = protests.object_to(
        actor=actor, user=at.owner, entrant=mine, text="税收漏计一笔", now=now
    )
    answer = {"actor": actor, "protest": protest, "upheld": True, "text": "属实", "now": now}
    with pytest.raises(Refused, match="第三人"):
        protests.answer(user=at.locker, **answer)
    with pytest.raises(Refused, match="结果没有变化"):
        protests.answer(user=at.third, **answer)
    f.put(actor, at.taxman, mine, {"tax": 2000 * WAN}, now, reason="补计入库税收")
    with pytest.raises(Refused, match="1 件异议未答复"):
        cycles.finish_cycle(actor=actor, user=at.opener, cycle=cycle, now=days(60))
    done = protests.answer(user=at.third, **answer)
    after = Outcome.objects.get(run=done.run, entrant=mine)
    assert (after.grade, after.rank) == ("A", 1)
    # Whoever was second is third now: everybody was worked out again.
    assert Outcome.objects.get(run=done.run, entrant=at.firm(2)).grade == "B"
    with pytest.raises(Refused, match="已由disan答复"):
        protests.answer(user=at.third, **answer)


def test_the_final_list_is_frozen_by_the_database(at, actor):
    cycle = f.published(actor, at)
    with pytest.raises(Refused, match="异议期到"):
        cycles.finish_cycle(actor=actor, user=at.opener, cycle=cycle, now=days(15))
    final = cycles.finish_cycle(actor=actor, user=at.opener, cycle=cycle, now=days(60))
    assert final.final_run.outcomes.count() == 10
    for change in (
        lambda: Cycle.objects.update(state="published"),
        lambda: Cycle.objects.all().delete(),
        lambda: Outcome.objects.update(grade="A"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(Refused, match="最终名单"):
        cycles.finish_cycle(actor=actor, user=at.opener, cycle=cycle, now=days(61))


def test_an_objection_to_the_land_area_is_upheld_once_it_is_corrected(at, actor):
    f.posted(actor, at)
    protest = protests.object_to(
        actor=actor, user=at.owner, entrant=at.firm(3), text="多算2亩", now=days(1)
    )
    with pytest.raises(Refused, match="1 件异议未答复"):
        cycles.lock_data(actor=actor, user=at.locker, cycle=at.cycle, data_on=TODAY, now=days(14))
    answer = {"actor": actor, "user": at.third, "protest": protest, "text": "已重测"}
    with pytest.raises(Refused, match="用地面积没有更正"):
        protests.answer(upheld=True, now=days(1), **answer)
    f.put(actor, at.surveyor, at.firm(3), {"land": 5333}, days(2), "重新测量", "测绘报告 示例")
    assert protests.answer(upheld=True, now=days(2), **answer).run is None


def test_a_veto_and_an_exclusion_stand_on_a_document(at, actor):
    given = {"actor": actor, "user": at.opener, "now": NOW}
    with pytest.raises(Refused, match="没有这一事由"):
        rulings.decide(entrant=at.firm(1), kind="veto", ground="utility", document="x", **given)
    with pytest.raises(Refused, match="请说明理由"):
        rulings.decide(entrant=at.firm(1), kind="veto", ground="accident", document=" ", **given)
    veto = rulings.decide(entrant=at.firm(1), kind="veto", ground="accident",
                          document="示例应急〔2026〕3号", **given)  # fmt: skip
    rulings.decide(entrant=at.firm(2), kind="exclude", ground="utility",
                   document="示例〔2026〕4号", **given)  # fmt: skip
    found = work_out(at.cycle)
    assert found[0].class_ == "D"
    assert "示例应急〔2026〕3号" in found[0].entry.veto
    assert found[1].score is None
    assert "公用事业" in found[1].reason.zh
    rulings.lift_ruling(ruling=veto, document="示例应急〔2026〕9号", **given)
    assert work_out(at.cycle)[0].class_ == "A"
    with pytest.raises(Refused, match="已撤销"):
        rulings.lift_ruling(ruling=veto, document="x", **given)


def test_what_would_lift_a_class_is_told_in_each_item(at, actor):
    cycle = f.published(actor, at)
    outcome = Outcome.objects.get(run__cycle=cycle, entrant=at.firm(3))
    every, pack = standing_results(cycle), pack_of(cycle)
    lift = lift_of(at.firm(3), every, pack)
    second = Outcome.objects.get(run__cycle=cycle, entrant=at.firm(2))
    assert lift.class_ == "A"
    assert abs(lift.points - (second.score - outcome.score)) < Decimal("0.00001")
    assert lift_of(at.firm(1), every, pack) is None


def test_what_would_lift_a_class_is_told_of_a_simulated_result_too(at):
    lift = lift_of(at.firm(3), standing_results(at.cycle), pack_of(at.cycle))
    assert (lift.class_, lift.points > 0) == ("A", True)


def test_everybody_sees_their_own_and_nobody_elses(at, actor):
    mine, other = at.firm(3), at.firm(1)
    may = permissions
    assert may.may_see_own(at.owner, mine, TODAY).allowed
    assert not may.may_see_own(at.owner, other, TODAY).allowed
    assert not may.may_see_own(at.taxman, mine, TODAY).allowed
    assert not may.may_see_list(at.owner, at.cycle, TODAY).allowed
    assert not may.may_see(at.stranger, at.cycle, TODAY).allowed
    assert not may.may_list(at.stranger, TODAY).allowed
    cycle = f.published(actor, at)
    assert may.may_see_list(at.owner, cycle, TODAY).allowed
    assert not may.may_see_list(at.stranger, cycle, TODAY).allowed
    assert not may.may_simulate(at.taxman, TODAY).allowed


def test_the_scheme_stays_as_it_was_and_the_units_come_from_the_pack(at):
    assert pack_of(at.cycle).scheme == pack_of(Cycle.objects.get()).scheme
    assert dict(at.cycle.columns.values_list("item", "unit__code"))["land"] == "land"
    (land,) = [one for one in items_of(at.cycle) if one.name == "land"]
    assert land.shown(round(10 * f.MU, 6)) == 10
    assert land.stored(Decimal(3)) == 2000


def test_those_evaluated_are_reminded_the_day_before_the_end(at, actor):
    cycle = f.posted(actor, at)
    eve = cycle.post_until - dt.timedelta(days=1)
    assert remind_all(actor=actor, on=eve, now=NOW) == 1
    assert remind_all(actor=actor, on=cycle.post_until, now=NOW) == 0
    assert at.owner.notifications.filter(action="cycle.due").count() == 1
