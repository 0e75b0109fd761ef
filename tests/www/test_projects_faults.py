"""Bad input on the pages of projects: a clear answer, and nothing half-written."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from openzone.zone.audit.models import Event
from openzone.zone.people.models import User
from openzone.zone.projects.models import Project
from tests.www.addresses.projects import numbers
from tests.www.conftest import Zone

pytestmark = pytest.mark.django_db
DAY = "2026-05-01"


@pytest.fixture
def project(zone: Zone) -> Project:
    numbers(zone)
    return Project.objects.get(name="示例储能电池项目")


@pytest.fixture
def send(
    project: Project, visit: Callable[[User], Client], colleague: User
) -> Callable[..., tuple[int, str]]:
    """``send(what, **data)``: post a form of the project; returns the status and the page."""

    def post(what: str, **data: str) -> tuple[int, str]:
        answer = visit(colleague).post(f"/projects/{project.pk}/do/{what}/", data)
        return answer.status_code, answer.content.decode()

    return post


def _state(project: Project) -> tuple[Any, ...]:
    fresh = Project.objects.get(pk=project.pk)
    return (fresh.stage, fresh.total, fresh.log.count(), fresh.amounts.count(),
            Event.objects.count())  # fmt: skip


def test_a_stage_without_its_evidence_names_all_that_is_missing(send, project):
    before = _state(project)
    status, page = send("enter", stage="signed", on=DAY)
    assert status == 400
    assert "缺少材料：" in page
    assert "缺少“" in page
    assert _state(project) == before


def test_an_amount_ten_thousand_times_is_asked_about_and_then_let_in(send, project):
    before = _state(project)
    given = {"kind": "total", "value": "50000", "scale": "100000000", "currency": "CNY", "on": DAY}
    status, page = send("amount", **given, reason="调整")
    assert status == 400
    assert "10,000" in page
    assert _state(project) == before
    assert send("amount", **given, reason="调整", sure="on")[0] == 302


def test_an_investment_revised_upward_says_why_and_keeps_both_values(send, project):
    given = {"kind": "total", "value": "62000", "scale": "10000", "currency": "CNY", "on": DAY}
    status, page = send("amount", **given)
    assert status == 400
    assert "须写明调整原因" in page
    assert send("amount", **given, reason="增加二期产线")[0] == 302
    values = [one.value for one in project.amounts.filter(kind="total").order_by("pk")]
    assert values == [Decimal(500_000_000), Decimal(620_000_000)]
    assert Project.objects.get(pk=project.pk).total == Decimal(620_000_000)


def test_a_milestone_before_its_predecessor_is_refused_with_both_named(project, visit, colleague):
    before = list(project.milestones.values_list("code", "planned"))
    rows = {
        "m-TOTAL_FORMS": "2", "m-INITIAL_FORMS": "0",
        "m-0-code": "piles", "m-0-title": "桩基完成", "m-0-planned": "2027-06-01",
        "m-1-code": "roof", "m-1-title": "主体封顶", "m-1-planned": "2027-05-01",
        "m-1-after": "piles",
    }  # fmt: skip
    answer = visit(colleague).post(f"/projects/{project.pk}/milestones/", rows)
    assert answer.status_code == 400
    assert "roof" in answer.content.decode()
    assert list(project.milestones.values_list("code", "planned")) == before


def test_of_two_who_move_a_card_the_second_reads_who_was_first(send, project):
    seen = str(project.last_seq)
    leave = {"reason": "other", "text": "投资方暂缓", "on": DAY}
    assert send("leave", **leave, seen=seen)[0] == 302
    before = _state(project)
    status, page = send("leave", **leave, seen=seen)
    assert status == 400
    assert "已由" in page
    assert _state(project) == before


def test_a_red_light_leads_to_an_obstacle_that_says_why(project, visit, colleague):
    page = visit(colleague).get(
        f"/reviews/projects/{project.pk}/raise/?text=进度低于60%&topic=land"
    )
    assert "进度低于60%" in page.content.decode()
    assert 'value="land" selected' in page.content.decode()
