"""Kinds and units of figures of links."""

from decimal import Decimal

import pytest

from openzone.engines.rules.problems import PackError
from openzone.packs.chain_figures import Reach, load_chain_figures
from openzone.packs.loading import NATIONAL

PACK = load_chain_figures(None)


@pytest.mark.parametrize(
    ("written", "unit"),
    [("万吨/年", "wt_year"), ("GWh", "gwh"), ("％", "percent"), ("亿元", "yi"), ("光年", None)],
)
def test_a_unit_is_found_as_it_is_written(written, unit):
    found = PACK.unit(written)
    assert (found.id if found else None) == unit


@pytest.mark.parametrize(
    ("value", "unit", "word", "reach"),
    [
        ("2", "wt", "", ("t", 20_000, 20_000)),
        ("10", "percent", "近", ("share", "0.09", "0.1")),
        ("60", "gwh", "突破", ("gwh", 60, 66)),
    ],
)
def test_a_word_says_where_the_true_value_lies(value, unit, word, reach):
    base, low, high = reach
    expected = Reach(base, Decimal(low), Decimal(high))
    assert PACK.reach(Decimal(value), unit, word) == expected


def test_a_word_or_unit_the_pack_does_not_know_reaches_nowhere():
    assert PACK.reach(Decimal(1), "光年", "") is None
    assert PACK.reach(Decimal(1), "t", "也许") is None


def test_every_kind_has_a_unit():
    assert all(PACK.units_of(kind) for kind in PACK.kinds)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("bases: [firms]", "bases: [moons]", "no unit of: moons"),
        ("id: rank,", "id: firms,", "more than once: firms"),
        ("better: lower", "better: sideways", "higher"),
    ],
)
def test_a_pack_that_contradicts_itself_is_refused(tmp_path, old, new, word):
    text = (NATIONAL / "chain_figures.yaml").read_text("utf-8")
    (tmp_path / "chain_figures.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PackError, match=word):
        load_chain_figures(tmp_path)
