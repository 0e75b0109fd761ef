"""What would lift an enterprise a class, item by item."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.scoring.evaluating import evaluate
from openzone.engines.scoring.lifting import lift
from openzone.engines.scoring.model import Cut, Entry, Group, Indicator, Scheme
from openzone.engines.text import Text

LABEL = Text("项", "item")
ITEMS = tuple(Indicator(n, LABEL, Decimal(50), n, None, Decimal(10)) for n in ("x", "y"))
CUTS = (Cut("A", LABEL, Decimal("0.5")), Cut("B", LABEL, Decimal(1)))
SCHEME = Scheme({"g": Group("g", LABEL, ITEMS, cap=Decimal("1.5"))}, cuts=CUTS, veto="B")


def entry(name: str, x: int, y: int, veto: str = "") -> Entry:
    return Entry(name, name, "g", {"x": Decimal(x), "y": Decimal(y)}, veto=veto)


def test_each_item_alone_and_its_way_to_the_next_class() -> None:
    found = evaluate(SCHEME, [entry("a", 10, 10), entry("b", 6, 10)])
    told = lift(SCHEME, found[1], found)
    assert (told.class_, told.points) == ("A", 20)
    assert [step.needed for step in told.steps] == [10, 14]


def test_where_the_cap_is_in_the_way_no_value_is_promised() -> None:
    found = evaluate(SCHEME, [entry("a", 15, 15), entry("b", 1, 15)])
    assert [step.needed for step in lift(SCHEME, found[1], found).steps] == [15, None]


def test_the_best_class_and_a_veto_have_no_next() -> None:
    found = evaluate(SCHEME, [entry("a", 10, 10), entry("b", 6, 10, "事故")])
    assert (lift(SCHEME, found[0], found), lift(SCHEME, found[1], found)) == (None, None)


def test_a_veto_in_a_better_class_is_no_bound() -> None:
    scheme = replace(SCHEME, veto="A")
    found = evaluate(
        scheme, [entry("a", 10, 10), entry("v", 1, 1, "x"), entry("b", 6, 6), entry("c", 5, 5)]
    )
    assert lift(scheme, found[3], found).points == 10


@given(st.lists(st.integers(1, 15), min_size=2, max_size=6))
def test_who_reaches_the_value_stands_level_with_the_class(values: list[int]) -> None:
    entries = [entry(str(n), value, 10) for n, value in enumerate(values)]
    found = evaluate(SCHEME, entries)
    for place, one in enumerate(found):
        told = lift(SCHEME, one, found)
        if told is None or told.steps[0].needed is None:
            continue
        raised = replace(entries[place], values=entries[place].values | {"x": told.steps[0].needed})
        again = evaluate(SCHEME, [*entries[:place], raised, *entries[place + 1 :]])
        assert again[place].class_ == told.class_
