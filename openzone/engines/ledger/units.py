"""Amounts as whole numbers of the smallest part of a unit."""

from decimal import Decimal, InvalidOperation

from openzone.engines.ledger.errors import LedgerError
from openzone.engines.text import Text

# Yuan are kept in fen (人民币管理条例 art. 4: 主币单位为元、辅币单位为角、分); others are whole.
_DIGITS = {"yuan": 2}
# Sums of many transfers stay within the 64-bit integers of both databases.
LARGEST = 10**16


def to_smallest(amount: Decimal | int | str, unit: str) -> int:
    """Return an amount of a unit in its smallest part: ``12.5`` yuan are ``1250`` fen.

    Raises:
        LedgerError: no number, finer than the smallest part, or too large.

    """
    try:
        exact = Decimal(amount).scaleb(_DIGITS.get(unit, 0))
    except (InvalidOperation, ValueError):
        raise LedgerError(NOT_A_NUMBER.format(amount=amount)) from None
    if not exact.is_finite():
        raise LedgerError(NOT_A_NUMBER.format(amount=amount))
    if abs(exact) > LARGEST:
        raise LedgerError(TOO_LARGE.format(amount=amount))
    if exact != exact.to_integral_value():
        raise LedgerError(TOO_FINE.format(amount=amount))
    return int(exact)


def from_smallest(amount: int, unit: str) -> Decimal:
    """Return whole smallest parts as an exact amount of the unit."""
    return Decimal(amount).scaleb(-_DIGITS.get(unit, 0))


NOT_A_NUMBER = Text("“{amount}”不是金额", "“{amount}” is not an amount")
TOO_LARGE = Text("“{amount}”超出可记账的范围", "“{amount}” is too large to be kept")
TOO_FINE = Text("“{amount}”比最小记账单位还小", "“{amount}” is finer than the smallest unit kept")
