"""The four ways from an item to money on the account, end to end."""

import pytest

from openzone.zone.ledger.selectors import budget_line, out_of_balance
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.selectors.findings import Finding
from openzone.zone.redemption.services import handling, intentions, payments
from tests.factories import TESTS
from tests.zone.redemption.people import HOUR, NOW, fresh, stage

pytestmark = pytest.mark.django_db


def stages(application: Application) -> list[str]:
    return [step.stage_to for step in application.steps.order_by("seq")]


def test_fast_with_materials_through_every_hand(people, firm, fast, budget):
    application = people.apply(fast, firm)
    assert application.number == f"2026-{application.pk:06d}"
    assert stage(application) is Stage.FORMALITY
    assert application.computed == 150_000_00

    people.accept(application)
    people.review(application)
    assert stage(application) is Stage.PROPOSAL
    people.propose(application)
    assert stage(application) is Stage.PUBLICITY
    people.publish(application)
    approved = people.approve(application)
    assert (approved.stage, approved.approved) == (Stage.ORDER, 150_000_00)
    assert budget_line(budget).reserved == 150_000_00

    payment = people.order(approved)
    assert stage(application) is Stage.PAYMENT
    people.pay(payment)
    assert stage(application) is Stage.RECEIPT
    assert budget_line(budget).paid == 150_000_00
    people.do(payments.confirm_receipt, people.owner, application=fresh(application))
    people.do(payments.rate, people.owner, application=fresh(application), rating=5)
    assert stage(application) is Stage.CLOSED
    assert out_of_balance() == {}
    assert stages(application) == [
        "draft", "formality", "review", "review", "review", "review", "proposal", "publicity",
        "approval", "order", "payment", "receipt", "evaluation", "closed",
    ]  # fmt: skip


def test_instant_with_no_materials_is_decided_by_the_rule_at_once(people, firm, instant, budget):
    application = people.apply(instant, firm)
    assert (application.stage, application.approved) == (Stage.ORDER, 50_000_00)
    assert application.approved_by is None
    assert application.steps.latest("seq").by == "redemption"
    assert budget_line(budget).reserved == 50_000_00


def test_no_application_in_three_steps(people, firm, gift, budget):
    offered = intentions.offer(actor=TESTS, item=gift, enterprise=firm, at=NOW)
    assert (offered.stage, offered.computed) == (Stage.INTENTION, 30_000_00)
    assert budget_line(budget).reserved == 0
    confirmed = people.confirm(offered)
    assert confirmed.stage == Stage.ORDER
    assert budget_line(budget).reserved == 30_000_00
    people.pay(people.order(confirmed))
    assert stage(offered) is Stage.RECEIPT


def test_expert_review_needs_scores_of_at_least_two(people, firm, award):
    application = people.apply(award, firm)
    people.accept(application)
    one = people.do(
        handling.ask_reviewers, people.handler, application=fresh(application),
        reviewers=[people.taxman],
    )[0]  # fmt: skip
    people.do(handling.give_opinion, people.taxman, opinion=one, verdict="agree", score=90)
    assert stage(application) is Stage.REVIEW
    two, three = people.do(
        handling.ask_reviewers, people.handler, application=fresh(application),
        reviewers=[people.economist, people.second],
    )  # fmt: skip
    people.do(
        handling.give_opinion,
        people.economist,
        opinion=two,
        verdict="conflict",
        text="曾在该企业任职",
    )
    assert stage(application) is Stage.REVIEW
    people.do(handling.give_opinion, people.second, opinion=three, verdict="agree", score=70)
    assert stage(application) is Stage.PROPOSAL


def test_what_the_record_answered_is_kept_with_facts_and_sources(people, firm, fast):
    application = people.apply(fast, firm)
    finding = Finding.from_json(application.snapshot["finding"])
    assert (finding.outcome, finding.version, finding.amount) == ("met", "2026", 150_000_00)
    used = {line.name: (line.value, line.source) for line in finding.facts}
    assert used["rd_expense_y1"] == ("1500000", "示例台账")
    assert finding.formula[0] == "研发补助按办法计算"
    assert application.snapshot["proof"]["outcome"] == "met"


def test_a_partial_payment_goes_round_again_for_the_rest(people, firm, fast, budget):
    application = people.apply(fast, firm)
    payment = people.to_payment(application)
    people.pay(payment, 100_000_00)
    assert stage(application) is Stage.ORDER
    line = budget_line(budget)
    assert (line.reserved, line.paid) == (50_000_00, 100_000_00)
    rest = people.order(fresh(application), at=payment.order.made_at + 2 * HOUR)
    assert rest.amount == 50_000_00
    people.pay(rest)
    assert stage(application) is Stage.RECEIPT
    assert budget_line(budget).paid == 150_000_00


def test_a_payment_that_comes_back_is_ordered_anew_to_another_account(people, firm, fast, budget):
    application = people.apply(fast, firm)
    payment = people.to_payment(application)
    people.do(
        payments.mark_failed, people.treasurer, payment=payment, reason="户名不符",
        at=payment.order.made_at + HOUR,
    )  # fmt: skip
    assert stage(application) is Stage.ORDER
    assert fresh(application).asked == "户名不符"
    assert budget_line(budget).reserved == 150_000_00
    people.do(
        payments.change_account, people.owner, application=fresh(application),
        payee_name="甲", payee_bank="另一银行", payee_account="99998888777",
    )  # fmt: skip
    people.pay(people.order(fresh(application), at=payment.order.made_at + 2 * HOUR))
    assert stage(application) is Stage.RECEIPT


def test_an_item_that_brings_no_money_is_done_when_approved(people, firm, make_item):
    application = people.apply(make_item("reward", "instant", budget=None), firm)
    assert (application.stage, application.approved) == (Stage.EVALUATION, 50_000_00)
