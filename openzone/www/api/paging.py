"""Long lists in parts: each part says after which record the next one begins."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from ninja import Schema
from pydantic import Field

T = TypeVar("T")
M = TypeVar("M", bound=Model)

Limit = Annotated[
    int, Field(ge=1, le=200, description="最多多少条 / at most how many", examples=[50])
]
After = Annotated[
    int,
    Field(ge=0, le=2**63 - 1, description="上一页的next / `next` of the part before", examples=[0]),
]


class Part(Schema):
    """A part of a list; ``next`` is given as ``after`` for the part after it, null at the end."""

    next: int | None


def latest(rows: "QuerySet[M]", after: int, limit: int) -> dict[str, Any]:
    """Return a part of records, the latest first."""
    wanted = rows.filter(pk__lt=after) if after else rows
    return part(list(wanted.order_by("-pk")[: limit + 1]), limit, lambda row: int(row.pk))


def slice_of(rows: Iterable[T], key: Callable[[T], int], after: int, limit: int) -> dict[str, Any]:
    """Return a part of what is counted in memory, in its own order: what follows a key."""
    rest = list(rows)
    if after:
        places = [n for n, row in enumerate(rest) if key(row) == after]
        rest = rest[places[0] + 1 :] if places else []
    return part(rest[: limit + 1], limit, key)


def part(rows: list[T], limit: int, key: Callable[[T], int]) -> dict[str, Any]:
    """Return at most so many, and after which one the next part begins; give one too many."""
    more = len(rows) > limit
    return {"items": rows[:limit], "next": key(rows[limit - 1]) if more else None}
