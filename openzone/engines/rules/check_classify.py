"""Rows and levels of a classification that do not fit together."""

from itertools import combinations, pairwise

from openzone.engines.rules.check_numbers import NUMERIC, Scope, check_quantity
from openzone.engines.rules.language import Condition, FactTest
from openzone.engines.rules.problems import Path
from openzone.engines.rules.schema import Classify, Row
from openzone.engines.text import Text

LABELS = Text("labels 须恰好包含 levels 的每一级", "labels must name each of the levels")
LEVELS = Text(
    "除最低一级外每级都要有下限：{levels}", "each level but the last needs limits: {levels}"
)
SAME_FACTS = Text("各级须用相同的指标", "every level must limit the same facts")
RISING = Text("{upper} 的下限低于 {lower} 的下限", "the limit of {upper} is below that of {lower}")
ROW_TWICE = Text("行 id {id} 用了两次", "row id {id} is used twice")
LEVEL_TWICE = Text("级别写了两次", "a level is written twice")
OVERLAP = Text("与行 {other} 重叠：{code}", "overlaps row {other}: {code}")


def check_classify(scope: Scope, classify: Classify, path: Path) -> None:
    """Report levels without limits, limits that rise downwards and rows that overlap."""
    if len(set(classify.levels)) < len(classify.levels):
        scope.report((*path, "levels"), LEVEL_TWICE)
    if set(classify.labels) != set(classify.levels):
        scope.report((*path, "labels"), LABELS)
    for index, row in enumerate(classify.rows):
        _check_row(scope, classify.levels[:-1], row, (*path, "rows", index))
    for (_, one), (second, other) in combinations(enumerate(classify.rows), 2):
        row_path = (*path, "rows", second)
        if one.id == other.id:
            scope.report((*row_path, "id"), ROW_TWICE.format(id=one.id))
        for code in _shared_codes(one.when, other.when):
            scope.report((*row_path, "when"), OVERLAP.format(other=one.id, code=code))


def _check_row(scope: Scope, levels: tuple[str, ...], row: Row, path: Path) -> None:
    if set(row.limits) != set(levels):
        scope.report(path, LEVELS.format(levels=", ".join(levels)))
        return
    if len({frozenset(limits) for limits in row.limits.values()}) > 1:
        scope.report(path, SAME_FACTS)
        return
    for level, limits in row.limits.items():
        for name, limit in limits.items():
            fact = scope.fact_of(name, (*path, level, name), *NUMERIC)
            if fact is not None:
                check_quantity(scope, limit, fact.type, (*path, level, name))
    for upper, lower in pairwise(levels):
        for name, limit in row.limits[upper].items():
            if limit.value < row.limits[lower][name].value:
                reason = RISING.format(upper=upper, lower=lower)
                scope.report((*path, upper, name), reason)


def _shared_codes(one: Condition, other: Condition) -> list[str]:
    """Return codes that two rows both claim, as far as plain code tests show it."""
    if not (isinstance(one, FactTest) and isinstance(other, FactTest) and one.fact == other.fact):
        return []
    by_prefix = [_meet(a, b) for a in one.prefix or () for b in other.prefix or ()]
    listed = [_meet(a, b) for a in one.prefix or () for b in other.in_ or () if b.startswith(a)]
    listed += [_meet(a, b) for a in one.in_ or () for b in other.prefix or () if a.startswith(b)]
    same = set(one.in_ or ()) & set(other.in_ or ())
    return sorted({code for code in by_prefix + listed if code} | same)


def _meet(one: str, other: str) -> str:
    """Return the codes two prefixes share, as the longer prefix; empty if there are none."""
    if one.startswith(other):
        return one
    return other if other.startswith(one) else ""
