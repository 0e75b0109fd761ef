"""Who sees a project and who works on it: the office in charge, everybody else, the outsider."""

import datetime as dt

import pytest

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.services import create_unit
from openzone.zone.projects.enums import TeamRole
from openzone.zone.projects.permissions import (
    may_edit,
    may_list,
    may_open,
    may_rule,
    may_see,
    may_tidy,
)
from openzone.zone.projects.selectors.listing import visible
from openzone.zone.projects.services.projects import change_project, join_team, leave_team
from tests.zone.projects.conftest import JANUARY, TODAY


@pytest.fixture
def outsider(make_user, committee, actor):
    other = create_unit(
        actor=actor, code="culture", name="示例文旅局", kind=UnitKind.DEPARTMENT, parent=committee
    )
    return make_user("wenlv", Role.HANDLER, other)


def answers(user, project, on=TODAY):
    listed = visible(user, on).filter(pk=project.pk).exists()
    seen = may_see(user, project, on).allowed
    assert listed == seen, "lists and pages must agree"
    return seen, may_edit(user, project, on).allowed


def test_people_of_the_lead_unit_read_and_write(pipe):
    assert answers(pipe.clerk, pipe.plant) == (True, True)
    assert may_open(pipe.clerk, TODAY).allowed


def test_people_of_another_unit_see_nothing_and_are_told_why(pipe, outsider):
    assert answers(outsider, pipe.plant) == (False, False)
    assert "牵头单位" in may_see(outsider, pipe.plant, TODAY).reason.zh
    assert "lead unit" in may_see(outsider, pipe.plant, TODAY).reason.en


def test_leaders_read_and_decide_but_do_not_write(pipe, make_user, committee):
    leader = make_user("lingdao", Role.LEADER, committee)
    assert answers(leader, pipe.plant) == (True, False)
    assert may_rule(leader, pipe.plant, TODAY).allowed
    assert not may_rule(pipe.clerk, pipe.plant, TODAY).allowed


def test_the_centre_works_on_every_project_and_tidies(pipe, make_user, committee):
    centre = make_user("zhongxin", Role.CENTRE, committee)
    assert answers(centre, pipe.plant) == (True, True)
    assert may_tidy(centre, TODAY).allowed
    assert not may_tidy(pipe.clerk, TODAY).allowed


def test_a_member_of_the_team_works_on_it_while_they_are_one(pipe, outsider, actor):
    member = join_team(
        actor=actor, project=pipe.plant, user=outsider, role=TeamRole.APPROVALS, on=JANUARY
    )
    assert answers(outsider, pipe.plant) == (True, True)
    leave_team(actor=actor, member=member, on=TODAY)
    assert answers(outsider, pipe.plant) == (True, True)
    assert answers(outsider, pipe.plant, TODAY + dt.timedelta(days=1)) == (False, False)


def test_the_chief_works_on_it_whatever_unit_they_are_of(pipe, outsider, actor):
    change_project(actor=actor, project=pipe.plant, chief=outsider)
    pipe.plant.refresh_from_db()
    assert answers(outsider, pipe.plant) == (True, True)


def test_the_contact_of_the_investor_reads_none_of_the_file(pipe, make_user, actor):
    contact = make_user("touzifang")
    join_team(actor=actor, project=pipe.plant, user=contact, role=TeamRole.INVESTOR, on=JANUARY)
    assert answers(contact, pipe.plant) == (False, False)
    assert not may_list(contact, TODAY).allowed


def test_who_left_the_zone_sees_nothing(pipe, actor):
    pipe.clerk.is_active = False
    pipe.clerk.save()
    change_project(actor=actor, project=pipe.plant, chief=pipe.clerk)
    pipe.plant.refresh_from_db()
    assert answers(pipe.clerk, pipe.plant) == (False, False)
