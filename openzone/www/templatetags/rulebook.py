"""Filters of the pages on which rules are written and approved."""

from collections.abc import Mapping
from typing import Any

from django.template import Library

from openzone.engines.rules.rehearsal import Rehearsal, Rows
from openzone.www.drafting import words

register = Library()

register.filter("move_word", words.move_word)
register.filter("status_word", words.status_word)


@register.filter
def signed(number: int) -> str:
    """Write a change with its sign."""
    return f"{number:+,d}" if number else "±0"


@register.filter
def in_both(given: Mapping[str, Any]) -> str:
    """Write a stored ``{zh, en}`` in the reader's language."""
    return words.stored(given)


@register.filter
def counted(rows: Rows) -> int:
    """Return how many enterprises a move concerns."""
    return len(rows)


@register.filter
def over(done: Rehearsal) -> int:
    """Return how many enterprises were asked."""
    return len(done.columns)
