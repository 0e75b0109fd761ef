"""A task from the list to its closing: owner, day, reports, somebody else's check."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.reforms.models import Extension, Report, ReportCheck, Step, Task
from openzone.zone.reforms.permissions import may_check, may_manage, may_report, may_rule
from openzone.zone.reforms.selectors import tasks as selectors
from openzone.zone.reforms.selectors.statistics import by_area, by_unit, overall
from openzone.zone.reforms.selectors.tasks import Filter, lines, mine, one, overdue
from openzone.zone.reforms.services import programmes
from openzone.zone.reforms.services.extensions import ask_extension, rule_extension
from openzone.zone.reforms.services.progress import check_report, report
from openzone.zone.reforms.services.sheets import apply_tasks, check_tasks, discard_tasks
from tests.zone.reforms.conftest import DAY, FIRST, LAST, NOW

pytestmark = pytest.mark.django_db


def said(plan, task=0, percent=40, **given):
    return report(
        **{
            "actor": Actor.of(plan.owner), "by": plan.owner, "task": plan.tasks[task],
            "percent": percent, "text": "完成接口开发", "evidence": "测试报告（示例）", "now": NOW,
        }
        | given
    )  # fmt: skip


def checked(plan, made, *, passed=True, by=None, **given):
    who = by or plan.checker
    return check_report(
        actor=Actor.of(who), by=who, report=made, passed=passed, now=NOW, on=DAY, **given
    )


def test_every_task_is_one_case_with_a_number_for_life(running):
    numbers = {task.case.number for task in running.tasks}
    assert len(numbers) == 3
    assert {task.case.lead for task in running.tasks} == {
        running.science, running.market, running.centre,
    }  # fmt: skip
    assert not any(task.case.closed for task in running.tasks)


def test_a_programme_begins_once_and_only_with_tasks(actor, running):
    with pytest.raises(Refused):
        programmes.begin_programme(actor=actor, programme=running.programme, now=NOW)
    empty = programmes.create_programme(actor=actor, title="空", first_on=FIRST, last_on=LAST)
    with pytest.raises(Refused):
        programmes.begin_programme(actor=actor, programme=empty, now=NOW)


def test_a_task_added_later_begins_at_once(actor, running):
    added = programmes.add_task(
        actor=actor, area=running.areas[0], number="4", title="新增任务", lead=running.market,
        due_on=LAST, now=NOW,
    )  # fmt: skip
    assert added.case is not None


@pytest.mark.parametrize(
    ("given", "field"),
    [({"number": "1"}, "number"), ({"due_on": dt.date(2027, 1, 1)}, "due_on"),
     ({"weight": Decimal(0)}, "weight"), ({"title": " "}, "title")],
)  # fmt: skip
def test_a_task_that_makes_no_sense_is_refused(actor, plan, given, field):
    usual = {"number": "9", "title": "任务", "due_on": LAST, "lead": plan.market}
    with pytest.raises(Refused) as refused:
        programmes.add_task(actor=actor, area=plan.areas[0], now=NOW, **usual | given)
    assert refused.value.field == field


def test_the_responsible_person_is_of_the_lead_unit(actor, plan):
    with pytest.raises(Refused, match="keyan"):
        programmes.name_owner(actor=actor, task=plan.tasks[1], owner=plan.owner, now=NOW)
    named = programmes.name_owner(actor=actor, task=plan.tasks[0], owner=plan.clerk, now=NOW)
    assert named.owner == plan.clerk


def test_progress_counts_when_somebody_else_confirmed_it(running):
    task = running.tasks[0]
    made = said(running, percent=40)
    assert one(task, DAY).percent is None
    with pytest.raises(Refused):
        checked(running, made, by=running.owner)
    checked(running, made)
    assert one(task, DAY).percent == 40


def test_a_report_that_was_returned_stays_and_the_next_one_counts(running):
    made = said(running, percent=90)
    with pytest.raises(Refused) as refused:
        checked(running, made, passed=False)
    assert refused.value.field == "remark"
    checked(running, made, passed=False, remark="佐证只有截图")
    again = said(running, percent=60)
    checked(running, again)
    assert one(running.tasks[0], DAY).percent == 60
    assert list(Report.objects.values_list("percent", flat=True)) == [90, 60]


def test_while_a_report_waits_there_is_no_second_one(running):
    said(running)
    with pytest.raises(Refused):
        said(running, percent=50)


@pytest.mark.parametrize(
    ("given", "field"), [({"percent": 101}, "percent"), ({"evidence": " "}, "evidence"),
                         ({"text": ""}, "text")],
)  # fmt: skip
def test_a_report_has_its_evidence(running, given, field):
    with pytest.raises(Refused) as refused:
        said(running, **given)
    assert refused.value.field == field


def test_the_history_of_progress_cannot_be_rewritten(running):
    checked(running, said(running, percent=40))
    for rows in (Report.objects.all(), ReportCheck.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.update(percent=100)


def test_a_task_closes_with_proof_and_by_somebody_else(running):
    task = running.tasks[0]
    made = said(running, percent=100)
    task.refresh_from_db()
    assert (task.done_on, task.case.stage) == (None, "checking")
    checked(running, made, passed=False, remark="缺验收单")
    task.case.refresh_from_db()
    assert (task.case.stage, task.case.redo) == ("handling", 1)
    checked(running, said(running, percent=100), by=running.chief)
    task.refresh_from_db()
    assert (task.done_on, task.case.closed, task.case.outcome) == (DAY, True, "solved")
    assert one(task, LAST).colour == "done"
    with pytest.raises(Refused):
        said(running)


def test_before_the_programme_begins_nothing_is_reported(plan):
    with pytest.raises(Refused):
        said(plan)


def test_who_reports_checks_and_manages(running, leader, colleague):
    task, made = running.tasks[0], said(running)
    assert may_report(running.owner, task, DAY).allowed
    assert may_report(running.clerk, task, DAY).allowed
    assert not may_report(running.checker, task, DAY).allowed
    assert may_check(running.checker, made, DAY).allowed
    assert may_check(leader, made, DAY).allowed
    assert not may_check(running.owner, made, DAY).allowed
    assert not may_check(colleague, made, DAY).allowed
    assert may_manage(running.checker, DAY).allowed
    assert not may_manage(running.owner, DAY).allowed


def asked(plan, to_on=dt.date(2026, 7, 31), **given):
    return ask_extension(
        **{
            "actor": Actor.of(plan.owner), "by": plan.owner, "task": plan.tasks[0],
            "to_on": to_on, "reason": "系统升级推迟", "now": NOW, "on": DAY,
        }
        | given
    )  # fmt: skip


def ruled(plan, extension, *, granted=True, by=None, **given):
    who = by or plan.checker
    return rule_extension(
        actor=Actor.of(who), by=who, extension=extension, granted=granted, now=NOW, **given
    )


def test_time_is_asked_for_before_the_day_and_granted_by_another(running):
    extension = asked(running)
    task = running.tasks[0]
    task.refresh_from_db()
    assert task.due_on == dt.date(2026, 6, 30)
    with pytest.raises(Refused):
        ruled(running, extension, by=running.owner)
    assert not may_rule(running.owner, extension, DAY).allowed
    ruled(running, extension)
    task.refresh_from_db()
    assert (task.first_due_on, task.due_on) == (dt.date(2026, 6, 30), dt.date(2026, 7, 31))
    assert list(selectors.moved(running.programme)) == [task]
    with pytest.raises(Refused):
        ruled(running, extension)


def test_after_the_day_it_is_too_late_to_ask(running):
    with pytest.raises(Refused):
        asked(running, on=dt.date(2026, 7, 1))
    asked(running, on=dt.date(2026, 6, 30))


def test_a_refusal_says_why_and_moves_nothing(running):
    extension = asked(running)
    with pytest.raises(Refused) as refused:
        ruled(running, extension, granted=False)
    assert refused.value.field == "remark"
    ruled(running, extension, granted=False, remark="不影响总进度")
    assert Task.objects.get(pk=running.tasks[0].pk).due_on == dt.date(2026, 6, 30)


@pytest.mark.parametrize("to_on", [dt.date(2026, 6, 30), dt.date(2026, 9, 29), dt.date(2027, 1, 1)])
def test_neither_earlier_nor_longer_than_allowed_nor_beyond_the_programme(running, to_on):
    with pytest.raises(Refused) as refused:
        asked(running, to_on=to_on)
    assert refused.value.field == "to_on"


def test_one_asking_at_a_time_and_twice_at_most(running):
    first = asked(running)
    with pytest.raises(Refused):
        asked(running, to_on=dt.date(2026, 8, 31))
    ruled(running, first)
    ruled(running, asked(running, to_on=dt.date(2026, 8, 31)))
    with pytest.raises(Refused, match="2"):
        asked(running, to_on=dt.date(2026, 9, 30))
    assert Extension.objects.count() == 2


def test_a_task_is_broken_down_into_steps_done_with_proof(actor, running):
    task = running.tasks[0]
    with pytest.raises(Refused) as refused:
        programmes.add_step(actor=actor, task=task, title="太晚", due_on=LAST)
    assert refused.value.field == "due_on"
    step = programmes.add_step(actor=actor, task=task, title="印发方案", due_on=DAY)
    with pytest.raises(Refused) as refused:
        programmes.finish_step(actor=actor, step=step, on=DAY, proof="")
    assert refused.value.field == "proof"
    programmes.finish_step(actor=actor, step=step, on=DAY, proof="方案文号（示例）")
    assert Step.objects.get().done_on == DAY


def test_statistics_add_up_by_area_and_by_unit(running, done):
    done(40)
    whole = overall(running.programme, DAY)
    assert (whole.total, whole.reported, whole.done) == (3, 1, 0)
    assert whole.progress == pytest.approx(0.4)  # of the one that is known, not of all three
    for scores in (by_area(running.programme, DAY), by_unit(running.programme, DAY)):
        assert sum(score.total for score in scores) == whole.total
        for colour, count in whole.by_light.items():
            assert sum(score.by_light[colour] for score in scores) == count
        assert all(sum(score.by_light.values()) == score.total for score in scores)
    silent = by_area(running.programme, DAY)[1]
    assert (silent.reported, silent.progress) == (0, None)  # unknown is not zero


def test_weights_weigh(actor, running, done):
    done(50)
    heavy = running.tasks[2]
    made = report(
        actor=actor, by=running.checker, task=heavy, percent=20, text="已设席位",
        evidence="照片（示例）", now=NOW,
    )  # fmt: skip
    checked(running, made, by=running.chief)
    assert overall(running.programme, DAY).progress == pytest.approx((50 + 2 * 20) / 3 / 100)


def test_the_rows_behind_a_number_are_as_many_as_it_says(running, done):
    done(40)
    on = dt.date(2026, 6, 10)
    for score in by_unit(running.programme, on):
        for colour, count in score.by_light.items():
            found = lines(running.programme, on, Filter(unit=score.key, light=colour))
            assert len(found) == count
    assert [line.task.number for line in overdue(running.programme, on)] == ["2"]
    assert overdue(running.programme, on)[0].overdue == 10


def test_mine_are_those_of_my_unit_and_my_own(running):
    assert [line.task.number for line in mine(running.owner, DAY)] == ["1"]
    assert [line.task.number for line in mine(running.clerk, DAY)] == ["1"]
    assert mine(running.chief, DAY) == []


SHEET = """领域,编号,任务,牵头单位,配合单位,责任人,完成时限,权重,分解步骤
一网通办,11,推进高频事项全程网办,示例科技局,示例市场局、示例中心,keyan,2026-06-30,1.5,出方案|2026-03-31；上线|2026-06-15
一网统管,12,建立运行看板,不存在的局,,,2026-06-30,1,
一网通办,1,编号重复的任务,示例科技局,,,2026-06-30,1,
一网通办,13,时限在方案之外,示例科技局,,,2028-06-30,1,
一网通办,14,责任人不对,示例市场局,,keyan,2026-06-30,1,
一网通办,15,权重不对,示例市场局,,,2026-06-30,很重,
一网通办,16,步骤不对,示例市场局,,,2026-06-30,1,出方案
"""


def sheet(plan, actor, text=SHEET):
    return check_tasks(
        actor=actor, programme=plan.programme, file_name="任务.csv", data=text.encode(),
        now=NOW, as_of=DAY,
    )  # fmt: skip


def test_a_task_list_is_checked_row_by_row(actor, plan):
    found = sheet(plan, actor)
    assert Task.objects.count() == 3
    assert plan.programme.areas.count() == 2
    wrong = {one["row"]: one["header"] for one in found.problems}
    assert wrong == {3: "牵头单位", 4: "编号", 5: "完成时限", 6: "责任人", 7: "权重", 8: "分解步骤"}


def test_the_good_rows_become_tasks_with_their_steps(actor, plan):
    apply_tasks(actor=actor, sheet=sheet(plan, actor), now=NOW)
    made = Task.objects.get(number="11")
    assert (made.weight, made.owner, made.due_on) == (
        Decimal("1.5"), plan.owner, dt.date(2026, 6, 30),
    )  # fmt: skip
    assert {unit.code for unit in made.assisting.all()} == {"market", "centre"}
    assert list(made.steps.values_list("title", flat=True)) == ["出方案", "上线"]
    with pytest.raises(Refused):
        apply_tasks(actor=actor, sheet=plan.programme.sheets.get(), now=NOW)


def test_a_dropped_list_enters_nothing(actor, plan):
    dropped = discard_tasks(actor=actor, sheet=sheet(plan, actor))
    with pytest.raises(Refused):
        apply_tasks(actor=actor, sheet=dropped, now=NOW)
    assert Task.objects.count() == 3
