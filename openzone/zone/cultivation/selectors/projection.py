"""When a figure could reach its limit if it went on as before. Never a fact, never mixed with one.

The method is a straight line through the last two full years; it is shown with every answer.
"""

import datetime as dt
import math
from dataclasses import dataclass

from openzone.engines.text import Text

METHOD = Text(
    "推算：按最近两个完整年度的增量直线外推，不是实际数，不得作为上报依据",
    "projection: a straight line through the last two full years; not a figure, not for reporting",
)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Projection:
    """Whole months from the end of the last full year until the limit, and the month it would be.

    ``months`` is ``None`` where the figure does not grow.
    """

    have: float
    before: float
    need: float
    months: int | None
    month: dt.date | None


def project(have: float, before: float, need: float, year: int) -> Projection:
    """Project a yearly figure: ``have`` in ``year``, ``before`` in the year before it."""
    growth = have - before
    if need <= have:
        return Projection(have, before, need, 0, dt.date(year, _MONTHS, 1))
    if growth <= 0:
        return Projection(have, before, need, None, None)
    months = math.ceil((need - have) * _MONTHS / growth)
    years, rest = divmod(months - 1, _MONTHS)
    if year + 1 + years > dt.date.max.year:
        return Projection(have, before, need, None, None)
    return Projection(have, before, need, months, dt.date(year + 1 + years, rest + 1, 1))
