"""Routes onto the statistical roster: each condition met, not met or not known, with its reason.

The monthly route is for newly built units, the annual one for those that produce already. Nothing
here decides: the statistics office does.
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from openzone.engines.cultivation.nearing import Months, shifted
from openzone.engines.text import Text

NOT_KNOWN = Text("{what}：未知", "{what}: not known")


class Check(NamedTuple):
    """A condition: whether it is met (``None``: not known), and what it was compared with."""

    id: str
    met: bool | None
    said: Text


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a route asks for; a part that is ``None`` or false is not asked."""

    limit: float
    years_registered: int | None = None
    years_filed: int | None = None
    production_from_month: int | None = None
    new_building: bool = False
    no_sales_before_month: int | None = None
    swing: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a unit; ``vat`` and ``accounts`` are monthly amounts in yuan."""

    vat: Months
    accounts: Months
    registered_on: dt.date | None = None
    filed_on: dt.date | None = None
    produced_from: dt.date | None = None
    new_building: bool | None = None


def checks(asked: Conditions, known: Known, on: dt.date) -> list[Check]:
    """Return every condition of a route on a day, over the year of the last month that is over.

    In January that is the year before: its last batches are still open.
    """
    last = shifted(on.replace(day=1), -1)
    first = last.replace(month=1)
    vat, accounts = (_of_year(one, first, on) for one in (known.vat, known.accounts))
    found = [
        _reached("vat", "增值税申报销售额", "VAT-return sales", vat, asked.limit, last),
        _reached("accounts", "利润表主营业务收入", "main revenue", accounts, asked.limit, last),
    ]
    ages: Sequence[tuple[str, str, str, int | None, dt.date | None]] = (
        ("registered", "注册时间", "registered", asked.years_registered, known.registered_on),
        ("filed", "备案（批复）时间", "project filing", asked.years_filed, known.filed_on),
    )
    found += [_young(name, zh, en, years, day, on) for name, zh, en, years, day in ages if years]
    if asked.production_from_month:
        found.append(
            _produced(_before(first, asked.production_from_month), known.produced_from, on)
        )
    if asked.new_building:
        found.append(_new(known.new_building))
    if asked.no_sales_before_month:
        found.append(_no_sales(_before(first, asked.no_sales_before_month), known.vat))
    if asked.swing is not None:
        found.append(_steady(asked.swing, vat))
    return found


def _of_year(months: Months, first: dt.date, on: dt.date) -> Months:
    """Return what is known of the months of a year until a day."""
    return {
        one: value for one, value in months.items() if first <= one <= on and one.year == first.year
    }


def _reached(
    name: str, zh: str, en: str, months: Months, limit: float, last: dt.date
) -> Check:  # fmt: skip
    first, total = last.replace(month=1), math.fsum(months.values())
    said = Text(f"{zh}{first.year}年累计{total:,.0f}元，标准{limit:,.0f}元",
                f"{en} of {first.year}: {total:,.0f} yuan, standard {limit:,.0f}")  # fmt: skip
    if total >= limit:
        return Check(name, True, said)
    # A month that is not known could still carry it over; one that is known cannot.
    whole = all(shifted(first, by) in months for by in range(last.month))
    if not months or not whole:
        return Check(
            name, None, Text(f"{said.zh}，有月份未知", f"{said.en}, some months not known")
        )
    return Check(name, False, said)


def _young(name: str, zh: str, en: str, years: int, day: dt.date | None, on: dt.date) -> Check:
    if day is None:
        return _unknown(name, zh, en)
    last = _later(day, years)
    said = Text(f"{zh}{day}，{years}年内有效至{last}", f"{en} {day}, {years} years end {last}")
    return Check(name, on <= last, said)


def _later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _before(first: dt.date, month: int) -> dt.date:
    """Return the first day of a month of the year before."""
    return dt.date(first.year - 1, month, 1)


def _produced(start: dt.date, day: dt.date | None, on: dt.date) -> Check:
    if day is None:
        return _unknown("produced", "投产时间", "start of production")
    said = Text(f"{day}投产，应不早于{start}", f"produces since {day}, not before {start}")
    return Check("produced", start <= day <= on, said)


def _new(value: bool | None) -> Check:
    if value is None:
        return _unknown("new_building", "建设性质", "nature of construction")
    said = Text("建设性质为新建" if value else "建设性质不是新建",
                "newly built" if value else "not newly built")  # fmt: skip
    return Check("new_building", value, said)


def _no_sales(start: dt.date, months: Mapping[dt.date, float]) -> Check:
    early = [one for one, value in months.items() if one < start and value > 0]
    if early:
        day = f"{min(early):%Y-%m}"
        return Check(
            "no_sales",
            False,
            Text(f"{day}已有销售，早于{start}", f"sales in {day}, before {start}"),
        )
    if not any(one < start for one in months):
        return _unknown("no_sales", f"{start}以前的销售", f"sales before {start}")
    return Check("no_sales", True, Text(f"{start}以前无销售", f"no sales before {start}"))


def _steady(swing: float, months: Months) -> Check:
    own = [months[month] for month in sorted(months)]
    pairs = [(a, b) for a, b in pairwise(own) if a > 0]
    if len(pairs) < 2:
        return _unknown("steady", "月度波动", "monthly swings")
    most = max(abs(b / a - 1) for a, b in pairs)
    said = Text(f"月度环比最大波动{most:.0%}，关注线{swing:.0%}",
                f"largest monthly swing {most:.0%}, attention from {swing:.0%}")  # fmt: skip
    return Check("steady", most <= swing, said)


def _unknown(name: str, zh: str, en: str) -> Check:
    return Check(name, None, Text(NOT_KNOWN.zh.format(what=zh), NOT_KNOWN.en.format(what=en)))
