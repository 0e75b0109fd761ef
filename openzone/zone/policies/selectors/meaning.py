"""Who explains a document, which explanation counts, and which answers have grown old."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.engines.text import Text
from openzone.zone.people.models import Unit
from openzone.zone.policies.enums import ItemStatus, TextStatus
from openzone.zone.policies.models import Answer, Document, Interpretation, Item, Reviewed
from openzone.zone.policies.packs import rule_version

OPEN = (TextStatus.DRAFT, TextStatus.PUBLISHED)


class Basis(NamedTuple):
    """The versions that something was written under."""

    document_version: int
    item_version: int | None
    rule_version: str


def basis(document: Document, item: Item | None, on: dt.date) -> Basis:
    """Return the versions in force on a day: of the document, the item, and the item's rule."""
    rule = rule_version(item.rule_id, on) if item else ""
    return Basis(document.version, item.version if item else None, rule)


class Responsibility(NamedTuple):
    """Who interprets a document, and why; ``unit`` is ``None`` where it is none of this zone."""

    name: str
    unit: Unit | None
    reason: Text


def responsible(document: Document) -> Responsibility:
    """Return who interprets a document: its only issuer, or of joint issuers the one that leads.

    Source: row XN-03, 单个部门制定的由制定部门解读，多个部门共同制定的由牵头部门组织解读.
    """
    issuers = list(document.issuers.select_related("unit").all())
    leading = [one for one in issuers if one.leads]
    if len(issuers) == 1:
        only = issuers[0]
        return Responsibility(
            only.name, only.unit, Text("由制定单位解读", "its issuer interprets it")
        )
    if leading:
        lead = leading[0]
        reason = Text("联合发文，由牵头单位组织解读", "issued jointly: the lead unit interprets it")
        return Responsibility(lead.name, lead.unit, reason)
    return Responsibility("", None, Text("未填写发文单位", "no issuer on record"))


def interpretations(document: Document, item: Item | None = None) -> QuerySet[Interpretation]:
    """Return the versions of an explanation, the latest first."""
    return Interpretation.objects.filter(document=document, item=item).order_by("-number")


def current_interpretation(document: Document, item: Item | None = None) -> Interpretation | None:
    """Return the published explanation of a document or item, if there is one."""
    return interpretations(document, item).filter(status=TextStatus.PUBLISHED).first()


def answers(document: Document, item: Item | None = None) -> QuerySet[Answer]:
    """Return the published answers about a document (all its items), or about one item."""
    found = Answer.objects.filter(document=document, status=TextStatus.PUBLISHED)
    found = found if item is None else found.filter(item=item)
    return found.select_related("item", "unit", "document")


def earlier_version(text: Reviewed, on: dt.date) -> tuple[Text, ...]:
    """Return why an interpretation or answer speaks of an earlier version; nothing if it does not.

    What counts is the version of the document, of the item and of the item's rule on ``on``.
    """
    document: Document = text.document  # type: ignore[attr-defined] # both models have them
    item: Item | None = text.item  # type: ignore[attr-defined]
    now = basis(document, item, on)
    reasons = []
    if text.document_version != now.document_version:
        reasons.append(
            Text(
                "文件已由第{old}版改为第{new}版",
                "the document has changed from version {old} to {new}",
            ).format(old=text.document_version, new=now.document_version)
        )
    if text.item_version != now.item_version:
        reasons.append(
            Text(
                "事项已由第{old}版改为第{new}版", "the item has changed from version {old} to {new}"
            ).format(old=text.item_version, new=now.item_version)
        )
    if text.rule_version != now.rule_version:
        reasons.append(
            Text(
                "规则已由“{old}”改为“{new}”", "its rule has changed from “{old}” to “{new}”"
            ).format(old=text.rule_version or "—", new=now.rule_version or "—")
        )
    if item is not None and item.status == ItemStatus.WITHDRAWN:
        reasons.append(Text("事项已撤下", "the item was withdrawn"))
    return tuple(reasons)


class Stale(NamedTuple):
    """An answer given under an earlier version, and what has changed since."""

    answer: Answer
    reasons: tuple[Text, ...]


def stale_answers(on: dt.date, among: Iterable[Answer] | None = None) -> list[Stale]:
    """Return the published answers that were given under an earlier version.

    ``among`` narrows them: the answers of one page, or of one unit.
    """
    every = Answer.objects.filter(status=TextStatus.PUBLISHED)
    found = every.select_related("document", "item") if among is None else among
    checked = (Stale(one, earlier_version(one, on)) for one in found)
    return [one for one in checked if one.reasons]
