"""What visits ask of one person, read for the enterprises they look after and no others."""

import datetime as dt

from openzone.zone.people.models import User
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.models import PersonInCharge
from openzone.zone.visits.enums import Duty
from openzone.zone.visits.models import GridMembership, Post
from openzone.zone.visits.selectors.due import Line, lines, of_person
from openzone.zone.visits.selectors.network import Network


def own_lines(user: User, on: dt.date) -> list[Line]:
    """Return how the enterprises that somebody looks after stand with their visits."""
    grids = list(
        Post.objects.filter(on_day(on), user=user, duty=Duty.GRID).values_list("place", flat=True)
    )
    charges = PersonInCharge.objects.filter(
        on_day(on),
        user=user,
        role__in=(Duty.SPONSOR, Duty.SERVICE_OFFICER),
        subject__enterprise__isnull=False,
    )
    own = set(charges.values_list("subject__enterprise__root", flat=True))
    members = GridMembership.objects.filter(on_day(on), grid__in=grids)
    own |= set(members.values_list("enterprise__root", flat=True))
    if not own:
        return []
    places = [place for place in grids if place is not None]
    return of_person(lines(Network(on, only=own)), user.pk, places)
