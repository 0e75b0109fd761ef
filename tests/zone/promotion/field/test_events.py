"""Events with guests, return visits, negotiations: who came, what is open, whose it is."""

from collections.abc import Callable
from typing import Any

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.promotion.enums import EventState, PointState
from openzone.zone.promotion.field_permissions import may_keep, may_see
from openzone.zone.promotion.models import Negotiation, PromotionEvent
from openzone.zone.promotion.selectors import field as seen
from openzone.zone.promotion.services import events, negotiations, returns
from openzone.zone.promotion.services.meeting_leads import lead_of_meeting
from openzone.zone.promotion.services.negotiations import Point
from tests.zone.promotion.field.conftest import DAY, MARCH, NOW, TODAY, Bureau

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def plan(actor: Actor, bureau: Bureau) -> Make:
    """Plan an event, of one day in March unless said otherwise."""

    def make(**given: Any) -> PromotionEvent:
        said: dict[str, Any] = {
            "title": "示例推介会", "channel": "roadshow", "begins": MARCH, "ends": MARCH,
            "unit": bureau.unit, "owner": bureau.clerk, "now": NOW,
        }  # fmt: skip
        return events.plan_event(actor=actor, **said | given)

    return make


@pytest.fixture
def guest(actor: Actor, firm: Make) -> Make:
    """Invite a firm."""

    def invite(event: PromotionEvent) -> Any:
        return events.invite(actor=actor, event=event, investors=[firm()], on=MARCH)[0]

    return invite


def test_a_guest_came_did_not_come_or_is_not_known(actor: Actor, plan: Make, guest: Make) -> None:
    event = plan()
    came, stayed, open_ = guest(event), guest(event), guest(event)
    events.attend(actor=actor, guest=came, attended=True, now=NOW, said="有意向")
    events.attend(actor=actor, guest=stayed, attended=False, now=NOW)
    assert {one.pk: one.attended for one in event.guests.all()} == {
        came.pk: True, stayed.pk: False, open_.pk: None,
    }  # fmt: skip
    with pytest.raises(Refused, match="recorded already"):
        events.attend(actor=actor, guest=stayed, attended=True, now=NOW)
    with pytest.raises(Refused, match="did not come"):
        lead_of_meeting(actor=actor, meeting=stayed, title="线索", now=NOW)


def test_of_several_days_the_day_is_asked_for(actor: Actor, plan: Make, guest: Make) -> None:
    one = guest(plan(ends=MARCH + 2 * DAY))
    with pytest.raises(Refused, match="on which day"):
        events.attend(actor=actor, guest=one, attended=True, now=NOW)
    with pytest.raises(Refused, match="was not on"):
        events.attend(actor=actor, guest=one, attended=True, now=NOW, on=MARCH + 3 * DAY)
    assert events.attend(actor=actor, guest=one, attended=True, now=NOW, on=MARCH + DAY).on


def test_nobody_is_invited_where_one_of_them_is_already(
    actor: Actor, plan: Make, guest: Make, firm: Make
) -> None:
    event = plan()
    known = guest(event).investor
    with pytest.raises(Refused, match="is invited already"):
        events.invite(actor=actor, event=event, investors=[firm(), known], on=MARCH)
    assert event.guests.count() == 1


def test_an_event_ends_held_or_called_off(actor: Actor, plan: Make, guest: Make) -> None:
    later = plan(begins=TODAY + DAY, ends=TODAY + DAY)
    with pytest.raises(Refused, match="begins on"):
        events.hold_event(actor=actor, event=later, summary="未开始", today=TODAY)
    off = events.cancel_event(actor=actor, event=later, reason="改线上")
    with pytest.raises(Refused, match="改线上"):
        guest(off)
    held = events.hold_event(actor=actor, event=plan(), summary="到会三家", today=TODAY)
    assert held.state == EventState.HELD
    with pytest.raises(Refused, match="held already"):
        events.cancel_event(actor=actor, event=held, reason="误录")


def test_a_trip_is_no_event(plan: Make) -> None:
    with pytest.raises(Refused, match="no channel"):
        plan(channel="visit")


def test_a_return_visit_is_recorded_once_a_day_and_after_the_trip(
    actor: Actor, bureau: Bureau, firm: Make, trip_to: Make, lead_of: Make
) -> None:
    lead = lead_of(firm())
    said: dict[str, Any] = {
        "actor": actor, "investor": lead.investor, "unit": bureau.unit, "host": bureau.clerk,
        "said": "考察", "now": NOW, "lead": lead, "trip": trip_to(),
    }  # fmt: skip
    with pytest.raises(Refused, match="before they were met"):
        returns.receive(on=MARCH - DAY, **said)
    made = returns.receive(on=MARCH + DAY, **said)
    assert lead.interactions.get().kind == "visit_in"
    assert made.interaction == lead.interactions.get()
    with pytest.raises(Refused, match="recorded already"):
        returns.receive(on=MARCH + DAY, **said)


@pytest.fixture
def talk(actor: Actor, bureau: Bureau, firm: Make) -> Make:
    """Record a negotiation of today with a colleague's open point."""

    def record(*points: Point, **given: Any) -> Negotiation:
        default = (Point("同意考察"), Point("用电容量", bureau.colleague, TODAY, open=True))
        said: dict[str, Any] = {
            "investor": firm(), "topic": "厂房条款", "at": NOW, "platform": "video",
            "unit": bureau.unit, "ours": [bureau.clerk], "theirs": "王经理", "now": NOW,
        }  # fmt: skip
        return negotiations.record_negotiation(
            actor=actor, points=list(points or default), **said | given
        )

    return record


def test_open_points_come_to_their_owner_until_they_are_settled(
    actor: Actor, talk: Make, bureau: Bureau
) -> None:
    point = talk().points.get(state=PointState.OPEN)
    assert list(seen.open_points(bureau.colleague, TODAY)) == [point]
    assert not seen.open_points(bureau.colleague, TODAY - DAY).exists()
    assert not seen.open_points(bureau.clerk, TODAY).exists()
    said: dict[str, Any] = {"actor": actor, "point": point, "user": bureau.colleague, "now": NOW}
    negotiations.settle_point(outcome="供电公司已答复", **said)
    assert not seen.open_points(bureau.colleague, TODAY).exists()
    with pytest.raises(Refused, match="settled already by tongshi"):
        negotiations.settle_point(outcome="又一次", **said)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"points": []}, "at least one point"),
        ({"ours": []}, "on our side"),
        ({"at": NOW + DAY}, "has not come yet"),
        ({"platform": "pigeon"}, "no platform"),
        ({"channel": "visit"}, "no channel"),
    ],
)
def test_a_negotiation_that_says_too_little_is_refused(
    actor: Actor, bureau: Bureau, firm: Make, change: dict[str, Any], why: str
) -> None:
    said: dict[str, Any] = {
        "investor": firm(), "topic": "条款", "at": NOW, "platform": "video", "unit": bureau.unit,
        "ours": [bureau.clerk], "theirs": "王经理", "points": [Point("同意")], "now": NOW,
    }  # fmt: skip
    with pytest.raises(Refused, match=why):
        negotiations.record_negotiation(actor=actor, **said | change)
    assert not Negotiation.objects.exists()


def test_an_open_point_needs_somebody_and_a_day(talk: Make, bureau: Bureau) -> None:
    with pytest.raises(Refused, match="needs somebody and a day"):
        talk(Point("用水", open=True))
    with pytest.raises(Refused, match="is due before"):
        talk(Point("用水", bureau.clerk, TODAY - DAY, open=True))


def test_who_took_part_sees_a_negotiation(talk: Make, bureau: Bureau) -> None:
    made = talk(ours=[bureau.stranger])
    assert may_see(bureau.stranger, made, TODAY).allowed
    assert may_keep(bureau.stranger, made, TODAY).allowed
    assert made in seen.negotiations(bureau.stranger, TODAY)
    other = talk()
    assert not may_see(bureau.stranger, other, TODAY).allowed
    assert other not in seen.negotiations(bureau.stranger, TODAY)
