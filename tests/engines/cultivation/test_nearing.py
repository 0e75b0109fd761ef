"""Months against a threshold: known, missing, projected with an interval; routes and reasons."""

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.cultivation.nearing import Pace, nearing, shifted
from openzone.engines.cultivation.routes import Conditions, Known, checks

LIMIT = 20_000_000.0
PACE = Pace(6, 1.96)
OCTOBER = dt.date(2026, 10, 1)


def months(values, last=OCTOBER):
    """Amounts of the months that end with ``last``; ``None`` is not known."""
    days = [shifted(last, back - len(values) + 1) for back in range(len(values))]
    return {day: value for day, value in zip(days, values, strict=True) if value is not None}


class TestNearing:
    def test_twelve_months_and_the_year_so_far(self):
        found = nearing(months([1_500_000] * 12), LIMIT, OCTOBER, PACE)
        assert (found.rolling, found.year, found.reached) == (18_000_000, 15_000_000, False)
        assert found.projected.value == 18_000_000
        assert found.projected.low == found.projected.high == 18_000_000
        assert found.ahead is None  # at this pace it never gets there

    def test_a_rising_unit_gets_there_in_some_months(self):
        values = [1_200_000] * 6 + [2_000_000] * 6
        found = nearing(months(values), LIMIT, OCTOBER, PACE)
        assert found.rolling == 19_200_000
        assert (found.ahead.months, found.ahead.least, found.ahead.most) == (1, 1, 1)

    def test_the_interval_holds_the_middle(self):
        values = [1_000_000, 1_400_000, 1_100_000, 1_600_000, 1_300_000, 1_700_000,
                  1_500_000, 1_900_000, 1_600_000, 2_100_000, 1_700_000, 2_200_000]  # fmt: skip
        found = nearing(months(values), LIMIT, OCTOBER, PACE)
        assert found.projected.low < found.projected.value < found.projected.high
        assert found.ahead.least <= found.ahead.months
        assert found.ahead.most is None or found.ahead.most >= found.ahead.months

    def test_who_reaches_it_has_no_month_to_wait(self):
        found = nearing(months([1_700_000] * 12), LIMIT, OCTOBER, PACE)
        assert (found.reached, found.ahead.months) == (True, 0)

    def test_too_few_months_project_nothing(self):
        found = nearing(months([1_700_000] * 5), LIMIT, OCTOBER, PACE)
        assert (found.rolling, found.projected, found.ahead, found.known) == (None, None, None, 5)
        assert len(found.missing) == 7

    def test_without_a_pace_nothing_is_projected(self):
        found = nearing(months([1_500_000] * 12), LIMIT, OCTOBER)
        assert (found.rolling, found.projected, found.ahead) == (18_000_000, None, None)

    def test_a_missing_month_is_not_nought(self):
        values = [1_700_000.0] * 12
        values[4] = None
        found = nearing(months(values), LIMIT, OCTOBER, PACE)
        assert found.rolling is None
        assert found.reached is None
        assert found.missing == (dt.date(2026, 3, 1),)

    def test_nothing_known_says_nothing(self):
        found = nearing({}, LIMIT, OCTOBER, PACE)
        assert (found.known, found.year, found.projected) == (0, None, None)


@settings(max_examples=50)
@given(st.lists(st.none() | st.floats(0, 1e8), min_size=12, max_size=12))
def test_every_month_is_known_or_missing(values):
    found = nearing(months(values), LIMIT, OCTOBER, PACE)
    assert found.known + len(found.missing) == 12
    assert (found.rolling is None) == bool(found.missing)
    if found.projected is not None:
        assert found.projected.low <= found.projected.value <= found.projected.high
    if found.rolling is not None:
        assert math.isclose(found.rolling, sum(values), abs_tol=1)


MONTHLY = Conditions(
    LIMIT, years_registered=2, years_filed=2, production_from_month=10, new_building=True,
    no_sales_before_month=10, swing=0.5,
)  # fmt: skip
ON = dt.date(2026, 10, 31)
GOOD = Known(
    vat={**months([2_100_000] * 10), dt.date(2025, 8, 1): 0.0},
    accounts=months([2_050_000] * 10), registered_on=dt.date(2025, 3, 1),
    filed_on=dt.date(2025, 1, 1), produced_from=dt.date(2025, 11, 1), new_building=True,
)  # fmt: skip


def answers(known, asked=MONTHLY, on=ON):
    return {one.id: one.met for one in checks(asked, known, on)}


class TestRoutes:
    def test_a_new_unit_that_meets_everything(self):
        assert set(answers(GOOD).values()) == {True}
        assert len(answers(GOOD)) == 8

    def test_nothing_known_is_neither_met_nor_not(self):
        assert set(answers(Known({}, {})).values()) == {None}

    @pytest.mark.parametrize(
        ("change", "failed"),
        [
            ({"vat": months([1_900_000] * 10)}, "vat"),
            ({"accounts": months([1_900_000] * 10)}, "accounts"),
            ({"registered_on": dt.date(2024, 10, 30)}, "registered"),
            ({"filed_on": dt.date(2024, 1, 1)}, "filed"),
            ({"produced_from": dt.date(2025, 9, 30)}, "produced"),
            ({"new_building": False}, "new_building"),
            ({"vat": {**GOOD.vat, dt.date(2025, 9, 1): 1.0}}, "no_sales"),
            ({"vat": {**GOOD.vat, OCTOBER: 9_000_000.0}}, "steady"),
        ],
    )
    def test_one_thing_that_fails_is_named(self, change, failed):
        known = Known(**{name: getattr(GOOD, name) for name in Known.__slots__} | change)
        assert answers(known)[failed] is False

    def test_both_bases_are_asked_and_a_gap_is_unknown(self):
        vat = months([2_100_000] * 9 + [None])
        vat.pop(dt.date(2026, 4, 1), None)
        found = answers(Known(vat, {}), Conditions(LIMIT))
        assert found == {"vat": None, "accounts": None}

    def test_the_annual_route_asks_for_the_two_totals_only(self):
        assert answers(GOOD, Conditions(LIMIT)) == {"vat": True, "accounts": True}

    def test_in_january_the_year_before_decides(self):
        whole = months([2_100_000] * 12, dt.date(2026, 12, 1))
        known = Known(whole, whole, produced_from=dt.date(2025, 11, 1))
        found = answers(known, on=dt.date(2027, 1, 5))
        assert (found["vat"], found["accounts"], found["produced"]) == (True, True, True)
        assert answers(known, on=dt.date(2027, 2, 5))["vat"] is None

    def test_january_itself_is_no_month_of_the_year_before(self):
        known = Known(months([1_600_000] * 12 + [9_000_000], dt.date(2027, 1, 1)), {})
        assert answers(known, Conditions(LIMIT), dt.date(2027, 1, 31))["vat"] is False

    def test_the_last_day_of_two_years_still_counts(self):
        known = Known({}, {}, registered_on=dt.date(2024, 10, 31))
        assert answers(known)["registered"] is True
        leap = Known({}, {}, registered_on=dt.date(2024, 2, 29))
        assert answers(leap, on=dt.date(2026, 2, 28))["registered"] is True
