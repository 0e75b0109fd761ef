"""Today's brief: what needs a person, and how the zone stands with every rule."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openzone.engines.facts.catalogue import Fact
from openzone.www import asof
from openzone.www.views.rules import Line, lines
from openzone.zone.people.permissions import may_see_console
from openzone.zone.policies.selectors.population import (
    RecordVersion,
    population,
    record_version,
)
from openzone.zone.registry.enums import BatchStatus
from openzone.zone.registry.models import Enterprise, ImportBatch
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.permissions import may_import
from openzone.zone.registry.selectors.duplicates import possible_duplicates

FACTS_SHOWN = 8
IMPORTS_SHOWN = DUPLICATES_SHOWN = 5
WAITING = (BatchStatus.CHECKED, BatchStatus.PARTLY_APPLIED, BatchStatus.FAILED)


class Lacking(NamedTuple):
    """A fact, and how many enterprises would have an answer if it were known."""

    fact: Fact
    enterprises: int


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the brief to the zone's people; lead enterprise people to their enterprise."""
    today = timezone.localdate()
    if not may_see_console(request.user, today).allowed:
        return redirect("my_enterprise")
    as_of = asof.as_of(request)
    counted = [line for line in lines(as_of, counted=True) if line.counts]
    context = {
        "today": today,
        "enterprises": Enterprise.objects.filter(merged_into__isnull=True).count(),
        "lines": counted,
        "totals": _totals(counted),
        "lacking": _lacking(_missing(as_of, record_version())),
        "may_import": may_import(request.user, today).allowed,
        "duplicates": possible_duplicates(DUPLICATES_SHOWN),
        "imports": ImportBatch.objects.filter(status__in=WAITING)[:IMPORTS_SHOWN],
    }
    return render(request, "home.html", context)


def _totals(counted: Sequence[Line]) -> dict[str, int]:
    """Add up the answers over the rules that recognise or grant something."""
    granting = [line.counts for line in counted if line.rule.kind != "classify" and line.counts]
    return {
        "met": sum(counts.met for counts in granting),
        "near": sum(counts.near for counts in granting),
        "unknown": sum(counts.unknown for counts in granting),
    }


@lru_cache(maxsize=4)
def _missing(as_of: dt.date, _version: RecordVersion) -> Mapping[str, int]:
    """Count anew only when the record changed: every enterprise is looked at."""
    return population(as_of).missing_facts()


def _lacking(missing: Mapping[str, int]) -> list[Lacking]:
    """Return the facts that would settle the most answers."""
    names = catalogue()
    most = sorted(missing.items(), key=lambda item: (-item[1], item[0]))[:FACTS_SHOWN]
    return [Lacking(names[name], count) for name, count in most if name in names]
