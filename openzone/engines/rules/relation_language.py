"""Relations between rules: what may not be had twice, together, or beyond a limit.

The words are those of docs/reference/relations.md. A relation is in force by its own dates.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.rules.language import Many, Name, Number, RuleId, Some, Strict, Verified, Word
from openzone.engines.rules.schema import Source

RelationId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Several = Annotated[tuple[RuleId, ...], Field(strict=False, min_length=2)]


class Relation(Strict):
    """What every relation carries. Both days are inclusive; no ``effective_to`` is open."""

    id: RelationId
    label: Bilingual
    source: Source
    effective_from: dt.date
    effective_to: dt.date | None = None
    verified: Verified
    ref: Word | None = None
    note: Bilingual | None = None

    def in_force(self, day: dt.date) -> bool:
        """Whether the relation holds on ``day``."""
        return self.effective_from <= day <= (self.effective_to or dt.date.max)


class Exclusive(Relation):
    """At most one of them; the enterprise chooses."""

    relation: Literal["exclusive"]
    of: Several


class HigherOf(Relation):
    """All apply, the highest alone is paid; nobody chooses."""

    relation: Literal["higher_of"]
    of: Several


class StackCap(Relation):
    """Together at most ``limit``."""

    relation: Literal["stack_cap"]
    of: Several
    limit: Number


class TotalCap(Relation):
    """Together at most ``limit`` in a calendar year; without ``of`` every rule with an amount."""

    relation: Literal["total_cap"]
    of: Many[RuleId] = ()
    limit: Number


class OnceIn(Relation):
    """Each at most once in ``years`` calendar years; with ``together`` any of them."""

    relation: Literal["once_in"]
    of: Some[RuleId]
    years: int = Field(ge=1, le=99)
    together: bool = False


class SameExpense(Relation):
    """One expense, supported once: in sum at most the expense, or by one of them alone."""

    relation: Literal["same_expense"]
    of: Several
    expense: Name
    share: Literal["sum", "once"] = "sum"


class Requires(Relation):
    """``rule`` needs every one of ``of``: met on the day, or granted before."""

    relation: Literal["requires"]
    rule: RuleId
    of: Some[RuleId]


RELATION_FORMS = (
    "exclusive", "higher_of", "stack_cap", "total_cap", "once_in", "same_expense", "requires",
)  # fmt: skip


def _form(value: object) -> str | None:
    form = value.get("relation") if isinstance(value, dict) else getattr(value, "relation", None)
    return f"<{form}>" if form in RELATION_FORMS else None


AnyRelation = Annotated[
    Annotated[Exclusive, Tag("<exclusive>")]
    | Annotated[HigherOf, Tag("<higher_of>")]
    | Annotated[StackCap, Tag("<stack_cap>")]
    | Annotated[TotalCap, Tag("<total_cap>")]
    | Annotated[OnceIn, Tag("<once_in>")]
    | Annotated[SameExpense, Tag("<same_expense>")]
    | Annotated[Requires, Tag("<requires>")],
    Discriminator(_form),
]


class RelationsFile(Strict):
    """``relations.yaml`` of a pack."""

    relations: Many[AnyRelation]
