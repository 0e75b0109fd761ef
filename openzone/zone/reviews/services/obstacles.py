"""An obstacle is raised from a project: a case that the project's reviews see until it is gone."""

import datetime as dt
from typing import Any

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.people.selectors import memberships_of
from openzone.zone.projects.models import Project
from openzone.zone.reviews.models import Obstacle
from openzone.zone.reviews.selectors.scope import ladder_of

KIND = "obstacle"
MERGED = Text("该项目已并入另一项目", "this project was merged into another one")
NO_UNIT = Text("{who} 当前不在任何部门任职", "{who} holds no post in a unit today")


@transaction.atomic
def raise_obstacle(
    *, actor: Actor, project: Project, topic: str, severity: str, title: str, text: str,
    user: User, now: dt.datetime, today: dt.date, wanted_by: dt.date | None = None, ask: str = "",
    unit: Unit | None = None, request_id: str = "",
) -> Obstacle:  # fmt: skip
    """Open a case about what stands in a project's way.

    The unit of who raises it is the requester, so that they confirm that it is gone. ``unit`` is
    who is to solve it; otherwise the type's routing by ``topic`` says. With a ``request_id`` the
    same obstacle sent twice is one.
    """
    if project.merged_into_id is not None:
        raise Refused(MERGED)
    opened = open_case(
        actor=actor, kind=KIND, title=title, text=text, now=now, channel=Channel.SYSTEM,
        requester=Requester(RequesterKind.UNIT, user=user, unit=_unit_of(user, today)),
        fields=_answers(topic, severity, wanted_by, ask), place=project.place, unit=unit,
        origin=f"project:{project.pk}", recorded_by=user, request_id=request_id,
    )  # fmt: skip
    known = Obstacle.objects.filter(case=opened.case).first()
    if known is not None:
        return known
    first = next(iter(ladder_of(project, today)), "")
    found = Obstacle.objects.create(
        case=opened.case, project=project, begun=first, tier=first, raised_by=user
    )
    record(
        "reviews.obstacle.raised", actor=actor, subject=f"project:{project.pk}",
        payload={"case": opened.case.number, "tier": first},
    )  # fmt: skip
    return found


def _unit_of(user: User, on: dt.date) -> Unit:
    post = memberships_of(user, on).order_by("pk").first()
    if post is None:
        raise Refused(NO_UNIT.format(who=user))
    return post.unit


def _answers(topic: str, severity: str, wanted_by: dt.date | None, ask: str) -> dict[str, Any]:
    given = {
        "topic": topic, "severity": severity, "ask": ask.strip(),
        "wanted_by": wanted_by.isoformat() if wanted_by else "",
    }  # fmt: skip
    return {name: value for name, value in given.items() if value}
