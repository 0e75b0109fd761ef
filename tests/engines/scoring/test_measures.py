"""Differential prices: what each would pay, unknown use told apart from none."""

from decimal import Decimal

import pytest

from openzone.engines.rules.problems import PackError
from openzone.engines.scoring.measures import Measure, changed, simulate, totals
from openzone.engines.scoring.model import Entry, Scored
from openzone.engines.text import Text
from openzone.packs.scoring_measures import measures_files, measures_pack

LABEL = Text("用电", "power")
POWER = Measure("power", LABEL, "kwh", LABEL, {"D": Decimal("0.3"), "A": Decimal("-0.055")})


def scored(name: str, class_: str | None, treated_as: str | None = None) -> Scored:
    return Scored(Entry(name, name, "g"), class_=class_, treated_as=treated_as)


FOUND = [scored("a", "A"), scored("b", "B"), scored("d", "D"), scored("e", "D"), scored("n", None)]
USE = {"a": {"kwh": Decimal(101)}, "d": {"kwh": Decimal(1000)}}


def test_each_pays_by_its_class_and_who_has_no_figure_is_told() -> None:
    charges = simulate([POWER], FOUND, USE)
    amounts = [one.amount for one in charges]
    assert amounts == [Decimal("-5.56"), 0, 300, None, None]  # -5.555, half up away from zero
    assert charges[3].reason.zh == "缺少用电"
    assert charges[4].reason.zh == "没有类别"


def test_sums_leave_out_the_unknown_and_name_it() -> None:
    total = totals(simulate([POWER], FOUND, USE))
    assert (total["power", "D"].amount, total["power", "D"].unknown) == (300, ["e"])
    assert (total["power", "B"].amount, total["power", "B"].count) == (0, 1)


def test_who_is_treated_as_a_class_pays_as_it() -> None:
    (charge,) = simulate([POWER], [scored("d", None, "D")], USE)
    assert (charge.class_, charge.amount) == ("D", 300)


def test_two_evaluations_differ_where_a_class_does() -> None:
    after = [*FOUND[:1], scored("b", "C"), *FOUND[2:]]
    assert [(one.class_, two.class_) for one, two in changed(FOUND, after)] == [("B", "C")]


def test_what_is_shipped_can_be_read_and_is_marked_an_example() -> None:
    (name,) = measures_files(None)
    pack = measures_pack(name, None)
    assert (pack.verified, [one.measure.id for one in pack.measures]) == (
        "K", ["electricity", "water", "land_tax"],
    )  # fmt: skip
    with pytest.raises(PackError):
        measures_pack("nothing", None)
