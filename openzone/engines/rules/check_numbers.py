"""What a computed number measures, and whether its members go together."""

from dataclasses import dataclass, field
from difflib import get_close_matches

from openzone.engines.facts.catalogue import Catalogue, Fact, FactType
from openzone.engines.rules.language import (
    Growth,
    If,
    Let,
    Max,
    Mean,
    Min,
    Mul,
    Named,
    Number,
    Ratio,
    Sub,
    Sum,
    YearsSince,
)
from openzone.engines.rules.literals import Quantity
from openzone.engines.rules.problems import Finding, Path, Severity
from openzone.engines.rules.schema import Definitions
from openzone.engines.text import Text

Unit = FactType | None
"""What a number measures; None for a bare literal, which goes with anything."""

UNKNOWN_FACT = Text(
    "事实目录里没有 {name}{closest}", "the fact catalogue has no {name}{closest_en}"
)
WRONG_FACT = Text(
    "{name} 的类型是 {type}，这里需要 {wanted}",
    "{name} is of type {type}, {wanted} is needed here",
)
MIXED = Text("单位不一致：{one} 与 {other}", "units differ: {one} and {other}")
TWO_AMOUNTS = Text(
    "两个带单位的数不能相乘：{one}、{other}", "two amounts with units multiplied: {one}, {other}"
)
NO_LET = Text("let 里没有 {name}", "`let` has no {name}")
WRONG_SUFFIX = Text(
    "这里的数以 {have} 计，不能写成 {written}",
    "this number is in {have}, not to be written in {written}",
)
_NEUTRAL = (None, FactType.NUMBER, FactType.RATIO)


@dataclass
class Scope:
    """A version or relation under check: the names it can use, and what was found so far."""

    catalogue: Catalogue
    defined: Definitions
    findings: list[Finding] = field(default_factory=list)

    def report(self, path: Path, reason: Text, severity: Severity = "problem") -> None:
        """Remember a finding."""
        self.findings.append(Finding(path, reason, severity))

    def fact(self, name: str, path: Path) -> Fact | None:
        """Look up a fact; report it, with the closest names, if there is none."""
        if name in self.catalogue:
            return self.catalogue[name]
        names = ", ".join(get_close_matches(name, [fact.name for fact in self.catalogue], n=3))
        closest = f"，相近的有：{names}" if names else ""
        closest_en = f"; closest: {names}" if names else ""
        self.report(path, UNKNOWN_FACT.format(name=name, closest=closest, closest_en=closest_en))
        return None

    def fact_of(self, name: str, path: Path, *wanted: FactType) -> Fact | None:
        """Look up a fact and report it if it has none of the types."""
        fact = self.fact(name, path)
        if fact is not None and fact.type not in wanted:
            types = " / ".join(wanted)
            self.report(path, WRONG_FACT.format(name=name, type=fact.type, wanted=types))
            return None
        return fact


NUMERIC = tuple(kind for kind in FactType if kind.is_numeric)


def unit_of(scope: Scope, number: Number, path: Path) -> Unit:
    """Return what ``number`` measures; report unknown names and units that do not go together."""
    match number:
        case str():
            fact = scope.fact_of(number, path, *NUMERIC)
            return fact.type if fact else None
        case Quantity():
            return number.unit
        case YearsSince():
            scope.fact_of(number.fact, (*path, "years_since"), FactType.DATE)
            return FactType.NUMBER
        case Let() | Named():
            return _unit_behind(scope, number, path)
        case If():
            then = unit_of(scope, number.then, (*path, "then"))
            return _same(scope, path, then, unit_of(scope, number.otherwise, (*path, "else")))
        case Mul():
            return _product(scope, path, _units(scope, number.members, (*path, "mul")))
        case Ratio():
            return _quotient(*_units(scope, number.members, (*path, "ratio")))
        case Growth():
            _same(scope, path, *_units(scope, number.members, (*path, "growth")))
            return FactType.RATIO
        case Sum() | Sub() | Min() | Max() | Mean():
            key = type(number).model_fields["members"].alias or ""
            return _same(scope, path, *_units(scope, number.members, (*path, key)))


def check_quantity(scope: Scope, quantity: Quantity, unit: Unit, path: Path) -> None:
    """Report ``"5000万"`` on what is not money and ``"5%"`` on what is not a ratio."""
    if quantity.unit is not None and unit is not None and quantity.unit is not unit:
        scope.report(path, WRONG_SUFFIX.format(have=unit, written=quantity.unit))


def _unit_behind(scope: Scope, number: Let | Named, path: Path) -> Unit:
    if isinstance(number, Named):
        return unit_of(scope, number.number, (*path, "number"))
    definition = scope.defined.let.get(number.name)
    if definition is None:
        scope.report((*path, "let"), NO_LET.format(name=number.name))
        return None
    return unit_of(scope, definition, ("let", number.name))


def _units(scope: Scope, members: tuple[Number, ...], path: Path) -> list[Unit]:
    return [unit_of(scope, member, (*path, index)) for index, member in enumerate(members)]


def _same(scope: Scope, path: Path, *units: Unit) -> Unit:
    known = list(dict.fromkeys(unit for unit in units if unit is not None))
    if len(known) > 1:
        scope.report(path, MIXED.format(one=known[0], other=known[1]))
    return known[0] if len(known) == 1 else None


def _product(scope: Scope, path: Path, units: list[Unit]) -> Unit:
    amounts = [unit for unit in units if unit not in _NEUTRAL]
    if len(amounts) > 1:
        scope.report(path, TWO_AMOUNTS.format(one=amounts[0], other=amounts[1]))
        return None
    if amounts:
        return amounts[0]
    return FactType.NUMBER if FactType.NUMBER in units else _same(scope, path, *units)


def _quotient(top: Unit, bottom: Unit) -> Unit:
    """Return the unit of a ratio: yuan per person stays yuan, like by like is a ratio."""
    if top is bottom or bottom is None or top is None:
        return FactType.RATIO if top is bottom else top or FactType.NUMBER
    return top
