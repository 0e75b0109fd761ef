"""Drafted, signed, kept as signed, amended by a new one, ended with its reason."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from openzone.zone.agreements.models import Agreement, Clause
from openzone.zone.agreements.selectors.promises import of_project
from openzone.zone.agreements.services import drafting, signing
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from tests.zone.agreements.conftest import NOW, SIGNED, TODAY

pytestmark = pytest.mark.django_db


def amended(actor, agreement):
    return drafting.amend(
        actor=actor, agreement=agreement, number="示例投合〔2026〕1号补1", title="补充协议", now=NOW
    )


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"kind": "policy", "side": "zone"}, "kind", "公平竞争审查"),
        ({"kind": "gift"}, "kind", "没有名为"),
        ({"kind": "land"}, "kind", "不由这一方承诺"),
        ({"quantity": None}, "quantity", "写明数量"),
        ({"kind": "date"}, "quantity", "没有数量"),
        ({"quantity": Decimal(-1)}, "__all__", "不合要求"),
        ({"begins": dt.date(2027, 1, 1)}, "__all__", "不合要求"),
        ({"text": " "}, "text", "空"),
    ],
)
def test_a_promise_that_makes_no_sense_is_refused(deal, promised, given, field, said):
    with pytest.raises(Refused, match=said) as refused:
        promised(deal.contract, **given)
    assert refused.value.field == field
    assert not Clause.objects.exists()


def test_signing_keeps_the_paper_and_seals_the_promises(deal, promised, signed):
    promised(deal.contract)
    done = signed(deal.contract)
    assert (done.state, done.signed_on, len(done.sha256)) == ("signed", SIGNED, 64)
    assert all(done.clauses.values_list("sealed", flat=True))
    assert Event.objects.filter(action="agreements.signed").count() == 1


def test_nothing_is_signed_empty_or_on_a_day_to_come_or_with_a_false_paper(
    actor, deal, promised, signed
):
    with pytest.raises(Refused, match="没有任何承诺"):
        signed(deal.contract)
    promised(deal.contract)
    with pytest.raises(Refused, match="还没有到"):
        signed(deal.contract, TODAY + dt.timedelta(days=1))
    with pytest.raises(Refused):
        signing.sign(
            actor=actor, agreement=deal.contract, on=SIGNED, file_name="合同.pdf", data=b"MZ",
            today=TODAY,
        )  # fmt: skip
    assert Agreement.objects.get().state == "draft"


def test_the_terms_of_a_signed_agreement_never_change(actor, deal, promised, signed):
    clause = promised(deal.contract)
    done = signed(deal.contract)
    for attempt in (
        lambda: promised(done),
        lambda: drafting.drop_clause(actor=actor, clause=clause),
        lambda: drafting.discard(actor=actor, agreement=done),
        lambda: signed(done),
    ):
        with pytest.raises(Refused, match="变更协议"):
            attempt()


@pytest.mark.parametrize("changed", [{"number": "改"}, {"state": "draft"}, {"sha256": "0"}])
def test_the_database_keeps_a_signed_agreement(deal, promised, signed, changed):
    promised(deal.contract)
    done = signed(deal.contract)
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=done.pk).update(**changed)


def test_the_database_keeps_the_promises_of_a_signed_agreement(deal, promised, signed):
    clause = promised(deal.contract)
    signed(deal.contract)
    rows = Clause.objects.filter(pk=clause.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(quantity=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_the_database_knows_no_signature_without_its_paper(deal):
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=deal.contract.pk).update(state="signed", signed_on=SIGNED)


def test_an_amendment_takes_the_place_of_the_old_and_what_was_done_counts_on(
    actor, deal, promised, signed, reported, answered
):
    clause = promised(deal.contract)
    old = signed(deal.contract)
    done = reported(clause, deal.investor, "investor", quantity=Decimal(60_000_000))
    answered(done, deal.clerk, "zone")
    new = amended(actor, old)
    assert of_project(deal.plant, TODAY)[0].clause.agreement == old
    drafting.drop_clause(actor=actor, clause=new.clauses.get())
    again = promised(new, quantity=Decimal(1))
    drafting.drop_clause(actor=actor, clause=again)
    drafting.discard(actor=actor, agreement=new)
    new = amended(actor, old)
    signed(new, dt.date(2026, 4, 1))
    old.refresh_from_db()
    assert (old.state, old.ended_on) == ("ended", dt.date(2026, 4, 1))
    (only,) = of_project(deal.plant, TODAY)
    assert (only.clause.agreement, only.standing.fulfilled) == (new, Decimal(60_000_000))


def test_only_one_amendment_is_drafted_and_none_of_a_draft(actor, deal, promised, signed):
    with pytest.raises(Refused, match="不在履行中"):
        amended(actor, deal.contract)
    promised(deal.contract)
    old = signed(deal.contract)
    amended(actor, old)
    with pytest.raises(Refused, match="已有一份"):
        amended(actor, old)


def test_an_amendment_is_not_signed_before_what_it_amends(actor, deal, promised, signed):
    promised(deal.contract)
    new = amended(actor, signed(deal.contract))
    with pytest.raises(Refused, match="不能早于"):
        signed(new, SIGNED - dt.timedelta(days=1))
    assert set(Agreement.objects.values_list("state", flat=True)) == {"signed", "draft"}


def test_an_agreement_ends_with_its_reason_and_warns_nobody_any_more(actor, deal, land, signed):
    land(deal.contract)
    done = signed(deal.contract)
    given = {"actor": actor, "agreement": done, "today": TODAY}
    with pytest.raises(Refused):
        signing.end(on=TODAY, reason=" ", **given)
    with pytest.raises(Refused, match="签订日"):
        signing.end(on=SIGNED - dt.timedelta(days=1), reason="投资方退出", **given)
    signing.end(on=TODAY, reason="投资方退出", **given)
    assert of_project(deal.plant, TODAY) == []


def test_a_number_is_given_once(actor, deal):
    with pytest.raises(Refused):
        drafting.draft_agreement(
            actor=actor, project=deal.plant, kind="framework", number=deal.contract.number,
            title="框架", now=NOW,
        )  # fmt: skip
