import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.identity.ngrams import NgramIndex

TEXTS = ["深圳大族激光科技", "昆山龙腾光电", "邛崃紫宸科技", "宝鸡百鑫钛业"]


@pytest.mark.parametrize(
    ("query", "position"), [("大族激光", 0), ("龙腾", 1), ("紫宸科技", 2), ("鑫钛", 3)]
)
def test_the_nearest_text_comes_first(query: str, position: int) -> None:
    assert NgramIndex(TEXTS).search(query, 3)[0] == position


def test_rare_characters_weigh_more_than_common_ones() -> None:
    index = NgramIndex(["甲科技", "乙科技", "丙科技", "丁紫宸"])
    assert index.search("紫科技", 4)[0] in {0, 1, 2}
    assert index.search("紫宸科技", 4)[0] == 3


def test_texts_that_share_nothing_are_not_returned() -> None:
    assert list(NgramIndex(TEXTS).search("乌鲁木齐", 4)) == []


@pytest.mark.parametrize("texts", [[], [""], ["", ""]])
def test_empty_texts_are_no_trouble(texts: list[str]) -> None:
    assert list(NgramIndex(texts).search("紫宸", 3)) == []


characters = st.text("甲乙丙丁戊己", min_size=1, max_size=6)


@given(st.lists(characters, min_size=1, max_size=20, unique=True), st.data())
def test_a_text_finds_itself(texts: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(texts))
    assert texts.index(text) in NgramIndex(texts).search(text, len(texts))


@given(st.lists(characters, min_size=1, max_size=20), characters, st.integers(1, 8))
def test_results_share_a_character_are_distinct_and_within_the_limit(
    texts: list[str], query: str, limit: int
) -> None:
    found = NgramIndex(texts).search(query, limit)
    sharing = [i for i, text in enumerate(texts) if set(text) & set(query)]
    assert len(found) == min(limit, len(sharing))
    assert set(found.tolist()) <= set(sharing)
    assert len(np.unique(found)) == len(found)
