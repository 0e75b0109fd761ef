"""What is wrong with an amount, and with how near a near miss is."""

from openzone.engines.facts.catalogue import FactType
from openzone.engines.rules.amounts import FEN
from openzone.engines.rules.check_numbers import Scope, check_quantity, unit_of
from openzone.engines.rules.language import Number
from openzone.engines.rules.problems import Path
from openzone.engines.rules.schema import Amount, NearLimit, Rounding
from openzone.engines.text import Text

PAYING = ("reduce", "subsidise", "entitle")
"""The kinds of rules that can give money."""
NO_MONEY = Text("只有 {kinds} 类规则可写 amount", "only rules of kind {kinds} have an amount")
NOT_YUAN = Text(
    '应为以元计的数，这里以 {unit} 计；字面金额写作 "500元"、"5万"',
    'must be in yuan and is in {unit}; write a bare amount as "500元" or "5万"',
)
BARE = Text("没有单位的数", "a number without a unit")
NOT_FEN = Text("应为一分的正整数倍", "must be a positive whole number of fen")
NOT_A_SHARE = Text('应为 0 与 1 之间的比例，例如 "20%"', 'must be a share such as "20%"')


def check_amount(scope: Scope, amount: Amount, path: Path) -> None:
    """Report an amount that is not in yuan, or that cannot be rounded as it says."""
    check_yuan(scope, amount.number, (*path, "number"))
    if amount.round_ is not None:
        _check_rounding(scope, amount.round_, (*path, "round"))


def check_yuan(scope: Scope, number: Number, path: Path) -> None:
    """Report a number that is not an amount of money."""
    found = len(scope.findings)
    unit = unit_of(scope, number, path)
    if unit is not FactType.YUAN and len(scope.findings) == found:
        known = Text(unit, unit) if unit else BARE
        scope.report(
            path, Text(NOT_YUAN.zh.format(unit=known.zh), NOT_YUAN.en.format(unit=known.en))
        )


def _check_rounding(scope: Scope, rounding: Rounding, path: Path) -> None:
    check_quantity(scope, rounding.to, FactType.YUAN, (*path, "to"))
    fen = rounding.to.value * FEN
    if fen < 1 or round(fen, 6) != round(fen):
        scope.report((*path, "to"), NOT_FEN)


def check_near(scope: Scope, near: NearLimit, path: Path) -> None:
    """Report a distance that is not a share."""
    check_quantity(scope, near.within, FactType.RATIO, (*path, "within"))
    if not 0 < near.within.value <= 1:
        scope.report((*path, "within"), NOT_A_SHARE)
