"""What the services of placements share: the firm, locked, its rows, and the event."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms.models import model_to_dict
from django.utils import timezone

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.chains.models import Placement, PlacementChange
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise

TO_COME = Text("{day} 还没有到", "{day} has not come yet")
DONE_BY = Text(
    "已由{who}于{at}办理，请刷新后再操作",
    "already done by {who} at {at}; reload and look again",
)
_ROW = ("share", "valid_from", "method", "version", "score", "evidence", "source", "synthetic")


def locked(enterprise: Enterprise, seen: int | None = None) -> Enterprise:
    """Lock the enterprise it is read as until the transaction ends.

    ``seen`` is the number of the last change the person saw (0: none). Where there is a later one,
    the slower is told who was first, and nothing is written.
    """
    root = Enterprise.objects.get(pk=enterprise.pk).root_id
    firm = Enterprise.objects.select_for_update(of=("self",)).get(pk=root)
    if seen is not None:
        last = last_change(firm)
        if last is not None and last.pk != seen:
            raise Refused(done_by(last.by, last.at))
    return firm


def last_change(firm: Enterprise) -> PlacementChange | None:
    """Return the last thing done about where a firm stands."""
    changes = PlacementChange.objects.filter(enterprise__root=firm.root_id)
    return changes.select_related("by").order_by("-pk").first()


def done_by(who: object, at: dt.datetime) -> Text:
    """Say who was first, and when."""
    return DONE_BY.format(who=str(who), at=f"{timezone.localtime(at):%Y-%m-%d %H:%M}")


def rows_from(firm: Enterprise, day: dt.date) -> QuerySet[Placement]:
    """Return the rows of a firm that hold on a day or later, as they are known now."""
    rows = Placement.objects.filter(enterprise__root=firm.root_id, withdrawn_at__isnull=True)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def cut(firm: Enterprise, day: dt.date, change: PlacementChange) -> list[Placement]:
    """End the rows of a firm with a day: those from before are written anew with their end."""
    rows = list(rows_from(firm, day))
    withdraw(rows, change)
    for row in rows:
        if row.valid_from < day:
            copied(row, change, valid_to=day)
    return rows


def withdraw(rows: Iterable[Placement], change: PlacementChange) -> None:
    """Take rows back, as an act does; they stay readable as what was known before."""
    for row in rows:
        row.withdrawn_at, row.withdrawn_in = change.at, change
        row.save(update_fields=["withdrawn_at", "withdrawn_in"])


def copied(row: Placement, change: PlacementChange, **other: Any) -> Placement:
    """Write a row anew as part of an act, with its reviewer and grounds as they were."""
    same = model_to_dict(row, fields=_ROW)
    named = {"chain": row.chain, "node": row.node, "enterprise_id": row.enterprise_id}
    given = {**same, **named, "valid_to": row.valid_to, "reviewed_by_id": row.reviewed_by_id}
    return Placement.objects.create(**given | other, recorded_at=change.at, change=change)


def ensure_come(day: dt.date, now: dt.datetime, field: str = "valid_from") -> None:
    """Refuse a day to come."""
    if day > to_local(now).date():
        raise Refused(TO_COME.format(day=day), field=field)


@transaction.atomic
def note(*, action: str, actor: Actor, subject: str, payload: Mapping[str, JSON]) -> None:
    """Leave the event of a service in the log."""
    record(f"chains.{action}", actor=actor, subject=subject, payload=payload)


def parts_told(parts: Mapping[tuple[str, str], Any]) -> dict[str, str]:
    """Return nodes and shares as the log keeps them."""
    return {f"{chain}/{node}": str(share) for (chain, node), share in parts.items()}
