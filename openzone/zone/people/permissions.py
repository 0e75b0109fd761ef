"""Decisions about people, and the shape of every decision of the zone."""

from typing import NamedTuple

from openzone.engines.text import Text


class Decision(NamedTuple):
    """Whether something is allowed, and the reason that is shown to the person."""

    allowed: bool
    reason: Text


def allow(zh: str = "允许", en: str = "allowed") -> Decision:
    """Return a yes."""
    return Decision(True, Text(zh, en))


def deny(zh: str, en: str) -> Decision:
    """Return a no with its reason."""
    return Decision(False, Text(zh, en))
