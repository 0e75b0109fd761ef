"""Units as they are written in Chinese tables, each with its kind and its factor.

Money counts in yuan, area in m², ratios as decimals, energy in kWh. 15 亩 = 1 公顷 is the
customary conversion; the notice that fixes it was not read here.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

HECTARE = Decimal(10000)
MU = HECTARE / 15

PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: the text it was written as, what it measures, and its size in the kind's base.

    `base` is the size without a multiple such as 万, `multiple` the multiple itself:
    万亩 is base 10000/15 (m²) and multiple 10000.
    """

    text: str
    kind: str
    base: Decimal
    multiple: Decimal = Decimal(1)

    @property
    def factor(self) -> Decimal:
        """How many of the kind's base units one of these is."""
        return self.base * self.multiple


def _table(kind: str, sizes: dict[str, Decimal | int | str]) -> dict[str, tuple[str, Decimal]]:
    return {word: (kind, Decimal(size)) for words, size in sizes.items() for word in words.split()}


# Words are in the form `plain` gives: NFKC, lower case, no spaces (㎡ is m2, ％ is %).
WORDS: dict[str, tuple[str, Decimal]] = {
    **_table("yuan", {"元 圆 块 人民币 人民币元 元人民币 rmb cny yuan": 1, "角": "0.1"}),
    **_table("foreign", {"美元 美金 usd $ us$ 港元 港币 hkd 欧元 eur 日元 jpy 英镑 gbp 新台币": 1}),
    **_table("area", {"平方米 平米 平方 m2 sqm": 1, "亩 市亩 mu": MU, "公顷 ha hm2": HECTARE}),
    **_table("area", {"平方公里 平方千米 km2": 1_000_000}),
    **_table("ratio", {"% 百分比 百分率 percent pct": "0.01", "‰ 千分比 千分率": "0.001"}),
    **_table("points", {"个百分点 百分点": "0.01"}),
    **_table("kwh", {"千瓦时 千瓦小时 度 kwh kw.h kw·h": 1, "兆瓦时 mwh": 1000}),
    **_table("kwh", {"吉瓦时 gwh": 1_000_000, "瓦时 wh": "0.001"}),
    **_table("kw", {"千瓦 kw": 1, "兆瓦 mw": 1000, "吉瓦 gw": 1_000_000}),
    **_table("tce", {"吨标准煤 吨标煤 tce": 1, "千克标准煤 kgce": "0.001"}),
    **_table("tonne", {"吨 公吨 t": 1, "千克 公斤 kg": "0.001"}),
    **_table("m3", {"立方米 立方 方 m3": 1}),
    **_table("gj", {"吉焦 gj": 1}),
    **_table("year", {"年": 1}),
    **_table("month", {"个月 月": 1}),
    **_table("day", {"天 日 工作日": 1}),
    **_table(
        "count",
        {"人 名 位 个 件 项 家 户 台 套 辆 次 人次 篇 种 条 张 座 处 宗 分 只 支 批 家次 户次": 1},
    ),
}

# What a person may write in a table of ours, for suggestions.
EXPECTED: dict[str, str] = {
    "yuan": "元、万元、亿元",
    "area": "平方米、亩、公顷、平方公里",
    "ratio": "%",
    "kwh": "千瓦时、万千瓦时",
    "tce": "吨标准煤、万吨标准煤",
}

_DIGIT_WORDS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
# 千瓦, 千克, 千米 and 百分… begin words of their own, not multiples.
MULTIPLE = r"(?:[十万亿]|百(?!分)|千(?![瓦克米伏分]))"
_SCALED = re.compile(rf"({MULTIPLE}+)(.*)")
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def plain(text: str) -> str:
    """Full-width to half-width, lower case, every blank removed."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=256)
def multiple_of(word: str) -> Decimal:
    """The number a multiple such as 千万 stands for.

    >>> multiple_of("千万")
    Decimal('10000000')
    """
    return Decimal(10 ** sum(_DIGIT_WORDS[char] for char in word))


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """Read a unit such as 万元, 亩, ％, kWh; None for anything that is no unit.

    A bare multiple such as 万 is a unit of kind "any": 万 of whatever the column holds.

    >>> parse_unit("万元").factor
    Decimal('10000')
    """
    word = plain(text)
    if word in WORDS:
        return Unit(text.strip(), *WORDS[word])
    scaled = _SCALED.fullmatch(word)
    if scaled is None:
        return None
    if scaled[2] == "":
        return Unit(text.strip(), "any", Decimal(1), multiple_of(scaled[1]))
    if scaled[2] not in WORDS or WORDS[scaled[2]][0] in ("ratio", "points"):
        return None
    return Unit(text.strip(), *WORDS[scaled[2]], multiple_of(scaled[1]))


@lru_cache(maxsize=256)
def kind_of(field_type: str, field_unit: str | None) -> str:
    """What a field of this type and unit measures."""
    if field_type in ("yuan", "area", "ratio"):
        return field_type
    unit = parse_unit(field_unit or "")
    return unit.kind if unit else "count"


@lru_cache(maxsize=256)
def size_of(field_type: str, field_unit: str | None) -> Decimal:
    """The size of the unit a field is kept in; yuan, m² and decimals whatever the label says."""
    unit = None if field_type in ("yuan", "area", "ratio") else parse_unit(field_unit or "")
    return unit.factor if unit else Decimal(1)


def fits(unit: Unit, field_type: str, field_unit: str | None) -> bool:
    """Whether a unit measures what the field measures."""
    kind = kind_of(field_type, field_unit)
    if unit.kind == "any":
        return kind != "ratio"
    if field_unit is None and field_type == "number":
        return unit.kind in ("count", "year")
    return unit.kind == kind
