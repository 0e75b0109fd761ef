"""One side reports with evidence, the other confirms: only then a promise moves."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.engines.projects.clauses import ClauseState
from openzone.zone.agreements.models import Answer, Fulfilment
from openzone.zone.agreements.selectors.promises import balances, of_project, promises_due
from openzone.zone.errors import Refused
from openzone.zone.projects.models import Project
from tests.zone.agreements.conftest import TODAY

pytestmark = pytest.mark.django_db
HALF = Decimal(50_000_000)


def state(deal, on=TODAY):
    return {one.clause.kind: one.state for one in of_project(deal.plant, on)}


def test_what_only_one_side_says_does_not_count(deal, promised, signed, reported, answered):
    clause = promised(deal.contract)
    signed(deal.contract)
    done = reported(clause, deal.investor, "investor", quantity=HALF)
    (one,) = of_project(deal.plant, TODAY)
    assert (one.standing.fulfilled, one.standing.waiting) == (Decimal(0), True)
    answered(done, deal.clerk, "zone")
    (one,) = of_project(deal.plant, TODAY)
    assert (one.standing.share, one.standing.waiting) == (Decimal("0.5"), False)


def test_a_deed_of_the_zone_is_met_once_the_investor_confirms(
    deal, land, signed, reported, answered
):
    clause = land(deal.contract)
    signed(deal.contract)
    assert state(deal) == {"land": ClauseState.MISSED}
    answered(reported(clause, deal.clerk, "zone"), deal.investor, "investor")
    assert state(deal) == {"land": ClauseState.MET}


def test_a_refusal_says_why_and_counts_nothing(deal, land, signed, reported, answered):
    clause = land(deal.contract)
    signed(deal.contract)
    done = reported(clause, deal.clerk, "zone")
    with pytest.raises(Refused, match="写明原因"):
        answered(done, deal.investor, "investor", confirmed=False)
    answered(done, deal.investor, "investor", confirmed=False, remark="只交付了一半")
    assert state(deal) == {"land": ClauseState.MISSED}
    with pytest.raises(Refused, match=r"已由.*不予确认"):
        answered(done, deal.investor, "investor")


def test_neither_the_same_side_nor_the_same_person_confirms(deal, land, signed, reported, answered):
    clause = land(deal.contract)
    signed(deal.contract)
    done = reported(clause, deal.clerk, "zone")
    with pytest.raises(Refused, match="另一方"):
        answered(done, deal.colleague, "zone")
    with pytest.raises(Refused, match="自己确认"):
        answered(done, deal.clerk, "investor")
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": TODAY + dt.timedelta(days=1)}, "on"),
        ({"on": dt.date(2026, 1, 9)}, "on"),
        ({"quantity": None}, "quantity"),
        ({"data": b"MZ"}, "file"),
        ({"text": ""}, "text"),
    ],
)
def test_a_report_without_proof_or_sense_is_refused(deal, promised, signed, reported, given, field):
    clause = promised(deal.contract)
    signed(deal.contract)
    with pytest.raises(Refused) as refused:
        reported(clause, deal.investor, "investor", **{"quantity": HALF} | given)
    assert refused.value.field == field
    assert not Fulfilment.objects.exists()


def test_nothing_is_fulfilled_before_it_is_signed(deal, promised, reported):
    clause = promised(deal.contract)
    with pytest.raises(Refused, match="不在履行中"):
        reported(clause, deal.investor, "investor", quantity=HALF)


def test_a_report_and_its_answer_are_never_rewritten(deal, promised, signed, reported, answered):
    clause = promised(deal.contract)
    signed(deal.contract)
    done = reported(clause, deal.investor, "investor", quantity=HALF)
    answered(done, deal.clerk, "zone")
    for rows, change in (
        (Fulfilment.objects.all(), {"quantity": 1}), (Answer.objects.all(), {"confirmed": False}),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


def test_each_side_has_its_own_balance(deal, promised, land, signed, reported, answered):
    promised(deal.contract)
    clause = land(deal.contract)
    signed(deal.contract)
    answered(
        reported(clause, deal.clerk, "zone", on=dt.date(2026, 4, 5)), deal.investor, "investor"
    )
    investor, zone = balances(of_project(deal.plant, TODAY), TODAY)
    assert (investor.promised, investor.due, investor.rate) == (1, 0, None)
    assert (zone.due, zone.kept, zone.kept_late, zone.open) == (1, 0, 1, ())


def test_who_must_know_is_told_in_time(deal, promised, land, signed, reported, answered):
    first = promised(deal.contract)
    land(deal.contract)
    signed(deal.contract)
    every = Project.objects.all()
    assert [one.state for one in promises_due(every, dt.date(2026, 1, 15))] == []
    assert [one.clause.kind for one in promises_due(every, dt.date(2026, 1, 15), 80)] == ["land"]
    assert [one.state for one in promises_due(every, dt.date(2026, 3, 1))] == [ClauseState.DUE_SOON]
    done = reported(first, deal.investor, "investor", quantity=Decimal(10_000_000))
    answered(done, deal.clerk, "zone")
    assert [one.state for one in promises_due([deal.plant], TODAY)] == [
        ClauseState.MISSED, ClauseState.BEHIND,
    ]  # fmt: skip
    assert promises_due(Project.objects.none(), TODAY) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_are_one_and_a_clear_refusal(
    deal, land, signed, reported, answered, at_the_same_time
):
    clause = land(deal.contract)
    signed(deal.contract)
    done = reported(clause, deal.clerk, "zone")

    def confirm():
        try:
            return answered(done, deal.investor, "investor")
        except Refused as refusal:
            return refusal

    found = at_the_same_time(2, confirm)
    (refused,) = (one for one in found if isinstance(one, Refused))
    assert "answered already" in refused.reason.en
    assert Answer.objects.count() == 1
