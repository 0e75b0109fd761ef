"""A task force has a lead office, groups, members and projects with their days; load per person."""

import datetime as dt

import pytest

from openzone.zone.errors import Refused
from openzone.zone.reviews.selectors.forces import listed, loads, teams
from openzone.zone.reviews.services import forces
from tests.zone.reviews.conftest import TODAY, at

pytestmark = pytest.mark.django_db
SINCE = dt.date(2026, 3, 1)


@pytest.fixture
def second(table, actor):
    """Another task force with the same member and another project."""
    made = forces.set_up_force(
        actor=actor, name="示例港口专班", lead_unit=table.bureau, begun_on=SINCE
    )
    forces.add_member(actor=actor, force=made, user=table.member, valid_from=SINCE)
    forces.give_project(actor=actor, force=made, project=table.key, valid_from=SINCE)
    return made


def test_the_load_counts_every_force_project_and_open_obstacle_once(planned, second, stuck):
    stuck(planned.major)
    stuck(planned.key)
    rows = {one.user: (one.forces, one.projects, one.obstacles) for one in loads(TODAY)}
    assert rows == {planned.member: (2, 2, 2), planned.head: (1, 1, 1)}
    assert {one.user for one in loads(TODAY, second)} == {planned.member}


def test_a_day_shows_who_was_there_on_it(table, actor):
    forces.end_member(actor=actor, member=table.member.force_posts.get(), on=TODAY)
    on_the_day, after = (teams(table.force, day) for day in (TODAY, TODAY + dt.timedelta(days=1)))
    assert [len(one.members) for one in on_the_day] == [1, 1]
    assert [len(one.members) for one in after] == [1, 0]
    assert listed(TODAY) == [(table.force, 1, 2, 1)]


def test_nothing_is_there_twice(table, actor):
    group = table.force.groups.get()
    with pytest.raises(Refused, match="已在"):
        forces.add_member(
            actor=actor, force=table.force, user=table.member, group=group, valid_from=SINCE
        )
    with pytest.raises(Refused, match="已负责"):
        forces.give_project(actor=actor, force=table.force, project=table.major, valid_from=SINCE)
    with pytest.raises(Refused):
        forces.add_group(actor=actor, force=table.force, name="要素组", service_line="用地")
    with pytest.raises(Refused):
        forces.set_up_force(
            actor=actor, name=table.force.name, lead_unit=table.bureau, begun_on=SINCE
        )


def test_a_group_is_one_of_its_own_force(table, second, actor):
    with pytest.raises(Refused, match="不属于"):
        forces.add_member(
            actor=actor, force=second, user=table.head, group=table.force.groups.get(),
            valid_from=SINCE,
        )  # fmt: skip


def test_nobody_ends_before_they_began_or_twice(table, actor):
    post = table.member.force_posts.get()
    with pytest.raises(Refused):
        forces.end_member(actor=actor, member=post, on=dt.date(2025, 1, 1))
    forces.end_member(actor=actor, member=post, on=TODAY)
    with pytest.raises(Refused, match="退出"):
        forces.end_member(actor=actor, member=post, on=TODAY)


def test_what_ended_takes_nothing_more(table, actor):
    forces.end_force(actor=actor, force=table.force, on=TODAY, user=table.centre, now=at(TODAY))
    assert table.member.force_posts.get().valid_to == TODAY
    with pytest.raises(Refused, match="撤销"):
        forces.add_group(actor=actor, force=table.force, name="新组", service_line="用工")
    assert loads(TODAY + dt.timedelta(days=1)) == []
