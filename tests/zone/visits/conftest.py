"""A park with two streets, three grids and their people; enterprises in and outside them."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Enterprise, Place
from openzone.zone.registry.services.enterprises import create_enterprise, create_place
from openzone.zone.visits.enums import Duty
from openzone.zone.visits.models import Post
from openzone.zone.visits.services.roster import appoint

DAY = dt.date(2026, 11, 20)
LONG_AGO = dt.date(2026, 1, 1)
NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)


class Area(NamedTuple):
    """Places of the park: ``east`` has two grids in one community, ``west`` one."""

    park: Place
    east: Place
    west: Place
    one: Place
    two: Place
    three: Place


@pytest.fixture
def area(db: None, actor: Actor) -> Area:
    def place(code: str, kind: PlaceKind, parent: Place | None = None) -> Place:
        return create_place(actor=actor, code=code, name=f"示例{code}", kind=kind, parent=parent)

    park = place("park", PlaceKind.PARK)
    east, west = (place(code, PlaceKind.STREET, park) for code in ("east", "west"))
    river = place("river", PlaceKind.COMMUNITY, east)
    hill = place("hill", PlaceKind.COMMUNITY, west)
    one, two = (place(code, PlaceKind.GRID, river) for code in ("grid-1", "grid-2"))
    return Area(park, east, west, one, two, place("grid-3", PlaceKind.GRID, hill))


@pytest.fixture
def firm(db: None, actor: Actor) -> Callable[..., Enterprise]:
    """``firm("甲", park)``: an enterprise in a place."""

    def make(name: str, place: Place | None = None) -> Enterprise:
        return create_enterprise(actor=actor, name=f"示例{name}公司", place=place, synthetic=True)

    return make


@pytest.fixture
def post(make_user: Callable[..., User], office: Unit, actor: Actor) -> Callable[..., Post]:
    """``post("li", Duty.SPONSOR)``: somebody on the roster since the beginning of the year."""

    def make(username: str, duty: Duty, place: Place | None = None, **given: object) -> Post:
        user = User.objects.filter(username=username).first()
        return appoint(
            actor=actor,
            user=user or make_user(username, Role.HANDLER, office),
            duty=duty,
            unit=given.pop("unit", office),
            place=place,
            valid_from=given.pop("valid_from", LONG_AGO),
            **given,
        )

    return make
