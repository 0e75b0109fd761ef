"""What the templates of the policy library say."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.template import Library
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.engines.text import Text
from openzone.www.formats import say
from openzone.www.words import action
from openzone.zone.people.permissions import may_see_console
from openzone.zone.policies.enums import (
    DeliveryMode,
    DocumentStatus,
    Force,
    ItemKind,
    ItemStatus,
    Level,
    TaskState,
    TextStatus,
)
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.permissions import may_keep_library
from openzone.zone.policies.selectors.library import category_text
from openzone.zone.policies.sheet import LABELS

register = Library()


class Tab(NamedTuple):
    """A page of the library's own menu."""

    href: str
    label: Promise
    here: bool


@register.simple_tag(takes_context=True)
def library_tabs(context: Mapping[str, Any]) -> list[Tab]:
    """Return the pages of the library that this reader may open."""
    request: HttpRequest = context["request"]
    user, today = request.user, timezone.localdate()
    name = request.resolver_match.view_name if request.resolver_match else ""
    pages: list[tuple[str, Promise]] = [
        ("library", _("Policy documents")),
        ("library_items", _("Policy items")),
    ]
    if may_see_console(user, today).allowed:
        pages.append(("library_compendia", _("Compendium")))
    if may_keep_library(user, today).allowed:
        pages += [("library_reports", _("Reports")), ("library_imports", _("Imports"))]
    return [Tab(reverse(page), label, name == page) for page, label in pages]


_CHIPS: Mapping[str, str] = {
    DocumentStatus.DRAFT: "chip-warn",
    DocumentStatus.PUBLISHED: "chip-now",
    DocumentStatus.WITHDRAWN: "chip-old",
    ItemStatus.PUBLISHED: "chip-now",
    TextStatus.REPLACED: "",
    Force.NOT_YET: "chip-warn",
    Force.IN_FORCE: "chip-now",
    Force.ENDED: "chip-old",
    Force.UNDATED: "chip-warn",
}


@register.filter
def chip(status: str) -> str:
    """Return the look of a status; the word stands in it."""
    return _CHIPS.get(status, "")


@register.filter
def category(name: str) -> str:
    """Write a category in the reader's language."""
    return say(category_text(name)) if name else "—"


@register.filter
def kind(name: str) -> str:
    """Write what an item gives."""
    return str(ItemKind(name).label)


@register.filter
def named(of: Document | Item) -> str:
    """Write the title in the reader's language, where it has one."""
    return say(Text(of.title, of.title_en or of.title))


@register.filter
def field_label(name: str) -> str:
    """Write the label of a changed field."""
    short = name.removeprefix("task.")
    if short in LABELS:
        return say(LABELS[short])
    return str(_FIELDS.get(short, short))


@register.filter
def field_value(value: str, name: str) -> str:
    """Write a changed value: the word of a closed list, else what it says."""
    words = _WORDS.get(name.removeprefix("task."), {})
    return str(words.get(value, value)) or "—"


_WORDS: Mapping[str, Mapping[str, Promise | str]] = {
    "status": dict(DocumentStatus.choices),
    "level": dict(Level.choices),
    "kind": dict(ItemKind.choices),
    "mode": dict(DeliveryMode.choices),
    "state": dict(TaskState.choices),
    "suggested": {"True": _("Yes"), "False": _("No")},
}
_FIELDS: Mapping[str, Promise] = {
    "status": _("Status"),
    "published_on": _("Published on"),
    "withdrawn_on": _("Withdrawn on"),
    "withdrawn_because": _("Reason"),
    "text": _("Text"),
    "excerpt": _("Wording"),
    "suggested": _("Suggested"),
    "synthetic": _("Synthetic (example)"),
    "state": _("State"),
    "due_on": _("Due on"),
    "done_on": _("Done on"),
    "note": _("Note"),
}
register.filter("action_word", action)


@register.filter
def file_size(size: int) -> str:
    """Write the size of a file."""
    if size < 1024 * 1024:
        return gettext("%(n)d KB") % {"n": max(1, size // 1024)}
    return gettext("%(n).1f MB") % {"n": size / 1024 / 1024}
