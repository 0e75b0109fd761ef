"""Promises of both sides: only what the other side confirmed counts, and silence is unknown."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.projects.clauses import (
    Clause,
    ClauseState,
    Fulfilment,
    Side,
    Watch,
    balance,
    standing,
)

BEGIN, DUE = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
DAY = dt.timedelta(days=1)
WATCH = Watch(soon=30, behind=Decimal("0.8"))
INVESTED = Clause("invested", Side.INVESTOR, DUE, Decimal(100), BEGIN)
LAND = Clause("land", Side.ZONE, DUE)


def _did(on, quantity=None, *, confirmed=True):
    return Fulfilment(on, None if quantity is None else Decimal(quantity), confirmed)


def _state(clause, on, *done):
    return standing(clause, done, WATCH, on).state


@pytest.mark.parametrize(
    ("on", "done", "state"),
    [
        (dt.date(2026, 3, 1), (), ClauseState.NOT_DUE),
        (DUE - 31 * DAY, (_did(BEGIN, 90),), ClauseState.NOT_DUE),
        (DUE - 30 * DAY, (_did(BEGIN, 90),), ClauseState.DUE_SOON),
        (dt.date(2026, 7, 2), (_did(BEGIN, 40),), ClauseState.NOT_DUE),
        (dt.date(2026, 7, 2), (_did(BEGIN, 39),), ClauseState.BEHIND),
        (DUE, (_did(BEGIN, 99),), ClauseState.DUE_SOON),
        (DUE + DAY, (_did(BEGIN, 99),), ClauseState.PARTLY),
        (DUE + DAY, (_did(BEGIN, 0),), ClauseState.MISSED),
        (DUE + DAY, (), ClauseState.UNKNOWN),
        (DUE, (_did(BEGIN, 60), _did(DUE, 40)), ClauseState.MET),
    ],
)
def test_a_quantity(on, done, state):
    assert _state(INVESTED, on, *done) is state


@pytest.mark.parametrize(
    ("on", "done", "state"),
    [
        (BEGIN, (), ClauseState.NOT_DUE),
        (DUE, (), ClauseState.DUE_SOON),
        (DUE + DAY, (), ClauseState.MISSED),
        (DUE + DAY, (_did(DUE),), ClauseState.MET),
    ],
)
def test_a_deed(on, done, state):
    assert _state(LAND, on, *done) is state


def test_what_only_the_promising_side_says_does_not_count_and_is_shown_as_waiting():
    stands = standing(INVESTED, [_did(DUE, 100, confirmed=False)], WATCH, DUE + DAY)
    assert stands.state is ClauseState.MISSED
    assert stands.waiting
    assert stands.share == 0


def test_what_comes_after_the_day_asked_about_is_not_seen():
    assert _state(LAND, BEGIN, _did(BEGIN + DAY)) is ClauseState.NOT_DUE


def test_the_balance_of_a_side_tells_kept_late_and_open_apart():
    clauses = (
        (INVESTED, (_did(DUE, 100),)),
        (Clause("output", Side.INVESTOR, BEGIN, Decimal(5)), (_did(DUE, 5),)),
        (Clause("jobs", Side.INVESTOR, DUE, Decimal(300)), ()),
        (Clause("tax", Side.INVESTOR, DUE + 400 * DAY, Decimal(9)), ()),
        (LAND, ()),
    )
    stands = [standing(clause, done, WATCH, DUE + DAY) for clause, done in clauses]
    investor = balance(stands, Side.INVESTOR, DUE + DAY)
    assert (investor.promised, investor.due, investor.kept, investor.kept_late) == (4, 3, 1, 1)
    assert investor.open == ("jobs",)
    assert investor.rate == Decimal(1) / 3
    assert balance(stands, Side.ZONE, BEGIN).rate is None


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60)), max_size=8), st.integers(0, 500)
)
def test_once_met_a_promise_stays_met(done, later):
    fulfilments = [_did(BEGIN + DAY * day, quantity) for day, quantity in done]
    now, then = BEGIN + DAY * 200, BEGIN + DAY * (200 + later)
    if standing(INVESTED, fulfilments, WATCH, now).state is ClauseState.MET:
        assert standing(INVESTED, fulfilments, WATCH, then).state is ClauseState.MET


@given(st.permutations([_did(BEGIN, 10), _did(BEGIN + 9 * DAY, 70), _did(BEGIN + 9 * DAY, 30)]))
def test_the_order_of_the_reports_does_not_matter(done):
    stands = standing(INVESTED, done, WATCH, DUE)
    assert (stands.met_on, stands.fulfilled) == (BEGIN + 9 * DAY, 110)
