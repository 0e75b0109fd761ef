"""``openzone projects stats`` without a file counts the projects of the zone's record."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.projects.models import Project
from openzone.zone.projects.services.amounts import add_paper, state_amount
from openzone.zone.projects.services.projects import create_project
from openzone.zone.projects.services.stages import enter_stage
from tests.cli.conftest import Command

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 1)
YEAR = ("--from", "2025-01-01", "--to", "2025-12-31")


@pytest.fixture
def reserved() -> Project:
    actor, now = Actor.system("test"), timezone.now()
    project = create_project(
        actor=actor, name="示例工厂", pipeline="six_batches", on=DAY, now=now, summary="内容",
        investor_name="示例投资方", origin="foreign", industry="C384", synthetic=True,
    )  # fmt: skip
    state_amount(
        actor=actor, project=project, kind="total", value=Decimal(920_000_000), on=DAY, now=now
    )
    add_paper(actor=actor, project=project, kind="concept", title="策划", document_no="1", now=now)
    project.refresh_from_db()
    enter_stage(actor=actor, project=project, stage="reserve", on=DAY, now=now, today=now.date())
    return project


def test_projects_on_record_are_counted_with_their_numbers(run: Command, reserved: Project) -> None:
    found = json.loads(run("projects", "stats", *YEAR, "--by", "origin", "--json").out)
    [row] = found["entered"]["rows"]
    assert (row["stage"], row["origin"], row["count"]) == ("reserve", "foreign", 1)
    assert (row["amount"], row["ids"]) == (920_000_000, [reserved.number])
    assert found["without_evidence"] == []


def test_another_pipeline_has_none_of_them(run: Command, reserved: Project) -> None:
    found = json.loads(run("projects", "stats", *YEAR, "--pipeline", "seven_batches", "--json").out)
    assert sum(row["count"] for row in found["entered"]["rows"]) == 0


def test_projects_of_other_pipelines_are_not_left_out_unsaid(
    run: Command, reserved: Project
) -> None:
    answer = run("projects", "stats", *YEAR, "--pipeline", "seven_batches", "--json")
    assert "--pipeline): six_batches 1" in answer.err


def test_what_counters_read_is_derived_anew(run: Command, reserved: Project) -> None:
    reserved.stays.all().delete()
    assert json.loads(run("projects", "stats", *YEAR, "--json").out)["rates"]
    done = run("projects", "rebuild")
    assert done.code == 0, done.err
    assert reserved.stays.get().stage == "reserve"
