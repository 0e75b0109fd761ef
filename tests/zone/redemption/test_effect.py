"""What the policies brought, counted from the rows and traceable to no single enterprise."""

import datetime as dt

import pytest

from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.selectors import effect
from openzone.zone.redemption.selectors.received import open_applications, received
from tests.factories import TESTS, make_enterprise, make_place, make_staff, state
from tests.zone.redemption.people import NOW

pytestmark = pytest.mark.django_db
SINCE = dt.date(2026, 1, 1)
END = dt.date(2026, 12, 31)


@pytest.fixture
def three_paid(people, instant, budget):
    """Three enterprises of one park and one of another were paid 50,000 yuan each."""
    from openzone.zone.redemption.services.budgets import appropriate

    appropriate(actor=TESTS, budget=budget, amount=10**8, document="文", key="more", at=NOW)
    parks = [make_place("示例一园"), make_place("示例二园")]
    firms = []
    for number in range(4):
        firm = make_enterprise(f"合肥示例{number}有限公司", place=parks[number == 3])
        make_staff(people.owner, firm)
        state(
            firm, NOW.date(), employees=20 + number, on_dishonest_list=False, industry="C3841",
            revenue_y2="1000000", revenue_y1=str(1_000_000 + 100_000 * number),
        )  # fmt: skip
        people.pay(people.order(people.apply(instant, firm)))
        firms.append(firm)
    return firms


def test_take_up_is_entitled_applied_and_paid(people, three_paid, instant, firm):
    line = next(one for one in effect.take_up(END, SINCE) if one.item == instant)
    ids = {one.pk for one in three_paid}
    assert line.entitled == ids | {firm.pk}
    assert line.applied == line.paid == ids
    assert (line.amount, line.share) == (200_000_00, 4 / 5)
    assert received(END) == {(pk, instant.pk) for pk in ids}
    assert not open_applications().exists()


def test_an_item_no_rule_decides_has_no_take_up(people, make_item):
    item = make_item("rd", "fast", rule_id="")
    line = next(one for one in effect.take_up(END, SINCE) if one.item == item)
    assert (line.entitled, line.share) == (None, None)


def test_a_group_of_fewer_than_three_is_hidden(three_paid):
    groups = {group.label: group for group in effect.paid_by(effect.by_place, END, SINCE)}
    assert (groups["示例一园"].hidden, groups["示例一园"].amount) == (False, 150_000_00)
    assert groups["示例二园"].hidden
    by_industry = effect.paid_by(effect.by_industry, END, SINCE)
    assert [(group.label, len(group.enterprises)) for group in by_industry] == [("C", 4)]
    by_size = effect.paid_by(effect.size_classes(END), END, SINCE)
    assert sum(group.amount for group in by_size) == 200_000_00


def test_times_come_from_the_steps_in_working_days(people, firm, fast):
    application = people.apply(fast, firm)  # Friday 5 June 2026, 10:00
    people.accept(application, NOW + dt.timedelta(days=4))  # Tuesday 10:00: two working days
    stays = effect.stays_of(list(application.steps.order_by("seq")))
    assert stays[Stage.FORMALITY] == pytest.approx(2.0)
    assert Stage.REVIEW not in stays


def test_the_time_to_money_is_from_handing_in_to_the_payment(three_paid):
    times = effect.time_to_money(END, SINCE)
    assert len(times) == 4
    # Ordered an hour after, paid an hour after that: two of the seven working hours.
    assert {round(days, 3) for _one, days in times} == {round(2 / 7, 3)}
    stages = {one.stage: one for one in effect.stage_times(END, SINCE)}
    assert stages[Stage.ORDER].middle == pytest.approx(1 / 7)


def test_receivers_are_compared_year_on_year_where_both_years_are_known(three_paid):
    found = {(one.fact, one.who): one for one in effect.changes(END, SINCE)}
    change = found["revenue_y1", "paid"]
    assert len(change.enterprises) == 4
    assert not change.hidden
    assert change.growth == pytest.approx(0.15)
    assert found["revenue_y1", "near"].hidden
