"""Reports: typed and kept, asked about, handed in, sent back, approved by another, corrected."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.engines.series.periods import Period
from openzone.zone.audit.models import Event
from openzone.zone.cases.models import Notification
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import ReportState
from openzone.zone.indicators.models import Figure, Report, ReportReminder, ReportRound, ReportStep
from openzone.zone.indicators.report_packs import asking, before, forms, last_ended, periods
from openzone.zone.indicators.report_permissions import (
    may_decide_report,
    may_fill,
    may_see_report,
)
from openzone.zone.indicators.selectors.reports import columns, energy
from openzone.zone.indicators.services.reminding import occasion, remind, remind_due
from openzone.zone.indicators.services.reports import (
    approve_report,
    return_report,
    save_report,
    start_correction,
    submit_report,
)
from openzone.zone.indicators.services.rounds import close_round, excuse, open_due_rounds
from openzone.zone.people.enums import Role
from tests.factories import make_unit
from tests.zone.indicators.reports_world import (
    CELLS,
    NOW,
    PERIOD,
    TODAY,
    approved,
    filled,
    firm,
    handed_in,
    opened,
    owed,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def owner(make_user):
    return make_user("owner")


@pytest.fixture
def colleague(make_user):
    return make_user("colleague")


@pytest.fixture
def clerk(make_user, office):
    return make_user("clerk", Role.STATISTICS, office)


@pytest.fixture
def maker(actor, owner):
    return firm(actor, "示例电池有限公司", owner)


@pytest.fixture
def report(actor, maker):
    return owed(opened(actor), maker)


def test_quarters_are_counted_from_january_on():
    form = forms()["park_monthly"].model_copy(update={"frequency": "quarter", "with_next": ()})
    assert [str(one) for one in periods(form, 2026)] == [
        "2026-01/2026-03", "2026-01/2026-06", "2026-01/2026-09", "2026",
    ]  # fmt: skip
    assert str(last_ended(form, TODAY)) == "2026-01/2026-09"
    assert before(form, Period(2026, 3, 1)) == Period(2025, 12, 1)
    asked = {one.id: one for one in asking(form, Period(2026, 9, 1))}
    assert asked["revenue"].cumulative
    assert not asked["enterprises"].cumulative


class TestRounds:
    def test_who_was_there_at_the_end_of_the_period_owes_by_a_working_day(self, actor, maker):
        gone = firm(actor, "示例旧厂")
        type(gone).objects.filter(pk=gone.pk).update(valid_to=dt.date(2026, 10, 30))
        one = opened(actor)
        assert [each.entity for each in one.reports.all()] == [maker]
        assert (one.due_on, one.period) == (dt.date(2026, 11, 10), "2026-01/2026-10")

    @pytest.mark.parametrize(
        "period", [Period(2026, 11, 1), Period(2026, 1, 1), Period(2026, 6, 6), Period(2026, 12, 1)]
    )
    def test_a_period_the_form_has_not_or_that_is_not_over_is_refused(self, actor, maker, period):
        with pytest.raises(Refused) as refusal:
            opened(actor, period=period)
        assert refusal.value.field == "period"

    def test_a_round_opens_once_and_not_for_nobody(self, actor, maker):
        opened(actor)
        with pytest.raises(Refused, match="已经开始"):
            opened(actor)
        with pytest.raises(Refused, match="没有应报的单位"):
            opened(actor, form="park_monthly")

    def test_the_morning_opens_what_is_due_and_nothing_twice(self, actor, maker):
        assert open_due_rounds(actor=actor, on=TODAY, now=NOW) == 1
        assert open_due_rounds(actor=actor, on=TODAY, now=NOW) == 0
        assert ReportRound.objects.get().period == "2026-01/2026-10"

    def test_whoever_reports_is_told(self, actor, maker, owner):
        opened(actor)
        assert Notification.objects.get(user=owner).action == "report_opened"

    def test_a_round_with_reports_waiting_is_not_closed(self, actor, report, owner, clerk):
        sent = handed_in(report, owner)
        with pytest.raises(Refused, match="1份报表待审定"):
            close_round(actor=actor, report_round=report.round, now=NOW)
        approve_report(actor=actor, report=sent, version=sent.version, user=clerk, now=NOW)
        assert close_round(actor=actor, report_round=report.round, now=NOW).closed_at == NOW


class TestFilling:
    def test_a_draft_keeps_what_was_typed_even_if_it_is_no_figure(self, report, owner):
        kept = filled(report, owner, {"output": "一些", "tax": "约60"})
        assert (kept.state, kept.cells["output"]) == (ReportState.DRAFT, "一些")
        asked = {one.field.id: one.asked[0] for one in columns(kept) if one.asked}
        assert "不是数" in asked["output"].reason.zh
        assert "约数" in asked["tax"].reason.zh
        assert asked["revenue"].kind == "required"
        with pytest.raises(Refused, match="工业总产值") as refusal:
            submit_report(
                actor=_actor(owner), report=kept, version=kept.version, user=owner, now=NOW
            )
        assert refusal.value.field == "output"

    def test_two_people_at_once_never_overwrite_each_other(self, report, owner):
        first = filled(report, owner, {"output": "1"})
        with pytest.raises(Refused, match="没有保存"):
            save_report(
                actor=_actor(owner), report=report, version=0, cells={"output": "2"}, notes={},
                now=NOW,
            )  # fmt: skip
        first.refresh_from_db()
        assert first.cells["output"] == "1"

    @pytest.mark.parametrize(
        ("cells", "field"),
        [({"output": "1\x00"}, "output"), ({"output": "9" * 65}, "output"), ({"x": "1"}, "cells"),
         ({"output": "\ud800"}, "output")],
    )  # fmt: skip
    def test_what_no_database_keeps_is_refused(self, report, owner, cells, field):
        with pytest.raises(Refused) as refusal:
            filled(report, owner, cells)
        assert refusal.value.field == field
        assert not ReportStep.objects.exists()

    def test_its_own_past_stands_beside_a_cell(self, actor, maker, owner, clerk):
        _before(actor, maker, owner, clerk, Period(2025, 10, 1), {"output": "800"})
        _before(actor, maker, owner, clerk, Period(2026, 9, 1), {"output": "900"})
        report = owed(opened(actor), maker)
        filled(report, owner)
        report.refresh_from_db()
        cell = columns(report)[0]
        assert (cell.year_value, cell.year_change) == (800, Decimal("25.0"))
        assert (cell.last_value, cell.last_change) == (900, Decimal("11.1"))
        assert not cell.asked

    def test_a_departure_needs_a_word(self, actor, maker, owner, clerk):
        _before(actor, maker, owner, clerk, Period(2025, 10, 1), {"output": "500"})
        report = owed(opened(actor), maker)
        with pytest.raises(Refused, match="须写明原因") as refusal:
            handed_in(report, owner)
        assert refusal.value.field == "output"
        sent = handed_in(report, owner, notes={"output": "新线投产"})
        assert sent.state == ReportState.SUBMITTED

    def test_energy_is_worked_out_with_its_factors(self, report, owner):
        kept = filled(report, owner, CELLS | {"coal": "100", "gas": "2万立方米"})
        found = {one.kind.indicator: one.tce for one in energy(kept)}
        assert found["energy_coal"] == Decimal("71.43")
        assert found["energy_gas"] == Decimal("26.6")
        assert found["electricity"] == Decimal("61.45")


class TestDeciding:
    def test_approved_figures_are_on_record_in_base_units(self, report, owner, clerk):
        made = approved(report, owner, clerk)
        found = {one.indicator: one for one in made}
        assert found["industrial_output"].value == 10_000_000
        assert found["electricity"].value == 500_000
        assert found["employees"].period == "../2026-10"
        assert found["revenue"].period == "2026-01/2026-10"
        assert found["revenue"].batch.kind == "submission"
        assert "energy_coal" not in found, "what was not reported is not on record as nought"
        assert Event.objects.filter(action="figures.report.approved").exists()

    def test_nobody_approves_their_own(self, report, owner):
        sent = handed_in(report, owner)
        with pytest.raises(Refused, match="由他人审定"):
            approve_report(
                actor=_actor(owner), report=sent, version=sent.version, user=owner, now=NOW
            )

    def test_sent_back_with_reasons_by_cell_and_handed_in_again(self, report, owner, clerk):
        sent = handed_in(report, owner)
        back = return_report(
            actor=_actor(clerk), report=sent, version=sent.version, reason="",
            cells={"tax": "请核对完税证明"}, now=NOW,
        )  # fmt: skip
        assert (back.state, back.returned) == (ReportState.RETURNED, {"tax": "请核对完税证明"})
        assert back.cells == sent.cells, "the platform changes nothing"
        assert Notification.objects.filter(user=owner, action="report_returned").exists()
        again = handed_in(report, owner, {"tax": "61"})
        assert (again.state, again.returned, again.cells["tax"]) == ("submitted", {}, "61")

    def test_a_return_says_why(self, report, owner, clerk):
        sent = handed_in(report, owner)
        with pytest.raises(Refused) as refusal:
            return_report(actor=_actor(clerk), report=sent, version=sent.version, reason=" ",
                          cells={"tax": ""}, now=NOW)  # fmt: skip
        assert refusal.value.field == "reason"

    def test_locked_is_locked_and_a_correction_is_a_vintage_of_the_reporter(
        self, report, owner, clerk
    ):
        approved(report, owner, clerk)
        with pytest.raises(Refused, match="已审定锁定"):
            filled(report, owner, {"tax": "1"})
        later = NOW + DAY
        start_correction(actor=_actor(owner), report=report, reason="漏计附加税", now=later)
        with pytest.raises(Refused, match="没有需要更正"):
            handed_in(report, owner, now=later)
        (made,) = approved(report, owner, clerk, {"tax": "66"}, now=later)
        assert (made.indicator, made.value, made.status) == ("tax", 660_000, "restated")
        assert Figure.objects.filter(indicator="tax").count() == 2

    def test_late_is_marked_once_and_for_good(self, report, owner, clerk):
        sent = handed_in(report, owner, now=NOW + 10 * DAY)
        assert sent.late
        back = return_report(actor=_actor(clerk), report=sent, version=sent.version, cells={},
                             reason="核对", now=NOW + 10 * DAY)  # fmt: skip
        assert handed_in(back, owner, now=NOW + 11 * DAY).late

    def test_a_report_sent_back_in_time_is_not_late(self, report, owner, clerk):
        sent = handed_in(report, owner)
        back = return_report(actor=_actor(clerk), report=sent, version=sent.version, cells={},
                             reason="核对", now=NOW)  # fmt: skip
        assert not handed_in(back, owner, now=NOW + 10 * DAY).late

    def test_steps_cannot_be_rewritten(self, report, owner):
        filled(report, owner)
        with pytest.raises(DatabaseError), transaction.atomic():
            ReportStep.objects.update(said="改")


class TestReminding:
    def test_each_occasion_is_told_once(self, actor, report, owner):
        told = [
            remind_due(actor=actor, on=dt.date(2026, 11, day), now=NOW + day * DAY)
            for day in (5, 5, 6, 9, 9, 10, 11, 12, 13, 16, 17, 17, 18)
        ]
        assert told == [1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0]
        kinds = list(ReportReminder.objects.values_list("kind", flat=True))
        assert kinds == ["before-3", "before-1", "after-1", "after-3", "escalated"]

    def test_who_handed_in_is_not_reminded(self, actor, report, owner):
        handed_in(report, owner)
        assert remind_due(actor=actor, on=dt.date(2026, 11, 9), now=NOW) == 0

    def test_leaders_and_statisticians_hear_a_number_and_no_name(
        self, actor, report, owner, clerk, make_user, office
    ):
        leader = make_user("leader", Role.LEADER, office)
        assert occasion(report.round.due_on, dt.date(2026, 11, 17)) == "escalated"
        remind_due(actor=actor, on=dt.date(2026, 11, 17), now=NOW)
        for person in (leader, clerk):
            said = Notification.objects.get(user=person, action="report_escalated").text_zh
            assert said.startswith("1家单位逾期未报")
            assert "电池" not in said

    def test_by_hand_once_a_day(self, actor, report, owner):
        assert remind(actor=actor, report_round=report.round, on=TODAY, now=NOW) == 1
        with pytest.raises(Refused, match="今天已经催报过"):
            remind(actor=actor, report_round=report.round, on=TODAY, now=NOW)
        assert remind(actor=actor, report_round=report.round, on=TODAY + DAY, now=NOW) == 1

    def test_who_is_excused_owes_nothing_and_says_why(self, actor, report):
        with pytest.raises(Refused):
            excuse(actor=actor, report=report, reason="", now=NOW)
        excuse(actor=actor, report=report, reason="停产", now=NOW)
        with pytest.raises(Refused, match="没有未报送"):
            remind(actor=actor, report_round=report.round, on=TODAY, now=NOW)


class TestWho:
    def test_owner_colleague_and_stranger(self, report, owner, colleague, clerk, make_user, office):
        handler = make_user("handler", Role.HANDLER, office)
        assert may_fill(owner, report, TODAY).allowed
        for person in (colleague, clerk, handler):
            assert not may_fill(person, report, TODAY).allowed
        assert may_see_report(clerk, report, TODAY).allowed
        assert not may_see_report(handler, report, TODAY).allowed
        assert not may_see_report(colleague, report, TODAY).allowed
        assert may_decide_report(clerk, report, TODAY).allowed
        assert not may_decide_report(owner, report, TODAY).allowed

    def test_a_park_is_reported_by_its_unit_and_decided_by_others(self, actor, make_user, office):
        from openzone.zone.indicators.services.entities import add_entity

        bureau = make_unit("示例分园管理办")
        park = add_entity(actor=actor, kind="park", name="示例分园", unit=bureau)
        here = make_user("here", Role.STATISTICS, bureau)
        there = make_user("there", Role.STATISTICS, office)
        report = owed(opened(actor, form="park_monthly"), park)
        assert may_fill(here, report, TODAY).allowed
        assert not may_fill(there, report, TODAY).allowed
        assert not may_decide_report(here, report, TODAY).allowed
        assert may_decide_report(there, report, TODAY).allowed


def _actor(user):
    from openzone.zone.audit.actors import Actor

    return Actor.of(user)


def _before(actor, maker, owner, clerk, period, cells):
    one = opened(actor, period=period)
    noted = dict.fromkeys(CELLS, "已核实")
    approved(owed(one, maker), owner, clerk, CELLS | cells, notes=noted)


def test_the_period_of_these_tests_is_over():
    assert PERIOD.last == 10
    assert Report._meta.label == "indicators.Report"
