"""Reports: which of a case the public sees, and which cases a client asks for."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from openzone.engines.text import Text
from openzone.www.formats import say
from openzone.www.open311.services import kinds, service
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import type_of
from openzone.zone.errors import Refused

MOST = 1_000
SPAN = dt.timedelta(days=90)
STATUSES = {"open": False, "closed": True}
OPEN, CLOSED = "open", "closed"


def found(asked: Mapping[str, str], now: dt.datetime) -> QuerySet[Case]:
    """Return the reports a client asks for: by number, or of at most 90 days."""
    reports = Case.objects.filter(kind__in=kinds(), merged_into=None).select_related(
        "version", "lead", "place"
    )
    if numbers := asked.get("service_request_id"):
        wanted = [one.strip().upper() for one in numbers.split(",")][:MOST]
        return reports.filter(number__in=wanted)
    last = _moment(asked, "end_date") or now
    first = _moment(asked, "start_date") or last - SPAN
    if last - first > SPAN:
        last = first + SPAN
    chosen = _narrowed(reports.filter(opened_at__gte=first, opened_at__lte=last), asked)
    return chosen.order_by("-opened_at", "-pk")[:MOST]


def _narrowed(reports: QuerySet[Case], asked: Mapping[str, str]) -> QuerySet[Case]:
    if word := asked.get("status"):
        words = [one.strip() for one in word.split(",")]
        if not set(words) <= STATUSES.keys():
            raise Refused(
                Text("status应为open或closed", "status is open or closed"), field="status"
            )
        reports = reports.filter(closed__in={STATUSES[one] for one in words})
    if codes := asked.get("service_code"):
        reports = reports.filter(_of_services(codes.split(",")))
    return reports


def _of_services(codes: Iterable[str]) -> Q:
    """Return the condition that a report is of one of these services."""
    wanted = Q(pk__in=[])
    for code in codes:
        one = service(code.strip())
        if one is None:
            raise NotFoundError(NO_SERVICE)
        wanted |= Q(kind=one.type.id, topic=one.topic) if one.topic else Q(kind=one.type.id)
    return wanted


class NotFoundError(Refused):
    """What was named is not there: GeoReport answers 404, for anything else 400."""


NO_SERVICE = Text("没有这种service_code", "there is no such service_code")


def _moment(asked: Mapping[str, str], name: str) -> dt.datetime | None:
    given = asked.get(name, "")
    if not given:
        return None
    try:
        moment = parse_datetime(given.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or not dt.MINYEAR < moment.year < dt.MAXYEAR:
        raise Refused(
            Text(
                f"{name}应为带时区的时刻", f"{name} is a moment such as 2026-11-21T09:30:00+08:00"
            ),
            field=name,
        )
    return moment if moment.tzinfo else timezone.make_aware(moment)


def shown(case: Case) -> dict[str, Any]:
    """Return what everybody may know of a report.

    The words of the reporter are shown only where they said so; names and telephones never.
    """
    type_ = type_of(case.version)
    code = f"{case.kind}.{case.topic}" if case.topic else case.kind
    one = service(code)
    return {
        "service_request_id": case.number,
        "status": CLOSED if case.closed else OPEN,
        "status_notes": say(type_.stages[case.stage].public),
        "service_name": say(one.label if one else type_.label),
        "service_code": code,
        "description": case.text if case.fields.get("publish") else "",
        "agency_responsible": case.lead.name if case.lead else "",
        "service_notice": "",
        "requested_datetime": timezone.localtime(case.opened_at),
        "updated_datetime": timezone.localtime(case.changed_at),
        "expected_datetime": timezone.localtime(case.due_at) if case.due_at else "",
        "address": case.fields.get("address") or "",
        "address_id": case.place.code if case.place else "",
        "zipcode": "",
        "lat": case.fields.get("lat") or "",
        "long": case.fields.get("long") or "",
        "media_url": "",
    }
