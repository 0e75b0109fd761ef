"""Dictionaries find the longest word at each place, also at the end of a text."""

from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.reading.pages.words import Words, spelled

WORDS = {"投资": 1, "固定资产投资": 2, "投产": 3, "投产运营": 4, "人": 5}


def test_the_longest_word_wins_and_hides_what_is_inside() -> None:
    found = [(hit.start, hit.end, hit.value) for hit in Words(WORDS).find("固定资产投资人投产")]
    assert found == [(0, 6, 2), (6, 7, 5), (7, 9, 3)]


def test_braces_hold_alternatives() -> None:
    assert list(spelled(["{规上,}工业{总,}产值"]))[-1] == "工业产值"
    assert len(list(spelled(["{a,b}{c,d}"]))) == 4


@given(st.text(alphabet="固定资产投产运营人，", max_size=30))
def test_every_word_found_stands_there(text: str) -> None:
    end = 0
    for hit in Words(WORDS).find(text):
        assert WORDS[text[hit.start : hit.end]] == hit.value
        assert hit.end > end
        end = hit.end
