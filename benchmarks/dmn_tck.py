"""The DMN TCK against the rule language: python -m benchmarks.dmn_tck [checkout].

Of the conformance tests of the Decision Model and Notation (github.com/dmn-tck/tck, CC BY-SA),
those whose decision is one FEEL expression that conditions can say (`benchmarks.feel`) are
translated and answered, for many and for one enterprise. Every value of the expression becomes a
fact; null is a fact that is not known. The checkout is the argument, else `OPENZONE_DMN_TCK`, else
it is downloaded for the run; where that cannot be, the program says so. Nothing of it is kept.
"""

import argparse
import datetime as dt
import io
import os
import sys
import tempfile
import urllib.request
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from benchmarks.feel import (
    Compare,
    Expression,
    Logic,
    Name,
    NotExpressibleError,
    Value,
    parse,
)
from openzone.engines.facts.catalogue import (
    Bilingual,
    Catalogue,
    FactType,
    PeriodKind,
    SeriesSpec,
)
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.match import match
from openzone.engines.rules.schema import Rule
from openzone.engines.rules.single import Known, answer

ARCHIVE = "https://github.com/dmn-tck/tck/archive/refs/heads/master.zip"
AS_OF = dt.date(2026, 1, 1)
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
LABEL = {"zh": "示例", "en": "example"}
DAYS = {"gte": "at_or_after", "gt": "after", "lte": "at_or_before", "lt": "before"}
OUTCOMES = {"met": True, "not_met": False, "unknown": None}
Condition = dict[str, Any]


# ---- translation ----------------------------------------------------------------------------


@dataclass
class Translation:
    """Facts by name, one for every value of an expression, in the order they were met."""

    inputs: Mapping[str, Any]
    facts: dict[str, tuple[FactType, Any]] = field(default_factory=dict)

    def condition(self, expression: Expression) -> Condition:
        """Return the condition that says the same.

        Raises:
            NotExpressibleError: there is none.

        """
        match expression:
            case Logic("not", (member,)):
                return {"not": self.condition(member)}
            case Logic(form, members):
                return {form: [self.condition(member) for member in members]}
            case Compare():
                return self.comparison(expression)
        value = self.value(expression)
        truth = value if isinstance(value, bool) else None  # FEEL: any other operand is null
        return {"fact": self.fact(FactType.BOOL, truth), "is": True}

    def comparison(self, said: Compare) -> Condition:
        """Compare two values of one type; null takes the type of the other."""
        left, right = self.value(said.left), self.value(said.right)
        kinds = {_kind(each) for each in (left, right) if each is not None}
        if not kinds and said.test in ("eq", "ne"):
            kinds = {FactType.BOOL}  # any: both are null
        if len(kinds) != 1:
            raise NotExpressibleError("a comparison of different types, or of nothing but null")
        kind = kinds.pop()
        if said.test in ("eq", "ne"):
            same = self.equal(kind, left, right)
            return same if said.test == "eq" else {"not": same}
        if kind is FactType.NUMBER:
            sides = [self.fact(kind, left), self.fact(kind, right)]
            return {"number": {"sub": sides}, said.test: 0}
        if kind is FactType.DATE and right is not None:
            return {"fact": self.fact(kind, left), DAYS[said.test]: right}
        raise NotExpressibleError(f"an order of values of type {kind}, or of days with null")

    def equal(self, kind: FactType, left: Any, right: Any) -> Condition:
        """FEEL's equality is two-valued: null equals null and nothing else."""
        if left is None or right is None:
            return {"all": [self.is_null(kind, left), self.is_null(kind, right)]}
        name = self.fact(kind, left)
        match kind:
            case FactType.NUMBER:
                return {"fact": name, "eq": right}
            case FactType.BOOL:
                return {"fact": name, "is": right}
            case FactType.DATE:
                return {"fact": name, "at_or_after": right, "at_or_before": right}
        if not right:
            raise NotExpressibleError("an empty text")
        return {"fact": name, "in": [right]}

    def is_null(self, kind: FactType, value: Any) -> Condition:
        """That a value is null."""
        return {"fact": self.fact(kind, value), "known": False}

    def value(self, side: Expression) -> Any:
        """Return the value of a literal or an input."""
        if isinstance(side, Name):
            if side.name not in self.inputs:
                raise NotExpressibleError("a name that is no input")
            return self.inputs[side.name]
        if not isinstance(side, Value):
            raise NotExpressibleError("a comparison of a condition")
        return side.value

    def fact(self, kind: FactType, value: Any) -> str:
        """Return the name of a new fact with this value."""
        if value == "" and kind is FactType.TEXT:
            raise NotExpressibleError("an empty text")
        name = f"fact_{len(self.facts)}"
        self.facts[name] = kind, value
        return name


def _kind(value: Any) -> FactType:
    kinds = {
        bool: FactType.BOOL,
        float: FactType.NUMBER,
        str: FactType.TEXT,
        dt.date: FactType.DATE,
    }
    return kinds[type(value)]


def answered(expression: Expression, inputs: Mapping[str, Any]) -> bool | None:
    """Return what the rule language answers.

    Raises:
        NotExpressibleError: no condition says the same.
        AssertionError: many enterprises and one are answered differently.

    """
    translation = Translation(inputs)
    condition = translation.condition(expression)
    catalogue = _catalogue({name: kind for name, (kind, _) in translation.facts.items()})
    plan = compile_rules([_rule(condition)], catalogue, AS_OF)
    values = {name: value for name, (_, value) in translation.facts.items()}
    columns = Columns.from_values(
        ["1"], {name: [value] for name, value in values.items()}, catalogue
    )
    (record,) = match(plan, columns)
    known = {name: Known(value) for name, value in values.items() if value is not None}
    single = answer(plan, known).outcome(plan.rules[0])
    assert record.outcome == single, (condition, values)
    return OUTCOMES[record.outcome]


def _catalogue(kinds: Mapping[str, FactType]) -> Catalogue:
    text = Bilingual.model_validate(LABEL)
    return Catalogue(
        tuple(
            SeriesSpec(
                name=name, type=kind, period=PeriodKind.NONE, label=text, source=text, proof=text
            )
            for name, kind in kinds.items()
        )
    )


def _rule(condition: Condition) -> Rule:
    version = {
        "version": "1",
        "source": {"title": "示例", "number": "示例", "issuer": "示例"},
        "effective_from": dt.date(2020, 1, 1),
        "verified": "L",
        "when": {"all": [{"id": "c", "label": LABEL, **condition}]},
    }
    return Rule.model_validate(
        {"rule": "example.tck", "title": LABEL, "kind": "qualify", "versions": [version]}
    )


# ---- the suite ------------------------------------------------------------------------------


class Case(NamedTuple):
    """One expected result of a test case; ``expected`` is text where it is no boolean or null."""

    id: str
    expression: str | None
    inputs: dict[str, Any]
    expected: Any


def cases_of(folder: Path) -> Iterator[Case]:
    """Yield the expected results of a folder of the TCK."""
    for path in sorted(folder.glob("*-test-*.xml")):
        tests = _parsed(path)
        model = folder / (_text(tests, "modelName") or "")
        if not model.is_file():
            continue
        decisions = dict(_decisions(_parsed(model)))
        for test in _children(tests, "testCase"):
            inputs = {node.get("name", ""): _value(node) for node in _children(test, "inputNode")}
            for node in _children(test, "resultNode"):
                name = node.get("name", "")
                expected = next(iter(_children(node, "expected")), node)
                case = f"{test.get('id')} {name}"
                yield Case(case, decisions.get(name), inputs, _value(expected))


def _decisions(model: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for decision in _children(model, "decision"):
        for literal in _children(decision, "literalExpression"):
            yield decision.get("name", ""), _text(literal, "text") or ""


def _parsed(path: Path) -> ElementTree.Element:
    return ElementTree.fromstring(path.read_bytes())


def _children(node: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [child for child in node if child.tag.rpartition("}")[2] == name]


def _text(node: ElementTree.Element, name: str) -> str | None:
    return next((child.text for child in _children(node, name)), None)


def _value(node: ElementTree.Element) -> Any:
    """Return a simple value as FEEL has it; what is none stays an object that fits nothing."""
    values = _children(node, "value")
    if not values:
        return ...
    value = values[0]
    if value.get(NIL) == "true":
        return None
    text, kind = value.text or "", (value.get(TYPE) or "").rpartition(":")[2]
    if kind == "boolean" or (not kind and text in ("true", "false")):
        return text == "true"
    if kind in ("decimal", "double", "integer"):
        return float(text)
    if kind == "date":
        return dt.date.fromisoformat(text)
    return text if kind == "string" else ...


class Result(NamedTuple):
    """What became of a case: not expressible and why, or right or wrong."""

    case: Case
    reason: str | None
    right: bool = False
    found: bool | None = None


def result_of(case: Case) -> Result:
    """Translate and answer a case."""
    try:
        if case.expression is None:
            raise NotExpressibleError("a decision that is no single expression")
        if case.expected is not None and not isinstance(case.expected, bool):
            raise NotExpressibleError("a result that is no boolean")
        if ... in case.inputs.values():
            raise NotExpressibleError("an input that is a list, a context or a time")
        expression = parse(case.expression)
        if not isinstance(expression, Logic | Compare):
            raise NotExpressibleError("a value, no condition")
        found = answered(expression, case.inputs)
    except NotExpressibleError as error:
        return Result(case, str(error))
    return Result(case, None, found is case.expected, found)


# ---- the report -----------------------------------------------------------------------------


def main() -> None:
    """Print a row per folder, what failed, and what could not be said."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("checkout", type=Path, nargs="?")
    given = arguments.parse_args().checkout or os.environ.get("OPENZONE_DMN_TCK")
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(given) if given else _downloaded(Path(scratch))
        if root is None:
            return
        results = {
            folder.name: [result_of(case) for case in cases_of(folder)]
            for folder in sorted(root.rglob("TestCases/compliance-level-*/*"))
            if folder.is_dir()
        }
    _report({name: found for name, found in results.items() if found})


def _downloaded(scratch: Path) -> Path | None:
    try:
        with urllib.request.urlopen(ARCHIVE, timeout=60) as answer_:
            zipfile.ZipFile(io.BytesIO(answer_.read())).extractall(scratch)
    except OSError as error:
        print(
            f"DMN TCK not available: {error}. Give the folder of a checkout, or OPENZONE_DMN_TCK."
        )
        return None
    return scratch


def _report(results: Mapping[str, list[Result]]) -> None:
    reasons: Counter[str] = Counter()
    totals: dict[str, int] = defaultdict(int)
    print(f"{'folder':<48}{'results':>8}{'expressible':>12}{'passed':>8}")
    for name, found in results.items():
        said = [each for each in found if each.reason is None]
        right = sum(each.right for each in said)
        reasons.update(each.reason for each in found if each.reason)
        for key, count in (("results", len(found)), ("said", len(said)), ("right", right)):
            totals[key] += count
        if said:
            print(f"{name:<48}{len(found):>8}{len(said):>12}{right:>8}")
        for each in said:
            if not each.right:
                case = each.case
                print(f"  FAILED {case.id}: {case.expression!r} {case.inputs} -> {each.found},"
                      f" expected {case.expected}", file=sys.stdout)  # fmt: skip
    print(f"{len(results)} folders, {totals['results']} results, {totals['said']} expressible,"
          f" {totals['right']} passed")  # fmt: skip
    print("not expressible:")
    for reason, count in reasons.most_common(12):
        print(f"{count:>8}  {reason}")


if __name__ == "__main__":
    main()
