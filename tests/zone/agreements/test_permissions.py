"""Three actors: the bureau, the investor's people, and somebody of neither."""

import pytest

from openzone.zone.agreements import permissions as may
from openzone.zone.agreements.enums import Side
from openzone.zone.agreements.selectors.waiting import to_confirm, to_review, worked_on
from tests.zone.agreements.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_each_acts_for_one_side_or_none(deal, stranger):
    found = [may.side_of(user, deal.plant, TODAY) for user in (deal.clerk, deal.investor, stranger)]
    assert found == [Side.ZONE, Side.INVESTOR, None]


def test_the_investor_reads_what_is_signed_and_no_draft(deal, stranger, land, signed):
    land(deal.contract)
    assert not may.may_see(deal.investor, deal.contract, TODAY).allowed
    done = signed(deal.contract)
    assert may.may_see(deal.investor, done, TODAY).allowed
    assert list(may.own_agreements(deal.investor, TODAY)) == [done]
    assert not may.may_see(stranger, done, TODAY).allowed
    assert not may.own_agreements(stranger, TODAY).exists()


def test_leaders_read_and_do_not_write(deal, leader):
    assert may.may_see(leader, deal.contract, TODAY).allowed
    assert not may.may_edit(leader, deal.plant, TODAY).allowed
    assert may.side_of(leader, deal.plant, TODAY) is None


def test_who_proposed_does_not_review_and_the_investor_never_does(deal, stranger, proposed):
    incentive = proposed()
    allowed = {
        user.username: may.may_review(user, incentive, TODAY).allowed
        for user in (deal.clerk, deal.colleague, deal.investor, stranger)
    }
    assert [name for name, yes in allowed.items() if yes] == [deal.colleague.username]


def test_only_the_other_side_answers(deal, stranger, land, signed, reported):
    clause = land(deal.contract)
    signed(deal.contract)
    done = reported(clause, deal.clerk, "zone")
    users = (deal.clerk, deal.colleague, deal.investor, stranger)
    allowed = [may.may_answer(user, done, TODAY).allowed for user in users]
    assert allowed == [False, False, True, False]


def test_the_desk_shows_what_waits_for_somebody(
    deal, stranger, promised, signed, reported, proposed
):
    clause = promised(deal.contract)
    signed(deal.contract)
    done = reported(clause, deal.investor, "investor", quantity=clause.quantity)
    incentive = proposed()
    own = worked_on(deal.colleague, TODAY)
    assert list(to_confirm(own, deal.colleague)) == [done]
    assert list(to_review(own, deal.colleague)) == [incentive]
    assert not to_review(own, deal.clerk).exists()
    assert not worked_on(stranger, TODAY).exists()
