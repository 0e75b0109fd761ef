"""Items of a document: decomposed, edited, confirmed, published, withdrawn."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypedDict, Unpack

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.ledger.models import Account
from openzone.zone.people.models import Unit
from openzone.zone.policies.enums import DocumentStatus, ItemStatus, TextStatus
from openzone.zone.policies.history import (
    differences,
    ensure_known,
    ensure_reason,
    locked_document,
    locked_item,
    note,
    save_changes,
)
from openzone.zone.policies.models import Document, Item, Material
from openzone.zone.policies.packs import rule_named
from openzone.zone.policies.services.documents import free_code
from openzone.zone.registry.packs import catalogue


class ItemGiven(TypedDict, total=False):
    """What an item may be given; what is left out stays as it is."""

    code: str
    title: str
    title_en: str
    clause: str
    kind: str
    mode: str
    rule_id: str
    region: str
    owner: Unit | None
    window_from: dt.date | None
    window_to: dt.date | None
    budget: Account | None
    excerpt: str


FIELDS = frozenset(ItemGiven.__annotations__)


class Paper(NamedTuple):
    """A paper an application needs; ``series`` is the fact that makes it unnecessary."""

    name: str
    required: bool = True
    series: str = ""
    note: str = ""


@transaction.atomic
def create_item(
    *,
    actor: Actor,
    document: Document,
    materials: Sequence[Paper] = (),
    suggested: bool = False,
    imported: Mapping[str, Any] | None = None,
    **given: Unpack[ItemGiven],
) -> Item:
    """Add a draft item to a document. ``given`` are its ``FIELDS``; ``code`` is made if left out.

    ``suggested``: the program read it out of the text, and a person has to confirm it.
    """
    ensure_known(given, FIELDS)
    current = locked_document(document)
    item = Item(
        document=current,
        code=given.pop("code", "") or free_code("i"),
        suggested=suggested,
        imported=dict(imported or {}),
    )
    changed = differences(item, given)
    _ensure_sense(item)
    save_changes(item, changed)
    _write_materials(item, materials)
    note(
        "policies.item.created",
        actor=actor,
        document=current,
        item=item,
        about=item.title,
        payload={"code": item.code, "suggested": suggested},
    )
    return item


@transaction.atomic
def edit_item(
    *,
    actor: Actor,
    item: Item,
    materials: Sequence[Paper] | None = None,
    imported: Mapping[str, Any] | None = None,
    confirm: bool = False,
    **given: Unpack[ItemGiven],
) -> Item:
    """Change fields of an item and, where given, its materials; ``confirm`` a suggested one.

    A published item stays publishable: what publishing asks cannot be taken away.
    """
    ensure_known(given, FIELDS)
    current = locked_item(item)
    changed = dict(differences(current, given))
    if confirm:
        changed |= differences(current, {"suggested": False})
    _ensure_sense(current)
    if current.status == ItemStatus.PUBLISHED:
        _ensure_complete(current)
    if imported is not None:
        current.imported = dict(imported)
    if materials is not None:
        changed |= _materials_changed(current, materials)
    save_changes(current, changed)
    if changed:
        note(
            "policies.item.edited",
            actor=actor,
            document=current.document,
            item=current,
            changed=changed,
        )
    return current


@transaction.atomic
def publish_item(*, actor: Actor, item: Item, on: dt.date) -> Item:
    """Publish an item: confirmed, with an owner, a clause and a way of delivery.

    Its document must be published, and an interpretation a model drafted reviewed by somebody.
    """
    current = locked_item(item)
    if current.status == ItemStatus.PUBLISHED:
        raise Refused(Text("该事项已发布", "this item is published already"))
    if current.document.status != DocumentStatus.PUBLISHED:
        raise Refused(Text("请先发布所属文件", "publish its document first"))
    _ensure_complete(current)
    _ensure_reviewed(current)
    changed = differences(
        current,
        {
            "status": ItemStatus.PUBLISHED,
            "published_on": on,
            "withdrawn_on": None,
            "withdrawn_because": "",
        },
    )
    save_changes(current, changed)
    note(
        "policies.item.published",
        actor=actor,
        document=current.document,
        item=current,
        changed=changed,
    )
    return current


@transaction.atomic
def withdraw_item(*, actor: Actor, item: Item, on: dt.date, reason: str) -> Item:
    """Stop taking applications for an item, or put a draft or suggestion aside.

    Applications handed in before go on.
    """
    current = locked_item(item)
    if current.status == ItemStatus.WITHDRAWN:
        raise Refused(Text("该事项已撤下", "this item is withdrawn already"))
    changed = differences(
        current,
        {
            "status": ItemStatus.WITHDRAWN,
            "withdrawn_on": on,
            "withdrawn_because": ensure_reason(reason),
        },
    )
    save_changes(current, changed)
    note(
        "policies.item.withdrawn",
        actor=actor,
        document=current.document,
        item=current,
        changed=changed,
    )
    return current


def _ensure_sense(item: Item) -> None:
    if item.window_from and item.window_to and item.window_to < item.window_from:
        raise Refused(Text("受理截止早于受理开始", "closes before it opens"), field="window_to")
    if item.rule_id and rule_named(item.rule_id) is None:
        raise Refused(
            Text("规则库中没有“{rule}”", "the rulebook has no “{rule}”").format(rule=item.rule_id),
            field="rule_id",
        )


_NEEDED = {
    "owner": Text("请填写责任单位", "name the responsible unit"),
    "clause": Text("请填写条款", "name the clause"),
    "mode": Text("请选择兑现方式", "choose how it is delivered"),
}


def _ensure_complete(item: Item) -> None:
    if item.suggested:
        raise Refused(
            Text(
                "系统建议的事项须经人工确认", "a suggested item must be confirmed by a person first"
            )
        )
    for field, reason in _NEEDED.items():
        if not getattr(item, field):
            raise Refused(reason, field=field)


def _ensure_reviewed(item: Item) -> None:
    """Refuse while the latest interpretation was drafted by a model and nobody reviewed it."""
    drafts = item.interpretations.exclude(status__in=(TextStatus.REPLACED, TextStatus.WITHDRAWN))
    latest = drafts.order_by("-number").first()
    if latest is not None and latest.needs_review:
        raise Refused(
            Text(
                "由模型起草的解读须经起草人以外的人审核",
                "somebody other than the drafter must review the interpretation a model drafted",
            )
        )


def _materials_changed(item: Item, materials: Sequence[Paper]) -> dict[str, tuple[str, str]]:
    before = [Paper(one.name, one.required, one.series, one.note) for one in item.materials.all()]
    after = list(materials)
    if before == after:
        return {}
    _write_materials(item, after)
    return {"materials": (_said(before), _said(after))}


def _write_materials(item: Item, materials: Sequence[Paper]) -> None:
    """Bring the rows in line; a paper keeps its row while it keeps its name."""
    names = [one.name for one in materials]
    if len(set(names)) != len(names):
        raise Refused(Text("材料名称重复", "a paper is named twice"), field="materials")
    item.materials.exclude(name__in=names).delete()
    rows = {one.name: one for one in item.materials.all()}
    for position, paper in enumerate(materials):
        _ensure_fact(paper.series)
        row = rows.get(paper.name) or Material(item=item)
        differences(row, {"position": position, **paper._asdict()})
        ensure_valid(row)
        row.save()


def _ensure_fact(name: str) -> None:
    if name and name not in catalogue():
        raise Refused(
            Text("指标目录中没有“{name}”", "“{name}” is not in the fact catalogue").format(
                name=name
            ),
            field="materials",
        )


def _said(materials: Sequence[Paper]) -> str:
    """Write papers one a line, as the form takes them."""
    return "\n".join(
        " | ".join(part for part in (one.name, one.series, one.note) if part)
        + ("" if one.required else " ?")
        for one in materials
    )
