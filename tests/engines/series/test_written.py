"""Figures as the press prints them."""

from decimal import Decimal

import pytest

from openzone.engines.series.written import amount, gap, growth, place


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "zh"),
    [
        ("1930000000", "元", "", "19.3亿元"), ("15760000000", "元", "", "157.6亿元"),
        ("15900000", "美元", "", "1,590万美元"), ("350", "家", "余", "350余家"),
        ("20000000000", "元", "近", "近200亿元"), ("20000000000", "元", "余", "200余亿元"),
        ("88.68", "", "", "88.68"), ("9999", "元", "", "9,999元"),
        ("350", "家", "左右", "350家左右"), ("0", "元", "", "0元"), ("-50000", "元", "", "-5万元"),
    ],
)  # fmt: skip
def test_amounts(value, unit, qualifier, zh):
    assert amount(Decimal(value), unit, qualifier).zh == zh


def test_rates_and_english():
    assert amount(Decimal("0.96"), "", percent=True).zh == "96%"
    assert amount(Decimal("1930000000"), "元", "近").en == "nearly 1,930 million yuan"


def test_growth_and_gap_say_their_direction():
    assert [growth(Decimal(one)).zh for one in ("2.32", "-0.02", "0")] == [
        "增长232%", "下降2%", "持平",
    ]  # fmt: skip
    assert gap(Decimal("5.49"), seasonal=False).zh == "快于时间进度5.49个百分点"
    assert gap(Decimal("-20"), seasonal=True).zh == "慢于往年同期进度20个百分点"
    assert place(4).zh == "第4位"
