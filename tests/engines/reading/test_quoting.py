"""Quotes found on a page, numbers found in a quote, texts cut into marked pieces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.reading.comparing import Figure, Verdict, period_key, verdict
from openzone.engines.reading.marking import Quoted, left_out, pieces
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.quoting import in_base, parsed, places_of
from openzone.packs.reading import reading

PAGE = "示例高新区实现规上工业\n总产值19.3亿元，同比下降２２.8%。\n新增企业120家，新增企业120家。"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return reading(None)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("工业总产值19.3亿元", ["工业\n总产值19.3亿元"]),
        ("同比下降22.8%", ["同比下降２２.8%"]),
        ("新增企业120家", ["新增企业120家", "新增企业120家"]),
        ("新增企业121家", []),
        (" \n", []),
    ],
)
def test_a_quote_is_found_through_line_breaks_and_wide_digits(quote, found):
    assert [PAGE[one.start : one.end] for one in places_of(PAGE, quote)] == found


@pytest.mark.parametrize(
    ("value", "unit", "quote", "base"),
    [
        (19.3, "亿元", "产值19.3亿元", 1_930_000_000),
        (1_930_000_000, "元", "产值19.3亿元", 1_930_000_000),
        (19.3, "", "产值19.3亿元", None),
        (19.3, "万元", "产值19.3亿元", None),
        (19.4, "亿元", "产值19.3亿元", None),
        (-22.8, "%", "同比下降22.8%", 22.8),
        (2, "家", "引进两家企业", 2),
        (3, "位", "居全省第三", 3),
        (1, "位", "位列首位", 1),
        (320, "家", "320余家企业", 320),
    ],
)
def test_a_number_counts_only_if_it_is_read_from_the_quote(lexicon, value, unit, quote, base):
    found = parsed(value, unit, quote, lexicon)
    assert (found.value if found else None) == base


def test_numbers_are_kept_in_base_units(lexicon):
    assert in_base(8.2, "亿元", lexicon)[2:4] == (820_000_000, "元")
    assert in_base(7, "光年", lexicon)[2:4] == (7, "光年")


@settings(max_examples=50, deadline=None)
@given(
    st.text(st.sampled_from("甲乙，19。\n"), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=8),
)
def test_pieces_put_together_are_the_page_and_each_quote(page, places):
    quotes = [
        Quoted(n, start, min(len(page), start + length))
        for n, (start, length) in enumerate(places) if start < len(page)
    ]  # fmt: skip
    cut = pieces(page, (0, len(page)), quotes)
    assert "".join(one.text for one in cut) == page
    for one in quotes:
        assert "".join(p.text for p in cut if one.id in p.quotes) == page[one.start : one.end]
        assert sum(one.id in p.ending for p in cut) == 1


def test_what_no_paragraph_covers_is_left_out():
    assert left_out(10, [(2, 4), (3, 6)]) == [(0, 2), (6, 10)]


SAID = Figure(100.0, "元", "2025")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], Verdict.NEW),
        ([Figure(100.2, "元", "2025")], Verdict.AGREES),
        ([Figure(110, "元", "2025-01/2025-12")], Verdict.CONTRADICTS),
        ([Figure(110, "元", "2025", "flash")], Verdict.VINTAGE),
        ([Figure(110, "元", "2024"), Figure(110, "家", "2025")], Verdict.NEW),
        ([Figure(100, "元", "2025"), Figure(110, "元", "2025")], Verdict.CONTRADICTS),
    ],
)
def test_what_differs_weighs_more_than_what_agrees(known, expected):
    assert verdict(SAID, known) == expected


def test_a_fact_without_a_period_contradicts_nothing():
    assert verdict(Figure(1, "元", ""), [Figure(2, "元", "")]) == Verdict.NEW
    assert period_key("../2025-06") == "../2025-06"
