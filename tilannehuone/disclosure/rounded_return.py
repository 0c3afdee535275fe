"""Printing again what was hidden for nothing: later hiding often makes earlier hiding needless."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tilannehuone.disclosure.interval_reach import reach
from tilannehuone.disclosure.intervals import SLACK, Tied, breaks, propagated
from tilannehuone.disclosure.rounded_cure import Ward
from tilannehuone.disclosure.rounded_table import Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STEPS = 2
"""How many sums away from a cell its printing is followed before the whole table is asked."""


def given_back(table: Table, shown: Bools) -> Bools:
    """Return `shown` with those hidden rows that turn out not to be needed, the coarsest first.

    Looked at from near by only: the audit of all sums has the last word.
    """
    ward, whole = Ward(table, table.tied(shown), shown), table.tied(table.printed)
    found = reach(ward.tied, prove=False)
    low, high = found.low.copy(), found.high.copy()
    hidden = np.flatnonzero(table.printed & ~shown)
    again = shown.copy()
    if found.dropped.any():
        return again
    for cell in hidden[np.lexsort((hidden, -ward.price[hidden]))]:
        own = cell + ward.size * np.arange(3)
        low_now, high_now = low.copy(), high.copy()
        low_now[own] = np.maximum(low[own], whole.low[own])
        high_now[own] = np.minimum(high[own], whole.high[own])
        inside, part = _near(ward, own, low_now, high_now)
        least, most = propagated(part)
        if (least > most + SLACK).any() or (part.asked & breaks(least, most, part.width)).any():
            continue
        low[inside], high[inside] = least, most
        again[cell] = True
    return again


def _near(ward: Ward, own: Ints, low: Floats, high: Floats) -> tuple[Ints, Tied]:
    """Return the numbers a few sums around `own`, and the programme over them."""
    tied, numbers = ward.tied, own
    for _ in range(STEPS):
        rows = ward.rows_of(numbers)
        numbers = np.union1d(numbers, tied.rows[rows].indices)
    return numbers, Tied(
        csr_array(tied.rows[rows][:, numbers]), tied.right[rows], tied.is_equal[rows],
        low[numbers], high[numbers], tied.width[numbers], tied.asked[numbers],
    )  # fmt: skip
