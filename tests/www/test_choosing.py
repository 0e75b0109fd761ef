"""What a reviewer chooses from, and which shares a form means; no database is asked."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from openzone.www.chains.choosing import Choice, choice_of, marked, parts_of
from openzone.zone.chains.models import Placement, PlacementProposal
from openzone.zone.errors import Refused

HALF = Decimal("0.5")
MOST, LEAST = Decimal("0.75"), Decimal("0.25")


def evidence(word: str, kind: str = "product", counts: float = 0.5) -> list[dict[str, object]]:
    return [{"kind": kind, "phrase": word, "word": word, "counts": counts}]


def choice(*held: Placement, kind: str = "product") -> Choice:
    proposal = PlacementProposal(
        chain="a", node="x", score=0.6, evidence=evidence("正极", kind, 0.3),
        alternatives=[{"node": "y", "score": 0.2, "evidence": evidence("电芯", kind, 0.1)}],
    )  # fmt: skip
    return choice_of(proposal, held)


def elsewhere(score: float | None = None) -> Placement:
    return Placement(chain="b", node="z", share=Decimal(1), score=score)


def test_options_have_the_numbers_of_the_keys():
    assert [(one.number, one.key) for one in choice().options] == [(1, ("a", "x")), (2, ("a", "y"))]


@pytest.mark.parametrize(
    ("sent", "parts"),
    [
        ("pick=2", {("a", "y"): 1}),
        ("pick=1&also_2=on&way=equal", {("a", "x"): HALF, ("a", "y"): HALF}),
        ("pick=1&also_2=on&way=score", {("a", "x"): MOST, ("a", "y"): LEAST}),
        ("pick=1&also_2=on&way=revenue", {("a", "x"): MOST, ("a", "y"): LEAST}),
        ("pick=1&also_2=on&way=own&share_1=70%25&share_2=30",
         {("a", "x"): Decimal("0.7"), ("a", "y"): Decimal("0.3")}),
    ],
)  # fmt: skip
def test_a_form_means_these_shares(sent, parts):
    assert parts_of(choice(), QueryDict(sent)) == parts


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        ("", "请选择环节"),
        ("pick=9", "请选择环节"),
        ("pick=1&also_2=on", "如何分配"),
        ("pick=1&way=own&share_1=alot", "不是百分数"),
        ("pick=1&way=moon", "不适用"),
    ],
)
def test_a_form_that_says_too_little_is_refused(sent, word):
    with pytest.raises(Refused, match=word):
        parts_of(choice(), QueryDict(sent))


def test_a_firm_that_stands_elsewhere_is_shared_out_or_leaves():
    held = choice(elsewhere(0.6))
    with pytest.raises(Refused, match="如何分配"):
        parts_of(held, QueryDict("pick=1"))
    half = {("a", "x"): HALF, ("b", "z"): HALF}
    assert parts_of(held, QueryDict("pick=1&way=equal")) == half
    assert parts_of(held, QueryDict("pick=1&way=score")) == half
    assert parts_of(held, QueryDict("pick=1&drop_1=on")) == {("a", "x"): 1}
    with pytest.raises(Refused, match="不适用"):
        parts_of(choice(elsewhere()), QueryDict("pick=1&way=score"))


def test_revenue_is_offered_only_where_products_tell_it():
    assert choice().has_revenue
    assert not choice(kind="scope").has_revenue
    assert not choice(elsewhere()).has_revenue


def test_words_are_marked_where_they_stand_however_they_are_written():
    options = choice().options
    pieces = marked("高镍正极、方形电芯等", options)
    assert [(one.text, one.number) for one in pieces] == [
        ("高镍", 0), ("正极", 1), ("、方形", 0), ("电芯", 2), ("等", 0),
    ]  # fmt: skip
    assert "".join(one.text for one in marked("ＰＡＣＫ①正极", options)) == "ＰＡＣＫ①正极"
    assert marked("", options) == []
