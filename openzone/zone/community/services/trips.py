"""Trips of applicants: what 最多跑一次 is measured by."""

import datetime as dt

from django.db import transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cases.models import Case
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.community.models import Trip
from openzone.zone.errors import ensure_valid


@transaction.atomic
def record_trip(
    *, actor: Actor, case: Case, item: ServiceItem, on: dt.date, where: str, why: str
) -> Trip:
    """Note that an applicant had to come in person because of a case, and why."""
    trip = Trip(case=case, item=item, on=on, where=where.strip(), why=why.strip())
    ensure_valid(trip)
    trip.save()
    payload: dict[str, JSON] = {"on": on, "where": trip.where, "why": trip.why}
    record("community.trip.recorded", actor=actor, subject=case.subject, payload=payload)
    return trip
