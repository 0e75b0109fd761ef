"""The demo shows three tiers, a force of three groups, a held and an upcoming meeting, a climb."""

import datetime as dt

import pytest

from openzone.demo.loading import _create_places
from openzone.demo.parameters import parameters
from openzone.demo.people import create_people
from openzone.demo.scenes.cast import Cast, cast_of
from openzone.demo.scenes.investing import investment
from openzone.demo.scenes.lighting import lights
from openzone.demo.scenes.reviewing import reviewing
from openzone.zone.audit.actors import Actor
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.reviews.models import Climb, Decision, ForceGroup, Meeting, TaskForce

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def cast(db: None) -> Cast:
    """The demo's places and people, without its 3,000 firms."""
    actor = Actor.system("demo")
    _create_places(actor, parameters())
    firm = create_enterprise(
        actor=actor, name="示例企业", synthetic=True, external_id=parameters().login_firm
    )
    create_people(actor, "demo-9f8e7d6c", firm, since=dt.date(2026, 1, 1))
    return cast_of(actor, TODAY)


@pytest.mark.parametrize("before", [(), (investment, lights)], ids=["alone", "after investing"])
def test_the_scene_shows_every_part_of_graded_review(cast, before):
    for scene in (*before, reviewing):
        scene(cast)
    ahead = Meeting.objects.filter(on__gte=TODAY)
    assert {one.tier for one in ahead} == {"force", "chief", "leaders"}
    assert (TaskForce.objects.count(), ForceGroup.objects.count()) == (1, 3)
    held = Meeting.objects.filter(state="held")
    assert held.count() == 3
    assert Decision.objects.count() == 3
    assert [one.to_tier for one in Climb.objects.order_by("pk")] == ["chief"]
    assert ahead.filter(prepared_at__isnull=False, items__isnull=False).exists()
