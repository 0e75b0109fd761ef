"""Amounts that nobody would ever be paid, and days outside the calendar."""

import datetime as dt
from collections.abc import Sequence

from openzone.engines.facts.catalogue import FactType
from openzone.engines.rules.bounds import bounds_of
from openzone.engines.rules.check_numbers import Scope
from openzone.engines.rules.formats import money, percent
from openzone.engines.rules.language import AsOf, Mul, Number, YearStart
from openzone.engines.rules.literals import Quantity
from openzone.engines.rules.problems import Path
from openzone.engines.rules.schema import Amount, Version
from openzone.engines.rules.walk import walk
from openzone.engines.text import Text

NOTHING = Text("最多 {most}，永远不会支付", "at most {most}: nothing is ever paid")
ALWAYS_SAME = Text(
    "下限不低于上限，金额总是 {amount}", "the floor is not below the cap: always {amount}"
)
NEGATIVE_RATE = Text("比例 {rate} 不大于零", "the rate {rate} is not above zero")
OVER_ALL = Text("比例 {rate} 超过100%", "the rate {rate} is over 100 %")
ROUNDED_AWAY = Text(
    "最多 {most}，不足一个取整单位，永远取整为零",
    "at most {most}, less than what it is rounded down to: always zero",
)
NO_SUCH_DAY = Text("这一天超出日历范围", "this day lies outside the calendar")


def check_caps(scope: Scope, amount: Amount, path: Path) -> None:
    """Report an amount that can never be above zero; warn of rates over 100 %."""
    place = (*path, "number")
    low, high = bounds_of(amount.number, scope.defined)
    if high <= 0:
        scope.report(place, _filled(NOTHING, most=money(high)))
    elif _rounded_away(amount, high):
        scope.report(place, _filled(ROUNDED_AWAY, most=money(high)))
    elif low == high and _looks_at_facts(amount.number):
        scope.report(place, _filled(ALWAYS_SAME, amount=money(high)), "warning")
    for where, node in walk(amount.number, place):
        if isinstance(node, Mul):
            _check_rates(scope, node.members, (*where, "mul"))


def _rounded_away(amount: Amount, most: float) -> bool:
    rounding = amount.round_
    return rounding is not None and rounding.mode == "down" and most < rounding.to.value


def _looks_at_facts(number: Number) -> bool:
    return any(isinstance(node, str) for _, node in walk(number))


def _check_rates(scope: Scope, members: tuple[Number, ...], path: Path) -> None:
    for index, factor in enumerate(members):
        if not isinstance(factor, Quantity) or factor.unit is FactType.YUAN:
            continue
        if factor.value <= 0:
            scope.report((*path, index), _filled(NEGATIVE_RATE, rate=percent(factor.value)))
        elif factor.unit is FactType.RATIO and factor.value > 1:
            reason = _filled(OVER_ALL, rate=percent(factor.value))
            scope.report((*path, index), reason, "warning")


def check_days(scope: Scope, version: Version, nodes: Sequence[tuple[Path, object]]) -> None:
    """Report days that cannot be counted from the first or the last day of a version."""
    ends = [day for day in (version.effective_from, version.effective_to) if day is not None]
    for path, node in nodes:
        if isinstance(node, AsOf | YearStart) and not all(_exists(node, day) for day in ends):
            scope.report(path, NO_SUCH_DAY)


def _exists(limit: AsOf | YearStart, as_of: dt.date) -> bool:
    try:
        limit.on(as_of)
    except (ValueError, OverflowError):
        return False
    return True


def _filled(template: Text, **values: Text) -> Text:
    zh = {key: value.zh for key, value in values.items()}
    en = {key: value.en for key, value in values.items()}
    return Text(template.zh.format(**zh), template.en.format(**en))
