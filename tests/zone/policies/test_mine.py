"""What one enterprise can have from the published items, and what is in the way."""

import datetime as dt

import pytest
from django.utils import timezone

from openzone.engines.rules.single import Known
from openzone.zone.policies.selectors.mine import offers_for, offers_to, settling
from openzone.zone.rulebook.selectors.entitlements import Standing
from tests.factories import make_enterprise, make_item, state

pytestmark = pytest.mark.django_db
FACTORY = {"industry": "C3841", "main_business_revenue_y1": 50_000_000}


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def test_each_item_stands_where_its_rule_says(today: dt.date) -> None:
    firm = make_enterprise()
    state(firm, today, **FACTORY)
    met, open_ = make_item(rule_id="cn.above_scale"), make_item(rule_id="cn.high_tech")
    by_person = make_item()
    offers = offers_to(firm, today)
    assert [one.item for one in offers.entitled] == [met]
    assert [one.item for one in offers.unknown] == [open_]
    assert [one.item for one in offers.by_person] == [by_person]


def test_the_calculator_answers_as_the_record_does(today: dt.date) -> None:
    firm = make_enterprise()
    state(firm, today, **FACTORY)
    make_item(rule_id="cn.above_scale")
    make_item(rule_id="cn.high_tech")
    known = {name: Known(value) for name, value in FACTORY.items()}
    here, there = offers_to(firm, today), offers_for(known, today)
    assert [one.standing for one in (*here.entitled, *here.unknown)] == [
        one.standing for one in (*there.entitled, *there.unknown)
    ]


def test_the_questions_offered_next_are_those_most_answers_wait_for(today: dt.date) -> None:
    for _ in range(2):
        make_item(rule_id="cn.above_scale")
    offers = offers_for({"industry": Known("C3841")}, today)
    assert settling(offers, ["industry"], 3) == ["main_business_revenue_y1"]
    assert settling(offers, ["main_business_revenue_y1"], 3) == []


def test_a_draft_or_an_item_out_of_force_is_no_offer(today: dt.date) -> None:
    make_item(rule_id="cn.above_scale", published=False)
    offers = offers_for({}, today)
    assert not [*offers.entitled, *offers.unknown, *offers.by_person]


def test_an_offer_outside_its_window_says_so(today: dt.date) -> None:
    late = today - dt.timedelta(days=1)
    make_item(rule_id="cn.above_scale", window_to=late)
    (offer,) = offers_for({name: Known(v) for name, v in FACTORY.items()}, today).entitled
    assert offer.standing is Standing.MET
    assert not offer.taken.allowed
    assert str(late) in offer.taken.reason.en
