"""Items: which are published on a day, which take applications, which rule decides them."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from openzone.engines.text import Text
from openzone.zone.people.permissions import Decision, allow
from openzone.zone.policies.enums import DocumentStatus, Force, ItemStatus
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.selectors.force import force, last_day, starts_on, with_force


def published(on: dt.date) -> QuerySet[Item]:
    """Return the published items whose published documents are in force on a day.

    Windows do not count here: an item stays part of the library between two windows.
    """
    documents = with_force(
        Document.objects.filter(status=DocumentStatus.PUBLISHED), Force.IN_FORCE, on
    )
    found = Item.objects.filter(status=ItemStatus.PUBLISHED, document__in=documents)
    found = found.select_related("document", "owner", "budget")
    return found.prefetch_related("document__superseded_by")


def open_items(on: dt.date) -> list[Item]:
    """Return the items that take applications on a day."""
    return [item for item in published(on) if open_for_application(item, on).allowed]


def by_rule(on: dt.date) -> Mapping[str, list[Item]]:
    """Return the published items of each rule."""
    found: dict[str, list[Item]] = {}
    for item in published(on).exclude(rule_id=""):
        found.setdefault(item.rule_id, []).append(item)
    return found


def of_rules(rule_ids: Iterable[str], on: dt.date) -> QuerySet[Item]:
    """Return the published items that any of these rules decides."""
    return published(on).filter(rule_id__in=list(rule_ids))


def open_for_application(item: Item, on: dt.date) -> Decision:
    """Decide whether an application for an item can be handed in on a day, with the reason."""
    for reason in (_unpublished(item), _document_out(item.document, on), _window(item, on)):
        if reason is not None:
            return Decision(False, reason)
    return allow("受理中", "open for applications")


def _unpublished(item: Item) -> Text | None:
    if item.status == ItemStatus.WITHDRAWN:
        return Text(
            "该事项已于{day}撤下，不再受理：{why}",
            "this item was withdrawn on {day} and takes no applications: {why}",
        ).format(day=item.withdrawn_on, why=item.withdrawn_because)
    if item.status != ItemStatus.PUBLISHED:
        return Text("该事项尚未发布", "this item is not published yet")
    return None


def _document_out(document: Document, on: dt.date) -> Text | None:
    if document.status == DocumentStatus.DRAFT:
        return Text("政策文件尚未发布", "the document is not published yet")
    if document.status == DocumentStatus.WITHDRAWN:
        return Text(
            "政策文件已于{day}撤下", "the document was withdrawn on {day}"
        ).format(day=document.withdrawn_on)  # fmt: skip
    standing = force(document, on)
    if standing is Force.IN_FORCE:
        return None
    return _NOT_IN_FORCE[standing].format(first=starts_on(document), last=last_day(document))


_NOT_IN_FORCE: Mapping[Force, Text] = {
    Force.NOT_YET: Text("政策文件自{first}起施行", "the document is in force from {first} on"),
    Force.ENDED: Text("政策文件已于{last}到期", "the document expired after {last}"),
    Force.REPLACED: Text(
        "政策文件已被替代，{last}后不再施行", "the document was replaced and ended on {last}"
    ),
    Force.WITHDRAWN: Text("政策文件已撤下", "the document was withdrawn"),
    Force.UNDATED: Text(
        "政策文件没有施行日期，无法判断是否有效",
        "the document has no date: whether it is in force is not known",
    ),
}


def _window(item: Item, on: dt.date) -> Text | None:
    if item.window_from and on < item.window_from:
        return Text("{day}起受理", "applications are taken from {day} on").format(
            day=item.window_from
        )
    if item.window_to and on > item.window_to:
        return Text("受理已于{day}截止", "applications closed after {day}").format(
            day=item.window_to
        )
    return None
