"""Two hands on one application, and a process that dies between approval and reservation."""

import os
import subprocess
import sys
from itertools import pairwise

import pytest
from django.db import connection

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.ledger.selectors import budget_line
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application, Step
from openzone.zone.redemption.services import applications, decisions, handling, payments
from tests.zone.jobs.conftest import wait_until
from tests.zone.redemption.people import HOUR, NOW, fresh, stage

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_handlers_one_accepts_and_one_is_told_by_whom(people, firm, fast, at_the_same_time):
    application = people.apply(fast, firm)
    users = iter([people.centre, people.handler])

    def accept() -> str:
        user = next(users)
        try:
            people.do(handling.accept, user, application=application)
        except Refused as refusal:
            return refusal.reason.en
        return "done"

    said = sorted(at_the_same_time(2, accept))
    assert "done" in said
    assert any(one.startswith("already done by ") for one in said)
    assert Step.objects.filter(application=application, action="accepted").count() == 1


def test_a_double_click_opens_one_application(people, firm, fast, at_the_same_time):
    def click() -> bool:
        try:
            applications.open_application(
                actor=Actor.of(people.owner), user=people.owner, item=fast, enterprise=firm, at=NOW
            )
        except Refused:
            return False
        return True

    assert at_the_same_time(4, click).count(True) == 1
    assert Application.objects.count() == 1


def test_the_last_money_goes_to_one_and_the_other_waits_its_turn(
    people, firm, other, fast, budget, at_the_same_time
):
    one = people.to_approval(people.apply(fast, firm))
    two = people.to_approval(people.apply(fast, other, user=people.rival))
    pending = iter([one, two])
    at_the_same_time(2, lambda: people.approve(next(pending)))
    assert sorted([stage(one), stage(two)]) == [Stage.ORDER, Stage.QUEUED]
    line = budget_line(budget)
    assert line.reserved in (150_000_00, 200_000_00)
    assert line.left == 300_000_00 - line.reserved


def test_a_payment_is_recorded_once(people, firm, fast, budget, at_the_same_time):
    payment = people.to_payment(people.apply(fast, firm))
    when = payment.order.made_at + HOUR

    def pay() -> bool:
        try:
            people.do(
                payments.mark_paid, people.treasurer, payment=payment, paid_on=when.date(),
                bank_reference="B-1", at=when,
            )  # fmt: skip
        except Refused:
            return False
        return True

    assert at_the_same_time(3, pay).count(True) == 1
    assert budget_line(budget).paid == 150_000_00


def test_who_dies_between_approval_and_reservation_has_done_neither(
    people, firm, fast, budget, tmp_path
):
    application = people.to_approval(people.apply(fast, firm))
    before = Event.objects.count()
    started = tmp_path / "started"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.zone.redemption.approve_process"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "openzone.settings",
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "TEST_STARTED": str(started),
            "TEST_APPLICATION": str(application.pk),
            "TEST_USER": str(people.leader.pk),
        },
    )
    try:
        wait_until(lambda: started.exists() and started.read_text())
    finally:
        process.kill()
        process.wait()
    assert started.read_text() == "reserved"
    assert stage(application) is Stage.APPROVAL
    assert fresh(application).approved is None
    assert budget_line(budget).left == 300_000_00
    assert Event.objects.count() == before
    assert people.approve(application).stage == Stage.ORDER
    assert budget_line(budget).reserved == 150_000_00


def test_the_stage_on_the_application_is_the_one_its_steps_lead_to(people, firm, other, fast, gift):
    people.pay(people.to_payment(people.apply(fast, firm)))
    rejected = people.apply(fast, other, user=people.rival)
    people.do(
        decisions.reject, people.centre, application=fresh(rejected), clause="第三条", reason="不符"
    )
    for application in Application.objects.all():
        last = application.steps.latest("seq")
        assert (last.stage_to, last.due_at) == (application.stage, application.due_at)
        steps = list(application.steps.order_by("seq"))
        assert [step.seq for step in steps] == list(range(1, len(steps) + 1))
        for one, following in pairwise(steps):
            assert following.stage_from == one.stage_to
