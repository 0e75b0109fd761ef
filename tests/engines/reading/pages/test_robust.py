"""Whatever a page is like, it is read, in time that grows with it, and offsets are exact."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.reader import read_page
from openzone.packs.reading import reading
from tests.engines.reading.pages.samples import COLUMNS, MARKDOWN, TRAILING

PIECES = (
    *MARKDOWN.splitlines(keepends=True),
    *COLUMNS.splitlines(keepends=True),
    *TRAILING.splitlines(keepends=True),
    "\r\n",
    "\u2028",
    "\x0c",
    "\ufffd",
    "😀",
    "１２．５％",
    "第、第、",
    "（（",
    "最高可最高可",
    "目前目前",
    "由3个增至",
    "　",
)


def exact(page: str, lexicon: Lexicon) -> int:
    """Return how many facts a page gives, each a slice of it."""
    facts = read_page(page, lexicon).facts
    for fact in facts:
        assert fact.quote == page[fact.start : fact.end].replace("\r", "").replace("\n", "")
        assert 0 <= fact.start < fact.end <= len(page)
    return len(facts)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=40, deadline=None)
def test_offsets_are_exact_however_lines_are_shuffled(pieces: list[str]) -> None:
    exact("".join(pieces), reading())


@pytest.mark.parametrize(
    "piece",
    [
        "1234567890",
        "分别为5亿元、6亿元，",
        "前者5家，后者6家，",
        "他们有5家，我们有6家，",
        "投资5亿元的项目，占地5亩，",
        "其中5家。",
        "“我们去年产值5亿元",
        "总经理王某说，产值5亿元。",
        "最高可",
        "目前",
        "示例甲、",
        "示例甲高新区示例乙经开区",
        "今年前5个月增长3%，",
        "（示例）",
        "“",
        "《示例",
        "示例甲科技",
        "# 示例\n",
        "\n \n",
        "示例日报2023年7月10日",
    ],
)
def test_a_huge_line_of_one_thing_is_read(lexicon: Lexicon, piece: str) -> None:
    exact(piece * (30_000 // len(piece)), lexicon)


def test_a_page_without_any_mark_is_read(lexicon: Lexicon) -> None:
    line = "示例甲高新区完成产值3亿元增长5%签约项目4个" * 500
    assert exact(line, lexicon) > 500


def test_broken_bytes_leave_the_rest_readable(lexicon: Lexicon) -> None:
    data = bytearray(MARKDOWN.encode())
    chance = random.Random(7)
    for _ in range(5):
        data[chance.randrange(len(data))] = 0xFF
    assert exact(data.decode("utf-8", "replace"), lexicon) > 5
