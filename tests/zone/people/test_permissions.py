from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from openzone.zone.people.enums import Role
from openzone.zone.people.permissions import Decision, allow, deny, may_administer, may_see_console

TODAY = date(2026, 11, 20)
EVERYBODY = [*Role, None]


@pytest.fixture
def somebody(make_user, office):
    return lambda role: make_user("somebody", role, office)


@pytest.mark.django_db
@pytest.mark.parametrize("role", EVERYBODY)
def test_only_administrators_administer(role, somebody):
    decision = may_administer(somebody(role), TODAY)
    assert decision.allowed == (role == Role.ADMIN)


@pytest.mark.django_db
@pytest.mark.parametrize("role", EVERYBODY)
def test_the_console_is_for_the_zones_own_people(role, somebody):
    outside = {Role.BANK, Role.AGENT, Role.PARTNER, None}
    assert may_see_console(somebody(role), TODAY).allowed == (role not in outside)


@pytest.mark.django_db
def test_the_staff_of_enterprises_see_no_console(owner, stranger):
    assert not may_see_console(owner, TODAY).allowed
    assert not may_see_console(stranger, TODAY).allowed


@pytest.mark.parametrize("decide", [may_administer, may_see_console])
def test_who_is_not_logged_in_is_told_why_not_in_both_languages(decide):
    allowed, reason = decide(AnonymousUser(), TODAY)
    assert not allowed
    assert reason.zh.startswith("仅限")
    assert reason.en.startswith("for ")


def test_a_decision_is_not_mistaken_for_a_yes():
    """A tuple is true even when it says no: callers must read ``allowed``."""
    assert deny("不行", "no").allowed is False
    assert allow() == Decision(True, allow().reason)
