"""How low and how high tied intervals let each number be, and whether that tells too much.

Intervals are first handed through the rows, which is cheap: what is narrow then is narrow. What
still looks wide is proven so by tables (`interval_search.py`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, hstack

from tilannehuone.disclosure.interval_search import Search, cheapest
from tilannehuone.disclosure.intervals import SLACK, Tied, breaks, propagated

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MENDS = 4
"""How often rows that contradict the others are looked for."""


@dataclass(frozen=True, eq=False)
class Reach:
    """What anyone can compute: ends of each number, and whether they break the promise.

    `low` and `high` are never narrower than the truth allows, and exact where `unsafe` needed it.
    `dropped` marks rows that no table can satisfy together with the others.
    """

    low: Floats
    high: Floats
    unsafe: Bools
    dropped: Bools


def reach(tied: Tied, *, prove: bool = True) -> Reach:
    """Return what the rows and intervals give away of the asked numbers.

    If intervals handed through the rows already break a promise, only those numbers are named:
    the cheap answer is enough to act on. Rows that contradict the others are left out; when no
    table can be found at all, every asked number counts as unsafe. Without `prove` the programmes
    are left out: what is unsafe is, and the rest may be.

    Examples
    --------
    16 or more, of which 6 … 15 are the one part: the other, printed as 0, is at least one.

    >>> told = Tied(csr_array([[1.0, 1.0, -1.0]]), np.zeros(1), np.array([True]),
    ...             np.array([0.0, 6, 16]), np.array([5.0, 15, 25]), np.full(3, 5.0),
    ...             np.ones(3, dtype=bool))
    >>> found = reach(told)
    >>> found.unsafe.tolist(), found.low[0].item()
    ([True, True, True], 1.0)
    """
    dropped = np.zeros(len(tied.right), dtype=bool)
    low, high = propagated(tied)
    if (low > high + SLACK).any():
        contradicting = _contradictions(tied)
        if contradicting is None:
            return Reach(tied.low, tied.high, tied.asked.copy(), ~dropped)
        dropped = contradicting
        tied = _without(tied, dropped)
        low, high = propagated(tied)
    unsafe = tied.asked & breaks(low, high, tied.width)
    if prove and not unsafe.any():
        low, high, unsafe = Search(tied, low, high).ends()
    return Reach(low, high, unsafe, dropped)


def _without(tied: Tied, dropped: Bools) -> Tied:
    kept = ~dropped
    return Tied(
        csr_array(tied.rows[kept]), tied.right[kept], tied.is_equal[kept],
        tied.low, tied.high, tied.width, tied.asked,
    )  # fmt: skip


def _contradictions(tied: Tied) -> Bools | None:
    """Return the rows to leave out so that some table fits all others; None if none is found."""
    dropped = np.zeros(len(tied.right), dtype=bool)
    for _ in range(MENDS):
        part = _without(tied, dropped)
        rows, size = part.rows.shape
        unit = eye_array(rows, format="csr")
        wide = csr_array(hstack([part.rows, unit, -unit]))
        low, high = (np.append(one, np.full(2 * rows, end)) for one, end in
                     ((part.low, 0.0), (part.high, np.inf)))  # fmt: skip
        cost = np.append(np.zeros(size), np.ones(2 * rows))
        x = cheapest(Tied(wide, part.right, part.is_equal, low, high, low, low > 0), cost)
        if x is None:
            return None
        gaps = x[size : size + rows] + x[size + rows :] > SLACK
        if not gaps.any():
            return dropped
        dropped[np.flatnonzero(~dropped)[gaps]] = True
    return None
