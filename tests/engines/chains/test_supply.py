"""Suppliers found by what they make, with the reason, and shared out as far as they reach."""

import pytest

from openzone.engines.chains.supply import Match, Need, Offer, assign, matches

NEEDS = [
    Need("n1", "示例整车", "高压线束", 100),
    Need("n2", "示例电池", "锂电池铝壳结构件", 50, frozenset({"IATF16949"})),
]
OFFERS = [
    Offer("o1", "示例线束", "汽车高压线束", 60),
    Offer("o2", "示例连接", "高压连接器与线束", 80),
    Offer("o3", "示例结构", "锂电池结构件", 200, frozenset({"IATF16949"})),
    Offer("o4", "示例铝业", "锂电池铝壳", None),
    Offer("o5", "示例整车", "高压线束", 500),
    Offer("o6", "示例面包", "面包"),
]
HOW = {"most": 5, "least": 0.1, "same_node": 0.2}


def test_what_is_alike_is_found_with_the_words_both_use():
    found = matches(NEEDS, OFFERS, **HOW)
    first = [one.offer.id for one in found if one.need.id == "n1"]
    assert first == ["o1", "o2"]
    assert "线束" in found[0].reasons[0].zh
    assert "60%" in found[0].reasons[1].zh


def test_nobody_supplies_itself_and_a_certificate_must_be_there():
    pairs = {(one.need.id, one.offer.id) for one in matches(NEEDS, OFFERS, **HOW)}
    assert ("n1", "o5") not in pairs
    assert ("n2", "o3") in pairs
    assert ("n2", "o4") not in pairs


def test_the_same_node_adds_and_is_said():
    need, offer = Need("n", "甲", "铜箔", node="foil"), Offer("o", "乙", "电解铜箔", node="foil")
    (with_node,) = matches([need], [offer], **HOW)
    (without,) = matches([need], [offer], **(HOW | {"same_node": 0.0}))
    assert with_node.score > without.score
    assert any("foil" in reason.zh for reason in with_node.reasons)


def test_no_more_is_shared_out_than_is_needed_or_can_be_made():
    found = assign(matches(NEEDS, OFFERS, **HOW))
    taken = {(one.match.need.id, one.match.offer.id): one.quantity for one in found}
    assert taken["n1", "o1"] == 60  # the better fit first, as far as it reaches
    assert taken["n1", "o2"] == 40
    assert taken["n2", "o3"] == 50


def test_without_quantities_each_gets_one():
    needs = [Need("a", "甲", "铜箔"), Need("b", "乙", "铜箔")]
    offers = [Offer("x", "丙", "铜箔"), Offer("y", "丁", "锂电铜箔")]
    found = assign(matches(needs, offers, **HOW))
    assert {one.match.offer.id for one in found} == {"x", "y"}
    assert {one.quantity for one in found} == {None}


@pytest.mark.parametrize(("needs", "offers"), [([], OFFERS), (NEEDS, []), ([], [])])
def test_nothing_to_match_gives_nothing(needs: list[Need], offers: list[Offer]):
    found: list[Match] = matches(needs, offers, **HOW)
    assert (found, assign(found)) == ([], [])
