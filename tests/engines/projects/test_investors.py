"""Who may be the same investor, and who only looks like it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.identity.names import NameSplitter
from openzone.engines.projects.investors import Keys, Why, alike, compare, keys

SPLIT = NameSplitter({"江苏省": ("320000",), "江苏": ("320000",), "宁波": ("330200",)})
CODE, OTHER = "91320000MA1ABCDE1X", "91330200MA2ABCDE2Y"


def of(name: str, group: str = "", code: str | None = None) -> Keys:
    return keys(SPLIT, name, group, code)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (of("甲公司", code=CODE), of("乙公司", code=CODE), (Why.CODE,)),
        (of("江苏恒川电子有限公司"), of("江苏 恒川电子 有限公司"), (Why.NAME,)),
        (of("江苏恒川电子有限公司"), of("宁波恒川电子股份有限公司"), (Why.BRAND,)),
        (of("江苏恒川电子有限公司", "恒川集团"), of("宁波明达材料有限公司", "恒川"), (Why.GROUP,)),
        (of("恒川集团有限公司"), of("宁波明达材料有限公司", "恒川集团"), (Why.GROUP,)),
        (of("江苏恒川电子有限公司"), of("宁波明达材料有限公司"), ()),
        (of("甲"), of("乙"), ()),
    ],
)
def test_two_investors_are_compared(one: Keys, other: Keys, why: tuple[Why, ...]) -> None:
    assert compare(one, other) == why
    assert compare(other, one) == why


def test_the_same_code_comes_first_and_another_code_is_said() -> None:
    asked = of("江苏恒川电子有限公司", "恒川集团", CODE)
    found = alike(
        asked,
        [
            (1, of("宁波恒川电子有限公司", "", OTHER)),
            (2, of("宁波明达材料有限公司", "恒川集团")),
            (3, of("江苏恒川电子有限公司")),
            (4, of("旧名有限公司", "", CODE)),
            (5, of("别家有限公司")),
        ],
    )
    assert [one.id for one in found] == [4, 3, 1, 2]
    assert [one.certain for one in found] == [True, False, False, False]
    assert [one.other_code for one in found] == [False, False, True, False]


@given(st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=200)
def test_everybody_resembles_themselves_and_no_empty_key_does(name: str, group: str) -> None:
    found = of(name, group)
    assert (Why.NAME in compare(found, found)) == bool(found.name)
    assert compare(found, Keys("", "", "", "")) == ()
