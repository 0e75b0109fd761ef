"""Leaders of chains, who supports them, and what they brought (以商招商)."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet

from openzone.zone.chains.enums import ChainRoleKind
from openzone.zone.chains.models import ChainRole, Introduction
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import Lead, Supplier
from openzone.zone.registry.models import Enterprise


class Brought(NamedTuple):
    """Something a leader brought: a lead, the project it became, and how that is known."""

    chain: str
    lead: Lead | None
    project: Project | None
    on: dt.date | None
    how: str
    introduction: Introduction | None


class Leading(NamedTuple):
    """A leader with the firms that support it and what it brought."""

    role: ChainRole
    supporters: tuple[ChainRole, ...]
    brought: tuple[Brought, ...]


def roles(on: dt.date | None = None) -> QuerySet[ChainRole]:
    """Return the roles on record; only those that hold on a day where one is given."""
    rows = ChainRole.objects.filter(withdrawn_at__isnull=True)
    if on is not None:
        rows = rows.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    rows = rows.select_related("enterprise__root", "leader__root", "recorded_by")
    return rows.order_by("chain", "kind", "valid_from", "pk")


def leading(on: dt.date, chain: str = "") -> list[Leading]:
    """Return the leaders of a chain, or of all, with their supporters and what they brought."""
    rows = list(roles(on).filter(chain=chain) if chain else roles(on))
    leaders = [row for row in rows if row.kind == ChainRoleKind.LEADER]
    brought = _brought(leaders)
    supporters: dict[tuple[int, str], list[ChainRole]] = {}
    for row in rows:
        if row.leader is not None:
            supporters.setdefault((row.leader.root_id, row.chain), []).append(row)
    return [
        Leading(
            row, tuple(supporters.get((row.enterprise.root_id, row.chain), ())),
            tuple(brought.get(row.enterprise.root_id, ())),
        )
        for row in leaders
    ]  # fmt: skip


def roles_of(firm: Enterprise) -> QuerySet[ChainRole]:
    """Return every role of a firm, also those that ended."""
    return roles().filter(enterprise__root=firm.root_id)


def _brought(leaders: Iterable[ChainRole]) -> dict[int, list[Brought]]:
    """Put together what somebody recorded and what came of lists of the leaders' suppliers."""
    firms = {row.enterprise.root_id for row in leaders}
    found: dict[int, list[Brought]] = {}
    said = Introduction.objects.filter(leader__root__in=firms, withdrawn_at__isnull=True)
    seen = set[tuple[int, int | None]]()
    for one in said.select_related("leader", "lead__project", "project").order_by("on", "pk"):
        project = one.project or (one.lead.project if one.lead else None)
        seen.add((one.leader.root_id, one.lead_id))
        row = Brought(one.chain, one.lead, project, one.on, one.note, one)
        found.setdefault(one.leader.root_id, []).append(row)
    listed = Supplier.objects.filter(listing__enterprise__root__in=firms, lead__isnull=False)
    for each in listed.select_related("listing__enterprise", "lead__project").order_by("pk"):
        firm = each.listing.enterprise
        if firm is None or each.lead is None or (firm.root_id, each.lead_id) in seen:
            continue
        row = Brought(
            each.listing.chain, each.lead, each.lead.project, each.since, each.listing.source, None
        )
        found.setdefault(firm.root_id, []).append(row)
    return found
