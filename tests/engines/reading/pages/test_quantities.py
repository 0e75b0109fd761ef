"""Quantities: the number, its unit in base units, and what makes it approximate."""

import pytest

from openzone.engines.reading.pages.folding import plain
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.quantities import quantities


@pytest.mark.parametrize(
    ("text", "value", "unit", "approx"),
    [
        ("完成GDP108.8亿元", 10_880_000_000, "元", ""),
        ("入驻企业320余家", 320, "家", "余"),
        ("辐射3000多万亩", 30_000_000, "亩", "多"),
        ("发送40余万人次", 400_000, "人次", "余"),
        ("规划30.73平方公里", 30_730_000, "平方米", ""),
        ("产能可达8GWh", 8_000_000_000, "瓦时", "可达"),
        ("总投资近亿元", 100_000_000, "元", "近"),
        ("产值突破千亿元", 100_000_000_000, "元", "突破"),
        ("两家企业", 2, "家", ""),
        ("上百家企业", 100, "家", "上"),
        ("98%以上企业", 98, "%", "以上"),
        ("比重达百分之十二", 12, "%", ""),
        ("集聚了近四分之一的人才", 25, "%", "近"),
        ("“六成的毛坯本地配套", 60, "%", ""),
        ("税收30.6万元/亩", 306_000, "元/亩", ""),
        ("超过１２００人", 1200, "人", "超过"),
        ("其中一半是老客户", 50, "%", ""),
        ("有半数以上的企业", 50, "%", "以上"),
        ("分两期建设", 2, "期", ""),
        ("飞行6.3万架次", 63_000, "架次", ""),
        ("投资1590万美元", 15_900_000, "美元", ""),
    ],
)
def test_quantities_are_read_in_base_units(
    lexicon: Lexicon, text: str, value: float, unit: str, approx: str
) -> None:
    (one,) = quantities(plain(text), lexicon, [])
    assert (one.value, one.unit, one.approx) == (value, unit, approx)


@pytest.mark.parametrize("text", ["8.5亿元至10亿元", "8.5-10亿元", "8.5亿—10亿元"])
def test_a_range_keeps_its_lower_end(lexicon: Lexicon, text: str) -> None:
    (one,) = quantities(plain(text), lexicon, [])
    assert (one.value, one.upper) == (850_000_000, 1_000_000_000)


@pytest.mark.parametrize(
    "text", ["一个部门", "九分之十", "“六个一批”", "三次产业", "一家人", "跟两元", "另一半"]
)
def test_words_that_count_nothing_are_no_quantities(lexicon: Lexicon, text: str) -> None:
    assert quantities(text, lexicon, []) == []


def test_dates_are_left_alone(lexicon: Lexicon) -> None:
    assert quantities("7月2日", lexicon, [(0, 4)]) == []
