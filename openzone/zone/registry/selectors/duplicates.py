"""Enterprises that came in as new although one of a similar name was on record."""

from dataclasses import dataclass

from django.db.models import F

from openzone.engines.text import Text
from openzone.zone.registry.enums import LinkBasis, RowState
from openzone.zone.registry.imports.problems import from_json
from openzone.zone.registry.models import Enterprise, ImportRow

SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """An enterprise, and why the import took it for close to another one."""

    enterprise: Enterprise
    reason: Text


def possible_duplicates(most: int) -> list[PossibleDuplicate]:
    """Return the latest doubts of imports that nobody has settled by a merge."""
    rows = ImportRow.objects.filter(
        state=RowState.REVIEW,
        applied=True,
        link=LinkBasis.NEW,
        enterprise__root=F("enterprise"),
        enterprise__merges__isnull=True,
    )
    doubts = rows.select_related("enterprise").order_by("-pk")[:most]
    return [
        PossibleDuplicate(row.enterprise, problem.reason)
        for row in doubts
        for problem in map(from_json, row.problems)
        if problem.code == SIMILAR and row.enterprise is not None
    ]
