"""Rank codes: ends, narrow and wide codes, many limits, and what cannot be coded."""

import math
from typing import Any

import pytest

from openzone.engines.rules.batch import evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.kernel import Kernel
from openzone.engines.rules.ranks import Ranks
from tests.engines.rules.kernels import KERNELS
from tests.engines.rules.sample import CATALOGUE, clause, plan_of, rule

EDGES = [-1.0, 0.0, 0.1, math.nextafter(0.1, 1), 1e9, None]


def columns(rows: int, **facts: list[Any]) -> Columns:
    return Columns.from_values([str(n) for n in range(rows)], facts, CATALOGUE)


def outcomes(plan: Plan, found: Columns, kernel: Kernel) -> list[list[list[bool]]]:
    result = Ranks(plan, found).evaluate(kernel=kernel)
    for ours, plain in zip(result.answers, evaluate(plan, found).answers, strict=True):
        assert ours.counts() == plain.counts()
        assert (ours.near == plain.near).all()
    return [[a.flags(a.met).tolist(), a.flags(a.not_met).tolist()] for a in result.answers]


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize(
    ("test", "met"),
    [
        ("gte", [False, False, True, True, True, False]),
        ("gt", [False, False, False, True, True, False]),
        ("lte", [True, True, True, False, False, False]),
        ("lt", [True, True, False, False, False, False]),
        ("eq", [False, False, True, False, False, False]),
        ("ne", [True, True, False, True, True, False]),
    ],
)
def test_an_end_belongs_to_the_same_side_as_in_the_columns(
    kernel: Kernel, test: str, met: list[bool]
) -> None:
    plan = plan_of(rule(when=[clause("c", fact="market_share", **{test: 0.1})]))
    ((found, not_met),) = outcomes(plan, columns(6, market_share=EDGES), kernel)
    assert found == met
    assert not_met == [not yes for yes in met[:5]] + [False]


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("limits", [1, 60, 70, 253, 254, 255, 400])
def test_any_number_of_limits_on_one_fact(kernel: Kernel, limits: int) -> None:
    rules = [rule(f"test.r{n}", when=[clause("c", fact="employees", gte=n)]) for n in range(limits)]
    plan = plan_of(*rules)
    values = [None, -1, 0, 1, limits - 1, limits, limits // 2]
    found = outcomes(plan, columns(7, employees=values), kernel)
    for n, (met, _) in enumerate(found):
        assert met == [value is not None and value >= n for value in values]


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("words", [3, 250, 700])
def test_any_number_of_words_and_lists(kernel: Kernel, words: int) -> None:
    codes = [f"C{n:03}" for n in range(words)]
    rules = [
        rule(f"test.r{n}", when=[clause("c", fact="industry", in_=codes[n : n + 40 : 2])])
        for n in range(0, words, 2)
    ]
    found = outcomes(plan_of(*rules), columns(words, industry=codes), kernel)
    for n, (met, not_met) in zip(range(0, words, 2), found, strict=True):
        assert met == [code in codes[n : n + 40 : 2] for code in codes]
        assert not_met == [not yes for yes in met]


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_code_that_is_too_coarse_stays_unknown(kernel: Kernel) -> None:
    plan = plan_of(rule(when=[clause("c", fact="industry", prefix=["K701", "K702"])]))
    codes = ["K701", "K7021", "K70", "K", "K703", "C", None]
    ((met, not_met),) = outcomes(plan, columns(7, industry=codes), kernel)
    assert met == [True, True, False, False, False, False, False]
    assert not_met == [False, False, False, False, True, True, False]


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_share_of_nothing_and_the_least_of_something_unknown_are_unknown(kernel: Kernel) -> None:
    share = {"ratio": ["rd_expense_y1", "revenue_y1"]}
    capped = {"min": ["rd_expense_y1", 100]}
    plan = plan_of(
        rule("test.share", when=[clause("c", number=share, gte=0)]),
        rule("test.capped", when=[clause("c", number=capped, lte=50)]),
    )
    found = columns(3, rd_expense_y1=[0, 5, None], revenue_y1=[0, 0, 10])
    share_found, capped_found = outcomes(plan, found, kernel)
    assert share_found == [[False] * 3, [False] * 3]
    assert capped_found == [[True, True, False], [False] * 3]


@pytest.mark.parametrize("kernel", KERNELS)
def test_the_same_rule_twice_and_a_list_nobody_is_in(kernel: Kernel) -> None:
    same = [clause("c", fact="industry", in_=["Z99"]), clause("d", fact="employees", gte=1)]
    plan = plan_of(rule("test.a", when=same), rule("test.b", when=same))
    one, other = outcomes(plan, columns(2, industry=["C", None], employees=[5, 5]), kernel)
    assert one == other == [[False, False], [True, False]]


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_fact_without_a_column_is_unknown_also_under_not(kernel: Kernel) -> None:
    plan = plan_of(rule(when=[clause("c", not_={"fact": "dishonest", "is": True})]))
    assert outcomes(plan, columns(2, employees=[1, 2]), kernel) == [[[False] * 2, [False] * 2]]


def test_codes_take_a_byte_per_source_and_enterprise() -> None:
    staff, chips = clause("c", fact="employees", gte=5), clause("d", fact="industry", prefix=["C"])
    plan = plan_of(rule(when=[staff, chips]))
    found = columns(640, employees=[1] * 640, industry=["C"] * 640)
    assert Ranks(plan, found).nbytes == 2 * 640
