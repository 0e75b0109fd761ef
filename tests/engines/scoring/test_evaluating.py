"""Evaluations against published bases, and the edges people argue about."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.scoring.evaluating import evaluate
from openzone.engines.scoring.model import (
    Cut,
    Entry,
    Group,
    Indicator,
    Missing,
    Rounding,
    Scheme,
    Ties,
)
from openzone.engines.text import Text
from openzone.packs.scoring import scoring_files, scoring_pack

MU = Decimal(2000) / 3
LABEL = Text("项", "item")


def at_base(pack: str, times: Decimal = Decimal(1)) -> dict[str, Decimal]:
    """The figures of an enterprise of 10 mu that stands exactly at the bases, or so many times."""
    bases = {one.id: one.base for one in scoring_pack(pack, None).groups[0].indicators}
    added = bases["added_per_mu"] * 10 * 10_000
    revenue = Decimal(100_000_000)
    return {
        "land": 10 * MU,
        "tax": bases["tax_per_mu"] * 10 * 10_000 * times,
        "value_added": added * times,
        "energy": added / 10_000 / bases["added_per_energy"],
        "emissions": added / 10_000 / bases["added_per_emission"],
        "employees": added / 10_000 / bases["productivity"],
        "revenue": revenue,
        "rd_expense": revenue * bases["rd_share"] * times,
    }


@pytest.mark.parametrize("pack", ["huangyan_2021", "huangyan_2022"])
def test_who_stands_at_every_base_has_a_hundred_points(pack: str):
    scheme = scoring_pack(pack, None).scheme
    one, two = evaluate(scheme, [
        Entry("a", "甲", "above", at_base(pack)),
        Entry("b", "乙", "above", at_base(pack, Decimal("0.5"))),
    ])  # fmt: skip
    assert one.score is not None
    assert two.score is not None
    assert round(one.score, 10) == 100
    assert round(two.score, 10) == 50
    assert (one.rank, two.rank, one.of) == (1, 2, 2)


def test_without_emissions_the_item_gets_the_average():
    scheme = scoring_pack("huangyan_2022", None).scheme
    full = at_base("huangyan_2022")
    part = {k: v for k, v in full.items() if k != "emissions"}
    one, two = evaluate(scheme, [Entry("a", "甲", "above", full), Entry("b", "乙", "above", part)])
    emission = next(i for i in two.items if i.indicator.id == "added_per_emission")
    assert emission.averaged
    assert round(emission.points, 10) == 10
    assert round(two.score, 10) == round(one.score, 10) == 100


def test_what_else_is_missing_leaves_no_score_and_is_named():
    scheme = scoring_pack("huangyan_2022", None).scheme
    values = at_base("huangyan_2022")
    del values["rd_expense"]
    (found,) = evaluate(scheme, [Entry("a", "甲", "above", values)])
    assert (found.score, found.rank) == (None, None)
    assert "R&D" in found.reason.zh


@pytest.mark.parametrize("land", [None, Decimal(0)])
def test_without_land_nobody_is_evaluated(land: Decimal | None):
    values = at_base("huangyan_2022") | ({"land": land} if land is not None else {})
    if land is None:
        del values["land"]
    (found,) = evaluate(
        scoring_pack("huangyan_2022", None).scheme, [Entry("a", "甲", "above", values)]
    )
    assert (found.score, "用地" in found.reason.zh) == (None, True)


def simple(
    cuts: tuple[Cut, ...] = (), rounding: Rounding = Rounding.HALF_UP, ties: Ties = Ties.BETTER,
    cap: Decimal | None = None, missing: Missing = Missing.UNKNOWN,
) -> Scheme:  # fmt: skip
    item = Indicator("x", LABEL, Decimal(100), "x", None, Decimal(10), missing=missing)
    return Scheme({"g": Group("g", LABEL, (item,), cap)}, "land", cuts, rounding, ties, "D")


def entries(*values: float, **more: str) -> list[Entry]:
    return [
        Entry(str(n), str(n), "g", {"x": Decimal(str(v))}, **more) for n, v in enumerate(values)
    ]


def cuts(*shares: str) -> tuple[Cut, ...]:
    return tuple(
        Cut(name, LABEL, Decimal(share)) for name, share in zip("ABCD", shares, strict=False)
    )


HUAIAN = cuts("0.20", "0.60", "0.95", "1")
CITY = cuts("0.25", "0.70", "0.95", "1")


@pytest.mark.parametrize(
    ("shares", "size", "counts"),
    [
        (HUAIAN, 100, (20, 40, 35, 5)),
        (CITY, 100, (25, 45, 25, 5)),
        (HUAIAN, 20, (4, 8, 7, 1)),
        (HUAIAN, 1, (0, 1, 0, 0)),
    ],
)
def test_classes_end_at_their_shares(shares: tuple[Cut, ...], size: int, counts: tuple[int, ...]):
    found = evaluate(simple(shares), entries(*range(size, 0, -1)))
    assert tuple(sum(one.class_ == name for one in found) for name in "ABCD") == counts


def test_who_stands_level_at_a_bound_goes_one_way_together():
    values = (9, 8, 8, 7, 6, 5, 4, 3, 2, 1)
    shares = cuts("0.2", "0.6", "0.95", "1")
    better = evaluate(simple(shares), entries(*values))
    assert [one.class_ for one in better][:4] == ["A", "A", "A", "B"]
    worse = evaluate(simple(shares, ties=Ties.WORSE), entries(*values))
    assert [one.class_ for one in worse][:4] == ["A", "B", "B", "B"]
    assert [one.rank for one in better][:4] == [1, 2, 2, 4]


def test_a_veto_is_the_last_class_whatever_the_score_and_keeps_its_rank():
    found = evaluate(
        simple(HUAIAN),
        [
            *entries(9, veto="重大安全事故"),
            *entries(1)[:0],
            Entry("z", "z", "g", {"x": Decimal(1)}),
        ],
    )
    assert (found[0].class_, found[0].rank) == ("D", 1)


def test_who_is_not_suitable_is_left_out_of_the_count():
    found = evaluate(
        simple(HUAIAN),
        [*entries(5, 4), Entry("t", "t", "g", {"x": Decimal(9)}, unsuitable="公用事业")],
    )
    assert [one.of for one in found] == [2, 2, None]
    assert "公用事业" in found[2].reason.zh


def test_those_on_one_parcel_are_one_and_share_the_result():
    scheme = scoring_pack("huangyan_2022", None).scheme
    whole = at_base("huangyan_2022")
    half = {name: value / 2 for name, value in whole.items()}
    pair = [Entry(n, n, "above", half, parcel="P1") for n in ("a", "b")]
    one, two, three = evaluate(
        scheme, [*pair, Entry("c", "c", "above", at_base("huangyan_2022", Decimal(2)))]
    )
    assert round(one.score, 8) == round(two.score, 8) == 100
    assert (one.shared_with, one.rank, one.of, three.rank) == (("b",), 2, 2, 1)


def test_an_item_is_capped_where_the_scheme_says_so_and_never_below_its_floor():
    (high,) = evaluate(simple(cap=Decimal("1.5")), entries(100))
    (low,) = evaluate(simple(), entries(-5))
    assert (high.score, low.score) == (150, 0)


def test_points_by_decision_are_added():
    (found,) = evaluate(simple(), [Entry("a", "甲", "g", {"x": Decimal(10)}, adjust=Decimal(-3))])
    assert found.score == 97


@given(st.lists(st.integers(0, 20), min_size=1, max_size=12))
def test_a_better_figure_never_ranks_or_classes_worse(values: list[int]):
    found = evaluate(simple(HUAIAN), entries(*values))
    order = "ABCD"
    for one in found:
        for other in found:
            if one.entry.values["x"] > other.entry.values["x"]:
                assert one.rank < other.rank
                assert order.index(one.class_) <= order.index(other.class_)


def test_every_scheme_that_is_shipped_can_be_read():
    assert {name: scoring_pack(name, None).id for name in scoring_files(None)} == {
        name: name for name in scoring_files(None)
    }


@pytest.mark.parametrize("places", [4, 6])
def test_divisions_do_not_part_those_who_stand_level(places: int) -> None:
    """Areas of mu are cut off: 10 mu with ten times the taxes of 1 mu stand level with it."""
    scheme = scoring_pack("huangyan_2022", None).scheme
    found = evaluate(
        scheme,
        [
            Entry(str(mu), "", "below", {
                "land": round(mu * Decimal(2000) / 3, places), "tax": mu * Decimal(115932),
                "electricity": mu * Decimal(115932) / Decimal("0.2352"),
            })
            for mu in (1, 3, 7, 10)
        ],
    )  # fmt: skip
    assert {(one.rank, one.score) for one in found} == {(1, Decimal(100))}
    assert {round(one.items[0].value, 20) for one in found} == {Decimal("11.5932")}


def test_an_area_that_was_given_in_square_metres_stays_as_it_is() -> None:
    scheme = scoring_pack("huangyan_2022", None).scheme
    values = {"land": Decimal("12345.678"), "tax": Decimal(10**6), "electricity": Decimal(10**6)}
    (found,) = evaluate(scheme, [Entry("1", "", "below", values)])
    assert round(found.items[0].value, 15) == round(Decimal(100 * 2000) / 3 / values["land"], 15)
