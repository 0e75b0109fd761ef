"""Values as people read them: amounts exact, unknown never a zero, both languages."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.facts.catalogue import Bilingual, FactType, PeriodKind, SeriesSpec
from openzone.engines.text import Text
from openzone.www import formats


def series(type_: FactType, **more: object) -> SeriesSpec:
    label = Bilingual(zh="标签", en="Label")
    return SeriesSpec.model_validate(
        {
            "name": "thing",
            "type": type_,
            "period": PeriodKind.NONE,
            "label": label,
            "source": label,
            "proof": label,
            **more,
        }
    )


@pytest.mark.parametrize(
    ("yuan", "written"),
    [
        (0, "0元"),
        (9_999, "9,999元"),
        (10_000, "1万元"),
        (-20_000_000, "-2,000万元"),
        (20_000_000, "2,000万元"),
        (19_999_999, "1,999.9999万元"),
        (400_000_000, "4亿元"),
        (399_999_000, "39,999.9万元"),
        (401_230_000, "4.0123亿元"),
        (Decimal("1234567.89"), "1,234,567.89元"),
    ],
)
def test_an_amount_is_written_exactly_so_that_a_near_miss_stays_a_miss(
    yuan: Decimal, written: str
) -> None:
    with translation.override("zh-hans"):
        assert formats.money(yuan) == written


@given(st.decimals(-(10**13), 10**13, places=2))
def test_no_digit_of_an_amount_is_ever_lost(yuan: Decimal) -> None:
    units = {"亿元": 100_000_000, "万元": 10_000, "元": 1}
    with translation.override("zh-hans"):
        written = formats.money(yuan)
    unit = next(unit for unit in units if written.endswith(unit))
    assert Decimal(written.removesuffix(unit).replace(",", "")) * units[unit] == yuan


@pytest.mark.parametrize(
    ("yuan", "chinese", "english"),
    [
        (123_456_789, "1.23亿元", "123.46 m"),
        (3_456_789, "346万元", "3.46 m"),
        (5_600, "5,600元", "5,600"),
    ],
)
def test_lists_show_amounts_short(yuan: int, chinese: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert formats.money_short(yuan) == chinese
    with translation.override("en"):
        assert formats.money_short(yuan) == english


@pytest.mark.parametrize(
    ("value", "written"),
    [(Decimal("0.03"), "3%"), (Decimal("0.03125"), "3.125%"), (1, "100%"), (0, "0%")],
)
def test_ratios_are_percentages(value: Decimal, written: str) -> None:
    assert formats.ratio(value) == written


@pytest.mark.parametrize(
    ("value", "type_", "chinese", "english"),
    [
        (None, FactType.NUMBER, "—", "—"),
        (Decimal(0), FactType.NUMBER, "0", "0"),
        (Decimal("12.50"), FactType.NUMBER, "12.5", "12.5"),
        (Decimal(30_000_000), FactType.YUAN, "3,000万元", "30,000,000 yuan"),
        (Decimal(500), FactType.AREA, "500 平方米", "500 m²"),
        (True, FactType.BOOL, "是", "Yes"),
        (False, FactType.BOOL, "否", "No"),
        (dt.date(2026, 4, 1), FactType.DATE, "2026-04-01", "2026-04-01"),
        ("C3841", FactType.CODE, "C3841", "C3841"),
    ],
)
def test_a_fact_is_written_as_its_type_wants(
    value: object, type_: FactType, chinese: str, english: str
) -> None:
    with translation.override("zh-hans"):
        assert formats.fact(value, series(type_)) == chinese
    with translation.override("en"):
        assert formats.fact(value, series(type_)) == english


def test_a_choice_is_written_with_its_label() -> None:
    spec = series(FactType.TEXT, choices={"none": {"zh": "无", "en": "None yet"}})
    with translation.override("zh-hans"):
        assert formats.fact("none", spec) == "无"
    with translation.override("en"):
        assert formats.fact("none", spec) == "None yet"


@pytest.mark.parametrize(
    ("kind", "first", "last", "written"),
    [
        (PeriodKind.YEAR, dt.date(2025, 1, 1), dt.date(2025, 12, 31), "2025年"),
        (PeriodKind.SPAN, dt.date(2024, 1, 1), dt.date(2025, 12, 31), "2024–2025年"),
        (PeriodKind.MOMENT, dt.date(2026, 3, 1), dt.date(2026, 3, 1), "2026-03-01"),
        (PeriodKind.NONE, None, None, "—"),
    ],
)
def test_the_period_a_value_speaks_of(
    kind: PeriodKind, first: dt.date, last: dt.date, written: str
) -> None:
    with translation.override("zh-hans"):
        assert formats.period(kind, first, last) == written


@pytest.mark.parametrize(
    ("known", "chinese", "english"),
    [
        (dt.date(2026, 11, 20), "今天", "today"),
        (dt.date(2026, 11, 19), "1 天前", "1 day ago"),
        (dt.date(2026, 10, 1), "50 天前", "50 days ago"),
        (dt.date(2026, 1, 1), "10 个月前", "10 months ago"),
        (dt.date(2023, 1, 1), "3 年前", "3 years ago"),
    ],
)
def test_ages_are_told_in_the_largest_unit_that_says_enough(
    known: dt.date, chinese: str, english: str
) -> None:
    with translation.override("zh-hans"):
        assert formats.age(known, dt.date(2026, 11, 20)) == chinese
    with translation.override("en"):
        assert formats.age(known, dt.date(2026, 11, 20)) == english


def test_a_sentence_follows_the_readers_language() -> None:
    sentence = Text("已满足", "met")
    with translation.override("zh-hans"):
        assert formats.say(sentence) == "已满足"
    with translation.override("en"):
        assert formats.say(sentence) == "met"
