"""Circuits: equal gates once, none that is not needed, few registers, the same bits."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openzone.engines.rules.circuit import STORE, Circuit, Signal
from openzone.engines.rules.kernel import Kernel
from tests.engines.rules.kernels import KERNELS

LEAVES = 4
Formula = Any
"""A number of a leaf; or a kind of gate with one or two formulas."""
FORMULAS: st.SearchStrategy[Formula] = st.recursive(
    st.integers(0, LEAVES - 1),
    lambda inner: st.tuples(st.sampled_from("&|^"), inner, inner) | st.tuples(st.just("~"), inner),
    max_leaves=12,
)


def computed(formula: Formula, leaves: Any) -> Any:
    """Compute a formula with whatever combines the leaves."""
    if isinstance(formula, int):
        return leaves[formula]
    kind, *parts = formula
    one, *others = (computed(part, leaves) for part in parts)
    if kind == "~":
        return ~one
    (other,) = others
    return one & other if kind == "&" else one | other if kind == "|" else one ^ other


def signals(circuit: Circuit) -> list[Signal]:
    return [circuit.leaf((number, 0)) for number in range(LEAVES)]


@pytest.mark.parametrize("kernel", KERNELS)
@settings(deadline=None)
@given(st.lists(FORMULAS, min_size=1, max_size=5), st.sampled_from([1, 3, 300, 5000]))
def test_a_circuit_computes_what_it_was_written_as(
    kernel: Kernel, formulas: list[Formula], words: int
) -> None:
    circuit = Circuit()
    code = circuit.code([computed(formula, signals(circuit)) for formula in formulas])
    random = np.random.default_rng(words)
    leaves = random.integers(0, 2**64, (LEAVES, words), np.uint64)
    out = np.empty((len(formulas), words), np.uint64)
    kernel.run(code, leaves, np.array([leaf for leaf, _ in code.leaves], np.intp), out)
    for formula, found in zip(formulas, out, strict=True):
        np.testing.assert_array_equal(found, computed(formula, leaves))


def test_equal_gates_are_one_in_either_order() -> None:
    circuit = Circuit()
    a, b, *_ = signals(circuit)
    assert (a & b) == (b & a)
    code = circuit.code([(a & b) | a, (b & a) ^ b])
    assert sum(kind != STORE for kind, *_ in code.gates.tolist()) == 3


def test_what_no_output_needs_is_left_out() -> None:
    circuit = Circuit()
    a, b, c, d = signals(circuit)
    assert (c | d) != (a | b)
    code = circuit.code([a & b])
    assert code.leaves == ((0, 0), (1, 0))
    assert len(code.gates) == 2


def test_a_register_is_used_again_after_the_last_use() -> None:
    circuit = Circuit()
    a, b, *_ = signals(circuit)
    long = a
    for _ in range(50):
        long = ~(long & b) | a
    assert circuit.code([long]).registers <= LEAVES + 4


def test_a_deep_circuit_is_written_without_recursion() -> None:
    circuit = Circuit()
    a, b, *_ = signals(circuit)
    deep = a
    for turn in range(5000):
        deep = deep & b if turn % 2 else deep ^ b
    assert len(circuit.code([deep]).gates) == 5001


@pytest.mark.parametrize("kernel", KERNELS)
def test_an_output_may_be_a_leaf_everything_or_nothing_and_twice(kernel: Kernel) -> None:
    circuit = Circuit()
    leaf = circuit.leaf((7, 1))
    code = circuit.code([leaf, circuit.nothing, ~circuit.nothing, leaf])
    out = np.empty((4, 1), np.uint64)
    kernel.run(code, np.array([[5]], np.uint64), np.array([0]), out)
    assert out[:, 0].tolist() == [5, 0, 2**64 - 1, 5]


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_circuit_without_outputs_and_no_rows_are_fine(kernel: Kernel) -> None:
    def planes(count: int, words: int) -> Any:
        return np.empty((count, words), np.uint64)

    circuit, no_leaves = Circuit(), np.array([], np.intp)
    kernel.run(circuit.code([]), planes(0, 3), no_leaves, planes(0, 3))
    kernel.run(circuit.code([circuit.nothing]), planes(0, 0), no_leaves, planes(1, 0))
