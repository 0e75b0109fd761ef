"""What runs circuits over planes: numpy here, compiled loops in ``kernel_numba``.

Both compute the same bits. numpy is always there; numba is the extra ``fast``.
"""

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from openzone.engines.rules.circuit import STORE, Code
from openzone.engines.rules.coded import Codes, Span, inside
from openzone.engines.rules.steps import pack

Words = npt.NDArray[np.uint64]
"""Planes, one per row of a matrix: 64 enterprises per word, the first in its lowest bit."""
Places = npt.NDArray[np.intp]
WORD = 64


class SpanTest(NamedTuple):
    """Which codes of a row of codes set a leaf."""

    leaf: int
    row: int
    spans: Sequence[Span]


class SpanTests(tuple[SpanTest, ...]):
    """Tests of the rows of one matrix of codes."""

    @cached_property
    def flat(self) -> npt.NDArray[np.int64]:
        """One row per span: leaf, row of codes, first and end; one empty span where none is."""
        rows = [(leaf, row, *span) for leaf, row, spans in self for span in spans or [(0, 0)]]
        return np.array(rows, np.int64).reshape(-1, 4)


class Kernel(Protocol):
    """Runs circuits, and tests codes."""

    @property
    def rows(self) -> int:
        """How many enterprises are best taken together, a multiple of 64."""

    def run(self, code: Code, leaves: Words, places: Places, out: Words) -> None:
        """Compute all outputs; leaf ``n`` is row ``places[n]`` of ``leaves``."""

    def test(self, codes: Codes, tests: SpanTests, leaves: Words) -> None:
        """Set the leaves where rows of ``codes``, whole words long, lie in their spans."""


class NumpyKernel:
    """One call of numpy per gate, span and block."""

    rows = 131_072
    _kinds = (np.bitwise_and, np.bitwise_or, np.bitwise_xor)

    def run(self, code: Code, leaves: Words, places: Places, out: Words) -> None:
        """Compute all outputs; leaf ``n`` is row ``places[n]`` of ``leaves``."""
        size = max(1, min(self.rows // WORD, out.shape[1]))
        scratch = np.empty((code.registers - len(places), size), np.uint64)
        scratch[0] = ~np.uint64(0)
        gates: list[list[int]] = code.gates.tolist()
        for start in range(0, out.shape[1], size):
            block = out[:, start : start + size]
            registers = [leaves[place, start : start + size] for place in places]
            registers += [register[: block.shape[1]] for register in scratch]
            self._block(gates, registers, block)

    def _block(self, gates: list[list[int]], registers: list[Words], out: Words) -> None:
        for kind, one, other, result in gates:
            if kind == STORE:
                out[result] = registers[one]
            else:
                self._kinds[kind](registers[one], registers[other], registers[result])

    def test(self, codes: Codes, tests: SpanTests, leaves: Words) -> None:
        """Set the leaves where rows of ``codes``, whole words long, lie in their spans."""
        for leaf, row, spans in tests:
            leaves[leaf] = pack(inside(codes[row], spans)).view(np.uint64)


NUMPY = NumpyKernel()


def fastest() -> Kernel:
    """Return the compiled kernel if numba is installed, else that of numpy."""
    if find_spec("numba") is None:
        return NUMPY
    from openzone.engines.rules.kernel_numba import NUMBA

    return NUMBA
