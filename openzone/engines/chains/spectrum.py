"""The second eigenvector of a large symmetric matrix whose first is known.

Block Lanczos with full reorthogonalisation (Golub and Underwood 1977): a few dozen products with
the matrix instead of all its eigenvectors. Blocks of two, so that a tied eigenvalue is seen twice.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
SMALL = 256
"""Rows up to which all eigenvectors are as quick."""
STEPS = 150
EVERY = 5
BLOCK = 2
EXACT = 1e-14
TIED = 1e-10
"""Eigenvalues nearer to each other, in parts of the larger, have no vectors of their own."""


def second(matrix: Floats, first: Floats) -> tuple[float, Floats] | None:
    """Return the largest eigenvalue beside that of ``first`` and its vector, of length 1.

    ``first`` is the eigenvector of the largest eigenvalue. None where the second is tied with the
    next, so that any mixture of their vectors would do as well, or where there is none.
    """
    if len(matrix) < 2:
        return None
    unit = first / np.linalg.norm(first)
    if len(matrix) > SMALL and (found := _lanczos(matrix, unit)):
        values, vector = found
    else:
        values, vector = _dense(matrix, unit)
    apart = values[-1] - values[-2] if len(values) > 1 else values[-1]
    return (float(values[-1]), vector) if apart > TIED * abs(values[-1]) else None


def _dense(matrix: Floats, unit: Floats) -> tuple[Floats, Floats]:
    """Return all eigenvalues but the first, rising, and the vector of the last of them."""
    lowered = matrix - 2 * np.outer(unit, unit)  # the first, at most 1, becomes the least
    values, vectors = np.linalg.eigh(lowered)
    return values[1:], vectors[:, -1]


def _lanczos(matrix: Floats, unit: Floats) -> tuple[Floats, Floats] | None:
    """Return the same, as far as it is found; None where it does not settle."""
    basis = np.empty((BLOCK * (STEPS + 1) + 1, len(matrix)))
    basis[0] = unit
    start = np.random.default_rng(0).standard_normal((BLOCK, len(matrix)))
    basis[1 : BLOCK + 1] = _orthonormal(start - np.outer(start @ unit, unit))[0]
    reduced = np.zeros((len(basis) - 1, len(basis) - 1))
    for step in range(STEPS):
        known = 1 + BLOCK * (step + 1)
        last = slice(known - BLOCK, known)
        rest, weights = _apart(basis[last] @ matrix, basis[:known])
        new, left = _orthonormal(rest)
        rows = slice(last.start - 1, last.stop - 1)
        reduced[rows, : known - 1] = weights[:, 1:]
        reduced[: known - 1, rows] = weights[:, 1:].T
        basis[known : known + BLOCK] = new
        if step % EVERY == EVERY - 1:
            inner = reduced[: known - 1, : known - 1]
            values, vectors = np.linalg.eigh(inner)
            if np.linalg.norm(left @ vectors[-BLOCK:, -1]) < EXACT:
                return values, vectors[:, -1] @ basis[1:known]
    return None


def _apart(rows: Floats, basis: Floats) -> tuple[Floats, Floats]:
    """Return what of rows lies outside a basis, and how much inside; twice, for rounding."""
    inside = rows @ basis.T
    rows = rows - inside @ basis
    more = rows @ basis.T
    return rows - more @ basis, inside + more


def _orthonormal(rows: Floats) -> tuple[Floats, Floats]:
    columns, left = np.linalg.qr(rows.T)
    return columns.T, left
