"""Conditions and numbers of the rule language, as pydantic models.

Every union is discriminated by the key that names the form, so that a mistake is reported where
it was made and not once per form.
"""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.rules.literals import OffsetField, Quantity, QuantityField

T = TypeVar("T")
Many = Annotated[tuple[T, ...], Field(strict=False)]
Some = Annotated[tuple[T, ...], Field(strict=False, min_length=1)]
Verified = Literal["V", "V2", "L", "K"]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")]
Word = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A mapping with exactly these keys and no silent conversions."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _form(forms: tuple[str, ...]) -> Callable[[Any], str | None]:
    """Return the discriminator of a union whose members each have a key of their own."""

    def discriminate(value: Any) -> str | None:
        if isinstance(value, Strict):
            own = next(iter(type(value).__annotations__))
            return f"<{type(value).model_fields[own].alias or own}>"
        if isinstance(value, dict):
            return next((f"<{form}>" for form in forms if form in value), None)
        return None

    return discriminate


# ---- numbers ------------------------------------------------------------------------------


class Operation(Strict):
    """A computed number."""


class Sum(Operation):
    """The members added up."""

    members: Some["Number"] = Field(alias="sum")


class Sub(Operation):
    """The first less the second."""

    members: tuple["Number", "Number"] = Field(alias="sub", strict=False)


class Mul(Operation):
    """The members multiplied."""

    members: Some["Number"] = Field(alias="mul")


class Ratio(Operation):
    """The first divided by the second; unknown where that is zero."""

    members: tuple["Number", "Number"] = Field(alias="ratio", strict=False)


class Min(Operation):
    """The smallest member, unknown as soon as one is."""

    members: Some["Number"] = Field(alias="min")


class Max(Operation):
    """The largest member, unknown as soon as one is."""

    members: Some["Number"] = Field(alias="max")


class Mean(Operation):
    """The arithmetic mean."""

    members: Some["Number"] = Field(alias="mean")


class Growth(Operation):
    """``(after - before) / before`` of ``[before, after]``; unknown unless before is positive."""

    members: tuple["Number", "Number"] = Field(alias="growth", strict=False)


class If(Operation):
    """One of two numbers."""

    condition: "Condition" = Field(alias="if")
    then: "Number"
    otherwise: "Number" = Field(alias="else")


class YearsSince(Operation):
    """Completed years from a date fact to the day of evaluation."""

    fact: Name = Field(alias="years_since")


class Let(Operation):
    """A named number of the version."""

    name: Name = Field(alias="let")


class Named(Operation):
    """A number with a label, by which proofs and sentences call it."""

    number: "Number"
    label: Bilingual


NUMBER_FORMS = (
    "sum", "sub", "mul", "ratio", "min", "max", "mean", "growth", "if", "years_since", "let",
    "number",
)  # fmt: skip


def _number_form(value: Any) -> str | None:
    if isinstance(value, Quantity | int | float) and not isinstance(value, bool):
        return "<quantity>"
    if isinstance(value, str):
        return "<fact>" if value[:1].isalpha() and value[:1].isascii() else "<quantity>"
    return _form(NUMBER_FORMS)(value)


Number = Annotated[
    Annotated[Name, Tag("<fact>")]
    | Annotated[QuantityField, Tag("<quantity>")]
    | Annotated[Sum, Tag("<sum>")]
    | Annotated[Sub, Tag("<sub>")]
    | Annotated[Mul, Tag("<mul>")]
    | Annotated[Ratio, Tag("<ratio>")]
    | Annotated[Min, Tag("<min>")]
    | Annotated[Max, Tag("<max>")]
    | Annotated[Mean, Tag("<mean>")]
    | Annotated[Growth, Tag("<growth>")]
    | Annotated[If, Tag("<if>")]
    | Annotated[YearsSince, Tag("<years_since>")]
    | Annotated[Let, Tag("<let>")]
    | Annotated[Named, Tag("<number>")],
    Discriminator(_number_form),
]


# ---- conditions ---------------------------------------------------------------------------


class Clause(Strict):
    """What every condition may carry besides its form."""

    id: Id | None = None
    label: Bilingual | None = None
    ref: Word | None = None
    verified: Verified | None = None
    note: Bilingual | None = None


_CARRIED = frozenset(Clause.model_fields)


class All(Clause):
    """Every member holds."""

    members: Some["Condition"] = Field(alias="all")


class Any_(Clause):  # noqa: N801 - `Any` is taken by typing
    """At least one member holds."""

    members: Some["Condition"] = Field(alias="any")


class Not(Clause):
    """The member does not hold."""

    member: "Condition" = Field(alias="not")


class Veto(Clause):
    """None of the members holds."""

    members: Some["Condition"] = Field(alias="veto")


class AtLeastOf(Strict):
    """How many of which."""

    n: int = Field(ge=1)
    of: Some["Condition"]


class AtLeast(Clause):
    """At least ``n`` members hold."""

    at_least: AtLeastOf


class Case(Clause):
    """What is asked of those for whom ``when`` holds."""

    when: "Condition"
    then: "Condition"


class Otherwise(Clause):
    """What is asked of all others."""

    otherwise: "Condition" = Field(alias="else")


CASE_FORMS = ("when", "else")
AnyCase = Annotated[
    Annotated[Case, Tag("<when>")] | Annotated[Otherwise, Tag("<else>")],
    Discriminator(_form(CASE_FORMS)),
]


class Cases(Clause):
    """The first case that applies decides; where none does, the condition does not hold."""

    cases: Some[AnyCase]

    @model_validator(mode="after")
    def _else_is_the_rest(self) -> "Cases":
        *first, last = self.cases
        if not first and isinstance(last, Otherwise):
            raise PydanticCustomError("no_case", "`else` alone")
        if any(isinstance(case, Otherwise) for case in first):
            raise PydanticCustomError("else_last", "`else` comes last")
        return self


class AsOf(Strict):
    """A day at a distance from the day of evaluation."""

    as_of: OffsetField

    def on(self, day: dt.date) -> dt.date:
        """Return the day it means when the day of evaluation is ``day``."""
        return self.as_of.from_day(day)


class YearStart(Strict):
    """1 January of a year counted from that of the day of evaluation."""

    year_start: int = Field(ge=-99, le=99)

    def on(self, day: dt.date) -> dt.date:
        """Return the day it means when the day of evaluation is ``day``."""
        return dt.date(day.year + self.year_start, 1, 1)


def _day_form(value: Any) -> str:
    if isinstance(value, YearStart) or (isinstance(value, dict) and "year_start" in value):
        return "<year_start>"
    return "<as_of>" if isinstance(value, dict | AsOf) else "<day>"


Day = Annotated[
    Annotated[dt.date, Tag("<day>")]
    | Annotated[AsOf, Tag("<as_of>")]
    | Annotated[YearStart, Tag("<year_start>")],
    Discriminator(_day_form),
]


class Comparison(Clause):
    """A subject and one or more tests which must all hold."""

    @model_validator(mode="after")
    def _has_a_test(self) -> "Comparison":
        if not any(getattr(self, name) is not None for name in self.tests()):
            raise PydanticCustomError("no_test", "a comparison needs a test")
        return self

    @classmethod
    def tests(cls) -> tuple[str, ...]:
        """The names of the tests this subject can take."""
        return tuple(name for name, field in cls.model_fields.items() if not field.is_required()
                     and name not in _CARRIED)  # fmt: skip


class NumberTests(Comparison):
    """Tests of size. ``gte`` and ``lte`` include the limit."""

    gte: QuantityField | None = None
    gt: QuantityField | None = None
    lte: QuantityField | None = None
    lt: QuantityField | None = None
    eq: QuantityField | None = None
    ne: QuantityField | None = None


class FactTest(NumberTests):
    """A test of a fact; which tests make sense depends on its type."""

    fact: Name
    is_: bool | None = Field(default=None, alias="is")
    in_: Some[Word] | None = Field(default=None, alias="in")
    prefix: Some[Word] | None = None
    at_or_before: Day | None = None
    at_or_after: Day | None = None
    before: Day | None = None
    after: Day | None = None
    known: bool | None = None


class NumberTest(NumberTests):
    """A test of a computed number."""

    number: Number


class ScoreTest(NumberTests):
    """A test of the points of a score, or of one part of it: ``total`` or ``total.growth``."""

    score: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")


class RuleTest(Comparison):
    """A test of the answer of another rule on the same day."""

    rule: RuleId
    is_: Literal["met", "not_met"] | None = Field(default=None, alias="is")
    in_: Some[Word] | None = Field(default=None, alias="in")


CONDITION_FORMS = (
    "all", "any", "not", "at_least", "veto", "cases", "fact", "number", "score", "rule",
)  # fmt: skip

Condition = Annotated[
    Annotated[All, Tag("<all>")]
    | Annotated[Any_, Tag("<any>")]
    | Annotated[Not, Tag("<not>")]
    | Annotated[AtLeast, Tag("<at_least>")]
    | Annotated[Veto, Tag("<veto>")]
    | Annotated[Cases, Tag("<cases>")]
    | Annotated[FactTest, Tag("<fact>")]
    | Annotated[NumberTest, Tag("<number>")]
    | Annotated[ScoreTest, Tag("<score>")]
    | Annotated[RuleTest, Tag("<rule>")],
    Discriminator(_form(CONDITION_FORMS)),
]
