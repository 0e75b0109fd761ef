"""When figures hold: reports and bulletins by their titles and headings, 全年, times to come."""

import pytest

from openzone.engines.reading.pages.dates import PageDate
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.reader import read_page

BULLETIN = """示例县2022年国民经济和社会发展统计公报
一、综合
全年全县地区生产总值312.7亿元，比上年增长4.6%。
二、工业
规模以上工业企业186家。其中，今年一季度新增企业3家。
"""
REPORT = """示例高新区工作报告
一、2024年工作回顾
全区实现地区生产总值138.6亿元。
二、2025年主要预期目标
固定资产投资增长11%左右。
三、保障措施
组建工作专班12个。
"""


def times(text: str, lexicon: Lexicon, date: PageDate) -> dict[float | str, str | None]:
    facts = read_page(text, lexicon, date).facts
    return {one.value: one.period for one in facts if one.source == "fact"}


def test_the_title_of_a_bulletin_tells_its_year(lexicon: Lexicon) -> None:
    found = times(BULLETIN, lexicon, PageDate(2023, 3))
    assert found == {31_270_000_000: "2022", 186: "2022", 3: "2023-01/2023-03"}


def test_headings_of_a_report_tell_the_time_of_their_parts(lexicon: Lexicon) -> None:
    found = times(REPORT, lexicon, PageDate(2025, 1))
    assert found == {13_860_000_000: "2024", 11: "2025", 12: None}


def test_a_title_of_news_tells_no_time(lexicon: Lexicon) -> None:
    page = "2022年示例县项目开工\n示例县规模以上工业企业186家。\n"
    assert times(page, lexicon, PageDate(2023, 3))[186] is None


@pytest.mark.parametrize(
    ("text", "date", "period"),
    [
        ("1—12月，示例区产值3亿元。", PageDate(2025, 1), "2024-01/2024-12"),
        ("今年前5个月，示例区产值3亿元。", PageDate(2025, 2), "2025-01/2025-05"),
        ("1—12月，示例区产值3亿元。", PageDate(2024, 12), "2024-01/2024-12"),
        ("去年，示例区发展加快。全年产值3亿元。", PageDate(2025, 5), "2024"),
        ("去年，示例区新增企业8家，全年产值3亿元。", PageDate(2025, 5), "2024"),
        ("全年，示例区产值3亿元。", PageDate(2025, 1), None),
        (
            "今年前5个月，示例区签约项目9个。其中，甲县产值3亿元。",
            PageDate(2025, 7),
            "2025-01/2025-05",
        ),
        ("今年前5个月，产值2亿元。示例公司有3亿元。", PageDate(2025, 7), "2025-01/2025-05"),
        ("7月2日，示例区开工。当天，签约金额3亿元。", PageDate(2025, 7), "2025-07-02"),
        ("截至12月底，示例区产值3亿元。", PageDate(2025, 5), "2025-12"),
        ("今年上半年，示例区产值2亿元；投产以来，产值3亿元。", PageDate(2025, 7), None),
        ("示例区产值2亿元，比上年增长1%，新厂产值3亿元。", PageDate(2025, 7), None),
    ],
)
def test_times_are_told_as_they_are_meant(
    lexicon: Lexicon, text: str, date: PageDate, period: str | None
) -> None:
    assert times(text, lexicon, date)[300_000_000] == period
