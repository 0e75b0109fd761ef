"""Documents: entered, edited, published, withdrawn."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypedDict, Unpack

from django.db import transaction
from django.db.models import Max

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit
from openzone.zone.policies.enums import DocumentStatus
from openzone.zone.policies.history import (
    differences,
    ensure_known,
    ensure_reason,
    locked_document,
    note,
    save_changes,
)
from openzone.zone.policies.models import Document, DocumentIssuer, Item
from openzone.zone.policies.selectors.force import starts_on


class DocumentGiven(TypedDict, total=False):
    """What a document may be given; what is left out stays as it is."""

    code: str
    title: str
    title_en: str
    number: str
    level: str
    category: str
    adopted_on: dt.date | None
    issued_on: dt.date | None
    effective_from: dt.date | None
    effective_to: dt.date | None
    supersedes: Document | None
    url: str
    text: str
    synthetic: bool


FIELDS = frozenset(DocumentGiven.__annotations__)


class Issuer(NamedTuple):
    """Who issued a document: a name, the unit where it is one of this zone, and who leads."""

    name: str
    unit: Unit | None = None
    leads: bool = False


@transaction.atomic
def create_document(
    *,
    actor: Actor,
    issuers: Sequence[Issuer] = (),
    imported: Mapping[str, Any] | None = None,
    **given: Unpack[DocumentGiven],
) -> Document:
    """Enter a document as a draft. ``given`` are its ``FIELDS``; ``code`` is made where left out.

    ``imported`` is what an import brought: later imports leave alone what was edited since.
    """
    ensure_known(given, FIELDS)
    document = Document(code=given.pop("code", "") or free_code("d"), imported=dict(imported or {}))
    changed = differences(document, given)
    _ensure_dates(document)
    save_changes(document, changed)
    _write_issuers(document, _checked(issuers))
    note(
        "policies.document.created",
        actor=actor,
        document=document,
        about=document.title,
        payload={"code": document.code},
    )
    return document


@transaction.atomic
def edit_document(
    *,
    actor: Actor,
    document: Document,
    issuers: Sequence[Issuer] | None = None,
    imported: Mapping[str, Any] | None = None,
    **given: Unpack[DocumentGiven],
) -> Document:
    """Change fields of a document and, where given, its issuers. Nothing changed, nothing noted."""
    ensure_known(given, FIELDS)
    if "supersedes" in given:  # two people could each close one half of a circle
        _lock_all()
    current = locked_document(document)
    changed = dict(differences(current, given))
    _ensure_dates(current)
    _ensure_no_circle(current)
    if current.status == DocumentStatus.PUBLISHED:
        _ensure_dated(current)
    if imported is not None:
        current.imported = dict(imported)
    if issuers is not None:
        changed |= _issuers_changed(current, issuers)
    save_changes(current, changed)
    if changed:
        note("policies.document.edited", actor=actor, document=current, changed=changed)
    return current


@transaction.atomic
def publish_document(*, actor: Actor, document: Document, on: dt.date) -> Document:
    """Publish a draft, or a withdrawn document again: it needs a lead issuer and a date."""
    current = locked_document(document)
    if current.status == DocumentStatus.PUBLISHED:
        raise Refused(Text("该文件已发布", "this document is published already"))
    _ensure_dated(current)
    if not current.issuers.filter(leads=True).exists():
        raise Refused(Text("请先填写发文单位并指定牵头单位", "name the issuer that leads first"))
    changed = differences(
        current,
        {
            "status": DocumentStatus.PUBLISHED,
            "published_on": on,
            "withdrawn_on": None,
            "withdrawn_because": "",
        },
    )
    save_changes(current, changed)
    note("policies.document.published", actor=actor, document=current, changed=changed)
    return current


@transaction.atomic
def withdraw_document(*, actor: Actor, document: Document, on: dt.date, reason: str) -> Document:
    """Take a document out of the library, or put a draft aside; nothing is ever deleted.

    Its items stop taking applications with it. What was applied for goes on: an application keeps
    the item it was made for.
    """
    current = locked_document(document)
    if current.status == DocumentStatus.WITHDRAWN:
        raise Refused(Text("该文件已撤下", "this document is withdrawn already"))
    changed = differences(
        current,
        {
            "status": DocumentStatus.WITHDRAWN,
            "withdrawn_on": on,
            "withdrawn_because": ensure_reason(reason),
        },
    )
    save_changes(current, changed)
    note("policies.document.withdrawn", actor=actor, document=current, changed=changed)
    return current


def free_code(prefix: str) -> str:
    """Return a code that nothing of its kind has yet: ``d`` for a document, ``i`` for an item."""
    table: Any = Document if prefix == "d" else Item
    number = (table.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    while table.objects.filter(code=f"{prefix}{number}").exists():
        number += 1
    return f"{prefix}{number}"


def _ensure_dates(document: Document) -> None:
    adopted, issued, starts = document.adopted_on, document.issued_on, document.effective_from
    if adopted and issued and issued < adopted:
        raise Refused(Text("印发日期早于审议通过日期", "issued before adopted"), field="issued_on")
    if starts and document.effective_to and document.effective_to < starts:
        raise Refused(Text("失效日期早于施行日期", "ends before it starts"), field="effective_to")


def _ensure_dated(document: Document) -> None:
    if starts_on(document) is None:
        raise Refused(
            Text(
                "已发布的文件必须有施行日期或印发日期，否则无法判断是否有效",
                "a published document needs the day it is in force from, or was issued on",
            ),
            field="effective_from",
        )


def _lock_all() -> None:
    list(Document.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _ensure_no_circle(document: Document) -> None:
    """Refuse that a document replaces itself, directly or through others."""
    above, seen = document.supersedes, [document.title]
    while above is not None:
        seen.append(above.title)
        if above.pk == document.pk:
            raise Refused(
                Text("替代关系成环：{chain}", "they would replace each other: {chain}").format(
                    chain=" → ".join(seen)
                ),
                field="supersedes",
            )
        above = above.supersedes


def _issuers_changed(document: Document, issuers: Sequence[Issuer]) -> dict[str, tuple[str, str]]:
    rows = document.issuers.select_related("unit")
    before = sorted((Issuer(one.name, one.unit, one.leads) for one in rows), key=_name)
    after = sorted(_checked(issuers), key=_name)
    if before == after:
        return {}
    _write_issuers(document, after)
    return {"issuers": (_said(before), _said(after))}


def _write_issuers(document: Document, issuers: Sequence[Issuer]) -> None:
    document.issuers.all().delete()
    DocumentIssuer.objects.bulk_create(
        DocumentIssuer(document=document, name=one.name, unit=one.unit, leads=one.leads)
        for one in issuers
    )


def _checked(issuers: Sequence[Issuer]) -> list[Issuer]:
    """Return the issuers: of one it is clear who leads, of several exactly one must."""
    chosen = [one._replace(name=one.name.strip()) for one in issuers]
    if len({one.name for one in chosen}) != len(chosen) or any(not one.name for one in chosen):
        raise Refused(
            Text("发文单位重复或为空", "an issuer is empty or named twice"), field="issuers"
        )
    if len(chosen) == 1:
        return [chosen[0]._replace(leads=True)]
    if chosen and sum(one.leads for one in chosen) != 1:
        raise Refused(
            Text("联合发文必须有且只有一个牵头单位", "of joint issuers exactly one leads"),
            field="issuers",
        )
    return chosen


def _name(issuer: Issuer) -> str:
    return issuer.name


def _said(issuers: Sequence[Issuer]) -> str:
    """Name the issuers, the one that leads first and marked."""
    ordered = sorted(issuers, key=lambda one: (not one.leads, one.name))
    return "、".join(f"{one.name}*" if one.leads else one.name for one in ordered)
