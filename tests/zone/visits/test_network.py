"""Everybody has somebody: the roster, the grids, who covers whom, hand-over, proposals."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise, PersonInCharge, Subject
from openzone.zone.registry.services.enterprises import create_place
from openzone.zone.registry.services.merges import merge
from openzone.zone.visits.enums import Duty, Level
from openzone.zone.visits.models import GridMembership, Post
from openzone.zone.visits.selectors.coverage import (
    balances,
    coverage,
    grid_lines,
    personal_loads,
    propose_grids,
    propose_officers,
)
from openzone.zone.visits.selectors.network import Holder, Network
from openzone.zone.visits.services.assigning import (
    assign,
    assign_many,
    put_in_grid,
    put_many_in_grids,
)
from openzone.zone.visits.services.handover import hand_over
from openzone.zone.visits.services.roster import end_post
from openzone.zone.visits.services.visits import plan_visit
from tests.zone.visits.conftest import DAY, LONG_AGO

TOMORROW = DAY + dt.timedelta(days=1)


def _given(actor, firm, post, since=LONG_AGO):
    return assign(actor=actor, enterprise=firm, post=post, valid_from=since)


def _in(actor, firm, grid, since=LONG_AGO):
    return put_in_grid(actor=actor, enterprise=firm, grid=grid, valid_from=since)


def test_nobody_is_forgotten_and_every_orphan_is_named(actor, area, firm, post):
    cared, gridded, alone = firm("甲"), firm("乙"), firm("丙")
    _given(actor, cared, post("li", Duty.SPONSOR))
    post("wang", Duty.GRID, area.one)
    _in(actor, gridded, area.one)
    found = coverage(Network(DAY))
    assert (found.enterprises, found.covered, found.orphans) == (3, 2, (alone.pk,))
    assert (found.sponsored, found.with_officer, found.in_grid) == (1, 0, 1)


def test_a_grid_without_an_officer_looks_after_nobody(actor, area, firm, post):
    one = firm("甲")
    _in(actor, one, area.one)
    assert coverage(Network(DAY)).orphans == (one.pk,)
    post("wang", Duty.GRID, area.one, valid_from=DAY)
    assert coverage(Network(DAY)).orphans == ()
    assert coverage(Network(DAY - dt.timedelta(days=1))).orphans == (one.pk,)


def test_the_three_levels_reach_an_enterprise_through_its_grid(actor, area, firm, post):
    one = firm("甲")
    _in(actor, one, area.one)
    post("grid", Duty.GRID, area.one)
    post("street", Duty.SERVICE_OFFICER, area.east)
    post("elsewhere", Duty.SERVICE_OFFICER, area.west)
    cover = Network(DAY).cover(one.pk)
    assert {(level, str(who.user)) for level, who in cover.posts} == {
        (Level.COMMUNITY, "grid"),
        (Level.STREET, "street"),
    }
    _given(actor, one, post("centre", Duty.SERVICE_OFFICER))
    assert Network(DAY).cover(one.pk).levels == set(Level)


def test_a_person_follows_another_without_a_gap(actor, area, firm, post):
    one, first, second = firm("甲"), post("li", Duty.SPONSOR), post("wu", Duty.SPONSOR)
    _given(actor, one, first)
    _given(actor, one, second, since=DAY)
    terms = PersonInCharge.objects.filter(subject=one.pk).order_by("valid_from")
    assert [(str(t.user), t.valid_to) for t in terms] == [
        ("li", DAY - dt.timedelta(days=1)),
        ("wu", None),
    ]
    with pytest.raises(Refused, match="已由此人负责"):
        _given(actor, one, second, since=TOMORROW)


def test_only_who_is_on_the_roster_that_day_is_assigned(actor, area, firm, post):
    gone = post("li", Duty.SPONSOR, valid_to=dt.date(2026, 6, 30))
    with pytest.raises(Refused, match="不在名册上"):
        _given(actor, firm("甲"), gone, since=DAY)
    with pytest.raises(Refused, match="通过网格"):
        _given(actor, firm("乙"), post("wang", Duty.GRID, area.one))


def test_an_enterprise_is_in_one_grid_at_a_time(actor, area, firm):
    one = firm("甲")
    _in(actor, one, area.one)
    _in(actor, one, area.two, since=DAY)
    before, now = GridMembership.objects.order_by("pk")
    assert (before.valid_to, now.valid_to) == (DAY - dt.timedelta(days=1), None)
    assert Network(dt.date(2026, 5, 1)).grid_of(one.pk) == area.one.pk
    assert Network(DAY).grid_of(one.pk) == area.two.pk
    with pytest.raises(Refused, match="已在该网格"):
        _in(actor, one, area.two, since=TOMORROW)
    with pytest.raises(Refused, match="请填写之后的日期"):
        _in(actor, one, area.three, since=LONG_AGO)
    with pytest.raises(Refused, match="请选择网格"):
        _in(actor, one, area.east, since=TOMORROW)


def test_a_grid_has_one_officer_at_a_time(area, post):
    post("wang", Duty.GRID, area.one)
    with pytest.raises(Refused, match=r"wang.*请先结束或交接"):
        post("zhao", Duty.GRID, area.one, valid_from=DAY)
    with pytest.raises(Refused, match="请选择网格"):
        post("zhao", Duty.GRID, area.east)


def test_who_still_has_enterprises_hands_over_before_leaving(actor, area, firm, post):
    held = post("li", Duty.SPONSOR)
    _given(actor, firm("甲"), held)
    with pytest.raises(Refused, match="仍负责1家企业"):
        end_post(actor=actor, post=held, last_day=DAY)
    assert Post.objects.get().valid_to is None


def test_a_hand_over_takes_enterprises_grids_and_planned_visits_along(
    actor, area, firm, post, make_user, office
):
    leaving, successor = post("li", Duty.SPONSOR), make_user("wu")
    post("li", Duty.GRID, area.one)
    one = firm("甲")
    _given(actor, one, leaving)
    visit = plan_visit(
        actor=actor,
        user=leaving.user,
        unit=office,
        enterprise=one,
        planned_on=TOMORROW,
        purpose="月度走访",
        today=DAY,
    )
    moved = hand_over(
        actor=actor, leaving=leaving.user, successor=successor, first_day=TOMORROW, reason="调任"
    )
    assert moved == 4
    assert Network(TOMORROW).holder(one.pk, Duty.SPONSOR) == Holder(successor.pk, "")
    assert Network(DAY).holder(one.pk, Duty.SPONSOR) == Holder(leaving.user.pk, "")
    assert Network(TOMORROW).posts[area.one.pk][0].user == successor
    assert [party.user for party in visit.parties.all()] == [successor]
    assert Event.objects.filter(action="visits.handed_over").count() == 1


def test_a_hand_over_that_makes_no_sense_changes_nothing(actor, area, firm, post, make_user):
    leaving = post("li", Duty.SPONSOR)
    _given(actor, firm("甲"), leaving, since=TOMORROW)
    given = {"actor": actor, "leaving": leaving.user, "first_day": DAY, "reason": "调任"}
    with pytest.raises(Refused, match="不能交接给本人"):
        hand_over(successor=leaving.user, **given)
    with pytest.raises(Refused, match="请先更正"):
        hand_over(successor=make_user("wu"), **given)
    assert PersonInCharge.objects.get().user == leaving.user


def test_responsibility_counts_from_the_first_of_who_followed_each_other(actor, firm, post):
    one = firm("甲")
    _given(actor, one, post("li", Duty.SPONSOR), since=dt.date(2026, 3, 1))
    _given(actor, one, post("wu", Duty.SPONSOR), since=dt.date(2026, 9, 1))
    assert Network(DAY).since(one.pk, Duty.SPONSOR) == dt.date(2026, 3, 1)
    assert Network(DAY).since(one.pk, Duty.GRID) is None


def test_a_merged_enterprise_is_looked_after_where_it_went(actor, area, firm, post):
    kept, gone = firm("甲"), firm("乙")
    post("wang", Duty.GRID, area.one)
    _in(actor, gone, area.one)
    merge(actor=actor, survivor=kept, absorbed=gone, reason="重复")
    found = coverage(Network(DAY))
    assert (found.enterprises, found.orphans) == (1, ())


def test_orphans_are_proposed_to_the_emptiest_grid_inside_their_place(actor, area, firm, post):
    _in(actor, firm("甲"), area.one)
    easterner, nowhere, there = firm("乙", area.east), firm("丙"), firm("丁", area.three)
    found = propose_grids(Network(DAY))
    assert dict(found.pairs) == {easterner.pk: area.two.pk, there.pk: area.three.pk}
    assert found.nobody == (nowhere.pk,)
    assert GridMembership.objects.count() == 1  # a proposal writes nothing
    assert put_many_in_grids(actor=actor, pairs=found.pairs, valid_from=DAY) == 2
    assert propose_grids(Network(DAY)).pairs == ()


def test_a_proposal_that_is_out_of_date_is_refused_as_a_whole(actor, area, firm):
    one, two = firm("甲", area.east), firm("乙", area.east)
    pairs = propose_grids(Network(DAY)).pairs
    _in(actor, one, area.two)
    with pytest.raises(Refused, match="请重新生成"):
        put_many_in_grids(actor=actor, pairs=pairs, valid_from=DAY)
    assert not GridMembership.objects.filter(enterprise=two).exists()
    with pytest.raises(Refused, match="不是网格"):
        put_many_in_grids(actor=actor, pairs=[(two.pk, area.east.pk)], valid_from=DAY)


def test_officers_of_the_place_come_before_those_of_the_centre(actor, area, firm, post):
    local = post("local", Duty.SERVICE_OFFICER, area.east)
    centre = post("centre", Duty.SERVICE_OFFICER)
    east, west = firm("甲", area.east), firm("乙", area.west)
    found = propose_officers(Network(DAY))
    assert dict(found.pairs) == {east.pk: local.pk, west.pk: centre.pk}
    posts = {pk: Post.objects.get(pk=number) for pk, number in found.pairs}
    assert assign_many(actor=actor, pairs=posts, valid_from=DAY) == 2
    assert coverage(Network(DAY)).orphans == ()


def test_load_counts_who_has_nothing(actor, area, firm, post):
    busy, idle = post("busy", Duty.SPONSOR), post("idle", Duty.SPONSOR)
    for name in "甲乙丙":
        _given(actor, firm(name), busy)
    network = Network(DAY)
    assert personal_loads(network, Duty.SPONSOR) == {
        Holder(busy.user_id, ""): 3,
        Holder(idle.user_id, ""): 0,
    }
    even = balances(network)[Duty.SPONSOR]
    assert (even.least, even.most, even.median) == (0, 3, 1.5)
    assert balances(network)[Duty.SERVICE_OFFICER] is None


def test_a_grid_shows_where_it_lies_and_who_serves_it(actor, area, firm, post):
    post("wang", Duty.GRID, area.two)
    _in(actor, firm("甲"), area.two)
    lines = {line.name: line for line in grid_lines(Network(DAY))}
    line = lines["示例grid-2"]
    assert (line.street, line.community, line.enterprises) == ("示例east", "示例river", 1)
    assert (str(line.officer.user), lines["示例grid-1"].officer) == ("wang", None)


def _zone_of(actor, count, grids, park):
    """Write a zone of so many enterprises as the importer does, in bulk."""
    subjects = Subject.objects.bulk_create(Subject(kind="enterprise") for _ in range(count))
    Enterprise.objects.bulk_create(
        (
            Enterprise(subject=one, root_id=one.pk, name=f"示例{place}", place=park)
            for place, one in enumerate(subjects)
        ),
        batch_size=2_000,
    )
    return [
        create_place(actor=actor, code=f"g-{n}", name=f"示例网格{n}", kind="grid", parent=park)
        for n in range(grids)
    ]


def test_11_711_enterprises_in_94_grids_leave_no_orphan(actor, area, post):
    """合肥经开: 11 711 enterprises, 94 grids, each with an officer."""
    for grid in _zone_of(actor, 11_711, 91, area.park):
        post("wang", Duty.GRID, grid)
    for grid in (area.one, area.two, area.three):
        post("wang", Duty.GRID, grid)
    assert len(coverage(Network(DAY)).orphans) == 11_711
    found = propose_grids(Network(DAY))
    assert found.nobody == ()
    assert put_many_in_grids(actor=actor, pairs=found.pairs, valid_from=DAY) == 11_711
    with CaptureQueriesContext(connection) as queries:
        network = Network(DAY)
        report, even = coverage(network), balances(network)[Duty.GRID]
    assert (report.covered, report.orphans) == (11_711, ())
    assert (even.assignees, even.least, even.most) == (94, 124, 125)
    assert len(queries) <= 6
