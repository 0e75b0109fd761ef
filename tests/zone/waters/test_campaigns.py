"""Two sides sample one river: neither sees the other's figures before both have locked."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.cases.models import Case, Notification
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.people.services import grant_membership
from openzone.zone.waters.enums import Cell
from openzone.zone.waters.jobs import SYSTEM
from openzone.zone.waters.models import Campaign, CampaignStep, Sample
from openzone.zone.waters.permissions import may_list, may_see, side_of
from openzone.zone.waters.selectors.compliance import compliance
from openzone.zone.waters.selectors.register import campaigns as visible
from openzone.zone.waters.selectors.register import sections
from openzone.zone.waters.selectors.standing import standing_of
from openzone.zone.waters.selectors.waiting import campaigns_waiting, to_plan
from openzone.zone.waters.services import campaigns, samples
from openzone.zone.waters.services.register import close_section, set_target
from openzone.zone.waters.services.reminding import remind_sides
from tests.zone.waters.river import (
    DUE,
    FULL,
    NOW,
    SAMPLING,
    SPRING,
    TODAY,
    River,
    approved,
    both,
    campaign,
    planned,
    sample,
    section,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LATER = dt.datetime.combine(DUE + DAY, dt.time(9), NOW.tzinfo)


def test_neither_side_sees_the_other_before_both_have_locked(at: River):
    found = campaign(at)
    both(at, found, lock=False)
    standing = standing_of(found, TODAY)
    result = standing.results[0]
    assert standing.shown(result, at.home, at.home) is not None
    assert standing.shown(result, at.partner, at.home) is None
    assert standing.shown(result, at.home, None) is None  # a leader of the zone is no side
    campaigns.lock_figures(**at.by(at.ours), campaign=found)
    assert standing_of(found, TODAY).shown(result, at.partner, at.home) is None
    campaigns.lock_figures(**at.by(at.theirs), campaign=found)
    assert standing_of(found, TODAY).shown(result, at.partner, at.home) is not None


def test_when_time_is_up_what_is_there_is_shown_and_what_is_not_stays_unknown(at: River):
    found = campaign(at)
    sample(at, planned(found), at.ours)
    late = standing_of(found, DUE + DAY)
    assert (standing_of(found, DUE).revealed, late.revealed) == (False, True)
    assert (late.results[0].cell, late.results[0].joint) == (Cell.UNKNOWN, None)


def test_each_enters_only_for_its_own_side(at: River, make_user, office):
    found = campaign(at)
    row = sample(at, planned(found), at.theirs)
    assert row.side_id == at.partner.pk
    stranger = make_user("outsider", Role.HANDLER)
    with pytest.raises(Refused, match="仅限本方人员"):
        sample(at, planned(found), stranger)
    grant_membership(actor=at.actor, user=at.ours, unit=at.partner, role=Role.PARTNER,
                     valid_from=TODAY)  # fmt: skip
    with pytest.raises(Refused, match="同时代表双方"):
        sample(at, planned(found), at.ours)


def test_after_a_lock_only_a_correction_with_a_reason_and_it_ends_approvals(at: River):
    found = campaign(at)
    row = planned(found)
    both(at, found, lock=False)
    campaigns.lock_figures(**at.by(at.ours), campaign=found)
    with pytest.raises(Refused, match="本方已锁定"):
        sample(at, row, at.ours)
    campaigns.lock_figures(**at.by(at.theirs), campaign=found)
    campaigns.approve_campaign(**at.by(at.theirs), campaign=found)
    with pytest.raises(Refused, match="请说明理由"):
        sample(at, row, at.ours)
    fixed = sample(at, row, at.ours, values=FULL | {"cod": "14.5"}, reason="抄录错误")
    assert fixed.knowing
    assert Sample.objects.filter(planned=row, side=at.home).count() == 2
    assert standing_of(found, TODAY).approvals == frozenset()


def test_a_lock_needs_every_required_item_said_one_way_or_another(at: River):
    found = campaign(at)
    row, part = planned(found), {name: one for name, one in FULL.items() if name != "cod"}
    with pytest.raises(Refused, match="样品信息"):
        campaigns.lock_figures(**at.by(at.ours), campaign=found)
    sample(at, row, at.ours, values=part)
    with pytest.raises(Refused, match="化学需氧量"):
        campaigns.lock_figures(**at.by(at.ours), campaign=found)
    sample(at, row, at.ours, values=part | {"cod": "未测"})
    campaigns.lock_figures(**at.by(at.ours), campaign=found)
    with pytest.raises(Refused, match="没有任何监测项目"):
        sample(at, row, at.theirs, values={})
    sample(at, row, at.theirs, values={}, reason="洪水，未采样")
    campaigns.lock_figures(**at.by(at.theirs), campaign=found)
    assert standing_of(found, TODAY).results[0].cell == Cell.UNKNOWN


@pytest.mark.parametrize(
    ("values", "field"),
    [({"cod": "未检出"}, "cod"), ({"cod": "-1"}, "cod"), ({"gold": "1"}, "gold")],
)
def test_a_value_that_says_nothing_is_refused_at_its_item(at: River, values, field: str):
    with pytest.raises(Refused) as caught:
        sample(at, planned(campaign(at)), at.ours, values=values)
    assert caught.value.field == field
    assert not Sample.objects.exists()


def test_too_far_apart_is_sampled_again_before_anybody_approves(at: River):
    found = campaign(at)
    row = both(at, found, theirs={"ammonia": "0.49"})
    with pytest.raises(Refused, match="氨氮"):
        campaigns.approve_campaign(**at.by(at.ours), campaign=found)
    asked = samples.ask_again(**at.by(at.theirs), planned=row)
    assert asked.case is not None
    assert (asked.case.kind, asked.case.lead) == ("water_task", at.home)
    with pytest.raises(Refused, match="已要求复采"):
        samples.ask_again(**at.by(at.ours), planned=row)
    given = {"planned": row, "on": TODAY, "values": {"ammonia": "0.31"}}
    with pytest.raises(Refused, match="第三方"):
        samples.record_again(**at.by(at.ours), **given, laboratory="示例乙站")
    with pytest.raises(Refused, match="还缺：氨氮"):
        samples.record_again(**at.by(at.ours), **given | {"values": {"cod": "14"}}, laboratory="丙")
    samples.record_again(**at.by(at.ours), **given, laboratory="示例丙站")
    result = standing_of(found, TODAY).results[0]
    assert (result.cell, result.joint.settled) == (Cell.MET, ("ammonia",))
    for user in (at.ours, at.theirs):
        campaigns.approve_campaign(**at.by(user), campaign=found)
    found.refresh_from_db()
    assert found.state == "approved"
    with pytest.raises(Refused, match="已结束"):
        sample(at, row, at.ours, reason="太晚")


def test_two_people_of_a_side_at_once_the_second_is_told(at: River):
    found = campaign(at)
    both(at, found)
    campaigns.approve_campaign(**at.by(at.theirs), campaign=found)
    with pytest.raises(Refused, match="本方已确认"):
        campaigns.approve_campaign(**at.by(at.second), campaign=found)
    with pytest.raises(Refused, match="本方已锁定"):
        campaigns.lock_figures(**at.by(at.second), campaign=found)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sample_on": dt.date(2026, 5, 23)}, "不是工作日"),
        ({"sample_on": dt.date(2026, 7, 1)}, "不在该季度内"),
        ({"enter_by": SAMPLING}, "录入截止应晚于"),
    ],
)
def test_plans_that_make_no_sense(at: River, given, said: str):
    with pytest.raises(Refused, match=said):
        campaign(at, **given)
    assert not Campaign.objects.exists()


def test_sections_are_spread_over_working_days_and_planned_once(at: River):
    third = [at.border, at.lake]
    found = campaign(at, *third, sample_on=dt.date(2026, 5, 29))
    assert {one.sample_on for one in found.planned.all()} == {dt.date(2026, 5, 29)}
    with pytest.raises(Refused, match="已有监测"):
        campaign(at)
    campaigns.cancel_campaign(**at.by(at.ours), campaign=found, reason="改期")
    moved = planned(campaign(at))
    campaigns.arrange(**at.by(at.theirs, NOW - 2 * DAY), planned=moved,
                      sample_on=dt.date(2026, 5, 27), sampler="李某")  # fmt: skip
    moved.refresh_from_db()
    assert (moved.sample_on, moved.one_sampler or moved.other_sampler) == (
        dt.date(2026, 5, 27), "李某")  # fmt: skip


def test_compliance_counts_only_what_both_approved_and_never_what_is_missing(at: River):
    def cells(day: dt.date) -> dict[str, str]:
        return {str(one.quarter): one.cell for one in compliance(day) if one.section == at.border}

    assert set(cells(TODAY).values()) == {Cell.UNKNOWN}
    found = approved(at)
    assert (cells(TODAY)["2026Q2"], cells(TODAY)["2026Q1"]) == (Cell.MET, Cell.UNKNOWN)
    assert cells(TODAY - DAY)["2026Q2"] == Cell.UNKNOWN  # as it was known the day before
    set_target(actor=at.actor, section=at.border, level="I", document="新目标", now=NOW,
               document_on=TODAY, valid_from=TODAY)  # fmt: skip
    assert cells(TODAY)["2026Q2"] == Cell.MET  # the target of the sampling day counts
    assert found.steps.filter(what="approved").count() == 2


def test_partners_see_what_they_share_strangers_nothing(at: River, make_user, committee):
    found = campaign(at)
    other = make_user("elsewhere", Role.PARTNER, committee)
    nobody, leader = make_user("nobody"), make_user("leader", Role.LEADER, committee)
    assert [may_list(one, TODAY).allowed for one in (at.theirs, leader, nobody)] == [
        True, True, False]  # fmt: skip
    assert may_see(at.theirs, found.sides, TODAY).allowed
    assert not may_see(other, found.sides, TODAY).allowed
    assert list(visible(other, TODAY)) == list(sections(other, TODAY)) == []
    assert sections(at.theirs, TODAY).count() == 2
    assert side_of(leader, found.sides, TODAY) is None


def test_a_section_with_plans_ahead_is_not_closed(at: River):
    campaign(at, sample_on=dt.date(2026, 6, 3))
    with pytest.raises(Refused, match="有监测安排"):
        close_section(actor=at.actor, section=at.border, valid_to=TODAY, reason="撤销")
    close_section(actor=at.actor, section=at.lake, valid_to=TODAY, reason="撤销")
    at.lake.refresh_from_db()
    with pytest.raises(Refused, match="不在用"):
        campaigns.plan_campaign(**at.by(at.ours), quarter=SPRING, sections=[at.lake],
                                sample_on=dt.date(2026, 6, 3), enter_by=DUE)  # fmt: skip


def test_reminded_once_before_and_once_after_time_is_up(at: River):
    found = campaign(at)
    assert remind_sides(actor=SYSTEM, on=DUE - 10 * DAY, now=NOW) == 0
    assert remind_sides(actor=SYSTEM, on=DUE - 2 * DAY, now=NOW) == 1
    assert remind_sides(actor=SYSTEM, on=DUE - DAY, now=NOW) == 0
    assert remind_sides(actor=SYSTEM, on=DUE + DAY, now=LATER) == 1
    assert remind_sides(actor=SYSTEM, on=DUE + 2 * DAY, now=LATER) == 0
    told = Notification.objects.filter(user=at.theirs, subject=f"water_campaign:{found.pk}")
    assert {"sampling.planned", "sampling.due", "sampling.over"} <= set(
        told.values_list("action", flat=True))  # fmt: skip


def test_what_waits_for_a_side(at: River):
    found = campaign(at)
    assert [one.what for one in campaigns_waiting(at.theirs, TODAY)] == ["enter"]
    both(at, found)
    assert [one.what for one in campaigns_waiting(at.theirs, TODAY)] == ["approve"]
    campaigns.approve_campaign(**at.by(at.theirs), campaign=found)
    assert campaigns_waiting(at.theirs, TODAY) == []
    assert len(campaigns_waiting(at.ours, TODAY)) == 1


def test_nobody_learns_by_asking_whether_hidden_figures_are_apart(at: River):
    found = campaign(at)
    row = both(at, found, theirs={"ammonia": "0.60"}, lock=False)
    with pytest.raises(Refused, match="双方锁定"):
        samples.ask_again(**at.by(at.ours), planned=row)
    assert not Case.objects.exists()
    assert found.steps.count() == 1


def test_what_a_third_laboratory_settled_stays_settled(at: River):
    found = campaign(at)
    row = both(at, found, theirs={"ammonia": "0.60"})
    samples.ask_again(**at.by(at.ours), planned=row)
    given = {"planned": row, "on": TODAY, "laboratory": "示例丙站"}
    samples.record_again(**at.by(at.ours), **given, values={"ammonia": "0.40"})
    sample(at, row, at.ours, values=FULL | {"cod": "5"}, reason="录入有误")
    assert standing_of(found, TODAY).result(row.pk).joint.open == ("cod",)
    samples.record_again(**at.by(at.theirs), **given, values={"cod": "14"})
    result = standing_of(found, TODAY).result(row.pk)
    assert (result.joint.open, result.examined) == ((), {"ammonia": "0.40", "cod": "14"})


def test_samplers_stand_with_the_side_they_were_named_for(at: River):
    turned = section(at.actor, at.partner, at.home, "turned", "示例三河", "river", NOW)
    row = planned(campaign(at, turned, one_sampler="对岸李某", other_sampler="本岸张某"))
    by = {row.campaign.one: row.one_sampler, row.campaign.other: row.other_sampler}
    assert by == {at.partner: "对岸李某", at.home: "本岸张某"}


def test_a_quarter_without_a_campaign_waits_for_both_sides(at: River, make_user):
    assert [one.sides for one in to_plan(at.ours, TODAY)] == [(at.home, at.partner)]
    assert len(to_plan(at.theirs, TODAY)) == 1
    assert to_plan(make_user("nobody"), TODAY) == []
    found = campaign(at)
    assert to_plan(at.ours, TODAY) == []
    campaigns.cancel_campaign(**at.by(at.ours), campaign=found, reason="改期")
    assert len(to_plan(at.ours, TODAY)) == 1


def test_what_was_found_is_never_written_over(at: River):
    found = campaign(at)
    row = sample(at, planned(found), at.ours)
    for change in (
        lambda: Sample.objects.filter(pk=row.pk).update(laboratory="别处"),
        lambda: CampaignStep.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert not Case.objects.exists()
