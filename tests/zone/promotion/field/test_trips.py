"""A trip by city and day: firms met once a day, a report once, and who may write it."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.promotion.enums import TripState
from openzone.zone.promotion.field_permissions import may_begin, may_keep, may_list, may_see
from openzone.zone.promotion.models import Interaction, Investor, Lead, Trip
from openzone.zone.promotion.selectors import field as seen
from openzone.zone.promotion.services import trips
from openzone.zone.promotion.services.meeting_leads import lead_of_meeting
from openzone.zone.promotion.services.trips import Stop
from tests.zone.promotion.field.conftest import DAY, MARCH, NOW, TODAY, Bureau

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]


@pytest.fixture
def met(actor: Actor) -> Make:
    """Meet a firm in the first city of a trip, on its first day unless said otherwise."""

    def meet(trip: Trip, investor: Investor, **given: Any) -> Any:
        city = trip.cities.all()[0]
        said = {"city": city, "on": city.begins, "said": "介绍园区", "now": NOW}
        return trips.meet(actor=actor, trip=trip, investor=investor, **said | given)

    return meet


def test_a_trip_lasts_from_its_first_city_to_its_last(trip_to: Make) -> None:
    trip = trip_to("宁波", "台州", "苏州")
    assert (trip.begins, trip.ends) == (MARCH, MARCH + 4 * DAY)
    assert [city.name for city in trip.cities.all()] == ["宁波", "台州", "苏州"]


@pytest.mark.parametrize(
    ("stops", "why"),
    [
        ([], "name at least one city"),
        ([Stop("宁波", MARCH, MARCH - DAY)], "before the first"),
        ([Stop("宁波", MARCH, MARCH), Stop("宁波 ", MARCH, MARCH)], "named twice"),
    ],
)
def test_a_trip_without_sound_cities_is_refused(
    stops: list[Stop], why: str, actor: Actor, bureau: Bureau
) -> None:
    with pytest.raises(Refused, match=why):
        trips.plan_trip(
            actor=actor, team=bureau.team, title="赴宁波", channel="visit", purpose="招商",
            stops=stops, leader=bureau.clerk, now=NOW,
        )  # fmt: skip
    assert not Trip.objects.exists()


def test_only_channels_that_travel_make_a_trip(trip_to: Make) -> None:
    with pytest.raises(Refused, match="no channel"):
        trip_to(channel="roadshow")


def test_a_firm_met_with_a_lead_is_an_interaction_of_the_lead(
    trip_to: Make, firm: Make, lead_of: Make, met: Make
) -> None:
    lead: Lead = lead_of(firm())
    meeting = met(trip_to(), lead.investor, lead=lead)
    talk = Interaction.objects.get()
    assert (meeting.interaction, talk.kind, talk.on) == (talk, "visit_out", MARCH)
    lead.refresh_from_db()
    assert lead.last_contact == MARCH


def test_a_firm_is_recorded_once_a_day_and_in_the_city_of_that_day(
    trip_to: Make, firm: Make, met: Make
) -> None:
    trip, one = trip_to("宁波", "台州"), firm()
    met(trip, one)
    with pytest.raises(Refused, match="recorded on this day already"):
        met(trip, one)
    with pytest.raises(Refused, match="was not in"):
        met(trip, firm(), on=MARCH + 4 * DAY)
    with pytest.raises(Refused, match="another trip"):
        met(trip, firm(), city=trip_to("东莞").cities.get())
    with pytest.raises(Refused, match="has not come yet"):
        met(trip_to("佛山", begins=TODAY), firm(), on=TODAY + DAY)
    assert trip.meetings.count() == 1


def test_a_lead_of_another_firm_is_refused(
    trip_to: Make, firm: Make, lead_of: Make, met: Make
) -> None:
    with pytest.raises(Refused, match="another firm"):
        met(trip_to(), firm(), lead=lead_of(firm()))


def test_a_firm_that_was_met_becomes_a_lead_with_that_talk(
    actor: Actor, trip_to: Make, firm: Make, met: Make, bureau: Bureau
) -> None:
    meeting = met(trip_to(), firm())
    lead = lead_of_meeting(
        actor=actor, meeting=meeting, title="示例压铸件", adviser=bureau.clerk, now=NOW
    )
    meeting.refresh_from_db()
    assert (meeting.lead, lead.source, lead.unit) == (lead, "trip", bureau.unit)
    assert lead.interactions.get() == meeting.interaction
    with pytest.raises(Refused, match=lead.number):
        lead_of_meeting(actor=actor, meeting=meeting, title="又一次", now=NOW)


def test_a_trip_is_reported_once_and_not_before_it_is_over(
    actor: Actor, trip_to: Make, bureau: Bureau
) -> None:
    given: dict[str, Any] = {"actor": actor, "user": bureau.clerk, "now": NOW, "today": TODAY}
    with pytest.raises(Refused, match="ends on"):
        trips.report_trip(trip=trip_to(begins=TODAY), report="尚在途中", **given)
    trip = trips.report_trip(trip=trip_to(), report="对接5户", cost=Decimal("12800.50"), **given)
    assert trip.state == TripState.REPORTED
    with pytest.raises(Refused, match="already reported by zhaoshang"):
        trips.report_trip(trip=trip, report="再报", **given)
    assert Event.objects.filter(action="promotion.trip.reported").count() == 1


def test_a_report_is_due_a_week_after_the_return_and_asked_of_the_head(
    trip_to: Make, bureau: Bureau
) -> None:
    trip = trip_to()
    assert seen.report_due(trip) == trip.ends + dt.timedelta(days=7)
    assert list(seen.reports_wanted(bureau.clerk, trip.ends + DAY)) == [trip]
    assert not seen.reports_wanted(bureau.clerk, trip.ends).exists()
    assert not seen.reports_wanted(bureau.colleague, TODAY).exists()


def test_planning_anew_keeps_cities_where_firms_were_met(
    actor: Actor, trip_to: Make, firm: Make, met: Make, bureau: Bureau
) -> None:
    trip = trip_to("宁波", "台州")
    met(trip, firm())
    said: dict[str, Any] = {
        "actor": actor, "trip": trip, "title": "改", "purpose": "改", "leader": bureau.clerk,
        "members": [bureau.colleague],
    }  # fmt: skip
    with pytest.raises(Refused, match="it stays"):
        trips.change_trip(stops=[Stop("苏州", MARCH, MARCH)], **said)
    with pytest.raises(Refused, match="was not in"):
        trips.change_trip(stops=[Stop("宁波", MARCH + DAY, MARCH + DAY)], **said)
    trips.change_trip(stops=[Stop("宁波", MARCH, MARCH), Stop("苏州", MARCH, MARCH + DAY)], **said)
    trip.refresh_from_db()
    assert [city.name for city in trip.cities.order_by("name")] == ["宁波", "苏州"]
    assert [one.user for one in trip.members.all()] == [bureau.colleague]
    assert trip.ends == MARCH + DAY
    with pytest.raises(Refused, match="report on it instead"):
        trips.cancel_trip(actor=actor, trip=trip, reason="改期")


def test_a_trip_called_off_takes_no_more_firms(
    actor: Actor, trip_to: Make, firm: Make, met: Make
) -> None:
    trip = trips.cancel_trip(actor=actor, trip=trip_to(), reason="天气")
    with pytest.raises(Refused, match="天气"):
        met(trip, firm())


def test_a_team_that_was_closed_travels_no_more(
    actor: Actor, trip_to: Make, bureau: Bureau
) -> None:
    closed = trips.close_team(actor=actor, team=bureau.team, on=MARCH)
    with pytest.raises(Refused, match="closed"):
        trip_to(team=closed)


def test_who_sees_and_keeps_a_trip(
    trip_to: Make, bureau: Bureau, committee: Unit, make_user: Callable[..., User]
) -> None:
    guest = make_user("canjia", Role.HANDLER, bureau.stranger.memberships.get().unit)
    trip = trip_to(members=[guest])
    leader = make_user("lingdao", Role.LEADER, committee)
    firm_people = make_user("qiye")
    everybody = (bureau.clerk, bureau.colleague, guest, leader, bureau.stranger, firm_people)
    sees = [may_see(user, trip, TODAY).allowed for user in everybody]
    keeps = [may_keep(user, trip, TODAY).allowed for user in everybody]
    listed = [trip in seen.trips(user, TODAY) for user in everybody]
    assert sees == listed == [True, True, True, True, False, False]
    assert keeps == [True, True, True, False, False, False]
    assert [may_list(user, TODAY).allowed for user in (leader, firm_people)] == [True, False]
    assert [may_begin(user, TODAY).allowed for user in (leader, bureau.clerk)] == [False, True]
