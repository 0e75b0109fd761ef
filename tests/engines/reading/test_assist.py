"""What of a language model's answer may be kept: only what stands on the page."""

import json
from typing import Any

import pytest

from openzone.engines.reading.assist import MOST, Asked, NoAnswerError, kept, messages
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.records import Fact
from openzone.packs.reading import reading

PAGE = (
    "头版\n示例高新区2025年实现规上工业总产值19.3\n亿元，同比下降2%。\n另一篇：示例市产值88亿元。"
)
END = PAGE.index("\n另一篇")
ASKED = Asked(PAGE, [(3, END)], "示例高新区稳中有进")
GOOD = {"subject": "示例高新区", "attribute": "industrial_output", "value": 19.3, "unit": "亿元",
        "period": "2025", "quote": "规上工业总产值１９.3亿元"}  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return reading(None)


def read(lexicon: Lexicon, *records: Any, known: tuple[Fact, ...] = ()) -> Any:
    return kept(json.dumps(records, ensure_ascii=False), ASKED, lexicon, "tiny", known)


def test_a_record_on_the_page_is_kept_with_our_own_number_and_place(lexicon):
    (fact,) = read(lexicon, GOOD).facts
    assert (fact.value, fact.unit, fact.period) == (1_930_000_000, "元", "2025")
    assert PAGE[fact.start : fact.end] == "规上工业总产值19.3\n亿元"
    assert (fact.rule, fact.confidence, fact.article) == ("model:tiny", 0.5, ASKED.headline)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"quote": "规上工业总产值20.3亿元"}, "quote"),
        ({"quote": "示例市产值88亿元", "value": 88}, "quote"),
        ({"quote": "高新区2025年实现规上工业总产值19.3亿元", "value": 20.3}, "number"),
        ({"unit": "万元"}, "number"),
        ({"attribute": "weather"}, "attribute"),
        ({"subject": "不在文中的园区"}, "subject"),
        ({"subject": ""}, "subject"),
        ({"value": "19.3"}, "shape"),
        ({"value": True}, "shape"),
        ({"value": 10**400}, "shape"),
        ({"quote": ["x"]}, "shape"),
        ({"quote": ""}, "shape"),
    ],
)
def test_everything_else_is_dropped_and_counted(lexicon, change, why):
    found = read(lexicon, GOOD | change)
    assert (found.facts, dict(found.dropped)) == ((), {why: 1})


@pytest.mark.parametrize(
    ("given", "period"),
    [
        ("2025-01/2025-06", "2025-01/2025-06"),
        ("2019", None),
        ("去年", None),
        (None, None),
        (7, None),
    ],
)
def test_a_period_counts_only_with_a_year_of_the_page(lexicon, given, period):
    (fact,) = read(lexicon, GOOD | {"period": given}).facts
    assert fact.period == period


def test_what_the_rules_read_there_is_not_told_twice(lexicon):
    (fact,) = read(lexicon, GOOD).facts
    assert dict(read(lexicon, GOOD, known=(fact,)).dropped) == {"known": 1}
    assert len(read(lexicon, GOOD, GOOD).facts) == 1


def test_there_is_a_most(lexicon):
    assert read(lexicon, *["x"] * (MOST + 3)).dropped == {"shape": MOST, "many": 3}


@pytest.mark.parametrize("answer", ["", "没有", "{}", "[{", "[" * 50_000, '"[]"x'[:1]])
def test_an_answer_without_records_is_none(lexicon, answer):
    with pytest.raises(NoAnswerError):
        kept(answer, ASKED, lexicon, "tiny")


def test_a_list_inside_prose_is_found(lexicon):
    answer = f"好的：\n```json\n{json.dumps([GOOD], ensure_ascii=False)}\n```"
    assert len(kept(answer, ASKED, lexicon, "tiny").facts) == 1


def test_only_the_article_is_sent():
    sent = json.dumps(messages(ASKED, {"gdp": "地区生产总值"}, ["示例高新区"]), ensure_ascii=False)
    assert "规上工业总产值19.3" in sent
    assert "另一篇" not in sent
    assert "头版" not in sent
