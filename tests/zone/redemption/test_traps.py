"""What goes wrong in real zones: each of these happened somewhere."""

import datetime as dt

import pytest

from openzone.zone.errors import Refused
from openzone.zone.ledger.selectors import budget_line
from openzone.zone.people.services import deactivate_user
from openzone.zone.policies.enums import ItemStatus
from openzone.zone.policies.models import DocumentIssuer
from openzone.zone.redemption import jobs, permissions
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.selectors.findings import Finding, differences
from openzone.zone.redemption.selectors.received import grants_of, received
from openzone.zone.redemption.services import (
    applications,
    budgets,
    decisions,
    handling,
    publicity,
)
from openzone.zone.registry.services.merges import merge
from openzone.zone.registry.services.people import end_staff
from openzone.zone.rulebook import packs as rulebook
from tests.factories import TESTS, make_staff, state
from tests.zone.redemption.people import DAY, HOUR, NOW, fresh, stage

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def refused(text: str):
    return pytest.raises(Refused, match=text)


def test_a_policy_amended_mid_window_does_not_reach_an_open_application(
    people, firm, fast, monkeypatch
):
    application = people.open(fast, firm)
    _amend(monkeypatch, "10%", "1%")
    people.submit(application, NOW + DAY)
    assert fresh(application).computed == 150_000_00
    people.do(applications.withdraw, people.owner, application=fresh(application))
    later = people.apply(fast, firm, NOW + 2 * DAY)
    assert later.computed == 15_000_00


def _amend(monkeypatch, old: str, new: str) -> None:
    """Publish other text for the rule of the item."""
    from openzone.engines.rules.loading import load_rules
    from openzone.zone.rulebook.selectors.texts import rule_text

    now = rulebook.packs()
    texts = {f"{rule.rule}.yaml": rule_text(rule) for rule in now.rules}
    name = "t.rd.yaml"
    assert old in texts[name]
    texts[name] = texts[name].replace(old, new)
    changed = load_rules({name: texts[name]}, now.catalogue)
    others = tuple(rule for rule in now.rules if rule.rule != "t.rd")
    ours = type(now)(now.catalogue, (*others, *changed), now.relations)
    monkeypatch.setattr(rulebook, "packs", lambda: ours)
    rulebook.rule_set.cache_clear()
    rulebook.release_plan.cache_clear()


def test_an_item_withdrawn_takes_no_new_ones_and_open_ones_go_on(people, firm, other, fast):
    application = people.apply(fast, firm)
    fast.status, fast.withdrawn_on = ItemStatus.WITHDRAWN, TODAY
    fast.save()
    with refused("撤下"):
        people.open(fast, other, user=people.rival)
    assert people.to_approval(application).stage == Stage.APPROVAL


def test_a_draft_can_no_longer_be_handed_in_after_the_window(people, firm, fast):
    application = people.open(fast, firm)
    fast.window_to = TODAY
    fast.save()
    with refused("截止"):
        people.submit(application, NOW + 3 * DAY)


def test_what_was_returned_in_the_window_is_corrected_after_it(people, firm, fast):
    application = people.apply(fast, firm)
    people.do(
        handling.return_for_correction, people.centre, application=application, asked="请补盖章"
    )
    fast.window_to = TODAY
    fast.save()
    assert people.submit(fresh(application), NOW + 3 * DAY).stage == Stage.FORMALITY


def test_a_rule_withdrawn_from_the_book_still_decides_what_was_opened_under_it(
    people, firm, fast, monkeypatch
):
    application = people.open(fast, firm)
    now = rulebook.packs()
    left = type(now)(now.catalogue, tuple(r for r in now.rules if r.rule != "t.rd"), now.relations)
    monkeypatch.setattr(rulebook, "packs", lambda: left)
    rulebook.rule_set.cache_clear()
    rulebook.release_plan.cache_clear()
    assert people.submit(application).computed == 150_000_00


def test_the_budget_runs_out_who_was_approved_is_paid_and_who_comes_later_waits(
    people, firm, other, fast, budget
):
    one = people.apply(fast, firm)
    two = people.apply(fast, other, user=people.rival)
    assert two.computed == 200_000_00
    first = people.approve(people.to_approval(one))
    second = people.approve(people.to_approval(two))
    assert (first.stage, second.stage) == (Stage.ORDER, Stage.QUEUED)
    assert "可用余额150,000.00，不足200,000.00" in second.asked
    people.pay(people.order(first))
    assert budget_line(budget).paid == 150_000_00

    budgets.appropriate(
        actor=TESTS, budget=budget, amount=50_000_00, document="示例财〔2026〕9号", key="a-2",
        at=second.decided_at + DAY,
    )  # fmt: skip
    assert stage(two) is Stage.ORDER
    assert budget_line(budget).left == 0


def test_a_smaller_one_does_not_overtake_who_waits_for_money(
    people, firm, other, fast, instant, budget
):
    one = people.approve(people.to_approval(people.apply(fast, firm)))
    two = people.approve(people.to_approval(people.apply(fast, other, user=people.rival)))
    later = people.apply(instant, firm, two.decided_at + DAY)
    assert [one.stage, two.stage, later.stage] == [Stage.ORDER, Stage.QUEUED, Stage.QUEUED]
    budgets.appropriate(
        actor=TESTS, budget=budget, amount=60_000_00, document="文", key="a-2", at=NOW + 40 * DAY
    )
    assert (stage(two), stage(later)) == (Stage.ORDER, Stage.QUEUED)
    budgets.appropriate(
        actor=TESTS, budget=budget, amount=60_000_00, document="文", key="a-3", at=NOW + 41 * DAY
    )
    assert stage(later) is Stage.ORDER


def test_what_happened_after_the_day_of_the_application_does_not_reach_it(people, firm, fast):
    """The firm leaves the zone in the middle of the window: facts are dated."""
    application = people.apply(fast, firm)
    later = TODAY + dt.timedelta(days=20)
    state(firm, later, on_dishonest_list=True)
    assert people.to_approval(application).stage == Stage.APPROVAL
    assert people.approve(application).stage == Stage.ORDER


def test_what_is_learned_later_about_the_time_before_is_shown_and_needs_a_reason(
    people, firm, fast
):
    application = people.to_approval(people.apply(fast, firm))
    day = fresh(application).entered_at.date()
    # The audited figure of the same year arrives, and it is lower.
    state(firm, TODAY, known_on=day, rd_expense_y1="1200000")
    now = decisions.recheck(application, day)
    then = Finding.from_json(application.snapshot["finding"])
    changed = {one.name: (one.then.value, one.now.value) for one in differences(then, now)}
    assert changed == {"rd_expense_y1": ("1500000", "1200000")}
    assert now.amount == 120_000_00
    with refused("120,000.00"):
        people.approve(application)
    approved = people.approve(application, note="按申报时口径，经专题会议同意")
    assert approved.approved == 150_000_00
    assert "专题会议" in approved.steps.latest("seq").note


def test_a_record_that_now_says_no_needs_a_reason_to_approve(people, firm, fast):
    application = people.to_approval(people.apply(fast, firm))
    state(firm, TODAY, known_on=TODAY, rd_expense_y1="10000")
    with refused("已不符合条件"):
        people.approve(application)


def test_two_that_turn_out_to_be_one_have_one_application_and_one_history(
    people, firm, other, fast
):
    paid = people.apply(fast, firm)
    people.pay(people.to_payment(paid))
    merge(actor=TESTS, survivor=other, absorbed=firm, reason="重复登记")
    day = fresh(paid).paid_at.date()
    assert received(day) == {(other.pk, fast.pk)}
    assert [grant.amount for grant in grants_of(other, day)] == [150_000_00]
    assert permissions.may_apply(people.owner, other, TODAY).allowed


def test_an_enterprise_merged_meanwhile_cannot_apply_a_second_time(people, firm, other, fast):
    people.apply(fast, firm)
    merge(actor=TESTS, survivor=other, absorbed=firm, reason="重复登记")
    with refused("已有在办申请"):
        people.open(fast, other, user=people.rival)


def test_one_item_one_open_application(people, firm, fast):
    people.open(fast, firm)
    with refused("已有在办申请"):
        people.open(fast, firm)


def test_of_joint_issuers_the_lead_unit_handles(people, firm, fast):
    fast.owner = None
    fast.save()
    for name, leads in (("tax", False), ("economy", True)):
        unit = people.units[name]
        DocumentIssuer.objects.create(
            document=fast.document, name=unit.name, unit=unit, leads=leads
        )
    application = fresh(people.apply(fast, firm))
    may = {
        user.username: permissions.may_handle(user, application, Stage.PROPOSAL, TODAY).allowed
        for user in (people.taxman, people.economist, people.handler)
    }
    assert may == {"taxman": False, "economist": True, "handler": False}


def test_when_who_applied_leaves_a_colleague_goes_on(people, firm, fast):
    application = people.apply(fast, firm)
    people.do(
        handling.return_for_correction, people.centre, application=application, asked="请补盖章"
    )
    make_staff(people.rival, firm)
    post = firm.staff.get(user=people.owner)
    end_staff(actor=TESTS, post=post, last_day=TODAY)
    deactivate_user(actor=TESTS, user=people.owner, on=TODAY)
    tomorrow = TODAY + dt.timedelta(days=1)
    assert not permissions.may_apply(people.owner, firm, tomorrow).allowed
    assert permissions.may_apply(people.rival, firm, tomorrow).allowed
    assert people.submit(fresh(application), NOW + DAY, user=people.rival).stage == "formality"


def test_the_second_of_two_handlers_is_told_who_was_first(people, firm, fast):
    application = people.apply(fast, firm)
    people.accept(application)
    with refused("已由centre于2026-06-05 10:00办理，现在的环节是“评审中”"):
        people.do(handling.accept, people.handler, application=application)


def test_who_looked_at_an_older_page_is_told_to_look_again(people, firm, fast):
    application = people.apply(fast, firm)
    seen = application.steps.latest("seq").seq
    people.do(
        handling.return_for_correction, people.centre, application=application, asked="请补盖章"
    )
    people.submit(fresh(application))
    with refused("已由owner"):
        people.do(handling.accept, people.handler, application=application, seen=seen)


def test_correction_runs_once_and_lapses_with_its_reason(people, firm, fast):
    application = people.apply(fast, firm)
    people.do(
        handling.return_for_correction, people.centre, application=application, asked="请补盖章"
    )
    # Five working days from Friday 5 June 2026.
    assert fresh(application).due_at.date() == dt.date(2026, 6, 12)
    late = fresh(application).due_at + HOUR
    with refused("补正期限已过"):
        people.submit(fresh(application), late)
    assert jobs.end_overdue(late) == 1
    assert jobs.end_overdue(late) == 0
    assert (stage(application), fresh(application).asked) == (Stage.LAPSED, "逾期未补正")
    people.open(fast, firm, late)


def test_it_is_returned_as_often_as_the_procedure_allows(people, firm, fast):
    application = people.apply(fast, firm)
    again = {"application": application, "asked": "请补盖章"}
    people.do(handling.return_for_correction, people.centre, **again)
    people.submit(fresh(application))
    with refused("不能再次退回"):
        people.do(handling.return_for_correction, people.centre, **again)


def test_an_instant_item_asks_for_the_fact_and_nobody_decides_instead(people, firm, instant):
    state(firm, TODAY, known_on=TODAY, employees=5)
    rejected = people.apply(instant, firm)
    assert (rejected.stage, rejected.asked) == (Stage.REJECTED, "达到下限")

    from tests.factories import make_enterprise

    unknown = make_enterprise("合肥示例丙有限公司")
    make_staff(people.owner, unknown)
    state(unknown, TODAY, on_dishonest_list=False)
    waiting = people.apply(instant, unknown)
    assert (waiting.stage, waiting.asked) == (Stage.CORRECTION, "facts:employees")
    state(unknown, TODAY, employees=12)
    assert people.submit(fresh(waiting)).stage == Stage.ORDER


def test_more_than_the_computed_amount_needs_another_persons_reason(people, firm, fast):
    application = people.apply(fast, firm)
    people.accept(application)
    people.review(application)
    with refused("须先由他人书面说明理由"):
        people.propose(application, 160_000_00)
    allow = {"application": fresh(application), "up_to": 165_000_00, "reason": "专题会议纪要"}
    people.do(handling.allow_excess, people.handler, **allow)
    with refused("超额理由须由他人书写"):
        people.propose(application, 160_000_00)
    people.do(handling.allow_excess, people.second, **allow)
    with refused("须先由他人书面说明理由"):
        people.propose(application, 165_000_01)
    assert people.propose(application, 160_000_00).proposed == 160_000_00


def test_publicity_waits_for_every_answer_and_an_upheld_objection_goes_back_to_review(
    people, firm, fast
):
    application = people.apply(fast, firm)
    people.accept(application)
    people.review(application)
    people.propose(application)
    objection = people.do(
        publicity.make_objection, people.rival, application=fresh(application), text="研发费用不实"
    )
    over = fresh(application).due_at + HOUR
    assert people.publish(application, over).stage == Stage.PUBLICITY
    people.do(
        publicity.answer_objection, people.handler, objection=objection, upheld=True,
        answer="属实，重新评审", at=over,
    )  # fmt: skip
    again = fresh(application)
    assert (again.stage, again.round, again.proposed) == (Stage.REVIEW, 2, None)
    people.review(application, over)
    people.propose(application, 100_000_00, over)
    assert people.publish(application).stage == Stage.APPROVAL


def test_nobody_objects_after_the_last_day_and_it_does_not_end_before_it(people, firm, fast):
    application = people.apply(fast, firm)
    people.accept(application)
    people.review(application)
    people.propose(application)
    due = fresh(application).due_at
    assert due.date() == dt.date(2026, 6, 12)
    assert people.publish(application, due - HOUR).stage == Stage.PUBLICITY
    with refused("公示期已结束"):
        people.do(
            publicity.make_objection, people.rival, application=application, text="晚了",
            at=due + HOUR,
        )  # fmt: skip
