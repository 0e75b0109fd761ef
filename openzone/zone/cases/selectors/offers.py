"""What somebody may do with a case now, and why not the rest."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from openzone.engines.cases.allowed import Offer, possible
from openzone.engines.cases.state import State
from openzone.engines.worktime.localtime import to_local
from openzone.zone.cases.folding import state_now
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.permissions import hats_in
from openzone.zone.people.models import User


def offers(
    user: User | AnonymousUser,
    case: Case,
    now: dt.datetime,
    on: dt.date,
    state: State | None = None,
) -> list[Offer]:
    """Return the actions of everything somebody is to a case, in the order of the pack.

    An action that one of their roles may do is possible; the others come with the reason why not.
    """
    type_, known = type_of(case.version), state or state_now(case, now)
    best: dict[str, Offer] = {}
    for party in hats_in(user, case, on):
        for offer in possible(type_, known, [party.role], to_local(now), party):
            if offer.allowed or offer.action.id not in best:
                best[offer.action.id] = offer
    return [best[name] for name in type_.actions if name in best]
