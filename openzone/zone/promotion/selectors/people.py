"""The people of an investor as somebody may see them: numbers masked until they are asked for."""

import datetime as dt
from dataclasses import dataclass

from openzone.zone.projects.permissions import Visitor
from openzone.zone.promotion.models import Contact, Investor
from openzone.zone.promotion.permissions import may_reach, may_see_people
from openzone.zone.promotion.selectors.alike import whole

_SHOWN = 3
_LEAST = 7


@dataclass(frozen=True, slots=True)
class Person:
    """A contact; ``phone`` and ``email`` are masked, ``reachable`` says who may ask for them."""

    contact: Contact
    phone: str
    email: str
    reachable: bool


def people(investor: Investor, user: Visitor, on: dt.date) -> list[Person] | None:
    """Return the people of an investor and all that is read as it; None where they are hidden."""
    if not may_see_people(user, investor, on).allowed:
        return None
    found = Contact.objects.filter(investor__in=whole(investor)).select_related("investor")
    return [_person(one, user, on) for one in found.order_by("pk")]


def contacts_of(investor: Investor) -> list[Contact]:
    """Return the people of an investor and of all that is read as it."""
    found = Contact.objects.filter(investor__in=whole(investor)).order_by("pk")
    return list(found.select_related("investor"))


def masked_phone(number: str) -> str:
    """Return a number with its middle hidden; a short one is hidden whole."""
    if len(number) < _LEAST:
        return "*" * len(number)
    hidden = len(number) - _SHOWN - 4
    return f"{number[:_SHOWN]}{'*' * hidden}{number[-4:]}" if hidden > 0 else "*" * len(number)


def masked_email(address: str) -> str:
    """Return an address with who it is of hidden."""
    name, at, host = address.partition("@")
    return f"{name[:1]}***{at}{host}" if at else "*" * len(address)


def _person(contact: Contact, user: Visitor, on: dt.date) -> Person:
    asks = bool(contact.phone or contact.email)
    reachable = asks and may_reach(user, contact, on).allowed
    return Person(contact, masked_phone(contact.phone), masked_email(contact.email), reachable)
