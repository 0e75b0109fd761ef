"""The canonical text of an event, and the hash that links it to the one before."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

JSON: TypeAlias = (
    bool | int | float | str | Decimal | date | Sequence["JSON"] | Mapping[str, "JSON"] | None
)

GENESIS = "0" * 64
"""What the first event points back to."""


def canonical(value: JSON) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, characters as they are.

    Decimals and dates become strings, so no digit is lost. NaN and infinity are refused.
    """
    return json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
        default=_as_text,
    )


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def moment(at: datetime) -> str:
    """Return the one text of a moment: UTC, always with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest(previous: str, seq: int, at: datetime, *texts: str) -> str:
    """Return the sha256 (hex) of an event's content and of the hash before it.

    The parts are hashed as a JSON array: no shift of characters between two neighbouring
    fields can give the same input.
    """
    content = json.dumps([previous, seq, moment(at), *texts], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
