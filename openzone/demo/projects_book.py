"""The synthetic book of projects, as the office that promotes investment would keep it.

The figures are the published ones of several places, put into two years of one zone that does not
exist: 19 contracts of 17.63 billion this year by sector, 24 last year of which 21 of 100 million
and more make 9.203 billion, 51 starts, 42 completions, 32 that produce, a reserve of 85.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Any

from openzone.engines.tables.writing import write_table

FILE_NAME = "示例项目台账.xlsx"
HEADERS = (
    "项目名称", "投资方", "总投资(亿元)", "行业代码", "产业", "资金来源地", "所在园区", "牵头单位",
    "建设内容", "计划开工日期", "计划竣工日期", "储备日期", "签约日期", "开工日期", "竣工日期",
    "投产日期",
)  # fmt: skip
STAGES = ("reserve", "signed", "started", "completed", "in_production")
PLANTS = 11
"""One investor has eleven plants."""
_TRADES = (
    ("C384", "二产", "电池材料"), ("C397", "二产", "电子器件"), ("C358", "二产", "医疗器械"),
    ("C265", "二产", "合成材料"), ("A014", "一产", "设施农业"), ("C135", "二产", "食品加工"),
    ("I651", "三产", "软件服务"), ("G591", "三产", "冷链物流"), ("M731", "三产", "研发平台"),
)  # fmt: skip
_ORIGINS = ("省外", "省内", "省外", "外资")
_RESERVE = ("基础设施", "公共服务", "城市有机更新", "韧性城市", "产业")


@dataclass(frozen=True, slots=True)
class Line:
    """A project of the book; ``amount`` in 100 million yuan."""

    name: str
    investor: str
    amount: Decimal
    trade: tuple[str, str, str]
    origin: str
    days: dict[str, dt.date] = field(default_factory=dict)
    category: str = ""


class Book:
    """Everything in the book up to a day."""

    def __init__(self, today: dt.date) -> None:
        """Fill the book."""
        self.today, self.new_year = today, today.replace(month=1, day=1)
        self.contracts = [*self._before_last(), *self._last_year(), *self._this_year()]
        self.reserve = list(self._reserve())

    def workbook(self, parks: Sequence[str], unit: str) -> bytes:
        """Write it as a workbook with a title and a note."""
        stream = BytesIO()
        lines = [*self.contracts, *self.reserve]
        rows = [self._row(one, parks[n % len(parks)], unit) for n, one in enumerate(lines)]
        write_table(stream, list(HEADERS), rows, title="示例高新区重点项目台账", note="示例数据")
        return stream.getvalue()

    def day(self, part: float) -> dt.date:
        """Return the day at a part of this year so far."""
        return self.new_year + int((self.today - self.new_year).days * part) * dt.timedelta(days=1)

    def _of_year(self, back: int, part: float) -> dt.date:
        return dt.date(self.today.year - back, 1, 10) + dt.timedelta(days=int(340 * part))

    def _before_last(self) -> Iterator[Line]:
        """Eighteen signed the year before last: eleven plants of one investor among them."""
        amounts = split(Decimal(64), 18, Decimal(1))
        for n, amount in enumerate(amounts):
            plant = n < PLANTS
            name = f"示例新材料第{n + 1}工厂" if plant else _named(n)
            investor = "示例新材料集团" if plant else f"示例投资方{n}"
            days = {"signed": self._of_year(2, n / 18)} | self._built(n, n / 60)
            yield Line(
                name, investor, amount, _TRADES[3 if plant else n % 9], _ORIGINS[n % 4], days
            )

    def _last_year(self) -> Iterator[Line]:
        """Twenty-four signed last year: 21 of 100 million and more, 9.203 billion together."""
        top = [Decimal(12), Decimal("10.3"), Decimal(8)]
        rest = split(Decimal("92.03") - sum(top), 18, Decimal(1))
        for n, amount in enumerate([*top, *rest, Decimal("0.8"), Decimal("0.6"), Decimal("0.5")]):
            days = {"signed": self._of_year(1, n / 24)} | self._built(18 + n, n / 60)
            yield Line(
                _named(18 + n), f"示例投资方{18 + n}", amount, _TRADES[n % 9], _ORIGINS[n % 4], days
            )

    def _built(self, n: int, part: float) -> dict[str, dt.date]:
        """Started and completed this year; the first 32 produce."""
        days = {"started": self.day(part), "completed": self.day(0.5 + part / 2)}
        return days | ({"in_production": self.day(0.75 + part / 4)} if n < 32 else {})

    def _this_year(self) -> Iterator[Line]:
        """Seventeen of the nineteen signed this year; the battery plant and the dam come apart."""
        primary = [(_TRADES[4], one) for one in split(Decimal("8.3"), 3, Decimal(1))]
        secondary = [
            (_TRADES[n % 4], one) for n, one in enumerate(split(Decimal(25), 10, Decimal(1)))
        ]
        tertiary = [
            (_TRADES[6 + n % 3], one) for n, one in enumerate(split(Decimal(17), 4, Decimal(2)))
        ]
        for n, (trade, amount) in enumerate([*primary, *secondary, *tertiary]):
            days = {"signed": self.day(n / 20)} | ({"started": self.day(0.9)} if n < 7 else {})
            yield Line(
                _named(42 + n, trade), f"示例投资方{42 + n}", amount, trade, _ORIGINS[n % 4], days
            )

    def _reserve(self) -> Iterator[Line]:
        """Eighty-five in the reserve, 19.737 billion; the first 42 ask for funds: 5.82 billion."""
        asking = split(Decimal("58.2"), 42, Decimal("0.3"))
        others = split(Decimal("197.37") - Decimal("58.2"), 43, Decimal("0.5"))
        for n, amount in enumerate([*asking, *others]):
            kind = _RESERVE[n % 5]
            yield Line(
                f"示例{kind}储备项目{n + 1}", "示例建设业主", amount,
                _TRADES[n % 9], "省内", {"reserve": self._of_year(1, n / 90)}, kind,
            )  # fmt: skip

    def _row(self, line: Line, park: str, unit: str) -> list[Any]:
        code, sector, what = line.trade
        starts = line.days.get("started", self.today + dt.timedelta(days=60))
        return [
            line.name, line.investor, line.amount, code, sector, line.origin, park, unit,
            f"{line.category or what}（示例）", starts, starts + dt.timedelta(days=400),
            *(line.days.get(stage) for stage in STAGES),
        ]  # fmt: skip


def split(total: Decimal, count: int, least: Decimal) -> list[Decimal]:
    """Return so many rising amounts that add up to a total, each no less than the least."""
    free, parts = total - least * count, count * (count + 1) // 2
    step = Decimal("0.01")
    amounts = [least + (free * (n + 1) / parts).quantize(step, "ROUND_DOWN") for n in range(count)]
    amounts[-1] += total - sum(amounts)
    return amounts


def _named(n: int, trade: tuple[str, str, str] | None = None) -> str:
    return f"示例{(trade or _TRADES[n % 9])[2]}项目{n + 1}"
