from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.selectors import (
    has_role,
    holders,
    roles_of,
    unit_and_above,
    unit_and_below,
    unit_tree,
)
from openzone.zone.people.services import create_unit, deactivate_user, grant_membership

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
DAY = timedelta(days=1)


@pytest.fixture
def seconded(make_user, office, actor):
    """A handler for the month of March only."""
    user = make_user("seconded")
    grant_membership(
        actor=actor, user=user, unit=office, role=Role.HANDLER, valid_from=FIRST, valid_to=LAST
    )
    return user


@pytest.mark.parametrize(
    ("on", "held"),
    [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)],
    ids=["day before", "first day", "last day", "day after"],
)
def test_a_role_holds_from_its_first_day_to_its_last_both_included(seconded, on, held):
    assert (roles_of(seconded, on) == {Role.HANDLER}) is held
    assert has_role(seconded, Role.HANDLER, on) is held
    assert (seconded in holders(Role.HANDLER, on)) is held


def test_an_open_role_holds_far_into_the_future(colleague):
    assert has_role(colleague, Role.HANDLER, date(2099, 1, 1))


def test_who_is_not_logged_in_holds_nothing():
    assert roles_of(AnonymousUser(), FIRST) == frozenset()


def test_a_deactivated_user_holds_nothing(colleague, actor):
    deactivate_user(actor=actor, user=colleague, on=FIRST)
    assert roles_of(colleague, FIRST) == frozenset()
    assert colleague not in holders(Role.HANDLER, FIRST)


def test_a_role_above_counts_for_the_units_below_and_not_the_other_way(
    leader, colleague, committee, office
):
    assert has_role(leader, Role.LEADER, FIRST, unit=office)
    assert has_role(colleague, Role.HANDLER, FIRST, unit=office)
    assert not has_role(colleague, Role.HANDLER, FIRST, unit=committee)


def test_holders_of_one_unit_leave_out_the_others(leader, colleague, committee, office):
    assert list(holders(Role.HANDLER, FIRST, unit=office)) == [colleague]
    assert list(holders(Role.HANDLER, FIRST, unit=committee)) == []


def test_the_units_come_as_a_tree(committee, office, actor):
    desk = create_unit(
        actor=actor, code="a-desk", name="示例窗口", kind=UnitKind.OTHER, parent=office
    )
    park = create_unit(actor=actor, code="park", name="示例园", kind=UnitKind.PARK)
    assert unit_tree() == [(committee, 0), (office, 1), (desk, 2), (park, 0)]
    assert unit_and_above(desk) == [desk.pk, office.pk, committee.pk]
    assert unit_and_below(office) == [office.pk, desk.pk]
