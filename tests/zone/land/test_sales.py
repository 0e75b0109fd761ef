"""A parcel is offered, sold, and watched until it is built on."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from openzone.zone.errors import Refused
from openzone.zone.land.enums import ParcelState
from openzone.zone.land.models import Parcel, Sale, SiteReport
from openzone.zone.land.selectors.sites import idleness_of, watched
from openzone.zone.land.services import sales
from openzone.zone.land.services.states import void_step
from tests.zone.land.conftest import JANUARY, NOW, TODAY, mu

FEBRUARY = dt.date(2026, 2, 20)
BID = {"price": Decimal(38_000_000), "buyer_name": "示例汽车部件有限公司"}


@pytest.fixture
def acts(actor, land):
    return {"actor": actor, "user": land.clerk, "now": NOW, "today": TODAY}


@pytest.fixture
def offered(land, acts, come):
    come(land.parcel, "cleared")
    return sales.announce(
        **acts, parcel=land.parcel, kind="listing", announcement="示例告字〔2026〕3号", on=JANUARY,
        closes_on=FEBRUARY, start_price=Decimal(36_000_000),
    )  # fmt: skip


@pytest.fixture
def sold(offered, acts):
    return sales.conclude(**acts, sale=offered, outcome="sold", on=FEBRUARY, **BID)


@pytest.fixture
def contract(actor, land, sold):
    return sales.sign_contract(
        actor=actor, parcel=land.parcel, number="示例合〔2026〕8号", on=FEBRUARY, today=TODAY,
        investment=Decimal(560_000_000), begin_due=dt.date(2026, 5, 1),
        finish_due=dt.date(2028, 5, 1), delivery_due=dt.date(2026, 3, 1),
    )  # fmt: skip


def _state(land):
    return Parcel.objects.get(pk=land.parcel.pk).state


def test_an_offer_lists_the_parcel_and_a_bid_sells_it(land, offered, acts):
    assert _state(land) == ParcelState.LISTED
    sale = sales.conclude(**acts, sale=offered, outcome="sold", on=FEBRUARY, **BID)
    assert (_state(land), sale.price) == (ParcelState.SOLD, BID["price"])


@pytest.mark.parametrize("outcome", ["failed", "withdrawn"])
def test_an_offer_without_a_bid_leaves_net_land(land, offered, acts, outcome):
    sales.conclude(**acts, sale=offered, outcome=outcome, on=FEBRUARY, reason="无人报名")
    assert _state(land) == ParcelState.CLEARED


@pytest.mark.parametrize(
    ("outcome", "given", "field"),
    [
        ("sold", {"buyer_name": "示例公司"}, "price"),
        ("sold", {"price": Decimal(40_000_000)}, "buyer_name"),
        ("sold", {"price": Decimal(1), "buyer_name": "示例公司"}, "price"),
        ("failed", {}, "reason"),
    ],
)
def test_how_an_offer_ended_needs_its_words(land, offered, acts, outcome, given, field):
    with pytest.raises(Refused) as refused:
        sales.conclude(**acts, sale=offered, outcome=outcome, on=FEBRUARY, **given)
    assert refused.value.field == field
    assert _state(land) == ParcelState.LISTED


def test_an_offer_ends_once(sold, acts):
    with pytest.raises(Refused, match="2026-02-20"):
        sales.conclude(**acts, sale=sold, outcome="failed", on=FEBRUARY, reason="x")


def test_one_offer_at_a_time(land, offered, acts):
    with pytest.raises(Refused, match="3号"):
        sales.announce(**acts, parcel=land.parcel, kind="auction", announcement="二", on=FEBRUARY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sale.objects.create(
            parcel=land.parcel, kind="auction", announcement="二", announced_on=FEBRUARY
        )


def test_a_contract_takes_buyer_and_price_of_the_sale(contract):
    assert (contract.price, contract.buyer_name) == (BID["price"], BID["buyer_name"])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": dt.date(2026, 2, 1)}, "on"),
        ({"on": dt.date(2026, 12, 1)}, "on"),
        ({"begin_due": dt.date(2027, 1, 1), "finish_due": dt.date(2026, 1, 1)}, "finish_due"),
    ],
)
def test_the_days_of_a_contract_are_in_order(actor, land, sold, given, field):
    with pytest.raises(Refused) as refused:
        sales.sign_contract(
            actor=actor, parcel=land.parcel, number="1", today=TODAY, **{"on": FEBRUARY} | given
        )
    assert refused.value.field == field


def test_no_contract_before_the_sale_and_one_at_a_time(actor, land, offered):
    with pytest.raises(Refused, match="尚未成交"):
        sales.sign_contract(actor=actor, parcel=land.parcel, number="1", on=FEBRUARY, today=TODAY)


def test_a_sale_by_mistake_is_open_again_unless_a_contract_is_signed(actor, land, sold):
    hand = {"actor": actor, "parcel": land.parcel, "user": None, "now": NOW, "today": TODAY}
    void_step(**hand, reason="误录")
    sold.refresh_from_db()
    assert (sold.outcome, sold.price, _state(land)) == ("", None, ParcelState.LISTED)
    void_step(**hand, reason="误录")
    sold.refresh_from_db()
    assert (sold.outcome, _state(land)) == ("withdrawn", ParcelState.CLEARED)


def test_a_signed_contract_keeps_the_sale(actor, land, contract):
    with pytest.raises(Refused, match="8号"):
        void_step(actor=actor, parcel=land.parcel, reason="误录", user=None, now=NOW, today=TODAY)
    sales.end_contract(actor=actor, contract=contract, on=TODAY, reason="受让人退地", today=TODAY)
    with pytest.raises(Refused, match="终止"):
        sales.end_contract(actor=actor, contract=contract, on=TODAY, reason="x", today=TODAY)


@pytest.fixture
def seen(acts, contract):
    def report(event, on, **more):
        return sales.report_site(**acts, contract=contract, event=event, on=on, **more)

    return report


def test_land_not_begun_is_warned_of_before_the_year_is_over(contract, land):
    every = Parcel.objects.all()
    assert watched(every, TODAY) == []
    (found,) = watched(every, dt.date(2027, 3, 1))
    assert (found.contract, found.found.state) == (contract, "near")
    assert found.found.hint is not None  # it was to be delivered in March 2026


def test_work_that_began_is_watched_when_it_stops(contract, seen, land):
    seen("begun", dt.date(2026, 4, 1))
    seen("progress", dt.date(2026, 5, 1), built_m2=mu(10), invested=Decimal(30_000_000))
    seen("stopped", dt.date(2026, 5, 10))
    contract.refresh_from_db()
    late = idleness_of(contract, dt.date(2027, 5, 10))
    assert late.state == "past"
    seen("resumed", dt.date(2026, 6, 1))
    contract.refresh_from_db()
    assert idleness_of(contract, dt.date(2027, 5, 10)).state == "working"


@pytest.mark.parametrize(
    ("events", "field"),
    [
        (("progress",), "event"),
        (("begun", "begun"), "event"),
        (("begun", "resumed"), "event"),
        (("begun", "stopped", "stopped"), "event"),
    ],
)
def test_reports_from_a_site_follow_each_other(seen, events, field):
    *before, last = events
    for event in before:
        seen(event, TODAY)
    with pytest.raises(Refused) as refused:
        seen(last, TODAY)
    assert refused.value.field == field


def test_no_more_is_built_on_than_there_is(seen):
    seen("begun", FEBRUARY)
    with pytest.raises(Refused) as refused:
        seen("progress", TODAY, built_m2=mu(116))
    assert refused.value.field == "built"
    with pytest.raises(Refused):
        seen("progress", JANUARY)


def test_reports_are_kept_by_the_database(seen):
    seen("begun", FEBRUARY)
    with pytest.raises(DatabaseError), transaction.atomic():
        SiteReport.objects.update(on=TODAY)


def test_what_is_built_is_watched_no_more(contract, land, come):
    come(land.parcel, "built", TODAY)
    contract.refresh_from_db()
    assert idleness_of(contract, dt.date(2030, 1, 1)) is None
