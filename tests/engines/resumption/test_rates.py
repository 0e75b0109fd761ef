"""Rates over the published examples, unknown apart from no, denominators, doubts."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.resumption.doubts import Seen, doubts
from openzone.engines.resumption.model import (
    Fact,
    Kind,
    Measure,
    Member,
    Of,
    Said,
    Span,
    Statement,
    look,
    looks,
)
from openzone.engines.resumption.rates import percent, rate
from openzone.engines.resumption.roster import change

DAY = dt.date(2020, 2, 28)
ONE = dt.timedelta(days=1)
RESUMED = Measure("resumed", Kind.COUNT, Fact.RESUMED, Of.SCOPE)
POWER = Measure("power", Kind.COUNT, Fact.POWER, Of.METERED, over=Decimal("0.30"))
STAFF_90 = Measure("staff_90", Kind.COUNT, Fact.STAFF, Of.RESUMED, least=Decimal("0.90"))
STAFF = Measure("staff", Kind.RATIO, Fact.STAFF, Of.RESUMED)
CAPACITY = Measure("capacity", Kind.MEAN, Fact.CAPACITY, Of.RESUMED)
LOAD = Measure("load", Kind.RATIO, Fact.POWER, Of.METERED)


def member(
    number=1, resumed=None, *, on=DAY, staff=None, normal=None, capacity=None, used=None,
    base=None, spans=None, unplanned=None,
):  # fmt: skip
    said = ()
    if resumed is not None:
        said = (Statement(on, Said(resumed), _dec(staff), _dec(normal), _dec(capacity)),)
    power = {} if used is None else {DAY: Decimal(used)}
    return Member(
        number, spans or [Span("key", DAY - 30 * ONE)], said, power, _dec(base), unplanned
    )


def _dec(value):
    return None if value is None else Decimal(str(value))


def on_the_day(members, carry=0, klass=""):
    return looks(members, DAY, carry, klass)


class TestPublishedExamples:
    @pytest.mark.parametrize(
        ("part", "whole", "shown"),
        [
            (423_000, 887_000, "47.7"),
            (4557, 4707, "96.8"),
            (2609, 4557, "57.3"),
            (2728, 4557, "59.9"),
            (2609, 4707, "55.4"),
            (2728, 4707, "58.0"),
        ],
    )
    def test_only_those_at_work_are_the_denominator_of_people_and_capacity(
        self, part, whole, shown
    ):
        assert percent(part, whole) == Decimal(shown)

    def test_the_report_of_2025_comes_out_of_its_own_members(self):
        members = [
            member(n, "yes", staff=90 if n < 2609 else 89, normal=100, capacity="0.9")
            for n in range(4557)
        ]
        members += [member(n, "no") for n in range(4557, 4707)]
        found = on_the_day(members)
        assert (rate(RESUMED, found).percent, rate(RESUMED, found).whole) == (Decimal("96.8"), 4707)
        staff = rate(STAFF_90, found)
        assert (staff.part, staff.whole, staff.percent) == (2609, 4557, Decimal("57.3"))
        assert len(staff.outside) == 150

    def test_one_roster_gives_two_labelled_rates_by_report_and_by_electricity(self):
        # Jiangsu in parts of a thousand: 99 % say they work, 47.7 % use over 30 % of December.
        members = [
            member(n, "yes" if n < 990 else "no", used=31 if n < 477 else 30, base=100)
            for n in range(1000)
        ]
        found = on_the_day(members)
        assert rate(RESUMED, found).percent == Decimal("99.0")
        assert rate(POWER, found).percent == Decimal("47.7")
        idle = [one for one in doubts(found, Decimal("0.30")) if one.kind == "idle"]
        assert len(idle) == 990 - 477

    def test_a_class_may_be_whole_while_the_roster_is_not(self):
        # Deyang: 350 enterprises and projects 96 %, of which projects and large industry 100 %.
        whole = [
            member(n, "yes", spans=[Span("key", DAY), Span("above_scale", DAY)]) for n in range(300)
        ]
        rest = [member(300 + n, "yes" if n < 36 else "no") for n in range(50)]
        everybody = [*whole, *rest]
        assert rate(RESUMED, on_the_day(everybody)).percent == Decimal("96.0")
        assert rate(RESUMED, on_the_day(everybody, klass="above_scale")).percent == 100
        assert rate(RESUMED, on_the_day(everybody, klass="key")).whole == 350

    def test_load_is_energy_and_not_members(self):
        found = on_the_day([member(1, used=881, base=900), member(2, used=0, base=100)])
        assert rate(LOAD, found).percent == Decimal("88.1")
        assert rate(POWER, found).percent == Decimal("50.0")


class TestUnknown:
    def test_who_did_not_report_is_unknown_and_stays_in_the_denominator(self):
        found = on_the_day([member(1, "yes"), member(2, "no"), member(3), member(4, "partly")])
        made = rate(RESUMED, found)
        assert (made.yes, made.no, made.unknown) == ((1,), (2, 4), (3,))
        assert (made.value, made.most) == (Decimal("0.25"), Decimal("0.5"))

    def test_where_nobody_said_anything_there_is_no_rate_and_not_nought(self):
        made = rate(RESUMED, on_the_day([member(1), member(2)]))
        assert (made.value, made.percent, made.whole, made.most) == (None, None, 2, 1)

    def test_a_report_is_carried_so_many_days_and_says_so(self):
        said = member(1, "yes", on=DAY - 2 * ONE)
        assert look(said, DAY, 2).carried
        assert look(said, DAY, 1).resumed is None

    def test_nobody_gives_no_rate(self):
        assert rate(RESUMED, []).value is None
        assert rate(STAFF_90, on_the_day([member(1, "no")])).percent is None

    def test_a_day_not_read_is_unknown_and_no_base_is_outside(self):
        made = rate(POWER, on_the_day([member(1, base=10), member(2, used=3), member(3)]))
        assert (made.unknown, made.outside) == ((1,), (2, 3))

    def test_sums_and_means_are_of_who_is_known(self):
        found = on_the_day([
            member(1, "yes", staff=80, normal=100, capacity="0.5"),
            member(2, "yes", staff=10, capacity="1"), member(3, "yes"),
        ])  # fmt: skip
        people, capacity = rate(STAFF, found), rate(CAPACITY, found)
        assert (people.part, people.whole, people.unknown) == (80, 100, (2, 3))
        assert (capacity.value, capacity.whole) == (Decimal("0.75"), 2)

    def test_exactly_thirty_per_cent_is_not_over_it(self):
        assert rate(POWER, on_the_day([member(used=30, base=100)])).part == 0
        assert rate(POWER, on_the_day([member(used="30.01", base=100)])).part == 1

    def test_who_does_not_plan_to_resume_is_in_the_denominator_and_named(self):
        closed = member(1, unplanned=DAY - ONE)
        (seen,) = on_the_day([closed])
        assert seen.unplanned
        assert rate(RESUMED, [seen]).whole == 1
        assert not look(member(2, "yes", unplanned=DAY), DAY, 0).unplanned


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, "yes", "partly", "no"]),
            st.none() | st.integers(0, 50),
            st.none() | st.integers(0, 50),
        ),
        max_size=12,
    )
)
def test_every_member_is_behind_each_measure_exactly_once(rows):
    members = [member(n, said, staff=a, normal=b, used=a, base=b) for n, (said, a, b) in
               enumerate(rows)]  # fmt: skip
    found = on_the_day(members)
    for measure in (RESUMED, POWER, STAFF_90, STAFF, CAPACITY, LOAD):
        made = rate(measure, found)
        behind = [*made.yes, *made.no, *made.unknown, *made.outside]
        assert sorted(behind) == list(range(len(rows)))
        if measure.kind is Kind.COUNT and made.value is not None:
            assert 0 <= made.value <= made.most <= 1


class TestDoubts:
    @pytest.mark.parametrize(
        ("given", "kind"),
        [
            ({"resumed": "yes", "used": 4, "base": 100}, "idle"),
            ({"resumed": "no", "used": 31, "base": 100}, "busy"),
            ({"resumed": "yes", "staff": 0, "normal": 9}, "empty"),
            ({"resumed": "yes", "staff": 12, "normal": 9}, "crowd"),
            ({"resumed": "partly", "used": 4, "base": 100}, None),
            ({"resumed": "yes", "used": 31, "base": 100}, None),
            ({"resumed": "yes", "used": 4}, None),
            ({"resumed": None, "used": 4, "base": 100}, None),
        ],
    )
    def test_what_disagrees_is_listed(self, given, kind):
        found = doubts(on_the_day([member(1, **given)]), Decimal("0.30"))
        assert [one.kind for one in found] == ([kind] if kind else [])

    def test_the_share_is_said(self):
        (found,) = doubts(on_the_day([member(1, "yes", used=4, base=100)]), Decimal("0.30"))
        assert "4.0%" in found.said.zh
        assert "30" in found.said.en

    def test_a_visit_after_the_report_speaks_against_it_one_before_does_not(self):
        found = on_the_day([member(1, "yes")])
        assert doubts(found, Decimal("0.3"), {1: Seen(DAY, Said.NO)})[0].kind == "seen"
        assert doubts(found, Decimal("0.3"), {1: Seen(DAY - ONE, Said.NO)}) == []

    def test_a_carried_report_is_not_held_against_the_electricity_of_the_day(self):
        found = on_the_day([member(1, "yes", on=DAY - ONE, used=1, base=100)], carry=2)
        assert doubts(found, Decimal("0.3")) == []


def test_a_denominator_is_explained_by_who_joined_and_who_left():
    start = DAY - 5 * ONE
    stays = member(1, spans=[Span("key", start)])
    left = member(2, spans=[Span("key", start, DAY - ONE)])
    joined = member(3, spans=[Span("key", DAY)])
    made = change([stays, left, joined], start, DAY, "key")
    assert (made.before, made.after, made.joined, made.left) == (2, 2, (3,), (2,))
    assert change([stays, left, joined], start, DAY, "other").after == 0
