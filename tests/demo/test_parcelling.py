"""The demo shows land in every state, 2,000 mu in a month, and a promise that was missed."""

import datetime as dt

import pytest

from openzone.demo.loading import _create_places
from openzone.demo.parameters import parameters
from openzone.demo.people import create_people
from openzone.demo.scenes.cast import Cast, cast_of
from openzone.demo.scenes.parcelling import parcelling
from openzone.engines.projects.landarea import mu
from openzone.zone.audit.actors import Actor
from openzone.zone.land.models import Delivery, Obligation, Parcel
from openzone.zone.land.selectors.deliveries import progress
from openzone.zone.land.selectors.sites import watched
from openzone.zone.registry.services.enterprises import create_enterprise


@pytest.fixture
def cast(db: None) -> Cast:
    """The demo's places and people, without its 3,000 firms."""
    actor = Actor.system("demo")
    _create_places(actor, parameters())
    firm = create_enterprise(
        actor=actor, name="示例企业", synthetic=True, external_id=parameters().login_firm
    )
    create_people(actor, "demo-9f8e7d6c", firm, since=dt.date(2026, 1, 1))
    return cast_of(actor, dt.date(2026, 11, 21))


def test_the_scene_shows_every_part_of_land(cast):
    parcelling(cast)
    states = set(Parcel.objects.values_list("state", flat=True))
    assert states >= {"planned", "cleared", "listed", "delivered", "producing"}
    (task,) = progress(Delivery.objects.all(), cast.today)
    assert (mu(task.area), mu(task.done), task.obstacles) == (2000, 1460, 1)
    assert Obligation.objects.get().figure.indicator == "investment_per_mu"
    assert [one.found.state for one in watched(Parcel.objects.all(), cast.today)] == ["near"]
    assert not Parcel.objects.filter(synthetic=False).exists()


@pytest.mark.parametrize("today", [dt.date(2026, 1, 2), dt.date(2026, 3, 1)])
def test_the_scene_plays_early_in_the_year(cast, today):
    cast.today = today
    parcelling(cast)
    assert Parcel.objects.count() == 10
