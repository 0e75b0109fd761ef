"""Somebody looks after every enterprise, one at a time, from a day to a day."""

import datetime as dt
from collections.abc import Callable

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.enums import ChargeRole, StaffRole
from openzone.zone.registry.models import Enterprise, EnterpriseStaff, PersonInCharge
from openzone.zone.registry.services.merges import merge
from openzone.zone.registry.services.people import (
    add_staff,
    assign_person_in_charge,
    end_person_in_charge,
    end_staff,
)
from tests.factories import TESTS, make_enterprise

pytestmark = pytest.mark.django_db

JAN, MARCH, APRIL, JUNE = (dt.date(2026, month, 1) for month in (1, 3, 4, 6))


@pytest.fixture
def firm() -> Enterprise:
    return make_enterprise()


def assign(
    firm: Enterprise, first: dt.date, last: dt.date | None = None, **who: object
) -> PersonInCharge:
    role = who.pop("role", ChargeRole.SPONSOR)
    return assign_person_in_charge(
        actor=TESTS, subject=firm, role=role, valid_from=first, valid_to=last, **who
    )


class TestPeopleInCharge:
    def test_a_user_or_a_name_with_telephone(
        self, firm: Enterprise, leader: User, office: Unit
    ) -> None:
        assert assign(firm, JAN, user=leader, unit=office).user == leader
        named = assign(firm, JAN, role=ChargeRole.GRID, name="示例网格员", phone="0551-0000000")
        assert str(named) == "示例网格员"

    def test_nobody_is_not_somebody(self, firm: Enterprise) -> None:
        with pytest.raises(Refused, match="姓名"):
            assign(firm, JAN, name="  ")

    @pytest.mark.parametrize(
        ("first", "last"), [(MARCH, None), (JAN, MARCH), (APRIL, APRIL), (JAN, None), (JUNE, JUNE)]
    )
    def test_two_sponsors_on_one_day_are_refused_naming_the_first(
        self, firm: Enterprise, first: dt.date, last: dt.date | None
    ) -> None:
        assign(firm, MARCH, JUNE, name="第一位")
        with pytest.raises(Refused, match="第一位"):
            assign(firm, first, last, name="第二位")
        assert PersonInCharge.objects.count() == 1

    def test_the_next_one_begins_the_day_after(self, firm: Enterprise) -> None:
        holder = assign(firm, JAN, name="第一位")
        end_person_in_charge(actor=TESTS, holder=holder, last_day=MARCH)
        assign(firm, MARCH + dt.timedelta(days=1), name="第二位")
        assert PersonInCharge.objects.count() == 2

    def test_another_role_or_enterprise_is_free(self, firm: Enterprise) -> None:
        assign(firm, JAN, name="第一位")
        assign(firm, JAN, name="第一位", role=ChargeRole.GRID)
        assign(make_enterprise(), JAN, name="第一位")
        assert PersonInCharge.objects.count() == 3

    def test_dates_come_in_order(self, firm: Enterprise) -> None:
        with pytest.raises(Refused, match="早于"):
            assign(firm, MARCH, JAN, name="某人")
        holder = assign(firm, MARCH, name="某人")
        with pytest.raises(Refused, match="早于"):
            end_person_in_charge(actor=TESTS, holder=holder, last_day=JAN)

    def test_an_end_can_be_brought_forward_but_not_put_off(self, firm: Enterprise) -> None:
        holder = assign(firm, JAN, JUNE, name="某人")
        ended = end_person_in_charge(actor=TESTS, holder=holder, last_day=APRIL)
        assert ended.valid_to == APRIL
        with pytest.raises(Refused, match="2026-04-01"):
            end_person_in_charge(actor=TESTS, holder=holder, last_day=JUNE)

    def test_everything_is_in_the_log(self, firm: Enterprise) -> None:
        holder = assign(firm, JAN, name="某人")
        end_person_in_charge(actor=TESTS, holder=holder, last_day=APRIL)
        actions = Event.objects.order_by("seq").values_list("action", flat=True)
        assert list(actions)[-2:] == [
            "registry.person_in_charge.assigned", "registry.person_in_charge.ended",
        ]  # fmt: skip


class TestStaff:
    def join(self, user: User, firm: Enterprise, first: dt.date = JAN) -> EnterpriseStaff:
        return add_staff(
            actor=TESTS, user=user, enterprise=firm, role=StaffRole.STAFF, valid_from=first
        )

    def test_one_post_at_a_time_in_an_enterprise(self, firm: Enterprise, owner: User) -> None:
        post = self.join(owner, firm)
        with pytest.raises(Refused, match="owner"):
            self.join(owner, firm, MARCH)
        end_staff(actor=TESTS, post=post, last_day=MARCH)
        self.join(owner, firm, APRIL)

    def test_one_person_may_speak_for_two_enterprises(self, firm: Enterprise, owner: User) -> None:
        self.join(owner, firm)
        self.join(owner, make_enterprise())
        assert owner.enterprise_posts.count() == 2

    def test_nobody_joins_an_enterprise_that_was_merged_away(
        self, firm: Enterprise, make_user: Callable[..., User]
    ) -> None:
        merge(actor=TESTS, survivor=make_enterprise("留下的"), absorbed=firm, reason="同一家")
        with pytest.raises(Refused, match="留下的"):
            self.join(make_user("somebody"), firm)
