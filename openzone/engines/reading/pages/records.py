"""Facts as they leave the reader: each with its quote, its place, its rule and its confidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_LISTS = ("candidates", "doubts")


@dataclass(frozen=True, slots=True)
class Fact:
    """One record. ``quote`` is the page from ``start`` to ``end`` without its line breaks.

    ``value`` is a number in base units or a text; ``period`` as in 2023, 2023-05, 2023-01/2023-06,
    2023-01/.. (since) and ../2023-06 (as of). ``candidates`` are other subjects that came close,
    ``doubts`` what speaks against the fact (see ``checks``).
    """

    type: str
    subject: str | None
    attribute: str
    attr_text: str
    value: float | str
    unit: str | None
    period: str | None
    quote: str
    start: int
    end: int
    article: str
    rule: str
    confidence: float
    qualifiers: Mapping[str, Any] = field(default_factory=dict)
    candidates: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    source: str = "fact"

    def as_json(self) -> dict[str, Any]:
        """Return the record as the schema has it."""
        out: dict[str, Any] = {
            name: getattr(self, name) for name in self.__slots__ if name not in _LISTS
        }
        out["qualifiers"] = dict(self.qualifiers)
        out |= {name: list(getattr(self, name)) for name in _LISTS if getattr(self, name)}
        return out


def quote(raw: str, start: int, end: int) -> str:
    """Return a slice of the page without line breaks."""
    return raw[start:end].replace("\r", "").replace("\n", "")
