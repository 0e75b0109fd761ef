"""The kernel in numba: compiled once per machine, whatever the rules; the extra ``fast``."""

# mypy: disable-error-code="untyped-decorator"

import numpy as np
import numpy.typing as npt
from numba import njit, uint8, uint64

from openzone.engines.rules.circuit import AND, OR, STORE, Code
from openzone.engines.rules.coded import Codes
from openzone.engines.rules.kernel import WORD, Places, SpanTests, Words

Bytes = npt.NDArray[np.uint8]
GATHER = uint64(0x0102040810204080)
"""Times eight bytes of 0 or 1, the top byte of the product holds one bit of each."""


class NumbaKernel:
    """Compiled loops over blocks that stay in the cache."""

    rows = 16_384

    def run(self, code: Code, leaves: Words, places: Places, out: Words) -> None:
        """Compute all outputs; leaf ``n`` is row ``places[n]`` of ``leaves``."""
        size = max(1, min(self.rows // WORD, out.shape[1]))
        registers = np.empty((code.registers, size), np.uint64)
        registers[len(places)] = ~np.uint64(0)
        _run(code.gates, leaves, places, registers, out)

    def test(self, codes: Codes, tests: SpanTests, leaves: Words) -> None:
        """Set the leaves where rows of ``codes``, whole words long, lie in their spans."""
        inside = np.empty(codes.shape[1], np.uint8)
        _test(codes, tests.flat, leaves.view(np.uint8), inside)


NUMBA = NumbaKernel()


@njit(cache=True, nogil=True)
def _run(
    gates: npt.NDArray[np.int32], leaves: Words, places: Places, registers: Words, out: Words
) -> None:
    size = registers.shape[1]
    for start in range(0, out.shape[1], size):
        width = min(size, out.shape[1] - start)
        for leaf in range(len(places)):
            for word in range(width):
                registers[leaf, word] = leaves[places[leaf], start + word]
        for gate in range(len(gates)):
            if gates[gate, 0] == STORE:
                for word in range(width):
                    out[gates[gate, 3], start + word] = registers[gates[gate, 1], word]
            else:
                _gate(gates, gate, registers, width)


@njit(cache=True, nogil=True)
def _gate(gates: npt.NDArray[np.int32], gate: int, registers: Words, width: int) -> None:
    kind = gates[gate, 0]
    one, other = registers[gates[gate, 1]], registers[gates[gate, 2]]
    result = registers[gates[gate, 3]]
    if kind == AND:
        for word in range(width):
            result[word] = one[word] & other[word]
    elif kind == OR:
        for word in range(width):
            result[word] = one[word] | other[word]
    else:
        for word in range(width):
            result[word] = one[word] ^ other[word]


@njit(cache=True, nogil=True)
def _test(
    codes: Codes,
    tests: npt.NDArray[np.int64],
    planes: npt.NDArray[np.uint8],
    inside: npt.NDArray[np.uint8],
) -> None:
    """Test spans one by one, (leaf, row, first, end); spans of a leaf follow each other."""
    for test in range(len(tests)):
        leaf, row = tests[test, 0], tests[test, 1]
        of = codes[row]
        first, width = of.dtype.type(tests[test, 2]), of.dtype.type(tests[test, 3] - tests[test, 2])
        if test and tests[test - 1, 0] == leaf:
            for at in range(len(of)):
                inside[at] |= of.dtype.type(of[at] - first) < width
        else:
            for at in range(len(of)):
                inside[at] = of.dtype.type(of[at] - first) < width
        if test + 1 == len(tests) or tests[test + 1, 0] != leaf:
            _pack(inside.view(np.uint64), planes[leaf])


@njit(cache=True, nogil=True)
def _pack(eights: Words, plane: Bytes) -> None:
    for at in range(len(eights)):
        plane[at] = uint8((eights[at] * GATHER) >> uint64(56))
