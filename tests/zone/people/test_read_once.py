"""Who is what is read once where nothing is written, and anew everywhere else."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openzone.zone.people.enums import Role
from openzone.zone.people.models import User
from openzone.zone.people.selectors import memberships_of, read_once, roles_of
from openzone.zone.people.services import create_user, grant_membership
from tests.factories import TESTS, make_unit

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


def _handler(name: str = "somebody") -> User:
    user = create_user(actor=TESTS, username=name)
    _grant(user, Role.HANDLER)
    return user


def _grant(user: User, role: Role) -> None:
    since = dt.date(2026, 1, 1)
    grant_membership(actor=TESTS, user=user, unit=make_unit(), role=role, valid_from=since)


def test_many_questions_are_one_query():
    user = _handler()
    with CaptureQueriesContext(connection) as asked, read_once():
        assert roles_of(user, DAY) == {Role.HANDLER}
        assert [post.role for post in memberships_of(user, DAY)] == [Role.HANDLER]
        assert roles_of(user, DAY) == {Role.HANDLER}
    assert len(asked) == 1


def test_people_and_days_are_kept_apart():
    first, second = _handler("a"), create_user(actor=TESTS, username="b")
    with read_once():
        assert roles_of(first, DAY) == {Role.HANDLER}
        assert roles_of(second, DAY) == frozenset()
        assert roles_of(first, dt.date(2025, 1, 1)) == frozenset()


def test_after_the_block_what_was_granted_counts():
    user = _handler()
    with read_once():
        assert roles_of(user, DAY) == {Role.HANDLER}
    _grant(user, Role.LEADER)
    assert roles_of(user, DAY) == {Role.HANDLER, Role.LEADER}
    with read_once():
        assert roles_of(user, DAY) == {Role.HANDLER, Role.LEADER}
