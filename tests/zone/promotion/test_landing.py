"""A lead becomes one project, with what is known of it, and what was said stays readable."""

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.projects.models import Project
from openzone.zone.promotion.enums import LeadState
from openzone.zone.promotion.permissions import may_see
from openzone.zone.promotion.services.following import end
from openzone.zone.promotion.services.landing import become_project
from openzone.zone.promotion.services.leads import change_lead
from openzone.zone.promotion.services.referrals import refer
from tests.zone.promotion.conftest import NOW, TODAY


def land(actor, lead, **given):
    return become_project(actor=actor, lead=lead, **{"name": "", "on": TODAY, "now": NOW} | given)


def test_what_is_known_goes_along(stage, lead, talk, actor, told):
    talk(lead)
    change_lead(actor=actor, lead=lead, node="电子元件", industry="C398")
    project = land(actor, lead, user=stage.clerk)
    assert (project.name, project.investor_name) == ("示例电子元件项目", "江苏恒川电子有限公司")
    assert (project.chain, project.industry, project.origin) == (
        ["电子元件"],
        "C398",
        "domestic_out",
    )
    assert project.synthetic, "an example stays one"
    project.refresh_from_db()
    assert project.total == 500_000_000
    assert [one.user for one in project.members.all()] == [stage.adviser]
    lead.refresh_from_db()
    assert (lead.state, lead.project, project.lead) == (LeadState.PROJECT, project, lead)
    assert project.number in told(stage.adviser)[0]
    assert Event.objects.filter(action="promotion.lead.became_project").count() == 1


def test_once_and_the_second_reads_which(lead, talk, actor):
    talk(lead)
    project = land(actor, lead)
    with pytest.raises(Refused, match=project.number):
        land(actor, lead)
    with pytest.raises(Refused, match=project.number):
        end(actor=actor, lead=lead, to="rejected", reason="不要", on=TODAY, now=NOW)
    assert Project.objects.count() == 1


def test_what_is_missing_is_said_and_no_project_is_made(stage, lead, make_lead, talk, actor):
    with pytest.raises(Refused, match="没有洽谈记录"):
        land(actor, lead)
    talk(lead)
    refer(
        actor=actor, lead=lead, kind="first_talk", to_unit=stage.park, reason="先谈", now=NOW,
        user=stage.adviser,
    )  # fmt: skip
    with pytest.raises(Refused, match="转介未答复"):
        land(actor, lead)
    nobodys = make_lead(unit=None, title="无单位", sure=True)
    talk(nobodys)
    with pytest.raises(Refused) as refused:
        land(actor, nobodys)
    assert refused.value.field == "unit"
    with pytest.raises(Refused):
        land(actor, nobodys, pipeline="nowhere")
    assert not Project.objects.exists()


def test_who_works_on_the_project_reads_what_was_said(stage, lead, talk, actor, make_user):
    talk(lead)
    later = make_user("xiangmu", Role.HANDLER, stage.park)
    assert not may_see(later, lead, TODAY).allowed
    project = land(actor, lead)
    project.lead_unit = stage.park
    project.save()
    lead.refresh_from_db()
    assert may_see(later, lead, TODAY).allowed
