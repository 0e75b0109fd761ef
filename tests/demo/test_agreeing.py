"""The demo shows promises of both sides in every state, and incentives in every one of theirs."""

import datetime as dt

import pytest

from openzone.demo.scenes.agreeing import agreements
from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.investing import investment
from openzone.engines.projects.clauses import ClauseState
from openzone.zone.agreements.models import Agreement, Fulfilment, Incentive
from openzone.zone.agreements.selectors.incentives import why_not
from openzone.zone.agreements.selectors.promises import in_force, promises
from tests.demo.test_reviewing import TODAY, cast

__all__ = ["cast"]  # a fixture


@pytest.mark.parametrize("today", [TODAY, dt.date(2026, 1, 1)])
def test_the_scene_can_be_played_on_any_day(cast: Cast, today: dt.date) -> None:
    cast.today = today
    investment(cast)
    agreements(cast)
    assert {one.kind for one in Agreement.objects.filter(state="signed")} == {
        "framework", "contract",
    }  # fmt: skip
    assert Agreement.objects.filter(state="draft").count() == 1
    reasons = [why_not(one) for one in Incentive.objects.order_by("pk")]
    assert [reason is None for reason in reasons] == [True, False, False]
    assert Fulfilment.objects.filter(answer=None).count() == 1
    if today == TODAY:
        states = {one.state for one in promises(in_force(), today)}
        assert states == {
            ClauseState.MET, ClauseState.BEHIND, ClauseState.DUE_SOON, ClauseState.PARTLY,
            ClauseState.UNKNOWN, ClauseState.MISSED, ClauseState.NOT_DUE,
        }  # fmt: skip
