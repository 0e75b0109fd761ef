"""Finishing a programme: who asks, who confirms, what is carried on, and reopening."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.reforms.enums import ProgrammeState
from openzone.zone.reforms.models import Closing, ClosingRuling, Programme, Report, Task
from openzone.zone.reforms.services import programmes
from openzone.zone.reforms.services.closings import (
    Carry,
    ask_closing,
    reopen_programme,
    rule_closing,
)
from openzone.zone.reforms.services.progress import check_report, report
from tests.zone.reforms.conftest import DAY, NOW, Plan

pytestmark = pytest.mark.django_db
NEXT_DUE = dt.date(2027, 6, 30)


@pytest.fixture
def following(actor: Actor) -> Programme:
    return programmes.create_programme(
        actor=actor, title="示例营商环境7.0", first_on=dt.date(2027, 1, 1),
        last_on=dt.date(2027, 12, 31), synthetic=True,
    )  # fmt: skip


def carries(tasks: list[Task], into: Programme, **given: Any) -> list[Carry]:
    return [
        Carry(task, into, NEXT_DUE, "省级系统未上线（示例）")._replace(**given) for task in tasks
    ]


def asked(plan: Plan, following: Programme, by: User | None = None, **given: Any) -> Closing:
    left = [task for task in plan.tasks if Task.objects.get(pk=task.pk).done_on is None]
    by = by or plan.clerk
    return ask_closing(
        **{
            "actor": Actor.of(by), "by": by, "programme": plan.programme,
            "summary": "一项完成（示例）", "carries": carries(left, following), "now": NOW,
        } | given
    )  # fmt: skip


def ruled(plan: Plan, closing: Closing, by: User, **given: Any) -> ClosingRuling:
    return rule_closing(
        **{"actor": Actor.of(by), "by": by, "closing": closing, "confirmed": True, "now": NOW}
        | given
    )


def state(plan: Plan) -> str:
    return str(Programme.objects.get(pk=plan.programme.pk).state)


def test_a_programme_ends_when_its_tasks_are_done_or_go_on_with_their_case(
    running: Plan, following: Programme, done: Callable[..., Report]
):
    done(100)
    numbers = {task.pk: task.case.number for task in running.tasks if task.case}
    ruled(running, asked(running, following), running.chief)
    assert state(running) == ProgrammeState.FINISHED
    gone_on = list(Task.objects.filter(area__programme=following).order_by("pk"))
    assert [one.carried_from for one in gone_on] == running.tasks[1:]
    for one in gone_on:
        assert one.case is not None
        assert one.case.number == numbers[one.carried_from_id]
        assert (one.due_on, one.lead) == (NEXT_DUE, one.carried_from.lead)


def test_an_unfinished_task_without_a_reason_is_named(running: Plan, following: Programme):
    with pytest.raises(Refused) as refused:
        asked(running, following, carries=carries(running.tasks[:2], following))
    assert refused.value.field == f"reason-{running.tasks[2].pk}"
    assert "设诉求专席" in refused.value.reason.zh
    with pytest.raises(Refused) as refused:
        asked(running, following, carries=carries(running.tasks, following, reason=" "))
    assert refused.value.field == f"reason-{running.tasks[0].pk}"
    assert not Closing.objects.exists()


@pytest.mark.parametrize("day", [dt.date(2026, 12, 31), dt.date(2028, 1, 1)])
def test_the_new_day_lies_in_the_next_programme(running: Plan, following: Programme, day: dt.date):
    with pytest.raises(Refused) as refused:
        asked(running, following, carries=carries(running.tasks, following, due_on=day))
    assert refused.value.field == f"due-{running.tasks[0].pk}"


def test_a_task_is_not_carried_into_its_own_programme(running: Plan, following: Programme):
    with pytest.raises(Refused) as refused:
        asked(running, following, carries=carries(running.tasks, running.programme))
    assert refused.value.field == "into"


def test_evidence_nobody_confirmed_does_not_finish_a_task(running: Plan, following: Programme):
    report(
        actor=Actor.of(running.owner), by=running.owner, task=running.tasks[0], percent=100,
        text="完成", evidence="验收单（示例）", now=NOW,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        asked(running, following)
    assert "1" in refused.value.reason.zh


def test_of_asker_handler_and_chief_only_the_chief_confirms(running: Plan, following: Programme):
    closing = asked(running, following, by=running.checker)
    for nobody in (running.checker, running.owner):  # who asked, and who only handles a task
        with pytest.raises(Refused):
            ruled(running, closing, nobody)
    assert state(running) == ProgrammeState.RUNNING
    ruled(running, closing, running.chief)
    assert state(running) == ProgrammeState.FINISHED


def test_a_return_says_why_and_the_programme_goes_on(running: Plan, following: Programme):
    closing = asked(running, following)
    with pytest.raises(Refused):
        ruled(running, closing, running.chief, confirmed=False)
    ruled(running, closing, running.chief, confirmed=False, remark="证据不足")
    assert state(running) == ProgrammeState.RUNNING
    assert not Task.objects.filter(area__programme=following).exists()
    assert asked(running, following)  # and may be asked for again


def test_a_second_closing_waits_for_the_first(running: Plan, following: Programme):
    asked(running, following)
    with pytest.raises(Refused):
        asked(running, following)


def test_nothing_more_happens_to_the_tasks_of_a_finished_programme(
    running: Plan, following: Programme, done: Callable[..., Report]
):
    ruled(running, asked(running, following), running.chief)
    with pytest.raises(Refused):
        done(50)
    with pytest.raises(Refused):
        programmes.add_step(
            actor=Actor.of(running.owner), task=running.tasks[0], title="示例", due_on=DAY
        )


def test_a_carried_task_begins_with_its_programme_under_the_number_it_has(
    running: Plan, following: Programme, actor: Actor
):
    ruled(running, asked(running, following), running.chief)
    before = {one.case_id for one in Task.objects.filter(area__programme=following)}
    programmes.begin_programme(actor=actor, programme=following, now=NOW)
    assert {one.case_id for one in Task.objects.filter(area__programme=following)} == before


def test_a_number_that_is_taken_there_gets_a_free_one_like_it(
    running: Plan, following: Programme, actor: Actor
):
    area = programmes.add_area(actor=actor, programme=following, title="其他")
    programmes.add_task(
        actor=actor, area=area, number="1", title="已有", lead=running.science, due_on=NEXT_DUE,
        now=NOW,
    )  # fmt: skip
    ruled(running, asked(running, following), running.chief)
    numbers = Task.objects.filter(area__programme=following).values_list("number", flat=True)
    assert sorted(numbers) == ["1", "1-2", "2", "3"]


def test_reopening_needs_a_reason_and_somebody_who_may(running: Plan, following: Programme):
    def reopen(by: User, reason: str) -> Programme:
        return reopen_programme(
            actor=Actor.of(by), by=by, programme=running.programme, reason=reason, now=NOW
        )

    with pytest.raises(Refused):
        reopen(running.chief, "尚未结束")
    ruled(running, asked(running, following), running.chief)
    for by, reason in ((running.chief, " "), (running.owner, "要补材料")):
        with pytest.raises(Refused):
            reopen(by, reason)
    reopen(running.checker, "验收发现遗漏（示例）")
    assert state(running) == ProgrammeState.RUNNING
    assert Event.objects.filter(action="reforms.programme.reopened").count() == 1
    with pytest.raises(Refused):  # it went on elsewhere and stays there
        programmes.add_step(
            actor=Actor.of(running.owner), task=running.tasks[0], title="示例", due_on=DAY
        )
    again = asked(running, following, carries=[])
    ruled(running, again, running.chief)
    assert state(running) == ProgrammeState.FINISHED
    assert Task.objects.filter(area__programme=following).count() == 3


def test_who_said_and_who_confirmed_cannot_be_rewritten(running: Plan, following: Programme):
    closing = asked(running, following)
    with pytest.raises(DatabaseError), transaction.atomic():
        Closing.objects.filter(pk=closing.pk).update(summary="全部完成")


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_carry_each_task_on_once(
    running: Plan, following: Programme, at_the_same_time
):
    closing, who = asked(running, following), iter([running.chief, running.checker])

    def confirm() -> bool:
        try:
            ruled(running, closing, next(who))
        except Refused:
            return False
        return True

    assert sorted(at_the_same_time(2, confirm)) == [False, True]
    assert Task.objects.filter(area__programme=following).count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_report_and_the_confirmation_at_once_leave_no_report_behind(
    running: Plan, following: Programme, at_the_same_time
):
    closing, hands = asked(running, following), iter(["confirm", "report"])

    def act() -> str:
        hand = next(hands)
        try:
            if hand == "confirm":
                ruled(running, closing, running.chief)
            else:
                report(
                    actor=Actor.of(running.owner), by=running.owner, task=running.tasks[0],
                    percent=50, text="一半", evidence="台账（示例）", now=NOW,
                )  # fmt: skip
        except Refused:
            return "refused"
        return hand

    results = at_the_same_time(2, act)
    assert "refused" in results
    waiting = Report.objects.filter(check_result__isnull=True).exists()
    assert waiting == (state(running) == ProgrammeState.RUNNING)


def test_a_task_done_after_the_closing_was_asked_for_is_not_carried_on(
    running: Plan, following: Programme
):
    closing = asked(running, following)
    told = report(
        actor=Actor.of(running.owner), by=running.owner, task=running.tasks[0], percent=100,
        text="完成", evidence="验收单（示例）", now=NOW,
    )  # fmt: skip
    check_report(
        actor=Actor.of(running.checker), by=running.checker, report=told, passed=True, now=NOW,
        on=DAY,
    )  # fmt: skip
    ruled(running, closing, running.chief)
    gone_on = Task.objects.filter(area__programme=following)
    assert [one.carried_from for one in gone_on] == running.tasks[1:]
