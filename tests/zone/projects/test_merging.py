"""Two projects that are one, and apart again."""

import datetime as dt

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.projects.models import ProjectMerge
from openzone.zone.projects.selectors.listing import visible
from openzone.zone.projects.selectors.merges import likely_duplicates, preview
from openzone.zone.projects.selectors.statistics import figures
from openzone.zone.projects.services.merging import merge_projects, undo_merge
from openzone.zone.projects.services.projects import add_phase, change_project, create_project
from tests.zone.projects.conftest import JANUARY, NOW, TODAY

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture
def twin(actor, pipe, priced, filed, entered):
    """The same plant, entered a second time with another amount."""
    twin = create_project(
        actor=actor, name="示例电池工厂", pipeline="six_batches", on=JANUARY, now=NOW,
        summary="电池", investor_name="示例新能源", lead_unit=pipe.bureau, industry="C384",
        planned_finish=dt.date(2027, 1, 1), synthetic=True,
    )  # fmt: skip
    for project, value in ((twin, 900_000_000), (pipe.plant, 800_000_000)):
        priced(project, value)
        project.refresh_from_db()
        filed(project, "concept")
        entered(project, "reserve")
        project.refresh_from_db()
    return twin


def merged(actor, pipe, twin, reason="重复录入"):
    return merge_projects(
        actor=actor, survivor=pipe.plant, absorbed=twin, reason=reason, now=NOW, user=pipe.clerk
    )


def count():
    rows = figures("six_batches", *YEAR).entered.rows
    return {row.key[0]: row.count for row in rows}["reserve"]


def test_the_preview_says_what_differs_and_what_stays_behind(pipe, twin):
    found = preview(pipe.plant, twin)
    assert found.differs["total"] == (800_000_000, 900_000_000)
    assert "name" not in found.differs
    assert found.gaps == ("planned_finish",)
    assert found.belongs == {"log": 1, "amounts": 1, "papers": 1}
    assert not ProjectMerge.objects.exists()


def test_what_may_be_one_is_found(pipe, twin):
    assert likely_duplicates(pipe.plant) == [twin]


def test_a_merged_project_counts_nowhere_and_undoing_is_exact(
    actor, pipe, twin, make_user, committee
):
    leader = make_user("lingdao", Role.LEADER, committee)
    assert count() == 2
    done = merged(actor, pipe, twin)
    assert count() == 1
    assert [one.pk for one in visible(leader, TODAY)] == [pipe.plant.pk]
    with pytest.raises(Refused, match="已并入"):
        change_project(actor=actor, project=twin, summary="改")
    with pytest.raises(Refused, match="理由"):
        undo_merge(actor=actor, merge=done, reason=" ", now=NOW)
    undo_merge(actor=actor, merge=done, reason="并错了", now=NOW)
    assert count() == 2
    with pytest.raises(Refused, match="已经撤销"):
        undo_merge(actor=actor, merge=done, reason="再来", now=NOW)
    merged(actor, pipe, twin)
    actions = Event.objects.filter(action__startswith="projects.").values_list("action", flat=True)
    assert list(actions).count("projects.merged") == 2
    assert list(actions).count("projects.unmerged") == 1


def test_what_cannot_be_one_is_refused(actor, pipe, twin):
    given = {"actor": actor, "reason": "重复", "now": NOW}
    with pytest.raises(Refused, match="自身"):
        merge_projects(survivor=twin, absorbed=twin, **given)
    with pytest.raises(Refused, match="理由"):
        merged(actor, pipe, twin, " ")
    real = create_project(actor=actor, name="真", pipeline="six_batches", on=JANUARY, now=NOW)
    with pytest.raises(Refused, match="示例"):
        merge_projects(survivor=real, absorbed=twin, **given)
    second = add_phase(actor=actor, project=twin, name="二期", on=JANUARY, now=NOW)
    with pytest.raises(Refused, match="后续期"):
        merged(actor, pipe, twin)
    with pytest.raises(Refused, match="一期"):
        merge_projects(survivor=second, absorbed=twin, **given)
    assert not ProjectMerge.objects.exists()
