"""Do published figures agree with each other? A share with its parts, a base with its growth.

Every formula is exact decimal arithmetic on values in base units (亿元 → yuan, % → 0.01); a result
is rounded once, half up, to the decimals the check states. A formula without an answer (a zero
base) gives ``None``, which agrees with nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from openzone.engines.series.model import rounded
from openzone.engines.text import Text

SCALES: Mapping[str, Decimal] = {
    "%": Decimal("0.01"),
    "万元": Decimal(10_000),
    "亿元": Decimal(100_000_000),
    "万美元": Decimal(10_000),
}
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number: the place, the words, and the definition it stands on."""

    id: str
    place: Text
    document: str
    row: str | None
    period: str | None
    indicator: Text
    wording: str
    value: Decimal
    unit: str
    approx: bool = False
    basis: Text | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A formula over figures or earlier checks. Without ``expected`` the statement must hold."""

    id: str
    formula: str
    of: tuple[str, ...]
    expected: Decimal | None = None
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check should give, what it gives, and whether the two agree."""

    id: str
    place: Text
    formula: Text
    inputs: tuple[str, ...]
    expected: Decimal | bool
    computed: Decimal | bool | None
    unit: str
    approx: bool

    @property
    def agrees(self) -> bool:
        """Whether the computed result is the expected one."""
        return self.computed == self.expected


@dataclass(frozen=True, slots=True)
class FigureSet:
    """Figures, and the checks between them in an order in which each can be computed."""

    figures: tuple[Figure, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure, or the rounded result of a check, in base units."""

    value: Decimal
    place: Text
    basis: Text | None
    approx: bool


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Return ``part / whole``; ``None`` for a whole of zero."""
    return part / whole if whole else None


def whole_from_share(part: Decimal, share: Decimal) -> Decimal | None:
    """Return the whole of which ``part`` is ``share``: a target from its completion."""
    return part / share if share else None


def base_from_growth(after: Decimal, growth: Decimal) -> Decimal | None:
    """Return the earlier value from which ``after`` grew: +232 % means a factor of 3.32."""
    return after / (1 + growth) if growth > -1 else None


def over_half(*shares: Decimal) -> bool:
    """Return whether every share has reached one half (双过半)."""
    return all(share >= HALF for share in shares)


def _total(*values: Decimal) -> Decimal:
    return sum(values, Decimal(0))


NUMBERS: Mapping[str, tuple[Text, Callable[..., Decimal | None]]] = {
    "share": (Text("部分 ÷ 全部", "part ÷ whole"), share),
    "average": (Text("总量 ÷ 个数", "total ÷ count"), share),
    "whole_from_share": (Text("部分 ÷ 占比", "part ÷ share"), whole_from_share),
    "base_from_growth": (Text("本期 ÷ (1 + 增速)", "current ÷ (1 + growth)"), base_from_growth),
    "total": (Text("各项之和", "sum of the parts"), _total),
}


def _over_half(operands: Sequence[Operand]) -> bool:
    return over_half(*(operand.value for operand in operands))


def _values_differ(operands: Sequence[Operand]) -> bool:
    return all(a.value != b.value for a, b in combinations(operands, 2))


def _bases_differ(operands: Sequence[Operand]) -> bool:
    return all(a.basis is not None and a.basis != b.basis for a, b in combinations(operands, 2))


STATEMENTS: Mapping[str, tuple[Text, Callable[[Sequence[Operand]], bool]]] = {
    "over_half": (Text("各项均不低于 50%", "each at least 50 %"), _over_half),
    "values_differ": (Text("各数互不相同", "different numbers, kept apart"), _values_differ),
    "bases_differ": (
        Text("口径不同，不可比", "different definitions, not compared"),
        _bases_differ,
    ),
}


def cross_checks(figures: FigureSet) -> list[CheckResult]:
    """Compute every check, in order.

    Raises:
        KeyError: a check names a formula, figure or earlier check that is not there.

    """
    known = {figure.id: _operand(figure) for figure in figures.figures}
    results = []
    for check in figures.checks:
        operands = [known[name] for name in check.of]
        result = _check(check, operands)
        results.append(result)
        if isinstance(result.computed, Decimal):
            value = result.computed * _scale(check.unit)
            known[check.id] = Operand(value, result.place, None, result.approx)
    return results


def _check(check: Check, operands: Sequence[Operand]) -> CheckResult:
    if check.expected is None:
        text, holds = STATEMENTS[check.formula]
        return _result(check, operands, text, True, holds(operands))
    text, formula = NUMBERS[check.formula]
    computed = formula(*(operand.value for operand in operands))
    if computed is not None:
        computed = rounded(computed / _scale(check.unit), check.decimals)
    return _result(check, operands, text, check.expected, computed)


def _result(
    check: Check,
    operands: Sequence[Operand],
    formula: Text,
    expected: Decimal | bool,
    computed: Decimal | bool | None,
) -> CheckResult:
    place, approx = operands[0].place, any(operand.approx for operand in operands)
    return CheckResult(
        check.id, place, formula, check.of, expected, computed, check.unit, approx
    )  # fmt: skip


def _operand(figure: Figure) -> Operand:
    return Operand(figure.value * _scale(figure.unit), figure.place, figure.basis, figure.approx)


def _scale(unit: str) -> Decimal:
    return SCALES.get(unit, Decimal(1))
