"""Promises of signed agreements come to the meetings that review their project."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.engines.projects.reviews import Why
from openzone.zone.agreements.services import drafting, signing
from openzone.zone.reviews.selectors.agenda import deserved
from tests.files import PDF
from tests.zone.reviews.conftest import TODAY, at

pytestmark = pytest.mark.django_db
SIGNED = dt.date(2026, 1, 10)
PROMISES = (
    ("zone", "infrastructure", "接通专线（示例）", dt.date(2026, 7, 10), None),
    ("zone", "land", "交付净地（示例）", dt.date(2026, 5, 1), None),
    ("investor", "amount", "到位资金1亿元（示例）", dt.date(2026, 5, 1), Decimal(100_000_000)),
    ("investor", "jobs", "招工300人（示例）", dt.date(2027, 12, 31), Decimal(300)),
)


@pytest.fixture
def agreed(planned, actor):
    """A contract of the key project: due soon, not kept, never reported on, far away."""
    contract = drafting.draft_agreement(
        actor=actor, project=planned.key, kind="contract", number="示例合同1号", title="示例合同",
        now=at(TODAY),
    )  # fmt: skip
    for side, kind, text, due, quantity in PROMISES:
        drafting.promise(
            actor=actor, agreement=contract, side=side, kind=kind, text=text, due=due,
            quantity=quantity,
        )  # fmt: skip
    return contract


@pytest.fixture
def signed(agreed, actor):
    return signing.sign(
        actor=actor, agreement=agreed, on=SIGNED, file_name="合同.pdf", data=PDF, today=TODAY
    )


def _matters(meeting):
    return {one.title: (Why(one.matter.why), one.said.zh) for one in deserved(meeting)}


def test_a_draft_binds_nobody(planned, agreed):
    assert deserved(planned.meetings("leaders", on__month=6)[0]) == []


def test_what_is_due_or_not_kept_is_on_the_agenda_and_silence_is_not_called_missed(planned, signed):
    found = _matters(planned.meetings("leaders", on__month=6)[0])
    assert {title: why for title, (why, _said) in found.items()} == {
        "接通专线（示例）": Why.PROMISE_DUE,
        "交付净地（示例）": Why.PROMISE_MISSED,
        "到位资金1亿元（示例）": Why.PROMISE_DUE,
    }
    assert "无人报告" in found["到位资金1亿元（示例）"][1]
    assert found["交付净地（示例）"][1] == "园区承诺 · 示例合同1号 · 2026-05-01 到期 · 到期未兑现"


def test_nobody_is_warned_of_an_agreement_that_ended(planned, signed, actor):
    signing.end(actor=actor, agreement=signed, on=TODAY, reason="双方协商解除", today=TODAY)
    assert deserved(planned.meetings("leaders", on__month=6)[0]) == []


def test_other_meetings_do_not_see_them(planned, signed):
    assert deserved(planned.meetings("force")[1]) == []
