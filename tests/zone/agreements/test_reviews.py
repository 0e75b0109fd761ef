"""No incentive enters an agreement without a fair-competition review that allows it."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from openzone.zone.agreements.models import Clause, FairReview
from openzone.zone.agreements.services.drafting import grant
from openzone.zone.errors import Refused
from tests.zone.agreements.conftest import NOW, SIGNED

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 12, 31)


def enter(actor, deal, incentive):
    return grant(actor=actor, agreement=deal.contract, incentive=incentive, due=DUE)


def test_without_a_review_the_refusal_is_clear_in_both_languages(actor, deal, proposed):
    with pytest.raises(Refused) as refused:
        enter(actor, deal, proposed())
    assert "没有公平竞争审查记录" in refused.value.reason.zh
    assert "no fair-competition review" in refused.value.reason.en
    assert not deal.contract.clauses.exists()


def test_with_a_review_that_allows_it_the_incentive_is_a_promise_of_the_zone(
    actor, deal, proposed, reviewed
):
    incentive = proposed()
    review = reviewed(incentive)
    clause = enter(actor, deal, incentive)
    assert (clause.side, clause.quantity, clause.review) == ("zone", incentive.amount, review)
    with pytest.raises(Refused, match="已在本协议中"):
        enter(actor, deal, incentive)


def test_a_review_that_does_not_allow_it_keeps_it_out(actor, deal, proposed, reviewed):
    incentive = proposed()
    reviewed(incentive, "not_allowed", basis_kind="other", basis="构成选择性奖励")
    with pytest.raises(Refused, match="不予通过"):
        enter(actor, deal, incentive)


def test_the_last_review_holds_in_either_direction(actor, deal, proposed, reviewed):
    incentive = proposed()
    reviewed(incentive)
    reviewed(incentive, "not_allowed", basis="复审：依据已废止")
    with pytest.raises(Refused, match="不予通过"):
        enter(actor, deal, incentive)
    reviewed(incentive)
    assert enter(actor, deal, incentive).review.seq == 3


def test_what_a_later_review_refuses_is_not_signed(actor, deal, proposed, reviewed, signed):
    incentive = proposed()
    reviewed(incentive)
    enter(actor, deal, incentive)
    reviewed(incentive, "not_allowed", basis="复审：依据已废止")
    with pytest.raises(Refused, match="不予通过"):
        signed(deal.contract)
    deal.contract.refresh_from_db()
    assert (deal.contract.state, deal.contract.file.name) == ("draft", "")


@pytest.mark.parametrize("kind", ["tax", "reward", "factor", "fee", "fund", "insurance"])
def test_what_the_regulation_forbids_needs_a_law_or_the_state_council(proposed, reviewed, kind):
    incentive = proposed(kind)
    with pytest.raises(Refused, match="公平竞争审查条例") as refused:
        reviewed(incentive, basis_kind="open_policy", basis="示例园区办法")
    assert refused.value.field == "basis_kind"
    assert reviewed(incentive, basis_kind="law", basis="示例法第一条").clearance


def test_a_policy_open_to_everybody_can_stand_on_the_policy_itself(proposed, reviewed):
    assert reviewed(proposed("general"), basis_kind="open_policy", basis="示例办法").clearance


def test_an_exception_names_its_case_and_what_ends_it(actor, deal, proposed, reviewed):
    incentive = proposed()
    given = {"basis_kind": "other", "basis": "公平竞争审查条例例外规定"}
    with pytest.raises(Refused, match="哪一项例外"):
        reviewed(incentive, "exception", **given)
    with pytest.raises(Refused, match="终止条件"):
        reviewed(incentive, "exception", article="technology", **given)
    reviewed(incentive, "exception", article="technology", ends="至2027年末", **given)
    assert enter(actor, deal, incentive).pk


def test_only_an_exception_names_an_exception(proposed, reviewed):
    with pytest.raises(Refused, match="只有例外"):
        reviewed(proposed(), article="technology")


def test_nobody_reviews_what_they_proposed(deal, proposed, reviewed):
    incentive = proposed()
    with pytest.raises(Refused, match="自己的提议"):
        reviewed(incentive, user=deal.clerk)
    assert not incentive.reviews.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"basis": " "}, "basis"),
        ({"basis_kind": "rumour"}, "basis_kind"),
        ({"on": dt.date(2027, 1, 1)}, "on"),
        ({"data": b"not what it says"}, "file"),
    ],
)
def test_a_review_without_basis_paper_or_day_is_none(proposed, reviewed, given, field):
    with pytest.raises(Refused) as refused:
        reviewed(proposed(), **given)
    assert refused.value.field == field
    assert not FairReview.objects.exists()


def test_the_database_keeps_incentives_without_a_review_out(deal):
    bare = Clause(agreement=deal.contract, side="zone", kind="policy", text="奖励", due=DUE)
    with pytest.raises(IntegrityError), transaction.atomic():
        bare.save()


def test_the_database_knows_no_clause_on_a_review_that_refuses(deal, proposed, reviewed):
    refusing = reviewed(proposed(), "not_allowed", basis="构成选择性奖励")
    assert refusing.clearance is None
    forged = Clause(agreement=deal.contract, side="zone", kind="policy", text="奖励", due=DUE)
    forged.review_id = f"{refusing.incentive_id}/{refusing.seq}"
    with transaction.atomic(), pytest.raises(IntegrityError):
        _save_and_check(forged)


def _save_and_check(clause):
    """Save inside the block of a test, in which foreign keys wait for its end."""
    with transaction.atomic():
        clause.save()
        connection.check_constraints()


def test_the_database_gives_no_key_to_a_review_that_refuses(deal, proposed):
    forged = FairReview(
        incentive=proposed(), seq=1, conclusion="not_allowed", clearance="1/1", basis_kind="law",
        basis="示例", on=SIGNED, file="x.pdf", name="x.pdf", sha256="0" * 64,
        reviewer=deal.colleague, proposed_by=deal.clerk, recorded_at=NOW,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        forged.save()


def test_a_review_is_never_rewritten(proposed, reviewed):
    made = reviewed(proposed(), "not_allowed", basis="构成选择性奖励")
    with pytest.raises(DatabaseError), transaction.atomic():
        FairReview.objects.filter(pk=made.pk).update(conclusion="allowed", clearance="1/1")
