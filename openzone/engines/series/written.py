"""Figures in the words offices use: 19.3亿元, 近200亿元, 增长15.9%, 快于时间进度5.49个百分点."""

from collections.abc import Mapping
from decimal import Decimal

from openzone.engines.series.model import PERCENT, rounded
from openzone.engines.text import Text

WAN, YI = Decimal(10) ** 4, Decimal(10) ** 8
MILLION = Decimal(10) ** 6
BEFORE = frozenset({"近", "约", "超", "逾", "突破", "大约", "接近"})
"""Qualifiers that stand before the number; 余, 多, 左右 stand after it."""
QUALIFIERS: Mapping[str, str] = {
    "近": "nearly ", "接近": "nearly ", "约": "about ", "大约": "about ", "左右": "about ",
    "上下": "about ", "超": "over ", "逾": "over ", "余": "over ", "多": "over ",
    "突破": "over ",
}  # fmt: skip
UNITS: Mapping[str, str] = {
    "元": "yuan", "美元": "US dollars", "平方米": "m²", "千瓦时": "kWh", "人": "persons",
    "家": "firms", "个": "", "吨标准煤": "tce", "位": "", "分": "points",
}  # fmt: skip
SCALED = frozenset({"元", "美元", "千瓦时", "平方米", "吨标准煤"})
UP = Text("增长{n}%", "up {n} %")
DOWN = Text("下降{n}%", "down {n} %")
LEVEL = Text("持平", "unchanged")
AHEAD = Text("快于{time}{n}个百分点", "{n} points ahead of {time}")
BEHIND = Text("慢于{time}{n}个百分点", "{n} points behind {time}")
EVEN = Text("与{time}持平", "level with {time}")
LINEAR = Text("时间进度", "time")
SEASONAL = Text("往年同期进度", "the usual season")
PLACE = Text("第{n}位", "place {n}")


def plain(value: Decimal, places: int | None = None) -> str:
    """Write a number with separators, without zeros at its end."""
    exact = value if places is None else rounded(value, places)
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(
    value: Decimal, unit: str, qualifier: str = "", *, percent: bool = False, places: int = 4
) -> Text:
    """Write an amount in base units: yuan in 亿元 or 万元, as far as ``places`` decimals say it.

    >>> amount(Decimal("1930000000"), "元").zh
    '19.3亿元'
    >>> amount(Decimal(350), "家", "余").zh
    '350余家'
    """
    if percent or unit == "%":
        return _qualified(plain(value * PERCENT, places), "%", " %", qualifier)
    number, word = _scaled(value, unit, places)
    return Text(
        _qualified(number, word, "", qualifier).zh,
        QUALIFIERS.get(qualifier, "") + _english(value, unit, places),
    )


def growth(rate: Decimal) -> Text:
    """Write a growth (0.159) as it is published.

    >>> growth(Decimal("0.159")).zh
    '增长15.9%'
    """
    if rate == 0:
        return LEVEL
    return (UP if rate > 0 else DOWN).format(n=plain(abs(rate) * PERCENT, 2))


def gap(points: Decimal, *, seasonal: bool) -> Text:
    """Write by how many points a completion is ahead of time, or behind it."""
    form = AHEAD if points > 0 else BEHIND if points < 0 else EVEN
    time = SEASONAL if seasonal else LINEAR
    number = plain(abs(points), 2)
    return Text(form.zh.format(time=time.zh, n=number), form.en.format(time=time.en, n=number))


def place(rank: int) -> Text:
    """Write a place among others."""
    return PLACE.format(n=rank)


def _scaled(value: Decimal, unit: str, places: int) -> tuple[str, str]:
    size = abs(value)
    steps = ((WAN, "万"),) if unit == "美元" and size < YI * 10 else ((YI, "亿"), (WAN, "万"))
    for scale, word in steps if unit in SCALED else ():
        if size >= scale:
            return plain(value / scale, places), f"{word}{unit}"
    return plain(value, places), unit


def _english(value: Decimal, unit: str, places: int) -> str:
    word = UNITS.get(unit, unit)
    if unit in SCALED and abs(value) >= MILLION:
        return f"{plain(value / MILLION, places)} million {word}"
    return f"{plain(value, places)} {word}".strip()


def _qualified(number: str, zh: str, en: str, qualifier: str) -> Text:
    before = qualifier if qualifier in BEFORE else ""
    after = "" if qualifier in BEFORE else qualifier
    if after in ("左右", "上下"):
        said = f"{number}{zh}{after}"
    elif zh[:1] in "亿万" and zh and after:
        said = f"{number}{after}{zh}"
    else:
        said = f"{before}{number}{after}{zh}"
    return Text(said, f"{QUALIFIERS.get(qualifier, '')}{number}{en}")
