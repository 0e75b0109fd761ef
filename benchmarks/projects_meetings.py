"""Review meetings about 20,000 projects: obstacles, promises, decisions, and the agendas of a day.

Part of ``benchmarks.projects_zone``, which has filled the zone before.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

OBSTACLES, AGREEMENTS, FORCES = 400, 2_000, 20
BLOCK = 20_000


def fill(today: dt.date) -> dict[str, Any]:
    """Give projects chiefs, task forces, obstacles and promises; return a meeting of each tier."""
    from openzone.zone.audit.actors import Actor
    from openzone.zone.reviews.models import Meeting
    from openzone.zone.reviews.services.planning import plan_meetings

    actor = Actor.system("benchmark")
    _lead(actor)
    _forces(actor, today)
    _obstacles(actor, today)
    _promises(today)
    plan_meetings(actor=actor, today=today)
    found = {
        tier: Meeting.objects.filter(tier=tier).order_by("on", "pk").first()
        for tier in ("force", "chief", "leaders")
    }
    return {tier: meeting for tier, meeting in found.items() if meeting is not None}


def calls(meetings: dict[str, Any]) -> dict[str, Callable[[], object]]:
    """Return what is timed: making the agenda of a meeting as it is made, written and frozen."""
    from openzone.zone.reviews.selectors.scope import projects_of

    made: dict[str, Callable[[], object]] = {
        f"agenda of the {tier}, {projects_of(one).count()} projects": _making(one)
        for tier, one in meetings.items()
    }
    leaders = meetings["leaders"]
    made["agenda of the leaders, if every project were theirs"] = _making(leaders, everything=True)
    return made


def _making(meeting: Any, *, everything: bool = False) -> Callable[[], object]:
    from django.utils import timezone

    from openzone.zone.audit.actors import Actor
    from openzone.zone.projects.models import Project
    from openzone.zone.reviews.services.planning import prepare_meeting

    def make() -> object:
        if everything and Project.objects.filter(review_class="ordinary").exists():
            Project.objects.filter(review_class="ordinary").update(review_class="key")
        return prepare_meeting(actor=Actor.system("benchmark"), meeting=meeting, now=timezone.now())

    return make


def _lead(actor: Any) -> None:
    """Twenty chiefs, who have a thousand projects each."""
    from django.db.models import F

    from openzone.zone.people.services import create_user
    from openzone.zone.projects.models import Project

    for n in range(20):
        chief = create_user(actor=actor, username=f"chief{n}")
        mine = Project.objects.annotate(part=F("subject_id") % 20).filter(part=n)
        mine.update(chief=chief)


def _forces(actor: Any, today: dt.date) -> None:
    """Task forces with ten major projects each."""
    from openzone.zone.people.models import Unit
    from openzone.zone.projects.models import Project
    from openzone.zone.reviews.services import forces

    since, unit = today - dt.timedelta(days=200), Unit.objects.get(code="u0")
    majors = list(Project.objects.filter(review_class="major").order_by("pk")[: FORCES * 10])
    for n in range(FORCES):
        force = forces.set_up_force(
            actor=actor, name=f"示例专班{n}", lead_unit=unit, begun_on=since
        )
        for project in majors[n * 10 : n * 10 + 10]:
            forces.give_project(actor=actor, force=force, project=project, valid_from=since)


def _obstacles(actor: Any, today: dt.date) -> None:
    """Open obstacles, on every fiftieth project."""
    from django.utils import timezone

    from openzone.zone.people.models import User
    from openzone.zone.projects.models import Project
    from openzone.zone.reviews.services.obstacles import raise_obstacle

    user, now = User.objects.get(username="handler"), timezone.now()
    for project in list(Project.objects.filter(left="").order_by("pk")[:: 20_000 // OBSTACLES]):
        raise_obstacle(
            actor=actor, project=project, topic="land", severity="2", title="净地未交付（示例）",
            text="还差八亩（示例）", user=user, now=now, today=today,
        )  # fmt: skip


def _promises(today: dt.date) -> None:
    """Signed agreements with five promises each, over four years around today."""
    from django.utils import timezone

    from openzone.zone.agreements.models import Agreement, Clause
    from openzone.zone.projects.models import Project

    projects = list(Project.objects.order_by("pk")[:: 20_000 // AGREEMENTS])
    made = Agreement.objects.bulk_create(
        [
            Agreement(
                project=one, kind="contract", number=f"HT{one.pk}", title="示例合同",
                drafted_at=timezone.now(), signed_on=today, file="none", sha256="0" * 64,
            )
            for one in projects
        ],
        BLOCK,
    )  # fmt: skip
    Clause.objects.bulk_create(
        [
            Clause(
                agreement=one, side=("investor", "zone")[n % 2], kind=("amount", "land")[n % 2],
                text="示例承诺", quantity=Decimal(100), due=_due(today, one.pk, n),
            )
            for one in made
            for n in range(5)
        ],
        BLOCK,
    )  # fmt: skip
    Agreement.objects.update(state="signed")


def _due(today: dt.date, agreement: int, n: int) -> dt.date:
    return today + dt.timedelta(days=(agreement * 37 + n * 293) % 1460 - 365)
