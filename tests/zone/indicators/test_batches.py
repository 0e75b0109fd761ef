"""Batches: what is refused with row and column, four eyes, vintages, and what never changes."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import BatchState
from openzone.zone.indicators.models import Batch, BatchStep, Figure, FigureEnd
from openzone.zone.indicators.selectors.behind import series_of
from openzone.zone.indicators.selectors.series import known
from openzone.zone.indicators.services.figures import (
    approve_batch,
    discard_batch,
    replace_rows,
    return_batch,
    submit_batch,
    withdraw_figure,
)
from openzone.zone.people.enums import Role
from tests.zone.indicators.figures_world import NOW, batch, recorded, row, zone

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def here(db, actor):
    return zone(actor)


@pytest.fixture
def clerk(make_user, office):
    return make_user("clerk", Role.STATISTICS, office)


@pytest.fixture
def chief(make_user, office):
    return make_user("chief", Role.STATISTICS, office)


class TestEntering:
    @pytest.mark.parametrize(
        ("given", "field", "match"),
        [
            ({"series": "幸福指数"}, "series", "没有“幸福指数”"),
            ({"series": ""}, "series", "没有"),
            ({"value": "19.3亿千瓦时"}, "unit", "以元计"),
            ({"value": "19.3", "unit": "亩"}, "unit", "以元计"),
            ({"value": "19.3"}, "unit", "写明单位"),
            ({"value": "19.3亿"}, "unit", "写明单位"),
            ({"value": "NaN亿元"}, "value", ""),
            ({"value": "inf"}, "value", ""),
            ({"value": "1e300元"}, "value", ""),
            ({"value": "1e-300元"}, "value", ""),
            ({"value": "9" * 40 + "元"}, "value", ""),
            ({"value": "一些"}, "value", ""),
            ({"value": "19.3\x00亿元"}, "value", "控制字符"),
            ({"quote": "引\x00文"}, "quote", "控制字符"),
            ({"period": "2026年13月"}, "period", ""),
            ({"period": ""}, "period", ""),
            ({"growth": "很快"}, "growth", ""),
            ({"rank": "5", "group": "3"}, "rank", "参评个数"),
            ({"rank": "99999999999"}, "rank", "参评个数"),
            ({"status": "差不多"}, "status", ""),
            ({"address": "javascript:alert(1)"}, "address", "http"),
            ({"colour": "红"}, "given", "colour"),
            ({"value": "", "growth": ""}, "value", "至少写一项"),
            ({"quote": "长" * 501}, "quote", "500"),
        ],
    )
    def test_a_bad_row_is_refused_with_its_number_and_column(
        self, actor, here, given, field, match
    ):
        good = row(here, "2026-04", "18亿元")
        bad = row(here, "2026-05", "19.3亿元")
        with pytest.raises(Refused) as refusal:
            batch(actor, [good, bad._replace(given={**bad.given, **given})])
        assert refusal.value.field == field
        assert "第 2 行" in refusal.value.reason.zh
        assert "row 2" in refusal.value.reason.en
        assert match in refusal.value.reason.zh
        assert not Batch.objects.exists()

    def test_no_source_no_figure(self, actor, here):
        with pytest.raises(Refused, match="来源"):
            batch(actor, [row(here, "2026-05", "19.3亿元")], document="")

    def test_a_row_twice_is_refused(self, actor, here):
        with pytest.raises(Refused, match="第 2 行与第 1 行"):
            batch(actor, [row(here, "2026-05", "1亿元"), row(here, "2026年5月", "2亿元")])

    def test_missing_zero_and_not_applicable_are_three_things(self, actor, here, chief):
        rows = [row(here, "2026-03", "0元"), row(here, "2026-04", "—"),
                row(here, "2026-05", "不适用")]  # fmt: skip
        found = recorded(actor, rows, chief)
        assert [(one.state, one.value) for one in found] == [
            ("reported", Decimal(0)), ("missing", None), ("not_applicable", None),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("series", "value", "base", "kept"),
        [
            ("规上工业总产值", "19.3亿元", "1930000000", ""),
            ("规上工业总产值", "近200亿元", "20000000000", "近"),
            ("企业数", "1590余家", "1590", "余"),
            ("规上工业总产值", "超500亿元", "50000000000", "超"),
            ("规上工业总产值", "12345678901234567.89元", "12345678901234567.89", ""),
            ("规上工业总产值", "-5万元", "-50000", ""),
            ("实际使用外资", "1590万美元", "15900000", ""),
            ("满意度", "98.5%", "0.985", ""),
            ("城市信用综合指数", "88.68", "88.68", ""),
        ],
    )
    def test_a_value_is_kept_exactly_with_its_words(
        self, actor, here, chief, series, value, base, kept
    ):
        [made] = recorded(actor, [row(here, "2025", value, series)], chief)
        made.refresh_from_db()
        assert made.value == Decimal(base)
        assert (made.given, made.qualifier) == (value, kept)

    def test_growth_of_232_percent_stays_as_published_and_is_times_3_32(self, actor, here, chief):
        said = row(here, "2023-01/2023-05", "108.2亿元", growth="232%")
        [made] = recorded(actor, [said], chief)
        assert made.growth_pct == Decimal(232)
        found = series_of(here, "industrial_output", "", NOW.date(), None)
        by_kind = {one.kind: one.value for one in found.derived}
        assert by_kind["multiple"] == Decimal("3.32")
        assert by_kind["growth"] == Decimal("232.00")


class TestChecks:
    def test_a_slip_of_unit_is_asked_about_beside_its_row(self, actor, here, clerk, chief):
        recorded(actor, [row(here, f"2025-0{month}", "19亿元") for month in range(3, 6)], chief)
        entered = batch(actor, [row(here, "2026-05", "19亿元"), row(here, "2026-04", "19万元")],
                        clerk)  # fmt: skip
        first, second = entered.rows.all()
        assert first.flags == []
        assert [flag["kind"] for flag in second.flags] == ["unit_jump"]
        with pytest.raises(Refused, match="第 2 行有须说明") as refusal:
            submit_batch(actor=actor, batch=entered, now=NOW, user=clerk)
        assert refusal.value.field == "explanation"
        submit_batch(actor=actor, batch=entered, now=NOW, user=clerk,
                     explanations={2: "停产，仅有试制收入"})  # fmt: skip
        second.refresh_from_db()
        assert second.explanation == "停产，仅有试制收入"

    def test_a_cumulative_figure_that_falls_and_a_part_above_its_whole(self, actor, here):
        entered = batch(actor, [
            row(here, "2026-01/2026-04", "80亿元"), row(here, "2026-01/2026-05", "77.7亿元"),
            row(here, "2026-06", "5.5亿元", "工业投资"),
            row(here, "2026-06", "4亿元", "固定资产投资"),
        ])  # fmt: skip
        kinds = [[flag["kind"] for flag in one.flags] for one in entered.rows.all()]
        assert kinds == [
            [], ["decreasing_cumulative"], ["part_above_whole"], ["part_above_whole"],
        ]  # fmt: skip

    def test_growth_against_levels_is_asked_only_under_one_scope(self, actor, here, chief):
        recorded(actor, [row(here, "2025", "100亿元")], chief)
        apart = batch(actor, [row(here, "2026", "110亿元", growth="28.5%")])
        assert apart.rows.get().flags == []
        same = batch(actor, [row(here, "2026", "110亿元", growth="28.5%", same_scope="是")])
        assert [flag["kind"] for flag in same.rows.get().flags] == ["growth_against_level"]


class TestFourEyes:
    def test_submit_return_correct_approve_lock(self, actor, here, clerk, chief):
        entered = batch(actor, [row(here, "2026-05", "193亿元")], clerk)
        submit_batch(actor=actor, batch=entered, now=NOW, user=clerk)
        return_batch(actor=actor, batch=entered, now=NOW, user=chief, reason="单位错了")
        replace_rows(actor=actor, batch=entered, rows=[row(here, "2026-05", "19.3亿元")], now=NOW,
                     user=clerk)  # fmt: skip
        submit_batch(actor=actor, batch=entered, now=NOW, user=clerk)
        [made] = approve_batch(actor=actor, batch=entered, user=chief, now=NOW)
        assert made.value == Decimal(1_930_000_000)
        entered.refresh_from_db()
        assert entered.state == BatchState.APPROVED
        states = [one.state for one in entered.steps.all()]
        assert states == ["draft", "submitted", "returned", "submitted", "approved"]
        assert Event.objects.filter(action="figures.batch.approved").count() == 1

    def test_nobody_approves_their_own(self, actor, here, clerk, chief):
        entered = batch(actor, [row(here, "2026-05", "19.3亿元")], clerk)
        submit_batch(actor=actor, batch=entered, now=NOW, user=chief)
        for one in (clerk, chief):
            with pytest.raises(Refused, match="由他人审定"):
                approve_batch(actor=actor, batch=entered, user=one, now=NOW)
        assert not Figure.objects.exists()

    def test_the_second_of_two_approvers_hears_who_was_first(self, actor, here, clerk, chief):
        entered = batch(actor, [row(here, "2026-05", "19.3亿元")], clerk)
        submit_batch(actor=actor, batch=entered, now=NOW, user=clerk)
        stale = Batch.objects.get(pk=entered.pk)
        approve_batch(actor=actor, batch=entered, user=chief, now=NOW)
        with pytest.raises(Refused, match="已审定"):
            approve_batch(actor=actor, batch=stale, user=chief, now=NOW)
        assert Figure.objects.count() == 1

    def test_an_approved_batch_takes_no_step_more(self, actor, here, chief):
        recorded(actor, [row(here, "2026-05", "19.3亿元")], chief)
        locked = Batch.objects.get()
        for attempt in (
            lambda: return_batch(actor=actor, batch=locked, now=NOW, reason="迟了"),
            lambda: replace_rows(actor=actor, batch=locked, now=NOW,
                                 rows=[row(here, "2026-05", "1亿元")]),
            lambda: discard_batch(actor=actor, batch=locked, now=NOW, reason="迟了"),
        ):  # fmt: skip
            with pytest.raises(Refused, match="已审定"):
                attempt()


class TestNothingChanges:
    @pytest.mark.parametrize("table", [Figure, FigureEnd, BatchStep, Batch])
    @pytest.mark.parametrize("how", ["update", "delete"])
    def test_the_database_itself_refuses(self, actor, here, chief, table, how):
        [made] = recorded(actor, [row(here, "2026-05", "19.3亿元")], chief)
        withdraw_figure(actor=actor, figure=made, reason="录错", now=NOW)
        rows = table.objects.all()
        before = list(rows.values())
        attempts = {"update": lambda: rows.update(id=made.pk + 9**9),
                    "delete": lambda: rows._raw_delete(rows.db)}  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            attempts[how]()
        assert list(table.objects.values()) == before

    def test_a_revision_is_a_vintage_of_its_own(self, actor, here, chief):
        period = "2026-01/2026-05"
        recorded(actor, [row(here, period, "77.7亿元", status="快报", published="2026-06-10")],
                 chief)  # fmt: skip
        recorded(actor, [row(here, period, "78.1亿元", status="调整", published="2026-07-10")],
                 chief, now=NOW + 20 * DAY)  # fmt: skip
        values = [one.value for one in known([here], ["industrial_output"])]
        assert values == [Decimal(7_770_000_000), Decimal(7_810_000_000)]
        asked = dt.date(2026, 6, 20)
        [then] = known([here], ["industrial_output"], asked)
        assert then.value == Decimal(7_770_000_000)
        found = series_of(here, "industrial_output", "", NOW.date(), None)
        [revision] = [one for one in found.derived if one.kind == "revision"]
        assert revision.value == Decimal(40_000_000)
        assert [figure.value for _one, figure in found.behind(revision.of)] == values

    def test_the_same_vintage_twice_or_with_another_value_is_refused(self, actor, here, chief):
        said = row(here, "2026-05", "19.3亿元", published="2026-06-10")
        [made] = recorded(actor, [said], chief)
        with pytest.raises(Refused, match="已在档"):
            batch(actor, [said])
        other = row(here, "2026-05", "19.4亿元", published="2026-06-10")
        with pytest.raises(Refused, match="另一数值"):
            batch(actor, [other])
        withdraw_figure(actor=actor, figure=made, reason="录错", now=NOW)
        recorded(actor, [other], chief)
        [left] = known([here])
        assert left.value == Decimal(1_940_000_000)

    def test_withdrawing_says_why_and_happens_once(self, actor, here, chief):
        [made] = recorded(actor, [row(here, "2026-05", "19.3亿元")], chief)
        with pytest.raises(Refused, match="理由"):
            withdraw_figure(actor=actor, figure=made, reason=" \x00", now=NOW)
        withdraw_figure(actor=actor, figure=made, reason="录错", now=NOW)
        with pytest.raises(Refused, match="已撤回"):
            withdraw_figure(actor=actor, figure=made, reason="再撤", now=NOW)
        assert known([here]) == []
        assert len(known([here], known_at=NOW.date() - DAY)) == 0
