"""Who sees and changes what: the zone's people, the enterprise's own, and strangers."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.registry import permissions
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.services.access import log_export, reveal_sensitive
from openzone.zone.registry.services.merges import merge
from openzone.zone.registry.services.people import end_staff
from tests.factories import TESTS, make_enterprise, make_staff, state

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 31)
PUBLIC, STAFF, SENSITIVE = "address", "revenue_y1", "contact_phone"


@pytest.fixture
def firm(owner: User, stranger: User) -> Enterprise:
    made = make_enterprise()
    make_staff(owner, made)
    make_staff(stranger, make_enterprise())
    return made


@pytest.fixture
def anybody(
    admin: User, leader: User, colleague: User, owner: User, stranger: User,
    make_user: Callable[..., User], committee: Unit,
) -> dict[str, User | AnonymousUser]:  # fmt: skip
    return {
        "admin": admin,
        "leader": leader,
        "handler": colleague,
        "centre": make_user("centre", Role.CENTRE, committee),
        "bank": make_user("bank", Role.BANK, committee),
        "owner": owner,
        "stranger": stranger,
        "nobody": AnonymousUser(),
    }


def who(decide: Callable[[User | AnonymousUser], permissions.Decision], people: dict) -> set[str]:
    """The people who get a yes; everybody else gets a reason in both languages."""
    decisions = {name: decide(user) for name, user in people.items()}
    assert all(d.reason.zh and d.reason.en for d in decisions.values())
    return {name for name, decision in decisions.items() if decision.allowed}


ZONE = {"admin", "leader", "handler", "centre"}


def test_the_page_of_an_enterprise(firm: Enterprise, anybody: dict) -> None:
    allowed = who(lambda u: permissions.may_see_enterprise(u, firm, TODAY), anybody)
    assert allowed == ZONE | {"owner"}


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        (PUBLIC, ZONE | {"owner", "stranger", "bank"}),
        (STAFF, ZONE | {"owner"}),
        (SENSITIVE, {"owner"}),
    ],
)
def test_facts_by_visibility(firm: Enterprise, anybody: dict, name: str, allowed: set[str]) -> None:
    fact = catalogue()[name]
    assert who(lambda u: permissions.may_see_fact(u, firm, fact, TODAY), anybody) == allowed


@pytest.mark.parametrize(
    ("decide", "allowed"),
    [
        (permissions.may_import, {"admin", "centre"}),
        (permissions.may_merge, {"admin", "centre"}),
        (permissions.may_export, ZONE),
    ],
)
def test_work_on_the_whole_record(decide: Callable, allowed: set[str], anybody: dict) -> None:
    assert who(lambda user: decide(user, TODAY), anybody) == allowed


def test_correcting_is_for_the_zone_and_never_for_the_enterprise_itself(
    firm: Enterprise, anybody: dict, colleague: User
) -> None:
    allowed = who(lambda u: permissions.may_correct(u, firm, TODAY), anybody)
    assert allowed == {"admin", "handler", "centre"}
    make_staff(colleague, firm)
    assert not permissions.may_correct(colleague, firm, TODAY).allowed


def test_asking_for_sensitive_facts(firm: Enterprise, anybody: dict) -> None:
    allowed = who(lambda u: permissions.may_reveal(u, firm, TODAY), anybody)
    assert allowed == ZONE | {"owner"}


def test_staff_see_nothing_after_their_last_day(firm: Enterprise, owner: User) -> None:
    end_staff(actor=TESTS, post=owner.enterprise_posts.get(), last_day=TODAY)
    assert permissions.may_see_enterprise(owner, firm, TODAY).allowed
    assert not permissions.may_see_enterprise(owner, firm, TODAY + dt.timedelta(days=1)).allowed


def test_a_deactivated_account_sees_nothing(firm: Enterprise, owner: User) -> None:
    owner.is_active = False
    owner.save()
    assert not permissions.may_see_enterprise(owner, firm, TODAY).allowed
    assert not permissions.may_see_fact(owner, firm, catalogue()[PUBLIC], TODAY).allowed


def test_staff_of_a_merged_enterprise_speak_for_the_whole(
    firm: Enterprise, owner: User, stranger: User
) -> None:
    survivor = make_enterprise()
    merge(actor=TESTS, survivor=survivor, absorbed=firm, reason="同一家")
    assert permissions.may_see_enterprise(owner, survivor, TODAY).allowed
    assert not permissions.may_see_enterprise(stranger, survivor, TODAY).allowed


class TestTraces:
    def test_a_look_at_sensitive_facts_is_logged_with_its_reason(self, firm: Enterprise) -> None:
        state(firm, TODAY, contact_phone="0551-1", revenue_y1=5)
        shown = reveal_sensitive(
            actor=TESTS, enterprise=firm, names=[SENSITIVE, STAFF], as_of=TODAY, reason="电话回访"
        )
        assert {name: fact.value for name, fact in shown.items()} == {SENSITIVE: "0551-1"}
        event = Event.objects.latest("seq")
        assert event.action == "registry.sensitive.revealed"
        assert "电话回访" in event.payload

    def test_no_look_without_a_reason(self, firm: Enterprise) -> None:
        before = Event.objects.count()
        with pytest.raises(Refused, match="理由"):
            reveal_sensitive(
                actor=TESTS, enterprise=firm, names=[SENSITIVE], as_of=TODAY, reason=" "
            )
        assert Event.objects.count() == before

    def test_an_export_is_logged_with_its_size_and_filters(self) -> None:
        log_export(actor=TESTS, what="enterprises", count=42, filters={"park": "一园"})
        event = Event.objects.latest("seq")
        assert (event.action, event.subject) == ("registry.exported", "enterprises")
        assert event.payload == '{"park":"一园","rows":42}'
