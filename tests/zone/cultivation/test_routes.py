"""Monthly figures, routes, publicity, batches and reminders, honours, flows."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction

from openzone.engines.cultivation.nearing import shifted
from openzone.zone.cases.models import Notification
from openzone.zone.cultivation.models import Honour, MonthlyFigure
from openzone.zone.cultivation.packs import ladder_named, pool_named
from openzone.zone.cultivation.permissions import may_state
from openzone.zone.cultivation.selectors.batches import closings, missing_of
from openzone.zone.cultivation.selectors.figures import nearing_all, routes_of
from openzone.zone.cultivation.selectors.flows import flows
from openzone.zone.cultivation.selectors.honours import NO_LEVEL, Asked, by_level, honours
from openzone.zone.cultivation.selectors.recognitions import (
    Filter,
    by_title_and_level,
    recognitions,
)
from openzone.zone.cultivation.services.figures import state_evidence, state_month
from openzone.zone.cultivation.services.honours import enter_honour, withdraw_honour
from openzone.zone.cultivation.services.pools import accept, collect_materials
from openzone.zone.cultivation.services.publicity import conclude_publicity, make_public
from openzone.zone.cultivation.services.recognitions import enter_recognition
from openzone.zone.cultivation.services.reminding import remind_of_batches
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from tests.factories import make_staff
from tests.zone.cultivation.conftest import DAY

NOW = dt.datetime(2026, 11, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
OCTOBER = dt.date(2026, 10, 1)
ONE = dt.timedelta(days=1)


@pytest.fixture
def entry(pool, factory, actor):
    return accept(actor=actor, pool=pool, enterprise=factory(18), reason="成长快", on=DAY)


def stated(actor, firm, amount=1_800_000, months=12, basis="vat", last=OCTOBER):
    for back in range(months):
        state_month(actor=actor, enterprise=firm, basis=basis, month=shifted(last, -back),
                    amount=Decimal(amount), source="示例申报表", now=NOW)  # fmt: skip


class TestMonths:
    def test_candidates_are_shown_with_their_last_twelve_months(self, pool, factory, actor):
        firm, silent = factory(18), factory(17)
        stated(actor, firm)
        found = nearing_all(pool, [firm.pk, silent.pk], DAY)
        assert found[silent.pk] is None
        assert (found[firm.pk].rolling, found[firm.pk].limit) == (21_600_000, 20_000_000)

    def test_the_limit_is_that_of_the_class(self, pool, factory, actor):
        shop = factory(4.5, industry="F5211")
        stated(actor, shop, 400_000)
        assert nearing_all(pool, [shop.pk], DAY)[shop.pk].limit == 5_000_000

    def test_the_limit_of_the_class_holds_for_who_reaches_it_as_well(self, pool, factory, actor):
        shop = factory(6, industry="F5211")
        stated(actor, shop, 500_000)
        stated(actor, shop, 600_000, 10, basis="accounts")
        found = nearing_all(pool, [shop.pk], DAY)[shop.pk]
        assert (found.limit, found.reached) == (5_000_000, True)
        entry = accept(actor=actor, pool=pool, enterprise=shop, reason="达标", on=DAY)
        assert routes_of(pool, entry, DAY)[1].met is True

    def test_a_pool_that_asks_for_no_sales_has_no_months(self, factory, actor):
        firm = factory(18)
        stated(actor, firm)
        assert nearing_all(pool_named("high_tech"), [firm.pk], DAY) == {firm.pk: None}

    def test_a_figure_is_kept_as_stated_and_corrected_by_a_later_one(self, pool, factory, actor):
        firm = factory(18)
        stated(actor, firm, 1, months=12)
        stated(actor, firm, 1_000_000, months=1)
        found = nearing_all(pool, [firm.pk], DAY)[firm.pk]
        assert found.rolling == 1_000_011
        assert MonthlyFigure.objects.count() == 13
        with pytest.raises(DatabaseError), transaction.atomic():
            MonthlyFigure.objects.update(amount=20_000_000)

    @pytest.mark.parametrize(
        ("given", "match"),
        [({"month": DAY}, "还没有结束"), ({"source": " "}, "来源")],
    )
    def test_a_month_to_come_or_without_a_source_is_refused(self, factory, actor, given, match):
        said = {"month": OCTOBER, "source": "表", "amount": Decimal(1), "basis": "vat"} | given
        with pytest.raises(Refused, match=match):
            state_month(actor=actor, enterprise=factory(18), now=NOW, **said)

    def test_the_firm_itself_and_its_tutor_state(self, entry, make_user, stranger):
        own = make_user("own")
        make_staff(own, entry.enterprise)
        assert may_state(own, entry, DAY).allowed
        assert not may_state(stranger, entry, DAY).allowed


class TestRoutes:
    def test_both_totals_decide_the_annual_route(self, pool, entry, actor):
        stated(actor, entry.enterprise, 2_100_000, 10)
        (_monthly, annual) = routes_of(pool, entry, DAY)
        assert (annual.met, [one.met for one in annual.checks]) == (None, [True, None])
        stated(actor, entry.enterprise, 2_050_000, 10, basis="accounts")
        assert routes_of(pool, entry, DAY)[1].met is True

    def test_the_monthly_route_asks_what_was_stated(self, pool, entry, actor):
        said = {"registered_on": dt.date(2025, 3, 1), "filed_on": dt.date(2025, 1, 1),
                "produced_from": dt.date(2025, 11, 1), "new_building": False}  # fmt: skip
        kept = state_evidence(actor=actor, entry=entry, route="monthly_new", today=DAY, **said)
        monthly = routes_of(pool, kept, DAY)[0]
        answers = {one.id: one.met for one in monthly.checks}
        assert (answers["registered"], answers["new_building"], monthly.met) == (True, False, False)
        assert answers["vat"] is None

    def test_the_papers_are_those_of_the_route(self, pool, entry, actor):
        kept = state_evidence(actor=actor, entry=entry, route="annual", today=DAY)
        assert "filing" not in missing_of(pool, kept)
        assert len(missing_of(pool, kept)) == 7
        kept = collect_materials(actor=actor, entry=kept, collected=["licence", "vat"])
        assert len(missing_of(pool, kept)) == 5

    @pytest.mark.parametrize(
        ("given", "match"),
        [({"route": "magic"}, "没有“magic”"), ({"route": "", "filed_on": DAY + ONE}, "未来")],
    )
    def test_what_cannot_be_is_refused(self, entry, actor, given, match):
        with pytest.raises(Refused, match=match):
            state_evidence(actor=actor, entry=entry, today=DAY, **given)


class TestBatches:
    def test_the_calendar_is_that_of_the_route(self, entry, actor):
        assert {one.batch.id for one in closings(DAY, 400)} == {
            "monthly", "annual_1", "annual_2", "annual_3",
        }  # fmt: skip
        state_evidence(actor=actor, entry=entry, route="annual", today=DAY)
        found = closings(DAY, 400)
        assert [one.on for one in found] == [
            dt.date(2026, 12, 31), dt.date(2027, 1, 31), dt.date(2027, 10, 31),
        ]  # fmt: skip
        assert closings(DAY) == []

    def test_a_tutor_is_told_ten_days_before_while_papers_are_missing(
        self, pool, entry, actor, make_user, office
    ):
        early, day = dt.date(2026, 11, 24), dt.date(2026, 11, 25)
        assert remind_of_batches(actor=actor, on=day, now=NOW) == 0
        entry.tutor = make_user("fudao", Role.HANDLER, office)
        entry.save()
        assert remind_of_batches(actor=actor, on=early, now=NOW) == 0
        assert remind_of_batches(actor=actor, on=day, now=NOW) == 1
        (notice,) = Notification.objects.all()
        assert (notice.user, notice.subject) == (entry.tutor, f"pool_entry:{entry.pk}")
        every = [one.id for one in pool.materials]
        collect_materials(actor=actor, entry=entry, collected=every)
        assert remind_of_batches(actor=actor, on=day, now=NOW) == 0


class TestPublicity:
    def test_a_choice_is_public_and_its_result_is_kept(self, entry, actor):
        last = DAY + 7 * ONE
        made = make_public(actor=actor, entry=entry, first=DAY, last=last)
        result = {"actor": actor, "entry": made, "note": ""}
        with pytest.raises(Refused, match="尚未结束"):
            conclude_publicity(result="passed", on=last, **result)
        with pytest.raises(Refused, match="异议"):
            conclude_publicity(result="upheld", on=last + ONE, **result)
        done = conclude_publicity(result="passed", on=last + ONE, **result)
        assert done.public_result == "passed"
        with pytest.raises(Refused, match="已登记"):
            conclude_publicity(result="passed", on=last + ONE, **result)
        with pytest.raises(Refused, match="公示"):
            make_public(actor=actor, entry=entry, first=DAY, last=last)

    def test_days_in_the_wrong_order_and_no_publicity_are_refused(self, entry, actor):
        with pytest.raises(Refused, match="早于"):
            make_public(actor=actor, entry=entry, first=DAY, last=DAY - ONE)
        with pytest.raises(Refused, match="尚未公示"):
            conclude_publicity(actor=actor, entry=entry, result="passed", note="", on=DAY)


def honour(actor, kind="model_worker", holder="示例张某", **given):
    said = {"on": DAY, "source": "示例公报", "today": DAY} | given
    return enter_honour(actor=actor, kind=kind, holder=holder, **said)


class TestRegisters:
    def test_counters_by_level_and_their_rows(self, db, actor):
        for number in range(6):
            honour(actor, holder=f"示例{number}", level="国家级" if number < 2 else "省级")
        honour(actor, "studio", "示例工作室")
        counts = by_level(honours(Asked()))
        assert counts == {"model_worker": {"国家级": 2, "省级": 4}, "studio": {NO_LEVEL: 1}}
        assert honours(Asked("model_worker", "国家级")).count() == 2
        assert honours(Asked("studio", NO_LEVEL)).count() == 1
        assert honours(Asked(q="示例3")).count() == 1

    def test_six_of_twelve_is_half_and_an_unknown_whole_no_share(self, db, actor):
        half = honour(actor, "participation", "申报参选产业工人", part=6, whole=12)
        assert half.percent == "50.0"
        assert honour(actor, "participation", "产业工人代表委员", part=33).percent == ""

    def test_a_rank_says_among_whom(self, factory, actor):
        made = honour(actor, "market_rank", "储能电池装机量", place=2, scope="全国",
                      enterprise=factory(18))  # fmt: skip
        assert (made.place, made.scope) == (2, "全国")

    @pytest.mark.parametrize(
        ("kind", "given", "match"),
        [
            ("magic", {}, "没有“magic”"),
            ("market_rank", {"place": 2}, "范围"),
            ("participation", {}, "部分数"),
            ("participation", {"part": 7, "whole": 6}, "大于总数"),
            ("studio", {"part": 1}, "不填占比"),
            ("studio", {"on": DAY + ONE}, "未来"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, db, actor, kind, given, match):
        with pytest.raises(Refused, match=match):
            honour(actor, kind, **given)
        assert not Honour.objects.exists()

    def test_one_is_entered_once_and_withdrawn_with_a_reason(self, db, actor):
        made = honour(actor)
        with pytest.raises(Refused, match="相同"):
            honour(actor)
        with pytest.raises(Refused, match="理由"):
            withdraw_honour(actor=actor, honour=made, on=DAY, reason=" ")
        withdraw_honour(actor=actor, honour=made, on=DAY, reason="登记错误")
        assert not honours(Asked()).exists()
        with pytest.raises(Refused, match="已撤下"):
            withdraw_honour(actor=actor, honour=made, on=DAY, reason="x")
        honour(actor)

    def test_recognitions_are_counted_by_level(self, factory, actor):
        for level in ("省级", "省级", "国家级"):
            enter_recognition(actor=actor, enterprise=factory(1), title="digital_workshop",
                              level=level, year=2025, source="示例名单")  # fmt: skip
        counts = by_title_and_level(recognitions(Filter()))
        assert counts == {"digital_workshop": {"国家级": 1, "省级": 2}}


def test_moves_are_counted_year_by_year(factory, actor):
    ladder = ladder_named("quality_sme")
    firm = factory(18)
    enter_recognition(actor=actor, enterprise=firm, title="tech_sme", year=2026, source="示例",
                      valid_from=dt.date(2026, 5, 1))  # fmt: skip
    found = flows(ladder, DAY)
    assert [span[1] for span in found.spans][-1] == DAY
    assert len(found.spans) == 4
    assert all(len(one.counts) == 4 for one in found.rows)
