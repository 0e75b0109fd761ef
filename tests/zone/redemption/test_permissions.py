"""Who sees and does what: the bank and agents nothing, each party its own part."""

import pytest

from openzone.zone.ledger.permissions import may_keep_budgets, may_see_budgets
from openzone.zone.redemption import permissions
from openzone.zone.redemption.enums import Stage
from openzone.zone.redemption.models import Application
from openzone.zone.redemption.selectors.desk import applications_of, desk, line
from tests.zone.redemption.people import NOW, fresh

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
HANDLED = (Stage.FORMALITY, Stage.PROPOSAL, Stage.APPROVAL, Stage.ORDER, Stage.PAYMENT)


def who_handles(people, application: Application, stage: Stage) -> set[str]:
    names = (
        "handler",
        "taxman",
        "cashier",
        "centre",
        "leader",
        "owner",
        "rival",
        "banker",
        "agent",
    )
    return {
        name
        for name in names
        if permissions.may_handle(getattr(people, name), application, stage, TODAY).allowed
    }


def test_each_stage_is_handled_by_its_party_alone(people, firm, fast):
    application = people.apply(fast, firm)
    assert {stage: who_handles(people, application, stage) for stage in HANDLED} == {
        Stage.FORMALITY: {"centre", "handler"},
        Stage.PROPOSAL: {"handler"},
        Stage.APPROVAL: {"leader"},
        Stage.ORDER: {"cashier"},
        Stage.PAYMENT: {"cashier"},
    }


@pytest.mark.parametrize("name", ["banker", "agent", "rival"])
def test_banks_agents_and_strangers_see_nothing(people, firm, fast, name):
    application, user = people.apply(fast, firm), getattr(people, name)
    assert not permissions.may_see_application(user, application, TODAY).allowed
    assert not may_see_budgets(user, TODAY).allowed
    assert not permissions.may_finance(user, TODAY).allowed
    assert not permissions.may_check(user, TODAY).allowed
    assert list(applications_of(user, TODAY)) == []
    assert desk(user, TODAY) == []


def test_the_enterprise_sees_its_own_and_the_reason_says_whose_it_is(people, firm, fast):
    application = people.apply(fast, firm)
    assert permissions.may_see_application(people.owner, application, TODAY).allowed
    assert list(applications_of(people.owner, TODAY)) == [application]
    refused = permissions.may_handle(people.taxman, application, Stage.PROPOSAL, TODAY)
    assert refused.reason.zh == "由责任单位（示例科技局）办理"


def test_who_left_or_was_never_appointed_handles_nothing(people, firm, fast):
    application = people.apply(fast, firm)
    people.handler.is_active = False
    people.handler.save()
    assert not permissions.may_handle(people.handler, application, Stage.PROPOSAL, TODAY).allowed


def test_the_desk_holds_what_waits_for_a_person(people, firm, fast):
    application = people.apply(fast, firm)
    assert [task.application for task in desk(people.handler, TODAY)] == [application]
    assert desk(people.cashier, TODAY) == []
    people.accept(application)
    from openzone.zone.redemption.services import handling

    asked = people.do(
        handling.ask_units, people.handler, application=fresh(application),
        units=[people.units["tax"]],
    )  # fmt: skip
    assert [task.opinion for task in desk(people.taxman, TODAY)] == asked
    assert desk(people.handler, TODAY) == []


def test_the_line_of_stages_says_where_it_is_and_who_holds_it(people, firm, fast):
    application = people.apply(fast, firm)
    people.accept(application)
    points = {point.stage: point for point in line(fresh(application))}
    assert points[Stage.FORMALITY].state == "done"
    assert points[Stage.REVIEW].state == "now"
    assert points[Stage.REVIEW].due_at is not None
    assert points[Stage.PAYMENT].state == "next"
    assert points[Stage.PROPOSAL].holder.zh == "示例科技局"
    assert points[Stage.PUBLICITY].verified == "K"


def test_budgets_are_kept_by_the_centre_and_seen_by_the_zone(people):
    assert may_keep_budgets(people.centre, TODAY).allowed
    assert not may_keep_budgets(people.handler, TODAY).allowed
    assert may_see_budgets(people.handler, TODAY).allowed
