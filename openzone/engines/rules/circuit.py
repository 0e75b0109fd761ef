"""The logic of a plan as a circuit of AND, OR and XOR gates over bit planes.

A circuit is written by the steps themselves: their ``pair`` receives signals instead of planes.
Equal gates are one gate, gates that no output needs are left out, and what is left is numbered
for few registers, so that the planes of a block of rows stay in the processor's cache.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

AND, OR, XOR, STORE = range(4)
ONES = 0
"""The signal that is set everywhere; the first register after the leaves holds it."""

LeafKey = tuple[int, int]
"""The position of a leaf in its program, and which of its planes."""


@dataclass(frozen=True, slots=True)
class Code:
    """A circuit to run. Leaf ``n`` is register ``n``; the next register is set everywhere.

    Every row of ``gates`` is (kind, input, input, register), or (STORE, register, 0, output).
    """

    leaves: tuple[LeafKey, ...]
    gates: npt.NDArray[np.int32]
    registers: int
    outputs: int


@dataclass(frozen=True, slots=True)
class Signal:
    """One bit of a circuit."""

    circuit: "Circuit"
    number: int

    def __and__(self, other: "Signal") -> "Signal":
        return self.circuit.gate(AND, self, other)

    def __or__(self, other: "Signal") -> "Signal":
        return self.circuit.gate(OR, self, other)

    def __xor__(self, other: "Signal") -> "Signal":
        return self.circuit.gate(XOR, self, other)

    def __invert__(self) -> "Signal":
        return self.circuit.gate(XOR, self, Signal(self.circuit, ONES))


class Circuit:
    """Gates as they are written; equal ones once."""

    def __init__(self) -> None:
        self._nodes: list[Any] = [None]
        self._numbers: dict[Any, int] = {}

    @property
    def nothing(self) -> Signal:
        """The signal that is set nowhere."""
        return ~Signal(self, ONES)

    def leaf(self, key: LeafKey) -> Signal:
        """Return a plane that comes from outside."""
        return self._node(("leaf", key))

    def gate(self, kind: int, one: Signal, other: Signal) -> Signal:
        """Return a gate of two signals, in either order."""
        first, second = sorted((one.number, other.number))
        return self._node((kind, first, second))

    def _node(self, node: Any) -> Signal:
        known = self._numbers.get(node)
        if known is None:
            known = self._numbers[node] = len(self._nodes)
            self._nodes.append(node)
        return Signal(self, known)

    def code(self, outputs: Sequence[Signal]) -> Code:
        """Return what computes the outputs, in their order."""
        wanted = [signal.number for signal in outputs]
        order = self._needed(wanted)
        leaves = [number for number in order if self._is_leaf(number)]
        writer = _Writer([*leaves, ONES], wanted)
        gates = [number for number in order if not self._is_leaf(number) and number != ONES]
        for number in gates:
            writer.count_uses(*self._nodes[number][1:])
        for number in gates:
            writer.gate(number, *self._nodes[number])
        keys = tuple(self._nodes[number][1] for number in leaves)
        written = np.array(writer.written, np.int32).reshape(-1, 4)
        return Code(keys, written, writer.registers, len(wanted))

    def _is_leaf(self, number: int) -> bool:
        return number != ONES and self._nodes[number][0] == "leaf"

    def _needed(self, wanted: Sequence[int]) -> list[int]:
        """Return the numbers that the outputs need, each after its inputs and close to its use."""
        found: dict[int, None] = {}
        waiting = list(reversed(wanted))
        while waiting:
            number = waiting[-1]
            is_gate = number != ONES and not self._is_leaf(number)
            inputs = self._nodes[number][1:] if is_gate else ()
            open_inputs = [source for source in inputs if source not in found]
            waiting += reversed(open_inputs)
            if not open_inputs:
                found[waiting.pop()] = None
        return list(found)


class _Writer:
    """Numbers gates by registers, which are used again after the last use of what they held."""

    def __init__(self, fixed: Sequence[int], outputs: Sequence[int]) -> None:
        self.written: list[tuple[int, int, int, int]] = []
        self.registers = len(fixed)
        self._register = {number: register for register, number in enumerate(fixed)}
        self._uses = Counter[int]()
        self._free: list[int] = []
        self._outputs: dict[int, list[int]] = {}
        for output, number in enumerate(outputs):
            self._outputs.setdefault(number, []).append(output)
        self.count_uses(*fixed)  # never free
        for number in fixed:
            self._store(number)

    def count_uses(self, *numbers: int) -> None:
        """Note that signals are needed once more."""
        self._uses.update(numbers)

    def gate(self, number: int, kind: int, one: int, other: int) -> None:
        """Write a gate, and store it where it is an output.

        It gets another register than its inputs: a compiled loop in place would be slower.
        """
        self._register[number] = self._free.pop() if self._free else self._new()
        inputs = self._register[one], self._register[other]
        self.written.append((kind, *inputs, self._register[number]))
        for source in (one, other):
            self._uses[source] -= 1
            if not self._uses[source]:
                self._free.append(self._register[source])
        self._store(number)

    def _new(self) -> int:
        self.registers += 1
        return self.registers - 1

    def _store(self, number: int) -> None:
        for output in self._outputs.get(number, ()):
            self.written.append((STORE, self._register[number], 0, output))
        if number in self._outputs and not self._uses[number]:
            self._free.append(self._register[number])
