"""Visits: planned together, never too many, recorded, overdue when they did not happen."""

import datetime as dt

import pytest

from openzone.zone.errors import Refused
from openzone.zone.visits import permissions
from openzone.zone.visits.enums import Condition, ContactKind, Duty, VisitState
from openzone.zone.visits.models import Finding, Visit, VisitFile
from openzone.zone.visits.selectors.due import lines, of_person, overdue
from openzone.zone.visits.selectors.network import Network
from openzone.zone.visits.selectors.visits import (
    flagged,
    mine,
    open_invitations,
    planned_for,
    units_of,
    waiting_invitations,
)
from openzone.zone.visits.services import visits as services
from openzone.zone.visits.services.assigning import assign, put_in_grid
from openzone.zone.visits.services.findings import add_finding
from tests.files import PNG
from tests.zone.visits.conftest import DAY, LONG_AGO, NOW


@pytest.fixture
def plan(actor, colleague, office):
    def make(enterprise, on=DAY, **given):
        given = {"user": colleague, "unit": office, "purpose": "了解生产经营"} | given
        return services.plan_visit(
            actor=actor, enterprise=enterprise, planned_on=on, today=DAY, **given
        )

    return make


@pytest.fixture
def met(actor, colleague, office):
    def make(enterprise, on, kind=ContactKind.VISIT, **given):
        given = {"condition": Condition.RUNNING, "present": "示例经理"} | given
        return services.record_contact(
            actor=actor,
            user=colleague,
            unit=office,
            enterprise=enterprise,
            kind=kind,
            met_on=on,
            summary="生产正常",
            now=NOW,
            today=DAY,
            **given,
        )

    return make


def _day(ahead):
    return DAY + dt.timedelta(days=ahead)


def test_a_visit_is_no_inspection():
    """“无事不扰”: nothing of enforcement can be written down."""
    words = ("penalt", "fine", "order", "violation", "inspect", "enforce")
    fields = [field.name for model in (Visit, Finding) for field in model._meta.get_fields()]
    assert [name for name in fields if any(word in name for word in words)] == []


def test_two_units_are_offered_to_go_together(plan, firm, committee, leader, actor):
    one = firm("甲")
    first = plan(one, _day(3))
    with pytest.raises(Refused, match=r"示例经济发展局已计划2026-11-23走访.*建议同去"):
        plan(one, _day(10), user=leader, unit=committee)
    services.join_visit(actor=actor, visit=first, user=leader, unit=committee, purpose="调研")
    assert [str(party.unit) for party in first.parties.all()] == [
        "示例经济发展局",
        "示例园区管委会",
    ]
    assert planned_for(one).count() == 1
    with pytest.raises(Refused, match="您已在其中"):
        services.join_visit(actor=actor, visit=first, user=leader, unit=committee, purpose="再去")


def test_who_goes_alone_says_why(plan, firm, leader, committee):
    one = firm("甲")
    plan(one, _day(3))
    alone = plan(one, _day(10), user=leader, unit=committee, apart_because="涉密项目")
    assert alone.apart_because == "涉密项目"
    assert plan(firm("乙"), _day(3)).apart_because == ""


def test_a_third_visit_in_thirty_days_is_refused_with_the_reason(plan, met, firm):
    one = firm("甲")
    met(one, _day(-20))
    met(one, _day(-5))
    with pytest.raises(Refused, match=r"2026-10-31、2026-11-15.*上限2次.*无事不扰") as refusal:
        plan(one, _day(3))
    assert "asks for one" in refusal.value.reason.en
    assert plan(one, _day(12)).planned_on == _day(12)


def test_going_together_is_one_visit_for_the_cap(plan, met, firm, actor, leader, committee):
    one = firm("甲")
    shared = plan(one, _day(1))
    services.join_visit(actor=actor, visit=shared, user=leader, unit=committee, purpose="调研")
    assert met(one, _day(-3)).beyond_cap == ""
    with pytest.raises(Refused, match="上限2次"):
        met(one, _day(-2))


def test_what_the_enterprise_asked_for_is_never_too_much(plan, met, firm, actor):
    one = firm("甲")
    met(one, _day(-9))
    met(one, _day(-5))
    asked = services.invite(
        actor=actor, enterprise=one, wish="请来看新生产线", first=DAY, last=_day(9),
        asked_by="示例厂长", now=NOW,
    )  # fmt: skip
    assert list(waiting_invitations(DAY)) == [asked] == open_invitations(one, DAY)
    visit = plan(one, _day(2), invitation=asked)
    assert open_invitations(one, DAY) == []
    with pytest.raises(Refused, match="不适用于这一天，或已使用"):
        plan(one, _day(4), invitation=asked, apart_because="另有事项")
    services.cancel_visit(actor=actor, visit=visit, reason="企业改期")
    with pytest.raises(Refused, match="不适用于这一天"):
        plan(one, _day(10), invitation=asked)
    assert plan(one, _day(9), invitation=asked).invitation == asked
    with pytest.raises(Refused, match="不适用于这一天"):
        plan(firm("乙"), _day(2), invitation=asked)


def test_calls_do_not_count_as_visits_and_do_not_disturb(met, firm):
    one = firm("甲")
    for ago in range(4):
        met(one, _day(-ago), ContactKind.CALL)
    assert met(one, DAY).kind == ContactKind.VISIT


def test_one_that_took_place_all_the_same_is_kept_with_its_reason(met, firm):
    one = firm("甲")
    met(one, _day(-9))
    met(one, _day(-5))
    with pytest.raises(Refused) as refusal:
        met(one, DAY)
    assert refusal.value.field == "beyond_cap"
    assert met(one, DAY, beyond_cap="汛期紧急查看水情").beyond_cap == "汛期紧急查看水情"
    assert met(firm("乙"), DAY, beyond_cap="并未超过").beyond_cap == ""


class TestAVisitThatMoved:
    """Plans keep to the cap; so does the day on which a visit took place after all."""

    @pytest.fixture
    def recorded(self, actor, colleague):
        given = {"actor": actor, "user": colleague, "now": NOW, "today": DAY, "present": "示例经理"}
        given |= {"summary": "生产正常", "condition": Condition.RUNNING}
        return lambda visit, on, **more: services.record_visit(
            visit=visit, met_on=on, **given | more
        )

    @pytest.fixture
    def later(self, plan, met, firm):
        """Two visits this month and one planned for the next, which is within the cap."""
        one = firm("甲")
        met(one, _day(-9))
        met(one, _day(-5))
        return plan(one, _day(40))

    def test_to_a_day_beyond_the_cap_needs_a_reason(self, later, recorded):
        with pytest.raises(Refused, match=r"2026-11-11、2026-11-15.*上限2次") as refusal:
            recorded(later, DAY)
        assert refusal.value.field == "beyond_cap"
        later.refresh_from_db()
        assert later.state == VisitState.PLANNED, "nothing half-written"
        done = recorded(later, DAY, beyond_cap="企业突发停产，提前前往")
        assert (done.state, done.beyond_cap) == (VisitState.DONE, "企业突发停产，提前前往")

    def test_its_own_old_day_does_not_stand_in_its_way(self, plan, met, firm, recorded):
        one = firm("甲")
        met(one, _day(-5))
        visit = plan(one, _day(3))
        assert recorded(visit, DAY, beyond_cap="并未超过").beyond_cap == ""

    def test_one_the_enterprise_asked_for_moves_freely(self, plan, met, firm, actor, recorded):
        one = firm("甲")
        met(one, _day(-9))
        met(one, _day(-5))
        asked = services.invite(
            actor=actor, enterprise=one, wish="请来看新生产线", first=DAY, last=_day(9),
            asked_by="示例厂长", now=NOW,
        )  # fmt: skip
        visit = plan(one, _day(2), invitation=asked)
        assert recorded(visit, DAY).state == VisitState.DONE

    def test_one_that_took_place_as_planned_is_no_fault_of_who_planned_it(
        self, plan, met, firm, recorded
    ):
        one = firm("甲")
        met(one, _day(-9))
        visit = plan(one, DAY)
        met(one, _day(-1), beyond_cap="汛期紧急查看水情")
        assert recorded(visit, DAY).beyond_cap == ""


def test_met_last_is_the_last_of_all_visits_and_calls(actor, firm, post, met):
    one = _sponsored(actor, firm, post)
    for day in (dt.date(2026, 3, 2), dt.date(2026, 11, 3), dt.date(2025, 7, 1)):
        met(one, day, ContactKind.CALL)
    assert [line.last_met for line in lines(Network(DAY))] == [dt.date(2026, 11, 3)]
    (before,) = lines(Network(dt.date(2026, 6, 1)))
    assert before.last_met == dt.date(2026, 3, 2)


def test_a_planned_visit_is_checked_in_recorded_and_closed(plan, firm, actor, colleague):
    visit = plan(firm("甲"))
    later = NOW + dt.timedelta(hours=1)
    services.check_in(actor=actor, visit=visit, now=NOW)
    assert services.check_in(actor=actor, visit=visit, now=later).checked_in_at == NOW
    given = {"actor": actor, "user": colleague, "visit": visit, "now": NOW, "today": DAY}
    given |= {"summary": "订单增加，缺工20人", "condition": Condition.RUNNING}
    with pytest.raises(Refused, match="请填写企业在场人员"):
        services.record_visit(met_on=DAY, **given)
    with pytest.raises(Refused, match="日期在未来"):
        services.record_visit(met_on=_day(1), present="示例经理", **given)
    done = services.record_visit(met_on=DAY, present="示例经理", **given)
    assert (done.state, done.recorded_by) == (VisitState.DONE, colleague)
    with pytest.raises(Refused, match="已登记或已取消"):
        services.record_visit(met_on=DAY, present="示例经理", **given)


def test_nobody_there_is_a_finding_too(met, firm):
    visit = met(firm("甲"), DAY, condition=Condition.LOST, present="")
    met(firm("乙"), DAY)
    assert [(one.pk, one.condition) for one in flagged()] == [(visit.pk, Condition.LOST)]


def test_evidence_is_what_its_content_says(plan, firm, actor, colleague):
    visit = plan(firm("甲"))
    given = {"actor": actor, "visit": visit, "user": colleague, "now": NOW}
    kept = services.add_evidence(name="现场.png", data=PNG, **given)
    assert (kept.media_type, kept.size) == ("image/png", len(PNG))
    with pytest.raises(Refused):
        services.add_evidence(name="现场.png", data=b"MZ not a picture", **given)
    assert VisitFile.objects.count() == 1


def test_a_finding_needs_a_visit_that_took_place(plan, met, firm, actor, colleague):
    given = {"actor": actor, "user": colleague, "text": "路灯不亮", "now": NOW}
    with pytest.raises(Refused, match="请先登记走访"):
        add_finding(visit=plan(firm("甲")), topic="municipal", **given)
    visit = met(firm("乙"), DAY)
    with pytest.raises(Refused, match="没有这个类别"):
        add_finding(visit=visit, topic="gossip", **given)
    finding = add_finding(visit=visit, topic="municipal", **given)
    assert (finding.origin, finding.enterprise) == (f"visit:{visit.pk}", visit.enterprise)


def test_a_plan_in_the_past_is_refused(plan, firm):
    with pytest.raises(Refused, match="计划日期已过"):
        plan(firm("甲"), _day(-1))


def _sponsored(actor, firm, post, name="甲", since=LONG_AGO):
    enterprise = firm(name)
    held = post("li", Duty.SPONSOR) if name == "甲" else None
    if held:
        assign(actor=actor, enterprise=enterprise, post=held, valid_from=since)
    return enterprise


def test_a_sponsored_enterprise_is_due_for_a_visit_and_a_call_each_month(actor, firm, post, met):
    """翼城: each month at least one visit and one call."""
    one = _sponsored(actor, firm, post)
    met(one, dt.date(2026, 10, 9))
    line = next(iter(lines(Network(DAY))))
    assert (line.sort.id, line.cadence.id) == ("key", "monthly")
    assert [count.need.kind for count in line.standing.missed] == ["call"]
    assert line.next_due.period.last == dt.date(2026, 11, 30)
    assert line.last_met == dt.date(2026, 10, 9)


def test_an_enterprise_of_a_grid_is_due_each_quarter(actor, area, firm, post, met):
    """自贡沿滩: at least one visit a quarter."""
    one, two = firm("甲"), firm("乙")
    post("wang", Duty.GRID, area.one)
    for enterprise in (one, two):
        put_in_grid(actor=actor, enterprise=enterprise, grid=area.one, valid_from=LONG_AGO)
    met(one, dt.date(2026, 9, 30))
    late = overdue(lines(Network(DAY)))
    assert [line.enterprise for line in late] == [two.pk]
    assert overdue(lines(Network(dt.date(2026, 9, 30)))) != []


def test_what_was_not_anybodys_task_yet_is_not_overdue(actor, firm, post):
    _sponsored(actor, firm, post, since=dt.date(2026, 10, 2))
    assert overdue(lines(Network(DAY))) == []


def test_an_orphan_is_no_overdue_visit_but_an_orphan(firm):
    firm("甲")
    assert lines(Network(DAY)) == []


def test_my_enterprises_are_mine_as_a_person_or_by_grid(actor, area, firm, post):
    sponsored, gridded = firm("甲"), firm("乙")
    mine_too = post("li", Duty.SPONSOR)
    assign(actor=actor, enterprise=sponsored, post=mine_too, valid_from=LONG_AGO)
    officer = post("wang", Duty.GRID, area.one)
    put_in_grid(actor=actor, enterprise=gridded, grid=area.one, valid_from=LONG_AGO)
    found = lines(Network(DAY))
    assert [one.enterprise for one in of_person(found, mine_too.user_id, [])] == [sponsored.pk]
    own = of_person(found, officer.user_id, [area.one.pk])
    assert [one.enterprise for one in own] == [gridded.pk]


def test_my_planned_visits_come_in_order(plan, firm, colleague, leader):
    later, sooner = plan(firm("甲"), _day(9)), plan(firm("乙"), _day(2))
    assert list(mine(colleague)) == [sooner, later]
    assert list(mine(leader)) == []


def test_people_go_for_their_own_units(colleague, office, committee, post, area, make_user):
    street = post("grid", Duty.GRID, area.one, unit=committee)
    assert list(units_of(colleague, DAY)) == [office]
    assert set(units_of(street.user, DAY)) == {office, committee}
    assert list(units_of(make_user("nobody"), DAY)) == []


def test_who_goes_records_and_others_do_not(plan, firm, colleague, leader, admin, owner):
    visit = plan(firm("甲"))
    allowed = [permissions.may_record(u, visit, DAY).allowed for u in (colleague, admin)]
    assert allowed == [True, True]
    assert not permissions.may_record(leader, visit, DAY).allowed
    assert not permissions.may_visit(owner, DAY).allowed
