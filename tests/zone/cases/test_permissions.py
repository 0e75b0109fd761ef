"""Owner, colleague, stranger: who sees which case, and how much of it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from openzone.zone.cases.models import Case
from openzone.zone.cases.permissions import (
    masked,
    may_coordinate,
    may_open,
    may_publish,
    may_see,
    may_see_contact,
    may_see_reports,
    roles_in,
)
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.cases.services.intake import Requester
from openzone.zone.cases.services.types import publish
from openzone.zone.people.enums import Role
from tests.factories import TESTS, make_unit
from tests.zone.cases.kinds import definition
from tests.zone.cases.people import NOW, People

pytestmark = pytest.mark.django_db

ON = NOW.date()
EVERYBODY = (
    "owner", "stranger", "handler", "second", "head", "surveyor", "centre", "leader", "admin",
)  # fmt: skip
ZONE = set(EVERYBODY) - {"owner", "stranger"}


def who_sees(people: People, case: Case) -> set[str]:
    return {name for name in EVERYBODY if may_see(getattr(people, name), case, ON).allowed}


def confidential(people: People) -> Case:
    publish(actor=TESTS, mapping=definition(desk={"confidential": True}), now=NOW)
    return people.open().case


def test_the_firm_and_the_zone_see_a_request_and_another_firm_does_not(people: People):
    case = people.open().case
    assert who_sees(people, case) == ZONE | {"owner"}
    assert not may_see(AnonymousUser(), case, ON).allowed
    assert "诉求人" in may_see(people.stranger, case, ON).reason.zh


def test_a_unit_never_reads_what_is_said_about_it(people: People):
    case = people.open(about_unit=people.finance).case
    assert who_sees(people, case) == ZONE - {"handler", "second", "head"} | {"owner"}


def test_a_confidential_case_is_for_who_works_on_it(people: People):
    case = confidential(people)
    assert who_sees(people, case) == ZONE - {"surveyor"} | {"owner"}
    people.do(case, people.centre, "involve", unit="land", asks="意见")
    assert "surveyor" in who_sees(people, case)


def test_a_person_sees_their_own_and_who_took_it_down_too(people: People):
    asked = Requester("person", user=people.stranger, name="示例王某", phone="13812345678")
    case = people.open(requester=asked, recorded_by=people.centre).case
    assert "owner" not in who_sees(people, case)
    assert may_see(people.stranger, case, ON).allowed
    assert "recorder" in roles_in(people.centre, case, ON)


def test_lists_show_what_the_page_would_show(people: People):
    asked = Requester("person", user=people.stranger)
    cases = [
        people.open().case,
        people.open(about_unit=people.finance).case,
        people.open(requester=asked).case,
        confidential(people),
    ]
    for name in (*EVERYBODY,):
        user = getattr(people, name)
        listed = set(visible(user, ON))
        assert listed == {case for case in cases if may_see(user, case, ON).allowed}, name


def test_contact_details_are_for_who_handles_the_case(people: People):
    case = people.open().case
    allowed = {n for n in EVERYBODY if may_see_contact(getattr(people, n), case, ON).allowed}
    assert allowed == {"owner", "handler", "second", "head", "centre"}
    assert (masked("13812345678"), masked("李某某")) == ("138****5678", "李**")


def test_somebody_has_all_the_roles_they_have(people: People, make_user):
    case = people.proposed()
    assert roles_in(people.handler, case, ON) == {"lead", "unit:finance"}
    assert roles_in(people.head, case, ON) == {"head", "unit:finance"}
    assert roles_in(people.centre, case, ON) == {"centre", "caller", "unit:centre"}
    assert {"leader", "caller"} <= roles_in(people.leader, case, ON)
    assert roles_in(people.owner, case, ON) == {"requester"}
    assert roles_in(people.stranger, case, ON) == roles_in(AnonymousUser(), case, ON) == frozenset()


def test_a_bank_officer_works_on_the_cases_of_the_bank_and_sees_no_others(
    people: People, make_user
):
    bank = make_unit("示例银行", code="bank")
    officer = make_user("officer", Role.BANK, bank)
    other, own = people.open().case, people.open(unit=bank, recorded_by=people.centre).case
    assert not may_see(officer, other, ON).allowed
    assert may_see(officer, own, ON).allowed
    assert people.do(own, officer, "accept").handler == officer


def test_reports_publishing_and_coordination_are_for_their_offices(people: People):
    def allowed(decide) -> set[str]:
        return {name for name in EVERYBODY if decide(getattr(people, name), ON).allowed}

    assert allowed(may_see_reports) == ZONE
    assert allowed(may_publish) == {"admin"}
    assert allowed(may_coordinate) == {"admin", "centre"}


def test_some_types_are_opened_by_staff_only(people: People):
    assert may_open(people.stranger, "request", ON).allowed
    assert not may_open(AnonymousUser(), "request", ON).allowed
    publish(actor=TESTS, mapping=definition(desk={"staff": True}), now=NOW)
    assert not may_open(people.stranger, "request", ON).allowed
    assert may_open(people.handler, "request", ON).allowed
