"""统计上大中小微型企业划分办法(2017): every limit of the table, from both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.packs.answers import ask

X, Y, Z = "employees", "revenue_y1", "total_assets_y1"
LEVELS = ("large", "medium", "small", "micro")
# Copied from the document: X persons, Y and Z in 万元; lower limits of large, medium and small.
TABLE: dict[str, dict[str, tuple[float, float, float]]] = {
    "A0111": {Y: (20000, 500, 50)},
    "B0610": {X: (1000, 300, 20), Y: (40000, 2000, 300)},
    "C3841": {X: (1000, 300, 20), Y: (40000, 2000, 300)},
    "D4411": {X: (1000, 300, 20), Y: (40000, 2000, 300)},
    "E4710": {Y: (80000, 6000, 300), Z: (80000, 5000, 300)},
    "F5111": {X: (200, 20, 5), Y: (40000, 5000, 1000)},
    "F5211": {X: (300, 50, 10), Y: (20000, 500, 100)},
    "G5411": {X: (1000, 300, 20), Y: (30000, 3000, 200)},
    "G5910": {X: (1000, 300, 20), Y: (30000, 3000, 200)},
    "G5990": {X: (200, 100, 20), Y: (30000, 1000, 100)},
    "G6010": {X: (1000, 300, 20), Y: (30000, 2000, 100)},
    "H6110": {X: (300, 100, 10), Y: (10000, 2000, 100)},
    "H6210": {X: (300, 100, 10), Y: (10000, 2000, 100)},
    "I6311": {X: (2000, 100, 10), Y: (100000, 1000, 100)},
    "I6510": {X: (300, 100, 10), Y: (10000, 1000, 50)},
    "K7010": {Y: (200000, 1000, 100), Z: (10000, 5000, 2000)},
    "K7020": {X: (1000, 300, 100), Y: (5000, 1000, 500)},
    "L7211": {X: (300, 100, 10), Z: (120000, 8000, 100)},
    "M7340": {X: (300, 100, 10)},
}


def scale(name: str) -> int:
    return 1 if name == X else 10_000


def at_limits(code: str, level: int) -> dict[str, object]:
    limits = {name: values[level] * scale(name) for name, values in TABLE[code].items()}
    return {"industry": code, **limits}


def by_each_indicator(facts: dict[str, float], code: str) -> str:
    """The other reading of the method: the lowest of the classes each indicator gives."""
    worst = 0
    for name, limits in TABLE[code].items():
        reached = [facts[name] >= limit * scale(name) for limit in limits]
        worst = max(worst, reached.index(True) if any(reached) else 3)
    return LEVELS[worst]


CELLS = [
    (code, level, name) for code, limits in TABLE.items() for level in range(3) for name in limits
]


@pytest.mark.parametrize("code", TABLE)
@pytest.mark.parametrize("level", range(3))
def test_reaching_every_limit_gives_the_class(code: str, level: int) -> None:
    assert ask("cn.size_class", at_limits(code, level)).value == LEVELS[level]


@pytest.mark.parametrize(("code", "level", "name"), CELLS)
def test_just_below_one_limit_drops_one_class(code: str, level: int, name: str) -> None:
    facts = at_limits(code, level)
    facts[name] = TABLE[code][name][level] * scale(name) - 1
    assert ask("cn.size_class", facts).value == LEVELS[level + 1]


@pytest.mark.parametrize(
    ("employees", "revenue", "value"),
    [
        (1000, 39999, "medium"),
        (999, 40000, "medium"),
        (1000, 40000, "large"),
        (20, 300, "small"),
        (20, 299.99, "micro"),
        (2000, 1500, "small"),
        (19, 5000, "micro"),
        (0, 0, "micro"),
    ],
)
def test_worked_examples_of_industry(employees: int, revenue: float, value: str) -> None:
    facts = {"industry": "C3841", X: employees, Y: revenue * 10_000}
    assert ask("cn.size_class", facts).value == value


def test_construction_with_few_assets_is_small() -> None:
    facts = {"industry": "E4710", Y: 70_000_000, Z: 4_000_000}
    assert ask("cn.size_class", facts).value == "small"


@given(
    code=st.sampled_from(sorted(TABLE)),
    employees=st.integers(0, 2500),
    revenue=st.integers(0, 2_500_000_000),
    assets=st.integers(0, 2_500_000_000),
)
def test_the_class_is_the_lowest_that_an_indicator_gives(
    code: str, employees: int, revenue: int, assets: int
) -> None:
    numbers = {X: employees, Y: revenue, Z: assets}
    answer = ask("cn.size_class", {"industry": code, **numbers})
    assert answer.value == by_each_indicator(numbers, code)


@pytest.mark.parametrize("code", ["J6621", "G5310", "P8331", "Q8411", "K7040", "S9111", "T9700"])
def test_an_industry_outside_the_method_has_no_class(code: str) -> None:
    answer = ask("cn.size_class", {"industry": code, X: 100, Y: 1e8, Z: 1e8})
    assert (answer.outcome, answer.value) == ("not_met", None)


@pytest.mark.parametrize(
    ("code", "like"),
    [("N7711", "M7340"), ("O8111", "M7340"), ("Q8511", "M7340"), ("R8810", "M7340"),
     ("K7030", "M7340"), ("K7090", "M7340"), ("I6420", "I6311"), ("L7110", "L7211"),
     ("G5810", "G5411"), ("G5920", "G5990")],
)  # fmt: skip
def test_neighbouring_industries_share_a_row(code: str, like: str) -> None:
    for level in range(3):
        facts = {**at_limits(like, level), "industry": code}
        assert ask("cn.size_class", facts).value == LEVELS[level]


def test_fifteen_employees_are_micro_whatever_the_revenue() -> None:
    answer = ask("cn.size_class", {"industry": "C3841", X: 15})
    assert (answer.outcome, answer.value) == ("met", "micro")


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"industry": "C3841", X: 500}, {Y}),
        ({"industry": "C3841", Y: 1e8}, {X}),
        ({"industry": "E4710", Y: 1e8}, {Z}),
    ],
)
def test_a_missing_indicator_is_named_and_never_guessed(
    facts: dict[str, object], missing: set[str]
) -> None:
    answer = ask("cn.size_class", facts)
    assert (answer.outcome, answer.value) == ("unknown", None)
    assert set(answer.missing) == missing


def test_without_an_industry_the_class_is_unknown() -> None:
    answer = ask("cn.size_class", {X: 500, Y: 1e8, Z: 1e8})
    assert answer.outcome == "unknown"
    assert "industry" in answer.missing


@pytest.mark.parametrize("code", ["K70", "G59", "K", "F"])
def test_a_code_too_coarse_to_tell_is_unknown(code: str) -> None:
    answer = ask("cn.size_class", {"industry": code, X: 500, Y: 1e8, Z: 1e8})
    assert (answer.outcome, list(answer.missing)) == ("unknown", ["industry"])


@pytest.mark.parametrize(("day", "answered"), [("2017-12-27", False), ("2017-12-28", True)])
def test_the_method_of_2017_answers_from_its_first_day(day: str, answered: bool) -> None:
    assert (ask("cn.size_class", {"industry": "C3841", X: 15}, on=day) is not None) is answered
