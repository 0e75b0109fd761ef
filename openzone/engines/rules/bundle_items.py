"""What a bundle says: of every rule what becomes of it, and why."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from openzone.engines.rules.proof import plain_values
from openzone.engines.text import Text

Status = Literal[
    "taken", "reduced", "left_out", "amount_unknown", "limit_unknown", "requirement_unknown",
    "undecided", "zero", "no_amount", "not_met",
]  # fmt: skip
OPEN: tuple[Status, ...] = (
    "amount_unknown", "limit_unknown", "requirement_unknown", "undecided",
)  # fmt: skip
"""What could still change the bundle once facts are known."""


@dataclass(frozen=True, slots=True)
class Received:
    """A grant of an earlier day in yuan; the amount is None where it is not known."""

    rule: str
    granted_on: dt.date
    amount: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """A rule of a bundle and what is paid for it, in yuan."""

    rule: str
    paid: float


@dataclass(frozen=True, slots=True)
class Because:
    """A relation that decided what becomes of a rule.

    ``rules`` are those for whose sake, ``received`` the grants that count, ``limit`` what all
    may have together, in yuan.
    """

    relation: str
    kind: str
    label: Text
    rules: tuple[str, ...] = ()
    received: tuple[Received, ...] = ()
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What becomes of a rule.

    ``amount`` is what it would pay alone, None where that is unknown or there is none; ``paid``
    what it pays in the bundle. ``missing`` are the facts to bring. ``text`` says it in a sentence.
    """

    rule: str
    title: Text
    status: Status
    amount: float | None
    paid: float
    because: tuple[Because, ...]
    missing: tuple[str, ...]
    text: Text


@dataclass(frozen=True)
class Bundle:
    """The best bundle on a day, in yuan.

    ``ties`` are the choices that pay the total, this one first; with ``more_ties`` there may be
    others. ``complete`` says that no missing fact could change it, ``proven`` that no choice of
    what is known pays more; ``digest`` names rules and relations.
    """

    as_of: dt.date
    total: float
    items: tuple[Item, ...]
    ties: tuple[tuple[Share, ...], ...]
    more_ties: bool
    complete: bool
    proven: bool
    digest: str

    def __getitem__(self, rule: str) -> Item:
        """Return what becomes of a rule; ``KeyError`` for one that is not part of it."""
        for item in self.items:
            if item.rule == rule:
                return item
        raise KeyError(rule)

    def as_json(self) -> dict[str, Any]:
        """Return the bundle as plain JSON values; texts as ``{zh, en}``, days in ISO format."""
        plain: dict[str, Any] = plain_values(self)
        return plain
