"""Enterprises with people of their own, and who looks after them."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.enums import ChargeRole
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.services.people import assign_person_in_charge
from tests.factories import make_enterprise, make_staff

DAY = dt.date(2026, 11, 20)
AFTER = dt.date(2027, 1, 20)
LONG_AGO = dt.date(2026, 1, 1)
NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
GOOD = {"overall": "very_good", "response": "good", "undisturbed": "good"}


class Firm(NamedTuple):
    """An enterprise and who speaks for it."""

    enterprise: Enterprise
    person: User


@pytest.fixture
def firm(db: None, make_user: Callable[..., User]) -> Callable[[str], Firm]:
    def make(name: str) -> Firm:
        enterprise = make_enterprise(f"示例{name}公司")
        person = make_user(f"person-{name}")
        make_staff(person, enterprise)
        return Firm(enterprise, person)

    return make


@pytest.fixture
def looked_after(actor: Actor, office: Unit) -> Callable[..., None]:
    """``looked_after(firm, user)``: the user is its sponsor."""

    def give(firm: Firm, user: User, role: ChargeRole = ChargeRole.SPONSOR) -> None:
        assign_person_in_charge(
            actor=actor,
            subject=firm.enterprise,
            role=role,
            user=user,
            unit=office,
            valid_from=LONG_AGO,
        )

    return give
