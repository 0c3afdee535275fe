"""How low and how high tied intervals let each number be, and whether that tells too much.

Intervals are first handed through the rows, which is cheap: what is narrow then is narrow. What
still looks wide is proven so by tables (`interval_search.py`).

Readers first believe the narrower ends. Where these leave no table at all, in one connected part,
they see that some of them are wrong, not which, and take the looser ones there.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, hstack

from tilannehuone.disclosure.interval_search import Search, cheapest, components
from tilannehuone.disclosure.intervals import SLACK, Tied, breaks, propagated

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MENDS = 4
"""How often rows that contradict the others are looked for."""


@dataclass(frozen=True, eq=False)
class Reach:
    """What anyone can compute: ends of each number, and whether they break the promise.

    `low` and `high` are never narrower than the truth allows, and exact where `unsafe` needed it.
    `dropped` marks rows that no table can satisfy together with the others; `tied` is what was
    solved, with one pair of ends.
    """

    low: Floats
    high: Floats
    unsafe: Bools
    dropped: Bools
    tied: Tied


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
    tied = _fitting(tied, prove=prove)
    kept, dropped = tied, np.zeros(len(tied.right), dtype=bool)
    low, high = propagated(kept)
    if (low > high + SLACK).any():
        contradicting = _contradictions(tied)
        if contradicting is None:
            return Reach(tied.low, tied.high, tied.asked.copy(), ~dropped, tied)
        dropped = contradicting
        kept = _without(tied, dropped)
        low, high = propagated(kept)
    unsafe = kept.asked & breaks(low, high, kept.width)
    if prove and not unsafe.any():
        low, high, unsafe = Search(kept, low, high).ends()
    return Reach(low, high, unsafe, dropped, tied)


def _fitting(tied: Tied, *, prove: bool) -> Tied:
    """Return `tied` with the loose ends in every connected part that has no table without them."""
    if tied.loose is None:
        return tied
    part, stood = components(tied.rows), np.zeros(len(tied.low), dtype=bool)
    while True:
        now = _loosened(tied, stood)
        low, high = propagated(now)
        wrong = low > high + SLACK
        if not (wrong & ~stood).any():
            break
        stood |= np.isin(part, part[wrong])
    gaps = _gaps(now) if prove else np.zeros(len(now.right), dtype=bool)
    if gaps is None:
        return _loosened(tied, np.ones(len(stood), dtype=bool))
    numbers = csr_array(now.rows[gaps]).indices
    return _loosened(tied, stood | np.isin(part, part[numbers]))


def _loosened(tied: Tied, where: Bools) -> Tied:
    low, high = tied.loose or (tied.low, tied.high)
    return replace(
        tied, loose=None, low=np.where(where, low, tied.low), high=np.where(where, high, tied.high)
    )


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
        gaps = _gaps(_without(tied, dropped))
        if gaps is None:
            return None
        if not gaps.any():
            return dropped
        dropped[np.flatnonzero(~dropped)[gaps]] = True
    return None


def _gaps(tied: Tied) -> Bools | None:
    """Return the rows that the table nearest to fitting all of them misses; None if none is."""
    rows, size = tied.rows.shape
    if not rows:
        return np.zeros(0, dtype=bool)
    unit = eye_array(rows, format="csr")
    wide = csr_array(hstack([tied.rows, unit, -unit]))
    low, high = (np.append(one, np.full(2 * rows, end)) for one, end in
                 ((tied.low, 0.0), (tied.high, np.inf)))  # fmt: skip
    cost = np.append(np.zeros(size), np.ones(2 * rows))
    x = cheapest(Tied(wide, tied.right, tied.is_equal, low, high, low, low > 0), cost)
    if x is None:
        return None
    missed: Bools = x[size : size + rows] + x[size + rows :] > SLACK
    return missed
