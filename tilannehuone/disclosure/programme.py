"""One linear programme (HiGHS through SciPy), and the block of hidden numbers it is about."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LARGE = 8_000
"""From so many numbers on, interior points are quicker than the simplex."""


@dataclass(frozen=True, eq=False)
class Block:
    """Some components of a puzzle: `rows @ x` is `right` where `is_equal`, else at most that."""

    rows: csr_array
    right: Floats
    is_equal: Bools
    component: Ints
    width: Floats
    need: Ints


@dataclass(eq=False)
class Found:
    """What the witnesses of a block prove so far; `middle` is their mean, itself a table."""

    low: Floats
    high: Floats
    proven: Bools
    exact: Bools
    dropped: Bools
    middle: Floats
    tables: int = 0

    @property
    def kept(self) -> Bools:
        """The rows that are held to."""
        return ~self.dropped


def cheapest_kept(block: Block, found: Found, cost: Floats, upper: Floats) -> Floats | None:
    """Return the cheapest x in [0, upper] that the rows still held to allow, or None."""
    kept = found.kept
    return cheapest(block.rows[kept], block.right[kept], block.is_equal[kept], cost, upper)


def cheapest(
    rows: csr_array, right: Floats, is_equal: Bools, cost: Floats, upper: Floats
) -> Floats | None:
    """Return the cheapest x in [0, upper] that the rows allow, or None."""
    most = ~is_equal
    result = linprog(
        cost,
        A_eq=rows[is_equal] if is_equal.any() else None,
        b_eq=right[is_equal] if is_equal.any() else None,
        A_ub=rows[most] if most.any() else None,
        b_ub=right[most] if most.any() else None,
        bounds=np.column_stack([np.zeros(len(upper)), upper]),
        method="highs-ds" if len(upper) < 2 * LARGE else "highs-ipm",
    )
    return None if result.x is None or result.status != 0 else np.maximum(result.x, 0.0)
