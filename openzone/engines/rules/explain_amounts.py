"""An amount with its formula, step by step, from the values of one enterprise."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from openzone.engines.rules.compiled import CompiledRule
from openzone.engines.rules.explain_facts import Uses
from openzone.engines.rules.formats import money, size
from openzone.engines.rules.language import If, Let, Max, Min, Named, Number
from openzone.engines.rules.literals import Quantity
from openzone.engines.rules.near import tidy
from openzone.engines.rules.proof import AmountProof
from openzone.engines.rules.schema import Amount, Rounding
from openzone.engines.rules.sentences import OPERATORS, Wording, joined, said
from openzone.engines.rules.single import Answers
from openzone.engines.text import Text

_EQUALS = Text("{formula} = {value}", "{formula} = {value}")
_VALUED = Text("{label} {value}", "{label} {value}")
_UNKNOWN = Text("{label}（未知）", "{label} (unknown)")
_OPEN = Text("未知", "unknown")
_CAPPED = Text("封顶{limit}", "at most {limit}")
_CAPPED_TO = Text("封顶{limit}，取{limit}", "at most {limit}, so {limit}")
_FLOOR = Text("不低于{limit}", "at least {limit}")
_FLOOR_TO = Text("不低于{limit}，取{limit}", "at least {limit}, so {limit}")
_ROUNDED = {
    "down": Text("按{to}向下取整为{paid}", "rounded down to {to}: {paid}"),
    "up": Text("按{to}向上取整为{paid}", "rounded up to {to}: {paid}"),
    "half_up": Text("按{to}四舍五入为{paid}", "rounded to {to}: {paid}"),
}
_BELOW_ZERO = Text("低于零，按零计", "below zero, so nothing")
_COMMA = Text("，", ", ")


@dataclass
class AmountExplainer:
    """Explains the amount of one rule for one enterprise."""

    answers: Answers
    wording: Wording
    uses: Uses
    rule: CompiledRule
    _steps: list[Text] = field(default_factory=list)

    def amount(self) -> AmountProof | None:
        """Return the amount with its reasons; None where the rule states none."""
        source, step = self.rule.version.amount, self.rule.amount
        if source is None or step is None:
            return None
        paid = self.answers.amount(self.rule)
        missing = self.answers.amount_missing(self.rule)
        known_names = self.answers.plan.catalogue
        self._written(source, step, paid)
        return AmountProof(
            label=source.label.text if source.label else None,
            ref=source.ref,
            formula=self.wording.number(source.number),
            value=None if paid is None else tidy(paid),
            text=None if paid is None else money(paid),
            applies=self.answers.state(self.rule.root),
            steps=tuple(self._steps),
            sentence=joined(self._steps, _COMMA),
            facts=tuple(self.uses.below(step)),
            missing=tuple(self.uses.use(name) for name in missing if name in known_names),
            other_missing=tuple(name for name in missing if name not in known_names),
        )

    def _written(self, source: Amount, step: int, paid: float | None) -> None:
        operand = self._operand(source.number)
        if not self._steps:
            self._steps.append(operand)
        exact = self._value(source.number)
        if paid is not None and exact is not None:
            self._steps += self._rounding(source.round_, exact, paid)

    def _rounding(self, rule: Rounding | None, exact: float, paid: float) -> Iterator[Text]:
        if exact < 0:
            yield _BELOW_ZERO
        elif rule is not None and money(exact) != money(paid):
            yield said(_ROUNDED[rule.mode], to=money(rule.to.value), paid=money(paid))

    # ---- steps --------------------------------------------------------------------------------

    def _operand(self, number: Number) -> Text:
        """Say a number with its value, after the steps that lead to it."""
        match number:
            case str():
                return self._named(self.wording.number(number), number)
            case Quantity():
                return self.wording.number(number)
            case Named():
                self._operand(number.number)
                return self._named(number.label.text, number)
            case Let():
                return self._operand(self.rule.version.let[number.name])
            case If():
                return self._taken(number)
            case Min() | Max():
                return self._bounded(number)
            case _:
                return self._computed(number)

    def _named(self, label: Text, number: Number) -> Text:
        value = self._value(number)
        if value is None:
            return said(_UNKNOWN, label=label)
        return said(_VALUED, label=label, value=self._shown(number, value))

    def _taken(self, number: If) -> Text:
        taken = self.wording.branch(number)
        if taken is None:
            return self._equals(self.wording.number(number), number)
        return self._operand(number.then if taken else number.otherwise)

    def _computed(self, number: Number) -> Text:
        """Say an operation on values as a step of its own."""
        operator = OPERATORS.get(type(number))
        members = getattr(number, "members", ())
        if operator is None:
            for member in members:
                self._operand(member)
            return self._equals(self.wording.number(number), number)
        operands = [self._operand(member) for member in members]
        return self._equals(joined(operands, Text(f" {operator.zh} ", operator.en)), number)

    def _equals(self, formula: Text, number: Number) -> Text:
        value = self._value(number)
        result = _OPEN if value is None else self._shown(number, value)
        self._steps.append(said(_EQUALS, formula=formula, value=result))
        return result

    def _bounded(self, number: Min | Max) -> Text:
        """Say a cap or a floor in the words of documents, where one literal bounds one number."""
        bounds = [each for each in number.members if isinstance(each, Quantity)]
        others = [each for each in number.members if not isinstance(each, Quantity)]
        if len(bounds) != 1 or len(others) != 1:
            return self._computed(number)
        before = len(self._steps)
        operand = self._operand(others[0])
        if len(self._steps) == before:
            self._steps.append(operand)
        value = self._value(number)
        reached = value is not None and value == bounds[0].value != self._value(others[0])
        cap = isinstance(number, Min)
        template = (_CAPPED, _CAPPED_TO)[reached] if cap else (_FLOOR, _FLOOR_TO)[reached]
        limit = size(bounds[0].value, self.wording.kind_of(number))
        self._steps.append(said(template, limit=limit))
        return _OPEN if value is None else self._shown(number, value)

    # ---- values -------------------------------------------------------------------------------

    def _value(self, number: Number) -> float | None:
        match number:
            case str():
                value = self.answers.row.number(number)
            case Quantity():
                value = number.value
            case Let():
                return self._value(self.rule.version.let[number.name])
            case _:
                value = self.answers.value(self.rule.computed[id(number)])
        return None if math.isnan(value) else value

    def _shown(self, number: Number, value: float) -> Text:
        return size(value, self.wording.kind_of(number))
