"""Term sheets as they are read: what fills them in, their lines, what two versions differ in."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from openzone.engines.projects import terms
from openzone.engines.projects.terms import Change
from openzone.engines.text import Text
from openzone.zone.agreements.models import FairReview
from openzone.zone.agreements.selectors.incentives import last_review, why_not
from openzone.zone.promotion.field_packs import template
from openzone.zone.promotion.models import TermLine, TermSheet, TermVersion

NO_REVIEW = Text("没有公平竞争审查记录", "no fair-competition review on record")


class Line(NamedTuple):
    """An incentive, its last review, and why it cannot be agreed; ``None`` where it can."""

    line: TermLine
    review: FairReview | None
    why_not: Text | None


class Difference(NamedTuple):
    """What differs between two versions: values by field, incentives added and taken out."""

    changes: list[Change]
    added: list[TermLine]
    dropped: list[TermLine]


def last_version(sheet: TermSheet) -> TermVersion:
    """Return the newest version."""
    return sheet.versions.select_related("by").get(seq=sheet.last_seq)


def lines_of(version: TermVersion) -> list[TermLine]:
    """Return the incentives that stood in a version."""
    found = TermLine.objects.filter(pk__in=version.lines).order_by("pk")
    return list(found.select_related("incentive", "review", "agreed_by", "sheet"))


def reviewed(version: TermVersion) -> list[Line]:
    """Return the incentives of a version, each with how it stands with its review."""
    found = []
    for line in lines_of(version):
        if line.incentive is None:
            found.append(Line(line, None, NO_REVIEW))
        else:
            found.append(Line(line, last_review(line.incentive), why_not(line.incentive)))
    return found


def difference(before: TermVersion, after: TermVersion) -> Difference:
    """Return what differs between two versions of a sheet."""
    fields = template(after.sheet.template).fields
    was, now = set(before.lines), set(after.lines)
    return Difference(
        terms.differences(fields, before.values, after.values),
        [one for one in lines_of(after) if one.pk not in was],
        [one for one in lines_of(before) if one.pk not in now],
    )


def known_of(sheet: TermSheet, zone_name: str) -> Mapping[str, str]:
    """Return what the lead and the project say, by the names templates fill from.

    What the project says goes before what the lead says.
    """
    found = {"zone": zone_name}
    lead, project = sheet.lead, sheet.project
    if lead is not None:
        found |= {
            "investor": lead.investor.name,
            "project": lead.title,
            "content": lead.summary[: terms.LONGEST],
            "place": str(lead.place or ""),
            "total": _plain(lead.wished) if lead.currency == "CNY" else "",
        }
    if project is not None:
        said = {
            "investor": str(project.investor or "") or project.investor_name,
            "project": project.name,
            "content": project.summary[: terms.LONGEST],
            "place": str(project.place or ""),
            "total": _plain(project.total),
            "start": project.planned_start.isoformat() if project.planned_start else "",
            "finish": project.planned_finish.isoformat() if project.planned_finish else "",
        }
        found |= {name: value for name, value in said.items() if value}
    return found


def _plain(amount: Decimal | None) -> str:
    return f"{amount.normalize():f}" if amount is not None else ""
