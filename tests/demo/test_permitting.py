"""The demo shows opinions, permits, a delay, trips over the limit, a request, a lapse."""

import datetime as dt

import pytest

from openzone.demo.scenes.permitting import LOST, PLANT, permits
from openzone.engines.projects.permits import PermitState
from openzone.zone.approvals.models import Track
from openzone.zone.approvals.selectors.listing import over_the_limit
from openzone.zone.approvals.selectors.standing import board
from openzone.zone.approvals.selectors.statistics import by_item, durations
from tests.demo.test_reviewing import TODAY, cast  # noqa: F401 - the demo's people


@pytest.mark.parametrize("today", [TODAY, dt.date(2026, 1, 3)], ids=["late", "early in the year"])
def test_the_scene_shows_every_state_of_a_track(cast, today):  # noqa: F811 - a fixture
    cast.today = today
    permits(cast)
    states = dict(Track.objects.values_list("project__name", "state"))
    assert sorted(states.values()) == ["asked", "lapsed", "running"]
    assert (states[PLANT], states[LOST]) == ("running", "lapsed")
    plant = Track.objects.get(project__name=PLANT)
    found = board(plant, cast.at(0, 18))
    looks = {one.item.code: one.state for one in found.lines}
    assert looks["land_use"] is PermitState.RED
    assert looks["plan"] is PermitState.BLUE
    assert over_the_limit([plant.pk]) == {plant.pk}
    assert by_item(durations(Track.objects.all(), today.replace(month=1, day=1), today))
    if today == TODAY:
        assert [one.item.code for one in found.late] == ["plan"]
        assert found.forecast.goal > today
