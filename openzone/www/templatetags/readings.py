"""How pages of reading write text with marks, and words of verdicts and doubts."""

from collections.abc import Iterable, Mapping

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from openzone.engines.reading.assist import SAID
from openzone.engines.reading.marking import Piece
from openzone.engines.text import Text
from openzone.www.formats import DASH, say
from openzone.www.readings import Card, mark_class
from openzone.zone.readings.enums import Origin
from openzone.zone.readings.models import HelpRequest, Page
from openzone.zone.readings.packs import label

register = Library()


@register.filter
def marked(paragraph: Iterable[Piece], cards: Mapping[int, Card]) -> SafeString:
    """Write a paragraph: each quote marked, with the number of its fact after it.

    Every element holds a plain slice of the page and says where it begins: a selection is found
    again by that.
    """
    return format_html_join("", "{}", ((_piece(one, cards),) for one in paragraph))


def _piece(piece: Piece, cards: Mapping[int, Card]) -> SafeString:
    shown = [pk for pk in piece.quotes if pk in cards]
    if not shown:
        return format_html('<span data-at="{}">{}</span>', piece.start, piece.text)
    ends = [cards[pk] for pk in piece.ending if pk in cards]
    return format_html(
        '<mark data-at="{}" data-facts="{}" class="{}">{}</mark>{}',
        piece.start, " ".join(str(pk) for pk in shown), _class(shown, cards), piece.text,
        format_html_join("", '<sup><a href="#fact-{}" id="at-{}" data-to="{}">{}</a></sup>', (
            (one.judged.pk, one.judged.pk, one.judged.pk, one.number) for one in ends
        )),
    )  # fmt: skip


def _class(shown: Iterable[int], cards: Mapping[int, Card]) -> str:
    """Return the class that asks most: contradicted, open, accepted, rejected."""
    found = {mark_class(cards[pk].judged.state, cards[pk].verdict) for pk in shown}
    return next(one for one in ("against", "open", "accepted", "rejected") if one in found)


@register.filter
def verdict_word(verdict: str) -> str:
    """Write how facts stand to what is known."""
    return {
        "contradicts": _("Contradicts what is known"),
        "vintage": _("Another edition of a known figure"),
        "agrees": _("A second source of what is known"),
        "new": _("New"),
    }[verdict]


@register.filter
def doubt_word(doubt: str) -> str:
    """Write what speaks against a fact."""
    kind, _colon, more = doubt.partition(":")
    words = {
        "share": _("share above 100 %"),
        "growth": _("unlikely growth"),
        "size": _("unlikely size"),
        "above": _("above its total"),
        "differs": _("told otherwise on the same page"),
    }
    said = say(label(more)) if kind == "above" else more.removesuffix(".0")
    return f"{words.get(kind, kind)} {said}".strip()


@register.filter
def dropped_word(reason: str) -> str:
    """Write why a record of a language model was dropped."""
    return say(SAID[reason]) if reason in SAID else reason


@register.filter
def field_word(what: str) -> str:
    """Write which part of a fact a judgement changed."""
    words = {
        "subject": _("Of whom"), "value": _("Value"), "unit": _("Unit"),
        "attribute": _("Attribute"), "period": _("Period"), "enterprise": _("Enterprise"),
        "project": _("Project"), "document": _("Policy document"),
    }  # fmt: skip
    return words.get(what, what)


@register.filter
def origin_word(origin: str) -> str:
    """Write who found a fact."""
    return str(Origin(origin).label)


@register.filter
def share_word(share: float | None) -> str:
    """Write a share in per cent; nothing judged is no share."""
    return DASH if share is None else f"{share:.0%}"


@register.filter
def reason_of(row: Page | HelpRequest) -> str:
    """Write why a page could not be read, or why no answer came."""
    return say(Text(row.reason_zh, row.reason_en))
