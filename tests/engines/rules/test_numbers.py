"""Computed numbers: zero denominators, missing members, exact limits."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.rules.sample import AS_OF, clause, decide, outcome, plan_of, rule

REVENUE, BEFORE, RD = "revenue_y1", "revenue_y2", "rd_expense_y1"


def test_a_ratio_over_zero_is_unknown_and_nothing_would_settle_it() -> None:
    share = clause("share", number={"ratio": [RD, REVENUE]}, gte="3%")
    plan = plan_of(rule(when=[share]))
    for rd in (0, 5):
        record = decide(plan, rd_expense_y1=rd, revenue_y1=0)
        assert (record.outcome, record.missing) == ("unknown", ())


def test_zero_over_something_is_zero() -> None:
    share = {"number": {"ratio": [RD, REVENUE]}, "gte": "3%"}
    assert outcome(share, rd_expense_y1=0, revenue_y1=100) == "not_met"


@pytest.mark.parametrize("operation", ["min", "max", "sum", "mul", "mean"])
def test_a_missing_member_makes_the_number_unknown(operation: str) -> None:
    capped = clause("c", number={operation: [RD, 2_000_000]}, ne=2_000_000)
    record = decide(plan_of(rule(when=[capped])))
    assert (record.outcome, record.missing) == ("unknown", (RD,))


def test_the_smallest_and_largest_are_taken_when_all_are_known() -> None:
    assert outcome({"number": {"min": [RD, 200]}, "eq": 200}, rd_expense_y1=500) == "met"
    assert outcome({"number": {"max": [RD, 200]}, "eq": 500}, rd_expense_y1=500) == "met"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ({"sum": [REVENUE, BEFORE, RD]}, 111.0),
        ({"sub": [REVENUE, BEFORE]}, 90.0),
        ({"mul": [REVENUE, 3]}, 300.0),
        ({"ratio": [REVENUE, BEFORE]}, 10.0),
        ({"mean": [REVENUE, BEFORE]}, 55.0),
        ({"growth": [BEFORE, REVENUE]}, 9.0),
        ({"number": {"sub": [REVENUE, 1]}, "label": {"zh": "一", "en": "one"}}, 99.0),
    ],
)
def test_operations_compute_what_they_say(number: dict[str, Any], expected: float) -> None:
    facts = {REVENUE: 100, BEFORE: 10, RD: 1}
    assert outcome({"number": number, "eq": expected}, **facts) == "met"


@pytest.mark.parametrize("base", [0, -5])
def test_growth_from_zero_or_less_is_unknown(base: float) -> None:
    growth = {"number": {"growth": [BEFORE, REVENUE]}, "gte": "-100%"}
    assert outcome(growth, revenue_y2=base, revenue_y1=10) == "unknown"


@settings(deadline=None)
@given(st.integers(1, 10**7), st.integers(1, 300))
def test_growth_that_is_exactly_the_limit_reaches_it(hundreds: int, percent: int) -> None:
    before, after = hundreds * 100, hundreds * (100 + percent)
    growth = {"number": {"growth": [BEFORE, REVENUE]}, "gte": f"{percent}%"}
    assert outcome(growth, revenue_y2=before, revenue_y1=after) == "met"


@settings(deadline=None)
@given(st.integers(1, 10**9), st.integers(1, 100))
def test_a_ratio_that_is_exactly_the_limit_reaches_it(hundreds: int, percent: int) -> None:
    share = {"number": {"ratio": [RD, REVENUE]}, "gte": f"{percent}%"}
    facts = {RD: hundreds * percent, REVENUE: hundreds * 100}
    assert outcome(share, **facts) == "met"
    assert outcome({**share, "gte": f"{percent}.01%"}, **facts) == "not_met"


def test_an_if_takes_the_branch_and_is_unknown_while_its_condition_is() -> None:
    number = {"if": {"fact": "certified", "is": True}, "then": REVENUE, "else": BEFORE}
    test = clause("c", number=number, eq=10)
    plan = plan_of(rule(when=[test]))
    assert decide(plan, certified=False, revenue_y2=10).outcome == "met"
    assert decide(plan, certified=True, revenue_y1=11).outcome == "not_met"
    assert decide(plan, revenue_y1=10, revenue_y2=10).missing == ("certified",)
    assert decide(plan).missing == ("certified", REVENUE, BEFORE)
    assert decide(plan, certified=True).missing == (REVENUE,)
    assert decide(plan, certified=False).missing == (BEFORE,)


def test_an_overflow_is_unknown() -> None:
    product = {"number": {"mul": ["employees", "employees"]}, "gte": 1}
    assert outcome(product, employees=1e200) == "unknown"


@pytest.mark.parametrize(
    ("as_of", "date", "years"),
    [
        (dt.date(2026, 6, 30), dt.date(2025, 6, 30), 1),
        (dt.date(2026, 6, 30), dt.date(2025, 7, 1), 0),
        (dt.date(2026, 6, 30), dt.date(2026, 6, 30), 0),
        (dt.date(2026, 6, 30), dt.date(2026, 7, 1), -1),
        (dt.date(2024, 2, 29), dt.date(2023, 2, 28), 1),
        (dt.date(2024, 2, 29), dt.date(2023, 3, 1), 0),
        (dt.date(2024, 2, 29), dt.date(2020, 2, 29), 4),
        (dt.date(2025, 2, 28), dt.date(2024, 2, 29), 0),
        (dt.date(2025, 3, 1), dt.date(2024, 2, 29), 1),
        (dt.date(2026, 6, 30), dt.date(1949, 10, 1), 76),
    ],
)
def test_completed_years(as_of: dt.date, date: dt.date, years: int) -> None:
    number = {"number": {"years_since": "registered_on"}, "eq": years}
    plan = plan_of(rule(when=[clause("c", **number)]), as_of=as_of)
    assert decide(plan, registered_on=date).outcome == "met"


@settings(deadline=None)
@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), st.dates(), st.integers(0, 9))
def test_years_agree_with_the_test_of_the_day(as_of: dt.date, date: dt.date, n: int) -> None:
    by_years = clause("y", number={"years_since": "registered_on"}, gte=n)
    by_day = clause("d", fact="registered_on", at_or_before={"as_of": f"-{n}y"})
    facts = {"registered_on": date}
    found = {
        decide(plan_of(rule(when=[test]), as_of=as_of), **facts).outcome
        for test in (by_years, by_day)
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    ("test", "before", "at", "after"),
    [
        ("at_or_before", "met", "met", "not_met"),
        ("before", "met", "not_met", "not_met"),
        ("at_or_after", "not_met", "met", "met"),
        ("after", "not_met", "not_met", "met"),
    ],
)
@pytest.mark.parametrize("limit", [AS_OF, {"as_of": "0d"}])
def test_ends_of_days(test: str, before: str, at: str, after: str, limit: object) -> None:
    days = [AS_OF + dt.timedelta(days=n) for n in (-1, 0, 1)]
    found = [outcome({"fact": "valid_to", test: limit}, valid_to=day) for day in days]
    assert found == [before, at, after]


def test_a_year_start_counts_calendar_years() -> None:
    young = {"fact": "registered_on", "at_or_after": {"year_start": -2}}
    assert outcome(young, registered_on=dt.date(2024, 1, 1)) == "met"
    assert outcome(young, registered_on=dt.date(2023, 12, 31)) == "not_met"
