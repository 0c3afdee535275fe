"""Numbers in intervals, tied by sums: how the rows narrow them, and when that tells too much.

A rounded number is known within an interval, and sums of such numbers narrow each other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SLACK = 1e-6
SWEEPS = 60


@dataclass(frozen=True, eq=False)
class Tied:
    """Numbers `low <= x <= high` tied by rows: `rows @ x` is `right` if `is_equal`, else at most.

    `width` is k of each number; only `asked` ones are judged. `high` may be infinite. `loose` are
    the ends that hold in a connected part in which the others leave no table at all.
    """

    rows: csr_array
    right: Floats
    is_equal: Bools
    low: Floats
    high: Floats
    width: Floats
    asked: Bools
    loose: tuple[Floats, Floats] | None = None


def breaks(low: Floats, high: Floats, width: Floats) -> Bools:
    """Return which ranges tell too much: narrower than k, or beginning within 1 … k-1.

    The second means "if it is small then it is not zero". The rule looks at ranges only, never
    at the true number, so that a stranger can apply it and the answer itself tells nothing.

    Examples
    --------
    >>> breaks(np.array([0.0, 1, 6, 6]), np.array([5.0, 9, 15, 9]), np.full(4, 5.0)).tolist()
    [False, True, False, True]
    """
    begins_small = (low > SLACK) & (low < width - SLACK)
    narrow: Bools = high - low < width - SLACK
    return narrow | begins_small


def propagated(tied: Tied) -> tuple[Floats, Floats]:
    """Return the intervals after each row has narrowed its members, over and over.

    An empty one (`low > high`) means that rows contradict each other.
    """
    flat = coo_array(tied.rows)
    row, number = flat.coords
    sign = flat.data
    low, high = tied.low.copy(), tied.high.copy()
    upper, both = sign > 0, tied.is_equal[row]
    for _ in range(SWEEPS):
        was = low.copy(), high.copy()
        least = sign * np.where(upper, low[number], high[number])
        most = sign * np.where(upper, high[number], low[number])
        at_most = (tied.right[row] - _others(row, least, -np.inf)) / sign
        at_least = (tied.right[row] - _others(row, most, np.inf)) / sign
        np.minimum.at(high, number[upper], at_most[upper])
        np.maximum.at(low, number[~upper], at_most[~upper])
        np.maximum.at(low, number[upper & both], at_least[upper & both])
        np.minimum.at(high, number[~upper & both], at_least[~upper & both])
        if (low > high + SLACK).any() or ((low == was[0]) & (high == was[1])).all():
            break
    return low, high


def _others(row: Ints, term: Floats, endless: float) -> Floats:
    """Return for each entry the sum of the other terms of its row; `endless` if one of them is."""
    rows = int(row.max(initial=-1)) + 1
    bare = ~np.isfinite(term)
    finite = np.where(bare, 0.0, term)
    total = np.bincount(row, weights=finite, minlength=rows)[row]
    count = np.bincount(row, weights=bare, minlength=rows)[row]
    return np.where(count - bare > 0, endless, total - finite)
