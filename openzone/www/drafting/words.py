"""Words for what a rehearsal counts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.engines.text import Text
from openzone.www.formats import say

MOVES: Mapping[str, Promise] = {
    "gains": _("Gain"),
    "loses": _("Lose"),
    "becomes_unknown": _("Become unknown"),
    "settled": _("Settled"),
    "changed_value": _("Another class"),
}
STATUSES: Mapping[str, Promise] = {
    "new": _("new"),
    "removed": _("withdrawn"),
    "changed": _("changed"),
    "same": _("by another rule"),
}


def move_word(move: str) -> str:
    """Return the word for what happens to an enterprise."""
    return str(MOVES[move])


def status_word(status: str) -> str:
    """Return the word for what became of a rule."""
    return str(STATUSES[status])


def stored(given: Mapping[str, str] | None) -> str:
    """Return a stored sentence in the reader's language; empty where there is none."""
    return say(Text(given["zh"], given["en"])) if given else ""
