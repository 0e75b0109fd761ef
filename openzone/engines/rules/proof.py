"""The whole reason of an answer: a tree that can be stored, shown and read aloud."""

import datetime as dt
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from openzone.engines.facts.catalogue import FactType, Period
from openzone.engines.rules.match import Outcome
from openzone.engines.rules.near import Near
from openzone.engines.rules.schema import Kind
from openzone.engines.text import Text


@dataclass(frozen=True, slots=True)
class FactUse:
    """A fact that an answer rests on, or waits for.

    ``value`` is None where unknown; then ``proof`` names the document that settles it.
    ``age_days`` counts from the day it became known to the day of evaluation.
    """

    fact: str
    label: Text
    value: Any
    text: Text | None
    unit: Text
    source: str | None
    period: Period
    known_on: dt.date | None
    age_days: int | None
    proof: Text


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test: what it asks, and how far the actual value is from it.

    ``text`` says what is asked here: the opposite of the test where its clause should not hold.
    ``gap`` is the distance to the limit, in the unit of the value (days for dates); None where
    distance has no meaning.
    """

    __test__ = False  # not a test for pytest
    key: str
    limit: Any
    text: Text
    state: bool | None
    gap: float | None
    gap_text: Text | None


@dataclass(frozen=True, slots=True)
class BandResult:
    """One band of a score: its sentence, its points and whether it is the one reached."""

    text: Text
    points: float
    reached: bool | None


@dataclass(frozen=True, slots=True)
class PartProof:
    """Points of a score or part; the lowest and highest differ while facts are missing."""

    id: str | None
    label: Text | None
    ref: str | None
    lowest: float
    highest: float
    max: float | None
    subject: Text | None
    actual: float | None
    actual_text: Text | None
    bands: tuple[BandResult, ...]
    facts: tuple[FactUse, ...]
    parts: tuple["PartProof", ...]


@dataclass(frozen=True, slots=True)
class ClauseProof:
    """One condition with its state: met, not met (False) or unknown (None).

    ``wanted`` is False inside ``not`` and ``veto``, where the condition should not hold.
    ``actual`` is the value compared; the lowest and highest of a score; None where unknown.
    The children of ``cases`` are its cases (form ``case``), whose own children are what selects
    the case and what it asks. ``applies`` says of a case whether it is the one that decides; the
    state of one that is not certain to decide is None. The facts of ``cases`` select the case.
    """

    id: str | None
    form: str
    label: Text | None
    ref: str | None
    sentence: Text
    subject: Text | None
    state: bool | None
    wanted: bool
    kind: FactType | None
    actual: Any
    actual_text: Text | None
    unit: Text
    tests: tuple[TestResult, ...]
    facts: tuple[FactUse, ...]
    score: PartProof | None
    children: tuple["ClauseProof", ...]
    applies: bool | None = None


@dataclass(frozen=True, slots=True)
class LevelProof:
    """A level of a row, and whether all its lower limits hold."""

    level: str
    label: Text
    state: bool | None
    limits: tuple[ClauseProof, ...]


@dataclass(frozen=True, slots=True)
class RowProof:
    """A row of a classification that can still apply, with its levels from the top.

    The lowest level has no limits and is not listed.
    """

    id: str
    label: Text
    when: ClauseProof
    levels: tuple[LevelProof, ...]


@dataclass(frozen=True, slots=True)
class AmountProof:
    """What a rule pays, in yuan, and how that comes about.

    ``applies`` is the outcome of the rule: where it is not True, ``value`` is what would be paid.
    ``value`` is None while ``missing`` facts keep it unknown. ``steps`` are the formula with its
    values, the innermost first; ``sentence`` is all of them.
    """

    label: Text | None
    ref: str | None
    formula: Text
    value: float | None
    text: Text | None
    applies: bool | None
    steps: tuple[Text, ...]
    sentence: Text
    facts: tuple[FactUse, ...]
    missing: tuple[FactUse, ...]
    other_missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SettleProof:
    """Facts that can settle an unknown answer, each with its paper, and what answers they can."""

    facts: tuple[FactUse, ...]
    outcomes: tuple[Outcome, ...]
    sentence: Text


@dataclass(frozen=True, slots=True)
class ChangeProof:
    """One of the changes that together would make a rule met; ``old`` is None where unknown."""

    fact: str
    label: Text
    old: Any
    new: Any
    sentence: Text


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a rule answers as it does for one enterprise on a day.

    ``missing`` are the facts that would settle an unknown, each with its document;
    ``other_missing`` names what is not a fact (``rule:...``). ``digest`` names the rule set.
    """

    rule: str
    kind: Kind
    version: str
    title: Text
    source_title: str
    source_number: str | None
    as_of: dt.date
    outcome: Outcome
    value: str | None
    value_label: Text | None
    failed: tuple[str, ...]
    missing: tuple[FactUse, ...]
    other_missing: tuple[str, ...]
    near: tuple[Near, ...]
    when: ClauseProof | None
    rows: tuple[RowProof, ...]
    scores: tuple[tuple[str, PartProof], ...]
    digest: str
    amount: AmountProof | None = None
    settle: tuple[SettleProof, ...] = ()
    change: tuple[ChangeProof, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the tree as plain JSON values; texts as ``{zh, en}``, days in ISO format."""
        plain: dict[str, Any] = plain_values(self)
        return plain


def plain_values(value: Any) -> Any:
    """Return a tree of data classes as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return {field.name: plain_values(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain_values(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
