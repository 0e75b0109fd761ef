"""Folding joins lines and never loses where a character came from."""

from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.reading.pages.folding import fold, plain

_PAGE = st.text(alphabet="示例区产值12３．５,，%％（） \u3000\n亿元GDPab", max_size=80)


@given(_PAGE)
def test_making_plain_keeps_the_length(page: str) -> None:
    assert len(plain(page)) == len(page)


@given(_PAGE)
def test_every_character_knows_its_place(page: str) -> None:
    text = plain(page)
    folded = fold(text, [[(0, len(text))]])
    assert len(folded.at) == len(folded.text)
    inside = folded.text.rstrip("\n")
    for character, place in zip(inside, folded.at, strict=False):
        assert character in (text[place], " ")


def test_marks_and_digits_become_plain() -> None:
    assert plain("增长２３．５％,约1,200家(示例)") == "增长23.5%，约1,200家（示例）"


def test_a_number_split_over_lines_is_whole_again() -> None:
    page = "实现产值77.7\n亿元，入驻 320 余家"
    end = page.index("\n")
    folded = fold(page, [[(0, end), (end + 1, len(page))]])
    assert folded.text == "实现产值77.7亿元，入驻320余家\n"
    start = folded.text.index("77.7亿元")
    assert page[slice(*folded.raw_span(start, start + 6))] == "77.7\n亿元"


def test_two_numbers_that_meet_stay_two() -> None:
    folded = fold("2023\n12家", [[(0, 4), (5, 8)]])
    assert folded.text == "2023 12家\n"


def test_a_number_begun_at_the_end_of_a_line_goes_on() -> None:
    page = "累计代办事项 34\n60 件"
    end = page.index("\n")
    assert fold(page, [[(0, end), (end + 1, len(page))]]).text == "累计代办事项3460件\n"
