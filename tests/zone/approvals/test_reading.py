"""Who sees what, what waits for whom, how long it took, and what the board says is late."""

from decimal import Decimal

import pytest

from openzone.engines.projects.permit_path import ClockKind
from openzone.zone.approvals import permissions as may
from openzone.zone.approvals.models import Track
from openzone.zone.approvals.selectors import statistics
from openzone.zone.approvals.selectors.listing import Filter, listed, over_the_limit, trips_of
from openzone.zone.approvals.selectors.standing import board, open_promises
from openzone.zone.approvals.selectors.waiting import to_accept, to_answer
from openzone.zone.approvals.services.tracks import expect_land
from openzone.zone.approvals.services.trips import record_trip
from openzone.zone.people.enums import Role
from tests.zone.approvals.conftest import DAY, NOW, TODAY

pytestmark = pytest.mark.django_db


def test_who_asks_sees_hands_in_answers_and_coordinates(track, item, plant, stranger, leader):
    people = {
        "investor": plant.investor, "planner": plant.planner, "centre": plant.centre,
        "stranger": stranger, "leader": leader,
    }  # fmt: skip
    plan, project = item("plan"), plant.project
    questions = {
        "ask": lambda user: may.may_ask(user, project, TODAY),
        "see": lambda user: may.may_see(user, track, TODAY),
        "hand in": lambda user: may.may_hand_in(user, track, TODAY),
        "answer": lambda user: may.may_answer(user, plan, TODAY),
        "coordinate": lambda user: may.may_coordinate(user, track, TODAY),
    }
    found = {
        what: {name for name, user in people.items() if question(user).allowed}
        for what, question in questions.items()
    }
    assert found == {
        "ask": {"investor", "centre"},
        "see": {"investor", "planner", "centre", "leader"},
        "hand in": {"investor", "centre"},
        "answer": {"planner"},
        "coordinate": {"centre"},
    }


def test_lists_and_pages_follow_one_rule(
    track, plant, stranger, leader, committee, office, make_user
):
    above = make_user("guanweihui", Role.HANDLER, committee)
    beside = make_user("pangguan", Role.HANDLER, office)
    assert may.may_see(above, track, TODAY).allowed
    assert not may.may_see(beside, track, TODAY).allowed
    people = (plant.planner, plant.builder, plant.centre, stranger, leader, plant.investor)
    for user in (*people, above, beside):
        listed_ = may.visible(user, TODAY).filter(pk=track.pk).exists()
        speaks = may.own_tracks(user, TODAY).filter(pk=track.pk).exists()
        assert may.may_see(user, track, TODAY).allowed is (listed_ or speaks)
    assert list(may.own_projects(plant.investor, TODAY)) == [plant.project]
    assert not may.own_projects(stranger, TODAY).exists()


def test_the_desk_shows_requests_and_items_whose_time_runs(asked, plant, handed, track, stranger):
    asked(path="completion")
    handed("plan")
    handed("drawings")
    assert [one.path for one in to_accept(plant.centre, TODAY)] == ["completion"]
    assert not to_accept(plant.planner, TODAY).exists()
    (found,) = to_answer(plant.planner, NOW, TODAY)
    assert found.line.item.code == "plan"
    assert to_answer(stranger, NOW, TODAY) == []


def test_the_board_lists_what_is_late_and_with_whom(track, handed, plant):
    handed("plan")
    every = may.visible(plant.centre, TODAY)
    assert listed(every, Filter(late=True), NOW) == []
    (found,) = listed(every, Filter(late=True), NOW + 30 * DAY)
    (late,) = found.late
    # Ten working days from 1 June end on 15 June; it is 1 July.
    assert (late.item.code, late.item.unit.code, late.late_days) == ("plan", "planning", 11)
    assert listed(every, Filter(item="plan", unit=late.item.unit_id, text="电池"), NOW)
    assert listed(every, Filter(state="finished"), NOW) == []
    assert listed(every, Filter(path="five"), NOW) == []


def test_the_forecast_needs_to_know_when_the_land_comes(actor, track, handed):
    assert "日期未知" in board(track, NOW).forecast.unknown.zh
    expect_land(actor=actor, track=track, on=TODAY + 60 * DAY)
    found = board(track, NOW)
    # The opinions are there by then; after Friday 31 July: land use 1, plan 1, permit 2 days.
    assert found.forecast.goal == TODAY + 66 * DAY
    assert found.forecast.chain[-1] == "build"
    assert (found.comparison.serial, found.comparison.after_land) == (56, 4)


def test_durations_are_counted_against_what_was_promised(
    track, plant, handed, bundled, reviewed, issued, landed
):
    handed("filing")
    issued("filing", NOW + 2 * DAY)
    bundled()
    reviewed("land_use", NOW + 4 * DAY)
    landed(TODAY + 28 * DAY)
    issued("land_use", NOW + 29 * DAY)
    period = TODAY, TODAY + 60 * DAY
    every = may.visible(plant.centre, TODAY)
    rows = {
        (one.code, one.kind): one
        for one in statistics.by_item(statistics.durations(every, *period))
    }
    filing = rows["filing", ClockKind.FORMAL]
    assert (filing.median, filing.promised, filing.in_time) == (Decimal(2), Decimal(1), 0)
    review = rows["land_use", ClockKind.REVIEW]
    assert (review.median, review.promised, review.in_time) == (Decimal(4), Decimal(5), 1)
    # Made a permit one working day after the land was paid, which is what was promised.
    formal = rows["land_use", ClockKind.CONVERT]
    assert (formal.median, formal.promised) == (Decimal(1), Decimal(1))
    assert statistics.durations(every, TODAY + 40 * DAY, TODAY + 60 * DAY) == []
    assert statistics.year_to(TODAY) == (TODAY.replace(month=1, day=1), TODAY)


def test_trips_are_counted_per_matter_against_the_limit(actor, track, plant, bundled, handed):
    given = {"actor": actor, "track": track, "user": plant.centre, "now": NOW, "today": TODAY}
    bundled()
    handed("filing")
    record_trip(matter="start", on=TODAY, reason="领证", **given)
    every = Track.objects.all()
    found = statistics.trip_figures(every, TODAY, TODAY)
    assert (found.matters, found.trips, found.within, found.limit) == (2, 1, 2, 1)
    record_trip(matter="start", on=TODAY, reason="补签字", **given)
    found = statistics.trip_figures(every, TODAY, TODAY)
    assert [(matter, count) for _, matter, count in found.over] == [("start", 2)]
    assert over_the_limit([track.pk]) == {track.pk}
    assert [one.reason for one in trips_of(track)["start"]] == ["领证", "补签字"]
    assert listed(every, Filter(trips=True), NOW)


def test_what_was_promised_stays_open_until_it_comes(track, bundled):
    bundled()
    found = board(track, NOW)
    assert {one.code for one in open_promises(found)} == {"builder_contract", "wage_account"}
    assert set(found.line("build").missing) == {"builder_contract", "wage_account"}
