"""Key enterprises: whose requests the clocks of a case type may give less time to."""

import datetime as dt
from typing import cast

from openzone.zone.cases.packs import pack
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.enums import ChargeRole
from openzone.zone.registry.models import Enterprise, PersonInCharge
from openzone.zone.registry.selectors.facts import facts_of
from openzone.zone.statements import Prepared, Slot

# A slot stands where a day does.
_SPONSORS = Prepared(
    lambda: (
        PersonInCharge.objects.filter(
            on_day(cast("dt.date", Slot("on"))),
            role=ChargeRole.SPONSOR,
            subject__enterprise__root=Slot("root"),
        )
        .order_by()
        .values_list("id")[:1]
    )
)


def priority_of(enterprise: Enterprise | None, on: dt.date) -> str:
    """Return the priority an enterprise has by the zone's pack on a day, ``""`` for none."""
    key = pack().key_enterprises
    if enterprise is None:
        return ""
    known = enterprise.uscc in key.codes or (key.sponsored and _is_sponsored(enterprise, on))
    return key.priority if known or _has_fact(enterprise, on) else ""


def _is_sponsored(enterprise: Enterprise, on: dt.date) -> bool:
    """Whether a leader looks after an enterprise (包保)."""
    return bool(_SPONSORS.rows(on=on, root=enterprise.root_id))


def _has_fact(enterprise: Enterprise, on: dt.date) -> bool:
    wanted = pack().key_enterprises.facts
    if not wanted:
        return False
    known = facts_of(enterprise, on)
    return any(name in known and known[name].value is True for name in wanted)
