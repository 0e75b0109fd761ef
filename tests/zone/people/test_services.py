from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Membership, Unit, User
from openzone.zone.people.selectors import has_role
from openzone.zone.people.services import (
    change_password,
    create_unit,
    create_user,
    deactivate_user,
    end_membership,
    grant_membership,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
GOOD_PASSWORD = "green-bridge-74"  # a password of these tests only


def _actions() -> list[str]:
    return list(Event.objects.values_list("action", flat=True))


class TestUsers:
    def test_a_user_can_log_in_with_the_password(self, actor, client):
        user = create_user(
            actor=actor, username="wang", display_name="王示例", password=GOOD_PASSWORD
        )
        assert user.check_password(GOOD_PASSWORD)
        assert str(user) == "王示例"
        assert _actions() == ["people.user.created"]

    def test_without_a_password_nobody_can_log_in(self, actor):
        assert not create_user(actor=actor, username="wang").has_usable_password()

    def test_a_name_taken_is_refused(self, actor):
        create_user(actor=actor, username="wang")
        with pytest.raises(Refused) as refused:
            create_user(actor=actor, username="wang")
        assert refused.value.field == "username"
        assert User.objects.count() == 1

    @pytest.mark.parametrize("username", ["", "two words", "x" * 151])
    def test_a_name_that_is_none_is_refused(self, actor, username):
        with pytest.raises(Refused) as refused:
            create_user(actor=actor, username=username)
        assert refused.value.field == "username"

    @pytest.mark.parametrize("password", ["short", "12345678901", "password123", "wang"])
    def test_a_weak_password_is_refused_in_both_languages(self, actor, password):
        with pytest.raises(Refused) as refused:
            create_user(actor=actor, username="wang", password=password)
        assert refused.value.field == "password"
        assert "密码" in refused.value.reason.zh
        assert "password" in refused.value.reason.en
        assert not User.objects.exists()

    def test_a_changed_password_works_and_is_not_in_the_log(self, actor, colleague):
        change_password(actor=actor, user=colleague, password=GOOD_PASSWORD)
        colleague.refresh_from_db()
        assert colleague.check_password(GOOD_PASSWORD)
        event = Event.objects.get(action="people.user.password_changed")
        assert GOOD_PASSWORD not in event.payload

    def test_a_deactivated_user_is_kept(self, actor, colleague):
        deactivate_user(actor=actor, user=colleague, on=TODAY)
        colleague.refresh_from_db()
        assert not colleague.is_active
        assert _actions()[-1] == "people.user.deactivated"


class TestUnits:
    def test_a_unit_belongs_to_another(self, actor, committee, office):
        assert office.parent == committee
        assert Event.objects.filter(action="people.unit.created").count() == 2

    def test_a_code_taken_is_refused(self, actor, committee):
        with pytest.raises(Refused) as refused:
            create_unit(actor=actor, code="committee", name="又一个", kind=UnitKind.OTHER)
        assert refused.value.field == "code"
        assert Unit.objects.count() == 1


class TestGranting:
    def test_the_event_says_who_got_what_and_until_when(self, actor, owner, office):
        grant_membership(actor=actor, user=owner, unit=office, role=Role.HANDLER, valid_from=TODAY)
        event = Event.objects.get(action="people.membership.granted")
        assert event.subject == f"user:{owner.pk}"
        details = {"unit": "office", "role": "handler", "valid_from": "2026-11-20"}
        assert event.details.items() >= {**details, "valid_to": None}.items()

    @pytest.mark.parametrize(
        ("valid_from", "valid_to", "clash"),
        [
            (date(2026, 1, 1), date(2026, 2, 28), False),
            (date(2026, 1, 1), date(2026, 3, 1), True),
            (date(2026, 3, 10), date(2026, 3, 20), True),
            (date(2026, 3, 31), None, True),
            (date(2026, 4, 1), None, False),
            (date(2026, 1, 1), None, True),
        ],
    )
    def test_the_same_role_twice_at_one_time_is_refused(
        self, actor, owner, office, valid_from, valid_to, clash
    ):
        march = {"valid_from": date(2026, 3, 1), "valid_to": date(2026, 3, 31)}
        same = {"actor": actor, "user": owner, "unit": office, "role": Role.HANDLER}
        grant_membership(**same, **march)
        twice = pytest.raises(Refused, match="已担任该职务") if clash else nullcontext()
        with twice:
            grant_membership(**same, valid_from=valid_from, valid_to=valid_to)
        assert owner.memberships.count() == (1 if clash else 2)

    def test_another_role_or_unit_at_the_same_time_is_fine(self, actor, owner, office, committee):
        for unit, role in (
            (office, Role.HANDLER),
            (office, Role.LEADER),
            (committee, Role.HANDLER),
        ):
            grant_membership(actor=actor, user=owner, unit=unit, role=role, valid_from=TODAY)
        assert owner.memberships.count() == 3

    def test_dates_in_the_wrong_order_are_refused(self, actor, owner, office):
        with pytest.raises(Refused, match="结束日期早于开始日期"):
            grant_membership(
                actor=actor,
                user=owner,
                unit=office,
                role=Role.HANDLER,
                valid_from=TODAY,
                valid_to=TODAY - DAY,
            )

    def test_the_database_refuses_dates_in_the_wrong_order_too(self, owner, office):
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(
                user=owner,
                unit=office,
                role=Role.HANDLER,
                valid_from=TODAY,
                valid_to=TODAY - DAY,
            )

    @pytest.mark.django_db(transaction=True)
    def test_two_clerks_granting_the_same_at_once_grant_it_once(
        self, actor, owner, office, at_the_same_time
    ):
        def grant() -> bool:
            try:
                grant_membership(
                    actor=actor, user=owner, unit=office, role=Role.HANDLER, valid_from=TODAY
                )
            except Refused:
                return False
            return True

        assert sorted(at_the_same_time(3, grant)) == [False, False, True]


class TestEnding:
    def test_a_role_ends_the_day_after_its_last(self, actor, colleague):
        membership = colleague.memberships.get()
        end_membership(actor=actor, membership=membership, last_day=TODAY)
        assert has_role(colleague, Role.HANDLER, TODAY)
        assert not has_role(colleague, Role.HANDLER, TODAY + DAY)
        assert Event.objects.get(action="people.membership.ended").details["valid_to"] == (
            "2026-11-20"
        )

    def test_a_role_that_ended_is_not_prolonged_by_ending_it_later(self, actor, colleague):
        membership = colleague.memberships.get()
        end_membership(actor=actor, membership=membership, last_day=TODAY)
        with pytest.raises(Refused, match="2026-11-20"):
            end_membership(actor=actor, membership=membership, last_day=TODAY + DAY)

    def test_a_role_cannot_end_before_it_began(self, actor, colleague):
        with pytest.raises(Refused, match="结束日期早于开始日期"):
            end_membership(
                actor=actor, membership=colleague.memberships.get(), last_day=date(2019, 12, 31)
            )


class TestTheLastAdministrator:
    @pytest.fixture
    def second(self, actor, make_user, committee):
        """Grants somebody else the role of administrator."""

        def grant(valid_from=date(2020, 1, 1), valid_to=None):
            user = make_user("second")
            grant_membership(
                actor=actor,
                user=user,
                unit=committee,
                role=Role.ADMIN,
                valid_from=valid_from,
                valid_to=valid_to,
            )
            return user

        return grant

    def _end(self, actor, admin):
        end_membership(actor=actor, membership=admin.memberships.get(), last_day=TODAY)

    def test_the_only_one_stays(self, actor, admin):
        with pytest.raises(Refused, match="至少一名管理员"):
            self._end(actor, admin)
        with pytest.raises(Refused, match="至少一名管理员"):
            deactivate_user(actor=actor, user=admin, on=TODAY)
        assert has_role(admin, Role.ADMIN, TODAY + DAY)

    def test_one_of_two_may_go(self, actor, admin, second):
        second()
        self._end(actor, admin)
        assert not has_role(admin, Role.ADMIN, TODAY + DAY)

    def test_a_second_whose_role_ends_does_not_count(self, actor, admin, second):
        second(valid_to=TODAY + 30 * DAY)
        with pytest.raises(Refused, match="至少一名管理员"):
            self._end(actor, admin)

    def test_a_second_who_begins_the_next_day_counts_and_one_a_day_later_does_not(
        self, actor, admin, second
    ):
        user = second(valid_from=TODAY + 2 * DAY)
        with pytest.raises(Refused, match="至少一名管理员"):
            self._end(actor, admin)
        user.memberships.update(valid_from=TODAY + DAY)
        self._end(actor, admin)

    def test_a_second_who_was_deactivated_does_not_count(self, actor, admin, second):
        deactivate_user(actor=actor, user=second(), on=TODAY)
        with pytest.raises(Refused, match="至少一名管理员"):
            self._end(actor, admin)

    @pytest.mark.django_db(transaction=True)
    def test_two_administrators_cannot_end_each_other_at_once(
        self, actor, admin, second, at_the_same_time
    ):
        waiting = [admin, second()]

        def end() -> bool:
            try:
                self._end(actor, waiting.pop())
            except Refused:
                return False
            return True

        assert sorted(at_the_same_time(2, end)) == [False, True]
