"""What is in the way of a project's land is an obstacle of the project, so that its reviews see it.

Land knows nothing of reviews, which stand above it; pages and programs bring the two together here.
"""

from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case
from openzone.zone.land.services.deliveries import Blocking, as_a_case
from openzone.zone.reviews.services.obstacles import raise_obstacle


def opened(*, actor: Actor, asked: Blocking) -> Case:
    """Open the case: on the project, where the land is for one, else on the parcel alone."""
    project = asked.part.delivery.project
    if project is None:
        return as_a_case(actor=actor, asked=asked)
    return raise_obstacle(
        actor=actor, project=project, topic=asked.topic, severity=asked.severity,
        title=asked.title, text=asked.text, user=asked.user, now=asked.now, today=asked.today,
        wanted_by=asked.wanted_by, request_id=asked.request_id,
    ).case  # fmt: skip
