"""The figures a published report gives come out of the demo's history, from its events alone."""

import datetime as dt
from collections import Counter

import pytest

from openzone.demo.people import UNITS
from openzone.demo.scenes.cast import Cast
from openzone.demo.scenes.failing import window
from openzone.demo.scenes.requesting import CANDIDATES, FIRMS, KIND, requests
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.verification import verify
from openzone.zone.cases.models import Case, CaseEvent, Dispatch, Link, NegativeAnswer, RuleChange
from openzone.zone.cases.packs import worktime
from openzone.zone.cases.selectors.league import figures, folded
from openzone.zone.cases.selectors.window import Cause, tally
from openzone.zone.people.enums import Role
from openzone.zone.people.services import create_unit
from tests.factories import make_enterprise

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
ROLES = {
    "leader": (Role.LEADER, "committee"),
    "centre": (Role.CENTRE, "centre"),
    "handler": (Role.HANDLER, "science"),
    "reviewer": (Role.HANDLER, "industry"),
    "finance": (Role.HANDLER, "finance"),
}


@pytest.fixture
def cast(make_user, actor) -> Cast:
    units = {
        code: create_unit(actor=actor, code=code, name=name, kind=kind)
        for code, name, _, kind in UNITS
    }
    users = {name: make_user(name, role, units[unit]) for name, (role, unit) in ROLES.items()}
    firms = [make_enterprise(synthetic=True) for _ in range(FIRMS)]
    users["qiye"] = make_user("qiye")
    return Cast(Actor.system("demo"), TODAY, users, units, firms[0], users["qiye"])


@pytest.fixture
def told(cast) -> Cast:
    requests(cast)
    return cast


def _now(cast: Cast) -> dt.datetime:
    return cast.at(0, 23)


def test_the_history_says_what_the_report_says(told):
    """Row SS-04: 26 enterprises, 42 requests, 33 closed; row SS-05: 10 candidates, 22 requests."""
    requests_ = Case.objects.filter(kind=KIND)
    found = figures(requests_, _now(told))
    assert found["received"].numerator == 42
    assert found["requesters"].numerator == 26
    assert (found["closed"].numerator, found["closed"].shown) == (33, "78.57%")
    candidates = figures(requests_.filter(fields__candidate=True), _now(told))
    assert candidates["received"].numerator == 22
    assert candidates["requesters"].numerator == CANDIDATES


def test_explained_is_not_solved(told):
    found = figures(Case.objects.filter(kind=KIND), _now(told))
    outcomes = Counter(
        Case.objects.filter(kind=KIND, closed=True).values_list("outcome", flat=True)
    )
    assert found["solved"].numerator == outcomes["solved"] < found["closed"].numerator
    assert found["explained"].numerator == outcomes["explained"] == 4
    assert found["redone"].numerator == 3


def test_every_open_stage_has_somebody_in_it(told):
    open_ = Case.objects.filter(kind=KIND, closed=False)
    assert set(open_.values_list("stage", flat=True)) == {
        "received", "objected", "handling", "awaiting_requester", "awaiting_third", "confirming",
        "appealed",
    }  # fmt: skip
    assert {case.supervised for case in open_} == {True, False}
    assert Case.objects.filter(kind=KIND, merged_into__isnull=False).count() == 1
    assert Link.objects.filter(kind="systemic").count() == 3


def test_clocks_stand_in_every_colour(told):
    from openzone.engines.cases.clocks import share
    from openzone.engines.worktime.localtime import to_local

    shares = [
        share(clock, to_local(_now(told)), worktime())
        for one in folded(Case.objects.filter(kind=KIND, closed=False))
        for clock in one.state.clocks.values()
        if clock.outcome == "running" and clock.id == "resolve"
    ]
    assert any(one < 0.5 for one in shares)
    assert any(0.5 <= one < 1 for one in shares)
    assert any(one >= 1 for one in shares)


def test_a_generator_was_rented_and_given_back(told):
    """Row QL-18."""
    rented = Dispatch.objects.get()
    assert rented.case.outcome == "solved"
    assert rented.ordered_at < rented.arrived_at < rented.returned_at
    assert rented.cost == 1_260_000


def test_the_one_refusal_stands_in_the_register_with_its_law(told):
    said = NegativeAnswer.objects.get()
    assert (said.law, said.clause, bool(said.alternatives)) == ("示例贴息办法", "第五条", True)


def test_nothing_happens_before_the_year_or_after_today(told):
    moments = CaseEvent.objects.values_list("at", flat=True)
    assert min(moments) >= told.at(61)
    assert max(moments) <= _now(told)
    assert all("示例" in title for title in Case.objects.values_list("title", flat=True))
    assert verify().intact


def test_the_history_can_begin_on_new_years_day(cast):
    """On the first days of a year everything happens close together."""
    cast.today = dt.date(2026, 1, 2)
    requests(cast)
    assert figures(Case.objects.filter(kind=KIND), _now(cast))["received"].numerator == 42


def test_the_window_shows_one_of_each_cause(cast):
    """Row SS-07: a rule, a condition, conduct; and what is not for the desk."""
    window(cast)
    counted = tally(cast.day(60), cast.today)
    assert {cause.name: len(counted.of(cause)) for cause in Cause} == {
        "CANNOT": 2, "HARD": 1, "CONDUCT": 1, "EXCLUDED": 1, "OPEN": 1,
    }  # fmt: skip
    assert NegativeAnswer.objects.count() == 4
    assert RuleChange.objects.filter(answer="adopted").count() == 1
    referral = Case.objects.get(kind="conduct_referral")
    assert referral.about_unit == cast.units["economy"] != referral.lead
    assert verify().intact


def test_the_window_can_open_on_new_years_day(cast):
    cast.today = dt.date(2026, 1, 1)
    window(cast)
    assert Case.objects.filter(kind="cannot_get_it_done").count() == 6
