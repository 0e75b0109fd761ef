"""Targets are counted from the ledger or confirmed by another; what is missing is not zero."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.engines.projects.performance import Signal
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.performance.models import Completion, Target
from openzone.zone.performance.selectors.targets import (
    current,
    history,
    over_half,
    standing,
    standings,
    visible,
)
from openzone.zone.performance.services.targets import change_target, withdraw_target
from openzone.zone.projects.models import Member
from openzone.zone.promotion.enums import LeadState
from openzone.zone.promotion.models import Investor, Lead, LeadCredit
from tests.zone.performance.conftest import MARCH, NOW, PDF, TODAY, YI, arrived

pytestmark = pytest.mark.django_db

WAN_TIMES = 10_000
"""Ten thousand: the unit that slips most often."""


def test_the_zone_a_unit_and_people_each_count_their_own(signed, target, people):
    own = signed("局项目", lead_unit=people.bureau, chief=people.clerk)
    shared = signed("团队项目", lead_unit=people.bureau, chief=people.colleague)
    Member.objects.create(project=shared, user=people.clerk, role="promotion", valid_from=MARCH)
    other = signed("他局项目")
    for one in (own, shared, other):
        arrived(one, 1)
    rows = [
        target("funds_in_place", 10 * YI),
        target("funds_in_place", 10 * YI, scope="unit", unit=people.bureau),
        target("funds_in_place", 10 * YI, scope="person", person=people.clerk),
        target("funds_in_place", 10 * YI, scope="person", person=people.colleague),
    ]
    found = standings(rows, TODAY)
    assert [one.measured.value / YI for one in found] == [3, 2, 2, 1]
    assert [part.id for part in found[3].measured.parts] == [shared.number]


def test_credit_for_a_lead_counts_by_parts_and_stays_with_the_adviser(signed, target, people):
    """蜀山: advisers; a lead that two share gives each their part once its project has signed."""
    half, late, other = signed("线索甲"), signed("线索乙", on=dt.date(2026, 7, 1)), signed("无线索")
    for project, parts in ((half, (0.5, 0.5)), (late, (1, 0)), (None, (1, 0))):
        investor = Investor.objects.create(name="示例投资方", recorded_at=NOW)
        lead = Lead.objects.create(
            number=f"L{project}", title="示例线索", investor=investor,
            source="other", received_on=MARCH, since=MARCH, recorded_at=NOW,
            adviser=people.clerk, project=project,
            state=LeadState.PROJECT if project else LeadState.NEW,
        )  # fmt: skip
        for user, part in zip((people.clerk, people.colleague), parts, strict=True):
            if part:
                LeadCredit.objects.create(lead=lead, user=user, share=Decimal(str(part)))
    rows = [
        target("credited_projects", 4, scope="person", person=people.clerk),
        target("credited_projects", 4),
        target("credited_projects", 4, scope="unit", unit=people.bureau),
    ]
    found = standings(rows, TODAY)
    assert [one.measured.value for one in found] == [Decimal("0.5"), 1, 0]
    assert other.number not in [part.id for one in found for part in one.measured.parts]


def test_the_gap_the_pace_and_the_warning(signed, target):
    arrived(signed("工厂"), 20)
    found = standing(target("funds_in_place", 100 * YI), TODAY)
    made = found.completion
    assert (made.share, found.signal) == (Decimal("0.2"), Signal.FAR_BEHIND)
    assert made.rate_needed == Decimal(80 * YI) / 6
    assert made.gap == 100 * YI * made.time - 20 * YI


def test_over_half_is_asked_of_the_end_of_june_whenever_one_looks(signed, target):
    plant = signed("工厂")
    target("funds_in_place", 284 * YI)
    target("foreign_investment", 7_000_000)
    arrived(plant, "157.6")
    arrived(plant, 80, dt.date(2026, 9, 1))
    arrived(plant, "0.159", currency="USD", foreign=True, usd=Decimal(15_900_000))
    found = over_half(2026, dt.date(2026, 11, 21))
    assert (found.verdict, found.on) == (True, dt.date(2026, 6, 30))
    shares = {one.target.indicator: round(one.completion.share * 100, 2) for one in found.standings}
    assert shares == {
        "funds_in_place": Decimal("55.49"), "foreign_investment": Decimal("227.14"),
    }  # fmt: skip
    assert over_half(2025, TODAY).verdict is None


def test_without_a_target_of_every_headline_indicator_nobody_can_say_over_half(signed, target):
    target("funds_in_place", 100 * YI)
    arrived(signed("工厂"), 60)
    assert over_half(2026, TODAY).verdict is None
    target("foreign_investment", 7_000_000)
    assert over_half(2026, TODAY).verdict is False


def test_a_figure_nobody_reported_is_unknown_and_not_zero(target):
    found = standing(target("new_capacity", 500 * YI, last_year=2027), TODAY)
    assert (found.completion.share, found.signal) == (None, Signal.UNKNOWN)


def test_leshan_reports_until_2027_and_only_what_was_confirmed_counts(target, reported, answered):
    """乐山: 到2027年,新增产能规模500亿元以上; half of the time has passed at the end of June."""
    plan = target("new_capacity", 500 * YI, first_year=2025, last_year=2027)
    answered(reported(plan, 200 * YI, dt.date(2026, 3, 31)))
    returned = reported(plan, 260 * YI)
    waiting = standing(plan, TODAY)
    assert (waiting.completion.share, waiting.waiting) == (Decimal("0.4"), returned)
    answered(returned, confirmed=False, remark="报表口径不符")
    answered(reported(plan, 250 * YI))
    found = standing(plan, TODAY)
    assert (found.completion.share, found.waiting) == (Decimal("0.5"), None)
    assert standing(plan, dt.date(2026, 4, 1)).completion.share == Decimal("0.4")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"indicator": "nothing"}, "indicator"),
        ({"amount": 0}, "amount"),
        ({"first_year": 2027}, "last_year"),
        ({"scope": "unit"}, "scope"),
        ({"document": ""}, "document"),
    ],
)
def test_what_is_no_target_is_refused(target, given, field):
    asked = {"indicator": "funds_in_place", "amount": YI} | given
    with pytest.raises(Refused) as error:
        target(asked.pop("indicator"), asked.pop("amount"), **asked)
    assert error.value.field == field
    assert error.value.reason.zh != error.value.reason.en
    assert not Target.objects.exists()


def test_a_second_target_of_the_same_years_is_refused(target, people):
    target("funds_in_place", YI)
    target("funds_in_place", YI, scope="unit", unit=people.bureau)
    target("funds_in_place", YI, last_year=2027)
    with pytest.raises(Refused, match="已有目标"):
        target("funds_in_place", 2 * YI)


def test_a_change_keeps_the_row_before_and_the_second_person_is_told(target, people, actor):
    first = target("funds_in_place", 284 * YI)
    said = {"actor": actor, "document": "示例〔2026〕9号", "now": NOW}
    made = change_target(
        **said, user=people.keeper, target=first, amount=Decimal(300 * YI), reason="年中调整"
    )
    assert list(current()) == [made]
    assert [one.amount / YI for one in history(made)] == [300, 284]
    with pytest.raises(Refused, match="zhongxin"):
        change_target(
            **said, user=people.second, target=first, amount=Decimal(310 * YI), reason="年中调整"
        )
    with pytest.raises(Refused, match="理由"):
        change_target(**said, user=people.second, target=made, amount=Decimal(1), reason=" ")
    with pytest.raises(Refused, match="相同"):
        change_target(**said, user=people.second, target=made, amount=made.amount, reason="x")


def test_a_withdrawn_target_stands_nowhere_and_can_be_set_again(target, people, actor):
    first = target("funds_in_place", YI)
    withdraw_target(actor=actor, user=people.keeper, target=first, reason="下达有误", now=NOW)
    assert not current().exists()
    again = target("funds_in_place", 2 * YI)
    assert (again.root, list(current())) == (first, [again])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": dt.date(2026, 7, 1)}, "on"),
        ({"on": dt.date(2025, 12, 31)}, "on"),
        ({"file_name": "报表.pdf", "data": b"MZ"}, "file"),
        ({"value": 3}, "value"),
    ],
)
def test_a_report_that_cannot_be_is_refused(target, reported, answered, given, field):
    plan = target("park_revenue", 1000 * YI)
    answered(reported(plan, 3 * WAN_TIMES, dt.date(2026, 3, 31)))
    with pytest.raises(Refused) as error:
        reported(plan, given.pop("value", 4 * WAN_TIMES), **given)
    assert error.value.field == field
    assert Completion.objects.count() == 1


def test_a_slipped_unit_passes_once_somebody_is_sure(target, reported, answered):
    plan = target("park_revenue", 1000 * YI)
    answered(reported(plan, 30_000))
    assert reported(plan, 3 * YI, sure=True).value == 3 * YI


def test_what_the_ledger_counts_is_not_reported(target, reported):
    with pytest.raises(Refused, match="由项目台账计算"):
        reported(target("funds_in_place", YI), 1)


def test_a_report_is_answered_once_by_another(target, reported, answered, people):
    found = reported(target("park_revenue", YI), 1)
    with pytest.raises(Refused, match="不能自己确认"):
        answered(found, people.clerk)
    with pytest.raises(Refused, match="原因"):
        answered(found, confirmed=False)
    answered(found)
    with pytest.raises(Refused, match="已由juzhang答复"):
        answered(found, people.leader, confirmed=False, remark="x")


def test_targets_reports_and_answers_are_never_rewritten(target, reported, answered):
    made = reported(target("park_revenue", YI), 1)
    for row, change in (
        (made.target, {"amount": 5}),
        (made, {"value": 5}),
        (answered(made), {"remark": "x"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()


def test_a_persons_target_is_seen_by_them_and_their_leaders(target, people, stranger):
    own = target("funds_in_place", YI, scope="person", person=people.clerk)
    zone = target("funds_in_place", YI)
    sees = {
        user.username: set(visible(user, TODAY))
        for user in (people.clerk, people.head, people.leader, people.keeper, people.colleague)
    }
    assert sees == {
        "zhaoshang": {own, zone}, "juzhang": {own, zone}, "leader": {own, zone},
        "zhongxin": {own, zone}, "tongshi": {zone},
    }  # fmt: skip


def test_every_step_is_in_the_log(target, reported, answered):
    answered(reported(target("park_revenue", YI), 1))
    said = [one.action for one in Event.objects.filter(action__startswith="performance.")]
    assert said == [
        "performance.target_set", "performance.completion_reported",
        "performance.completion_answered",
    ]  # fmt: skip


def test_a_file_is_what_its_name_says(target, reported):
    made = reported(target("park_revenue", YI), 1)
    assert made.file.read() == PDF
