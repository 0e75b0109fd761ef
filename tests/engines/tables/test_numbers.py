"""Numbers as Chinese accountants write them."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from openzone.engines.tables.numbers import Quantity, decimal_of, plain_decimal, read_quantity
from openzone.engines.tables.problems import Fault


def quantity(text: str) -> Quantity:
    found = read_quantity(text)
    assert isinstance(found, Quantity), found
    return found


def fault(text: str) -> str:
    found = read_quantity(text)
    assert isinstance(found, Fault), found
    return found.code


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", "1234.5"),
        ("1,234,567.89", "1234567.89"),
        ("12,3456,7890", "1234567890"),
        ("1 234 567", "1234567"),
        ("１，２３４．５０", "1234.5"),
        (" 320\u3000", "320"),
        ("\u200b320", "320"),
        ("00012", "12"),
        (".5", "0.5"),
        ("1e5", "100000"),
        ("0", "0"),
        ("-0", "0"),
        ("-5", "-5"),
        ("－５", "-5"),
        ("−5", "-5"),
        ("(1,234)", "-1234"),
        ("（1,234.5）", "-1234.5"),
        ("￥3,200.00", "3200"),
        ("¥-5", "-5"),
        ("+8", "8"),
    ],
)
def test_digits(text: str, amount: str) -> None:
    assert quantity(text) == Quantity(Decimal(amount))


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("3200万", "32000000", None),
        ("3.2亿元", "320000000", "元"),
        ("1亿2000万元", "120000000", "元"),
        ("1.5千万", "15000000", None),
        ("5百万元", "5000000", "元"),
        ("2万亿元", "2000000000000", "元"),
        ("2万5千", "25000", None),
        ("（1,234.5）万元", "-12345000", "元"),
        ("2.8万亩", "28000", "亩"),
        ("3万千瓦时", "30000", "千瓦时"),
        ("三亿两千万", "320000000", None),
        ("三百二十万元", "3200000", "元"),
        ("叁佰贰拾万元整", "3200000", "元"),
    ],
)
def test_multiples_inside_the_cell_are_multiplied_out(
    text: str, amount: str, unit: str | None
) -> None:
    found = quantity(text)
    assert found.amount == Decimal(amount)
    assert found.scaled
    assert (found.unit and found.unit.text) == unit


@pytest.mark.parametrize(
    ("text", "amount"),
    [("三百二十", "320"), ("十", "10"), ("一百零五", "105"), ("三点五", "3.5"), ("两千", "2000"),
     ("负五", "-5"), ("贰拾", "20"), ("二〇二四", "2024"), ("零", "0")],
)  # fmt: skip
def test_chinese_numerals(text: str, amount: str) -> None:
    assert quantity(text) == Quantity(Decimal(amount))


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [("3.5%", "3.5", "%"), ("３．５％", "3.5", "%"), ("百分之三点五", "3.5", "%"),
     ("千分之五", "5", "‰"), ("320人", "320", "人"), ("三百二十人", "320", "人"),
     ("500千瓦时", "500", "千瓦时"), ("15 亩", "15", "亩"), ("500美元", "500", "美元"),
     ("3.5个百分点", "3.5", "个百分点")],
)  # fmt: skip
def test_units_after_the_number(text: str, amount: str, unit: str) -> None:
    found = quantity(text)
    assert (found.amount, found.unit and found.unit.text) == (Decimal(amount), unit)
    assert not found.scaled


@pytest.mark.parametrize(
    ("text", "amount"),
    [("约3000万", "30000000"), ("大约 500", "500"), ("近2亿", "200000000"),
     ("超过2亿元", "200000000"), ("突破1亿元", "100000000"), ("3000余万元", "30000000"),
     ("3000多万", "30000000"), ("30余项", "30"), ("二十多人", "20"), ("3000万左右", "30000000"),
     ("3000万（约）", "30000000")],
)  # fmt: skip
def test_approximations_give_a_number_that_says_so(text: str, amount: str) -> None:
    found = quantity(text)
    assert found.amount == Decimal(amount)
    assert found.approx


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "number_unreadable"),
        ("1.2.3", "number_unreadable"),
        ("1,23", "number_unreadable"),
        ("1,234,56", "number_unreadable"),
        ("1亿5", "number_unreadable"),
        ("3000W", "number_unreadable"),
        ("约", "number_unreadable"),
        ("五十八同城", "number_unreadable"),
        ("3000-5000万", "number_range"),
        ("3000~5000", "number_range"),
        ("3千万至5千万", "number_range"),
        ("3000万以上", "number_bound"),
        ("≥5000万", "number_bound"),
        ("不足1亿", "number_bound"),
        ("数千万", "number_vague"),
        ("几百", "number_vague"),
        ("十几人", "number_vague"),
        ("nan", "not_finite"),
        ("-Infinity", "not_finite"),
        ("1" * 30, "number_too_long"),
        ("1e99", "number_too_long"),
        ("0.1234567890123456789012345678901", "number_too_long"),
    ],
)
def test_what_is_no_number_says_why(text: str, code: str) -> None:
    assert fault(text) == code


money = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


@given(money)
@example(Decimal("0.00"))
@example(Decimal("1000000.00"))
def test_every_spelling_of_an_amount_is_the_same_number(amount: Decimal) -> None:
    spellings = [
        f"{amount}",
        f"{amount:,}",
        f"¥{amount:,}",
        f" {amount:,} 元",
        full_width(f"{amount:,}"),
        f"{amount / 10_000:f}万",
        f"{amount / 10_000:f}万元",
        f"{amount / 10**8:f}亿元",
    ]
    assert {quantity(each).amount for each in spellings} == {amount}
    assert {quantity(each).amount for each in (f"-{amount}", f"({amount:,})")} == {-amount}


@given(st.integers(min_value=0, max_value=10**11))
def test_chinese_numerals_of_any_whole_number_are_read_back(number: int) -> None:
    import cn2an

    assert quantity(cn2an.an2cn(number)).amount == number


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_a_stored_float_means_what_excel_shows(number: float) -> None:
    assert f"{decimal_of(number):f}" == f"{Decimal(f'{number:.15g}'):f}"


def test_float_noise_is_not_kept() -> None:
    assert decimal_of(0.1 + 0.2) == Decimal("0.3")


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_kept_decimal_is_equal_and_written_plainly(number: Decimal) -> None:
    kept = plain_decimal(number)
    if kept is not None:
        assert kept == number
        assert "E" not in f"{kept:f}"


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert isinstance(read_quantity(text), Quantity | Fault)
