"""Entering and changing items: the whole of an item at a time, told by its code."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from django.db import transaction

from openzone.engines.text import Text
from openzone.engines.worktime.durations import Duration, parse_duration
from openzone.engines.worktime.errors import WorktimeError
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.catalogue.enums import Receiving
from openzone.zone.catalogue.models import Acceptance, Material, ServiceItem
from openzone.zone.catalogue.packs import commitments
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit

_LONGER = Text("承诺时限不能长于法定时限", "the committed limit cannot exceed the legal one")
_NO_KIND = Text("没有承诺类型“{kind}”", "there is no kind of commitment “{kind}”")
_NO_WAY = Text("没有申请方式“{way}”", "there is no way to apply “{way}”")
_TWICE = Text("材料“{name}”重复", "the paper “{name}” is given twice")
_NO_BASIS = Text("依法排除的请写明依据", "name the law that excludes commitments")


class Paper(NamedTuple):
    """A paper as it is entered."""

    name: str
    form: str = ""
    main: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemValues:
    """All there is to say about an item. Limits are durations in words; empty is unknown."""

    name: str
    deciding_unit: Unit
    name_en: str = ""
    legal_limit: str = ""
    committed_limit: str = ""
    receiving: Sequence[str] = ()
    trips: int | None = None
    excluded_reason: str = ""
    excluded_basis: str = ""
    papers: Sequence[Paper] = field(default=())
    kinds: Sequence[str] = field(default=())


_OWN = frozenset(one.name for one in fields(ItemValues)) - {"papers", "kinds"}


@transaction.atomic
def save_item(*, actor: Actor, code: str, values: ItemValues) -> ServiceItem:
    """Enter an item, or make the one with this code what ``values`` say."""
    item = ServiceItem.objects.select_for_update().filter(code=code).first()
    before = _said(item) if item else {}
    item = item or ServiceItem(code=code)
    for name in _OWN:
        setattr(item, name, getattr(values, name))
    item.receiving = sorted(set(values.receiving))
    item.legal_limit = _limit(values.legal_limit, "legal_limit")
    item.committed_limit = _limit(values.committed_limit, "committed_limit")
    _ensure_sound(item, values)
    ensure_valid(item)
    item.save()
    _replace_papers(item, values.papers)
    _replace_kinds(item, values.kinds)
    after = _said(item)
    changed = {name: [before.get(name), now] for name, now in after.items()}
    payload: dict[str, JSON] = {
        name: pair for name, pair in changed.items() if not before or pair[0] != pair[1]
    }
    if payload:
        record("catalogue.item.saved", actor=actor, subject=subject(item), payload=payload)
    return item


@transaction.atomic
def withdraw_item(*, actor: Actor, item: ServiceItem, on: dt.date) -> ServiceItem:
    """Take an item out of the catalogue from a day on; what was filed before goes on."""
    current = ServiceItem.objects.select_for_update().get(pk=item.pk)
    if current.withdrawn_on is not None:
        raise Refused(Text("该事项已取消", "this item was withdrawn already"))
    current.withdrawn_on = on
    current.save(update_fields=["withdrawn_on"])
    record("catalogue.item.withdrawn", actor=actor, subject=subject(current), payload={"on": on})
    return current


def subject(item: ServiceItem) -> str:
    """Return how the log calls an item."""
    return f"service_item:{item.pk}"


def _limit(text: str, name: str) -> str:
    """Write a limit the one way it is kept."""
    if not text.strip():
        return ""
    try:
        read = parse_duration(text)
    except WorktimeError as error:
        raise Refused(error.reason, field=name) from None
    return f"{read.amount} {read.unit.value.replace('_', ' ')}"


def _ensure_sound(item: ServiceItem, values: ItemValues) -> None:
    legal, committed = item.legal, item.committed
    if item.committed_limit and legal and committed and _is_longer(committed, legal):
        raise Refused(_LONGER, field="committed_limit")
    if item.excluded_reason.strip() and not item.excluded_basis.strip():
        raise Refused(_NO_BASIS, field="excluded_basis")
    for way in values.receiving:
        if way not in Receiving.values:
            raise Refused(_NO_WAY.format(way=way), field="receiving")
    for kind in values.kinds:
        if commitments().kind(kind) is None:
            raise Refused(_NO_KIND.format(kind=kind), field="kinds")


def _is_longer(first: Duration, second: Duration) -> bool:
    """Compare what can be compared: days of work and of the calendar have no common measure."""
    if first.unit is second.unit:
        return first.amount > second.amount
    if first.unit.counts_working_time is second.unit.counts_working_time:
        return bool(first.minutes and second.minutes and first.minutes > second.minutes)
    return False


def _replace_papers(item: ServiceItem, papers: Sequence[Paper]) -> None:
    seen: set[str] = set()
    for paper in papers:
        if paper.name in seen:
            raise Refused(_TWICE.format(name=paper.name), field="papers")
        seen.add(paper.name)
    item.materials.all().delete()
    rows = [
        Material(item=item, position=at, name=paper.name, form=paper.form, main=paper.main)
        for at, paper in enumerate(papers, start=1)
    ]
    for row in rows:
        ensure_valid(row)
    Material.objects.bulk_create(rows)


def _replace_kinds(item: ServiceItem, kinds: Sequence[str]) -> None:
    item.acceptances.all().delete()
    Acceptance.objects.bulk_create(
        Acceptance(item=item, kind=kind) for kind in dict.fromkeys(kinds)
    )


def _said(item: ServiceItem) -> dict[str, JSON]:
    """Return an item as the log writes it."""
    own: dict[str, JSON] = {
        name: getattr(item, name) for name in sorted(_OWN - {"deciding_unit", "receiving"})
    }
    papers = [f"{one} *" if one.main else str(one) for one in item.materials.all()]
    return own | {
        "deciding_unit": item.deciding_unit.code,
        "receiving": list(item.receiving),
        "papers": papers,
        "kinds": list(item.acceptances.values_list("kind", flat=True)),
    }
