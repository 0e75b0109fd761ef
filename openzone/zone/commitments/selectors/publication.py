"""What everybody may see of commitments: what the pack says, and nothing else."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.cases.permissions import masked
from openzone.zone.commitments.enums import CommitmentState
from openzone.zone.commitments.models import Commitment, CreditRecord
from openzone.zone.commitments.packs import pack
from openzone.zone.registry.models import Enterprise

HIDDEN = Text("不公开", "not published")
_NEVER = (
    CommitmentState.OFFERED,
    CommitmentState.DECLINED,
    CommitmentState.WITHDRAWN,
    CommitmentState.REFUSED,
)


class Published(NamedTuple):
    """One commitment as everybody may see it; ``promised`` are labels with what was written."""

    who: str
    item: str
    kind: Text
    promised: list[tuple[Text, str]]
    papers: list[str]
    signed_on: dt.date
    due: dt.date | None
    outcome: str


def published(on: dt.date, *, kind: str = "", text: str = "") -> QuerySet[Commitment]:
    """Return the signed commitments whose applicants agreed to publication, the latest first.

    ``text`` is looked for in what is shown only: the item, and the name of an enterprise.
    """
    rules = pack().publication
    since = on - dt.timedelta(days=rules.days_after)
    found = Commitment.objects.filter(
        Q(closed_at__isnull=True) | Q(closed_at__date__gte=since),
        publish=True, signed_at__isnull=False, kind__in=rules.kinds,
    ).exclude(state__in=_NEVER)  # fmt: skip
    if kind:
        found = found.filter(kind=kind)
    if text.strip():
        words = Q(item__name__icontains=text.strip())
        if rules.enterprise == "full":
            words |= Q(enterprise__name__icontains=text.strip())
        found = found.filter(words)
    related = found.select_related("item", "enterprise").prefetch_related("owed")
    return related.order_by("-signed_at", "-pk")


def shown(row: Commitment) -> Published:
    """Return what may be seen of one."""
    rules, kind = pack().publication, pack().kind(row.kind)
    assert kind is not None  # noqa: S101 - published kinds are those of the pack
    assert row.signed_at is not None  # noqa: S101 - only signed ones are published
    labels = {one.id: one.label.text for one in pack().template(kind).fields}
    promised = [
        (labels[name], str(row.values[name]))
        for name in rules.fields
        if name in labels and row.values.get(name)
    ]
    due = timezone.localdate(row.supply_by) if row.supply_by else row.check_by
    return Published(
        who=_who(row),
        item=row.item.name,
        kind=kind.label.text,
        promised=promised,
        papers=[one.name for one in row.owed.all()] if rules.papers else [],
        signed_on=timezone.localdate(row.signed_at),
        due=due,
        outcome=row.get_state_display(),
    )


def records_of(enterprise: Enterprise) -> QuerySet[CreditRecord]:
    """Return what is on the record of an enterprise, the unrepaired first."""
    found = CreditRecord.objects.filter(enterprise__root=enterprise.root_id)
    return found.select_related("commitment__item").order_by("repaired_on", "-happened_on", "-pk")


def _who(row: Commitment) -> str:
    rules = pack().publication
    if row.enterprise is not None:
        return row.enterprise.name if rules.enterprise == "full" else ""
    return masked(row.person) if rules.person == "masked" else ""
