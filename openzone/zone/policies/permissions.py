"""Who may see and change the library, each answer with its reason.

What is published is for everybody, without a login. Drafts are for people who work for the zone.
The service centre and administrators keep the library; handlers edit what their unit answers for:
a document whose interpretation is theirs, an item they own.
"""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.people.permissions import Decision, allow, deny, may_see_console
from openzone.zone.people.selectors import has_role, memberships_of, roles_of, unit_and_below
from openzone.zone.policies.enums import DocumentStatus, ItemStatus
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.selectors.meaning import responsible

Visitor = User | AnonymousUser
_KEEPERS = frozenset({Role.ADMIN, Role.CENTRE})

_NOT_PUBLISHED = deny(
    "尚未发布或已撤下，仅限园区工作人员查看",
    "not published, or withdrawn: for people who work for the zone only",
)


def may_see_document(user: Visitor, document: Document, on: dt.date) -> Decision:
    """Decide who reads a document: everybody once it is published."""
    if document.status == DocumentStatus.PUBLISHED:
        return allow()
    return allow() if may_see_console(user, on).allowed else _NOT_PUBLISHED


def may_see_item(user: Visitor, item: Item, on: dt.date) -> Decision:
    """Decide who reads an item: everybody once it and its document are published."""
    if item.status == ItemStatus.PUBLISHED and item.document.status == DocumentStatus.PUBLISHED:
        return allow()
    return allow() if may_see_console(user, on).allowed else _NOT_PUBLISHED


def may_keep_library(user: Visitor, on: dt.date) -> Decision:
    """Decide who enters documents, imports them, and sees the reports."""
    if roles_of(user, on) & _KEEPERS:
        return allow()
    return deny("仅限：管理员、服务中心", "for these roles only: administrator, service centre")


def may_export_library(user: Visitor, on: dt.date) -> Decision:
    """Decide who carries the ledger away as a file."""
    return may_see_console(user, on)


def may_edit_document(user: Visitor, document: Document, on: dt.date) -> Decision:
    """Decide who edits a document, its interpretation, its media and its tasks."""
    return _keeper_or_handler(user, responsible(document).unit, on)


def may_edit_item(user: Visitor, item: Item, on: dt.date) -> Decision:
    """Decide who edits an item: handlers of its owner, else of the document's responsible unit."""
    return _keeper_or_handler(user, item.owner or responsible(item.document).unit, on)


def may_review(user: Visitor, of: Document | Item, on: dt.date) -> Decision:
    """Decide who reviews what a model drafted; never who drafted it (the service refuses that)."""
    if isinstance(of, Item):
        return may_edit_item(user, of, on)
    return may_edit_document(user, of, on)


def may_work_on_task(user: Visitor, unit: Unit, document: Document, on: dt.date) -> Decision:
    """Decide who says how far a task is: the unit it was given to, and who edits the document."""
    if has_role(user, Role.HANDLER, on, unit):
        return allow()
    return may_edit_document(user, document, on)


def documents_seen_by(user: Visitor, on: dt.date) -> QuerySet[Document]:
    """Return the documents that somebody may see; for strangers the published ones."""
    if may_see_console(user, on).allowed:
        return Document.objects.all()
    return Document.objects.filter(status=DocumentStatus.PUBLISHED)


def items_seen_by(user: Visitor, on: dt.date) -> QuerySet[Item]:
    """Return the items that somebody may see; for strangers the published ones."""
    if may_see_console(user, on).allowed:
        return Item.objects.all()
    return Item.objects.filter(
        status=ItemStatus.PUBLISHED, document__status=DocumentStatus.PUBLISHED
    )


def items_edited_by(user: Visitor, on: dt.date) -> QuerySet[Item]:
    """Return the items that are somebody's to keep."""
    if may_keep_library(user, on).allowed:
        return Item.objects.all()
    handled = memberships_of(user, on).filter(role=Role.HANDLER)
    units = {pk for one in handled for pk in unit_and_below(one.unit)}
    lead = Q(owner__isnull=True, document__issuers__leads=True, document__issuers__unit__in=units)
    return Item.objects.filter(Q(owner__in=units) | lead).distinct()


def _keeper_or_handler(user: Visitor, unit: Unit | None, on: dt.date) -> Decision:
    if roles_of(user, on) & _KEEPERS:
        return allow()
    if unit is not None and has_role(user, Role.HANDLER, on, unit):
        return allow()
    whose = unit.name if unit else "—"
    return deny(
        f"仅限：管理员、服务中心、责任单位（{whose}）的经办人",
        f"for administrators, the service centre and handlers of the unit in charge ({whose})",
    )
