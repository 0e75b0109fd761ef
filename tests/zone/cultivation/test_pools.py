"""The screening proposes with reasons and distance; a person selects; the watch only shows."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.cultivation import permissions
from openzone.zone.cultivation.enums import Choice, Leaving
from openzone.zone.cultivation.models import Entry
from openzone.zone.cultivation.selectors import pools as selectors
from openzone.zone.cultivation.selectors.screening import candidates, reach_of, standing_of
from openzone.zone.cultivation.services import pools as services
from openzone.zone.cultivation.services.recognitions import enter_recognition
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.registry.models import Fact
from openzone.zone.registry.services.merges import merge
from openzone.zone.rulebook.selectors.entitlements import Standing
from tests.zone.cultivation.conftest import DAY

TOMORROW = DAY + dt.timedelta(days=1)


def _on_the_roster(actor, enterprise):
    enter_recognition(
        actor=actor, enterprise=enterprise, title="above_scale", year=2025, source="示例名单"
    )


def _accept(actor, pool, enterprise, **given):
    given = {"reason": "研发强，主业突出", "on": DAY} | given
    return services.accept(actor=actor, pool=pool, enterprise=enterprise, **given)


@pytest.mark.parametrize(
    ("revenue", "proposed"),
    [(15.99, False), (16, True), (18, True), (19.9, True), (20, True), (None, False)],
)
def test_near_is_from_eighty_per_cent_of_the_standard_on(pool, factory, revenue, proposed):
    """Default band 1600 to 2000 万元 (systems.md §3.12)."""
    enterprise = factory(revenue)
    assert [one.enterprise for one in candidates(pool, DAY)] == [enterprise] * proposed


def test_a_candidate_comes_with_its_distance_and_the_nearest_comes_first(pool, factory):
    far, near, over = factory(17), factory(19), factory(25)
    found = candidates(pool, DAY)
    assert [one.enterprise for one in found] == [over, near, far]
    assert [round(one.reached, 2) for one in found] == [1.0, 0.95, 0.85]
    assert [one.standing for one in found] == [Standing.MET, Standing.NEAR, Standing.NEAR]
    assert found[1].entitlement.record.near[0].gap == 1_000_000


def test_the_threshold_is_that_of_the_class(pool, factory):
    """A retailer is near five million, where a factory is far from twenty (§4.2)."""
    shop = factory(4.5, industry="F5211")
    factory(4.5)
    assert [one.enterprise for one in candidates(pool, DAY)] == [shop]


def test_who_is_on_the_roster_is_no_candidate(pool, factory, actor):
    entered = factory(25)
    _on_the_roster(actor, entered)
    assert candidates(pool, DAY) == []


def test_a_projection_stands_apart_from_the_figures(pool, factory):
    growing, flat = factory(18, 14), factory(17, 17)
    found = {one.enterprise: one for one in candidates(pool, DAY)}
    assert found[growing].projection.month == dt.date(2026, 6, 1)
    assert found[flat].projection.months is None
    assert Fact.objects.filter(series="main_business_revenue").count() == 4


def test_screening_writes_nothing_and_decides_nothing(pool, factory):
    factory(19)
    facts, events = Fact.objects.count(), Event.objects.count()
    candidates(pool, DAY)
    assert (Fact.objects.count(), Event.objects.count()) == (facts, events)
    assert not Entry.objects.exists()


def test_the_zone_widens_the_band_and_the_old_one_stays_on_record(pool, factory, actor):
    enterprise = factory(14.5)
    band = {"actor": actor, "pool": pool, "met": False, "unknown": False}
    services.set_band(within=Decimal("0.3"), reason="扩大培育面", **band)
    assert [one.enterprise for one in candidates(pool, DAY)] == [enterprise]
    factory(25)
    assert len(candidates(pool, DAY)) == 1
    services.set_band(within=Decimal("0.1"), reason="收紧", **band)
    assert reach_of(pool).within == 0.1
    assert candidates(pool, DAY) == []


def test_the_zone_may_list_those_of_whom_a_figure_is_missing(pool, factory, actor):
    unknown = factory(None)
    services.set_band(
        actor=actor, pool=pool, within=Decimal("0.2"), met=True, unknown=True, reason="补数据"
    )
    found = candidates(pool, DAY)
    assert [one.enterprise for one in found] == [unknown]
    assert found[0].entitlement.record.missing == ("main_business_revenue_y1",)
    assert found[0].share is None


@pytest.mark.parametrize("within", [Decimal(0), Decimal("1.01"), Decimal(-1)])
def test_a_band_is_a_share(pool, actor, within):
    with pytest.raises(Refused):
        services.set_band(
            actor=actor, pool=pool, within=within, met=True, unknown=False, reason="x"
        )


def test_a_person_takes_a_candidate_with_a_reason_and_the_basis_is_kept(pool, factory, actor):
    enterprise = factory(18)
    entry = _accept(actor, pool, enterprise)
    assert entry.basis["standing"] == "near"
    assert entry.basis["share"] == pytest.approx(0.1)
    assert candidates(pool, DAY) == []
    assert list(selectors.inside(pool, DAY)) == [entry]
    event = Event.objects.get(action="cultivation.entry.accepted")
    assert event.subject == f"enterprise:{enterprise.pk}"


def test_without_a_reason_nothing_is_decided(pool, factory, actor):
    for decide in (services.accept, services.decline):
        with pytest.raises(Refused) as refusal:
            decide(actor=actor, pool=pool, enterprise=factory(18), reason=" ", on=DAY)
        assert refusal.value.field == "reason"
    assert not Entry.objects.exists()


def test_an_enterprise_is_in_a_pool_once(pool, factory, actor):
    enterprise = factory(18)
    _accept(actor, pool, enterprise)
    with pytest.raises(Refused, match="已在库"):
        _accept(actor, pool, enterprise)


def test_who_was_declined_is_still_shown_with_the_reason_and_may_be_taken_later(
    pool, factory, actor
):
    enterprise = factory(18)
    services.decline(actor=actor, pool=pool, enterprise=enterprise, reason="拟迁出", on=DAY)
    (candidate,) = candidates(pool, DAY)
    assert candidate.declined.reason == "拟迁出"
    _accept(actor, pool, enterprise, on=TOMORROW)
    assert selectors.decisions(pool).count() == 2
    assert selectors.decisions(pool, Choice.DECLINED).count() == 1


def test_entry_and_exit_are_dated(pool, factory, actor):
    entry = _accept(actor, pool, factory(18))
    services.leave(actor=actor, entry=entry, leaving=Leaving.REACHED, on=TOMORROW)
    assert selectors.inside(pool, TOMORROW).count() == 1
    assert selectors.inside(pool, TOMORROW + dt.timedelta(days=1)).count() == 0
    assert selectors.inside(pool, DAY - dt.timedelta(days=1)).count() == 0
    assert list(selectors.left(pool, DAY, TOMORROW)) == [entry]
    with pytest.raises(Refused, match="不在库"):
        services.leave(actor=actor, entry=entry, leaving=Leaving.REACHED, on=TOMORROW)


def test_it_cannot_leave_before_it_came(pool, factory, actor):
    entry = _accept(actor, pool, factory(18))
    with pytest.raises(Refused, match="早于"):
        services.leave(
            actor=actor, entry=entry, leaving=Leaving.DROPPED, on=DAY - dt.timedelta(days=1)
        )


def test_tutoring_tasks_and_papers_are_recorded(pool, factory, actor):
    entry = _accept(actor, pool, factory(18))
    services.record_tutoring(actor=actor, entry=entry, on=DAY, what="讲解申报流程", today=DAY)
    with pytest.raises(Refused, match="未来"):
        services.record_tutoring(actor=actor, entry=entry, on=TOMORROW, what="x", today=DAY)
    task = services.set_task(actor=actor, entry=entry, what="补齐报表", due_on=DAY)
    assert list(selectors.open_tasks(TOMORROW, overdue=True)) == [task]
    assert selectors.tasks_by_pool(TOMORROW) == {"near_scale": 1}
    services.finish_task(actor=actor, task=task, on=TOMORROW)
    assert not selectors.open_tasks(TOMORROW).exists()
    with pytest.raises(Refused, match="已完成"):
        services.finish_task(actor=actor, task=task, on=TOMORROW)
    current = services.collect_materials(actor=actor, entry=entry, collected=["vat", "licence"])
    assert current.collected == ["licence", "vat"]
    assert "accounts" in selectors.missing_materials(pool, current)
    with pytest.raises(Refused, match="没有这种材料"):
        services.collect_materials(actor=actor, entry=entry, collected=["gold"])


def test_after_entry_who_falls_below_is_shown(pool, factory, actor):
    fallen, fine = factory(15), factory(25)
    for enterprise in (fallen, fine):
        _on_the_roster(actor, enterprise)
    (found,) = selectors.fallen(pool, DAY)
    assert found.enterprise == fallen
    assert found.share == pytest.approx(0.25)


def test_a_merged_enterprise_stays_in_its_pool(pool, factory, actor):
    absorbed, survivor = factory(18), factory(18.5)
    _accept(actor, pool, absorbed)
    merge(actor=actor, survivor=survivor, absorbed=absorbed, reason="重复")
    assert candidates(pool, DAY) == []
    with pytest.raises(Refused, match="已在库"):
        _accept(actor, pool, survivor)


def test_one_enterprise_is_asked_about_alone(pool, factory):
    assert standing_of(pool, factory(19), DAY).share == pytest.approx(0.05)
    assert standing_of(pool, factory(19), dt.date(2001, 1, 1)) is None


@pytest.mark.parametrize(
    ("role", "screen", "select", "keep"),
    [
        (Role.ADMIN, True, True, True),
        (Role.CENTRE, True, True, True),
        (Role.HANDLER, True, True, False),
        (Role.LEADER, True, False, False),
        (Role.BANK, False, False, False),
        (None, False, False, False),
    ],
)
def test_who_may_what(make_user, committee, role, screen, select, keep):
    user = make_user("somebody", role, committee)
    decisions = (
        permissions.may_screen(user, DAY),
        permissions.may_select(user, DAY),
        permissions.may_keep(user, DAY),
    )
    assert tuple(decision.allowed for decision in decisions) == (screen, select, keep)
    assert all(decision.reason.zh and decision.reason.en for decision in decisions)


def test_the_tutor_records_without_selecting(pool, factory, actor, leader, stranger):
    entry = _accept(actor, pool, factory(18), tutor=leader)
    assert permissions.may_tutor(leader, entry, DAY).allowed
    assert not permissions.may_tutor(stranger, entry, DAY).allowed
