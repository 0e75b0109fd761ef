"""Golden cases: what a rule must answer for enterprises made up of a few facts."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.match import Record
from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.rules.single import Known, answer
from openzone.engines.rules.values import ColumnsError
from openzone.engines.text import Text
from openzone.zone.registry.values import typed
from openzone.zone.rulebook.models import GoldenCase
from openzone.zone.rulebook.packs import plan_of

NOT_IN_FORCE = Text("这一天没有有效版本", "no version is in force on that day")
UNUSABLE = Text("事实无法使用：{why}", "a fact cannot be used: {why}")
FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Case:
    """A case as data: facts are canonical texts by name, as the record keeps them."""

    name: str
    on: dt.date
    facts: Mapping[str, str]
    outcome: str
    value: str = ""
    amount: Decimal | None = None
    note: str = ""

    @classmethod
    def of(cls, row: GoldenCase) -> "Case":
        """Return the case of a draft as data."""
        return cls(row.name, row.on, row.facts, row.outcome, row.value, row.amount, row.note)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Case":
        """Read a case of a release."""
        amount = None if given["amount"] is None else Decimal(given["amount"])
        on = dt.date.fromisoformat(given["on"])
        return cls(
            given["name"], on, given["facts"], given["outcome"], given["value"], amount,
            given["note"],
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Return the case as a release keeps it."""
        return {
            "name": self.name,
            "on": self.on.isoformat(),
            "facts": dict(self.facts),
            "outcome": self.outcome,
            "value": self.value,
            "amount": None if self.amount is None else str(self.amount),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case with the answer it got; ``trouble`` says why there is none."""

    case: Case
    record: Record | None
    trouble: Text | None = None

    @property
    def passed(self) -> bool:
        """Whether the rule answers as the case expects."""
        if self.record is None:
            return False
        expected, got = self.case, self.record
        return (
            got.outcome == expected.outcome
            and (not expected.value or got.value == expected.value)
            and (expected.amount is None or _money(got.amount) == expected.amount)
        )

    @property
    def amount(self) -> Decimal | None:
        """The amount that the rule gives, to the fen."""
        return _money(self.record.amount) if self.record else None


def run_cases(chosen: RuleSet, rule_id: str, cases: Iterable[Case]) -> list[CaseResult]:
    """Ask a rule of a set about every case."""
    plans: dict[dt.date, Plan] = {}
    return [_run(chosen, rule_id, case, plans) for case in cases]


def _run(chosen: RuleSet, rule_id: str, case: Case, plans: dict[dt.date, Plan]) -> CaseResult:
    if case.on not in plans:
        plans[case.on] = plan_of(chosen, case.on)
    plan = plans[case.on]
    if rule_id not in plan.by_id:
        return CaseResult(case, None, NOT_IN_FORCE)
    try:
        answers = answer(plan, known_of(case, plan), [rule_id])
    except (ColumnsError, ValueError, ArithmeticError) as error:
        return CaseResult(case, None, UNUSABLE.format(why=error))
    return CaseResult(case, answers.record(case.name, plan.by_id[rule_id]))


def known_of(case: Case, plan: Plan) -> dict[str, Known]:
    """Return the facts of a case as the engine takes them; what no catalogue names is left out."""
    return {
        name: Known(typed(plan.catalogue[name].type, text))
        for name, text in case.facts.items()
        if name in plan.catalogue
    }


def _money(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(repr(amount)).quantize(FEN)
