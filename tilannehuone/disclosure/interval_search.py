"""Tables that agree with every interval and row, found by linear programming: proofs of width.

One table proves many numbers at once: half of them, drawn anew each time, wish to be high in it
and half low, so that sums stay where they are. A number is solved for by itself only when no
common table served it.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, hstack
from scipy.sparse.csgraph import connected_components

from tilannehuone.disclosure.intervals import SLACK, Tied, breaks

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

IDLE = 2
"""Rounds in a row that may bring nothing before numbers are solved for one by one."""
LARGE = 6000
"""From so many numbers on, interior points are several times quicker than the simplex."""
FAR = 1e6
"""How far from its lowest a number without an upper end is followed."""


class Search:
    """Tables found so far, and the ends they prove for each number."""

    def __init__(self, tied: Tied, low: Floats, high: Floats) -> None:
        self.tied = replace(tied, low=low, high=high)
        self.starts_at_zero = low <= SLACK
        self.seen_low, self.seen_high = np.full(len(low), np.inf), np.full(len(low), -np.inf)
        self.component = components(tied.rows)
        is_tied = np.bincount(tied.rows.indices, minlength=len(low)) > 0
        self.open = tied.asked & is_tied
        self.draw = np.random.default_rng(0)

    def ends(self) -> tuple[Floats, Floats, Bools]:
        """Return low and high, exact where a number was solved for alone, and what is unsafe."""
        idle = 0
        while self.open.any() and idle < IDLE:
            before = int(self.open.sum())
            wishes = self.draw.random(len(self.open)) < 0.5
            self._push(wishes)
            self._push(~wishes)
            idle = idle + 1 if int(self.open.sum()) == before else 0
        low, high = self.tied.low.copy(), self.tied.high.copy()
        unsafe = np.zeros(len(low), dtype=bool)
        while self.open.any():
            one = int(np.flatnonzero(self.open)[0])
            solved = self._solve_single(one)
            if solved:
                low[one], high[one] = self.seen_low[one], self.seen_high[one]
            ends = low[[one]], high[[one]], self.tied.width[[one]]
            unsafe[one] = not solved or bool(breaks(*ends)[0])
            self.open[one] = False
        return low, high, unsafe

    def _push(self, upwards: Bools) -> None:
        """Add a table in which open numbers are as high, or as low, as they wish to be.

        A number is split in two, x = first + beyond, at its aim: of those that wish to be high
        the first part is rewarded, of the others what goes beyond is charged.
        """
        if not self.open.any():
            return
        inside = self._around(self.open)
        part = _cut(self.tied, inside)
        here = np.flatnonzero(self.open[inside])
        at = inside[here]
        wish = upwards[at]
        aim = np.where(wish, self._high_aims(at), self._low_aims(at))
        aim = np.clip(aim, self.tied.low[at], self.tied.high[at])
        weight = self.draw.uniform(1, 2, len(at))
        cost = np.zeros(len(inside) + len(at))
        cost[here] = np.where(wish, -weight, 0.0)
        cost[len(inside) :] = np.where(wish, 0.0, weight)
        high = part.high.copy()
        high[here] = aim
        split = replace(
            part,
            rows=csr_array(hstack([part.rows, part.rows[:, here]])),
            low=np.append(part.low, np.zeros(len(at))),
            high=np.append(high, part.high[here] - aim),
        )
        x = cheapest(split, cost)
        if x is not None:
            x[here] += x[len(inside) :]
            self._witnessed(inside, x[: len(inside)])

    def _high_aims(self, at: Ints) -> Floats:
        """Return how high a witness helps: to k from where the number starts or was seen."""
        low, seen = self.tied.low[at], self.seen_low[at]
        return np.where(np.isfinite(seen) & (low > SLACK), seen, low) + self.tied.width[at]

    def _low_aims(self, at: Ints) -> Floats:
        seen = self.seen_high[at] - self.tied.width[at]
        return np.where(np.isfinite(seen) & ~self.starts_at_zero[at], seen, self.tied.low[at])

    def _solve_single(self, one: int) -> bool:
        """Find the very ends of one number; say whether the solver did."""
        inside = self._around(np.arange(len(self.open)) == one)
        part = _cut(self.tied, inside)
        here = int(np.searchsorted(inside, one))
        part.high[here] = min(part.high[here], part.low[here] + FAR)
        for sign in (1.0, -1.0):
            cost = np.zeros(len(inside))
            cost[here] = sign
            x = cheapest(part, cost)
            if x is None:
                return False
            self._witnessed(inside, x)
        return True

    def _around(self, which: Bools) -> Ints:
        """Return the numbers of the components that `which` lie in, in order."""
        return np.flatnonzero(np.isin(self.component, np.unique(self.component[which])))

    def _witnessed(self, inside: Ints, x: Floats) -> None:
        """Take a table in evidence."""
        self.seen_low[inside] = np.minimum(self.seen_low[inside], x)
        self.seen_high[inside] = np.maximum(self.seen_high[inside], x)
        width = self.tied.width - SLACK
        wide = self.seen_high - self.seen_low >= width
        whole = (self.seen_low <= SLACK) & (self.seen_high >= width)
        self.open &= ~np.where(self.starts_at_zero, whole, wide)


def components(rows: csr_array) -> Ints:
    """Return the connected part of each number: rows tie their numbers together."""
    flat = coo_array(rows)
    row, number = flat.coords
    size = (rows.shape[0] + rows.shape[1],) * 2
    graph = csr_array((np.ones(len(row)), (number, rows.shape[1] + row)), shape=size)
    found = connected_components(graph, directed=False)[1]
    return np.asarray(found[: rows.shape[1]], dtype=np.int64)


def _cut(tied: Tied, inside: Ints) -> Tied:
    """Return the programme over whole components only."""
    columns = csr_array(tied.rows[:, inside])
    kept = np.diff(columns.indptr) > 0
    return Tied(
        csr_array(columns[kept]), tied.right[kept], tied.is_equal[kept],
        tied.low[inside], tied.high[inside], tied.width[inside], tied.asked[inside],
    )  # fmt: skip


def cheapest(tied: Tied, cost: Floats) -> Floats | None:
    """Return the cheapest table that fits, or None when the solver finds none."""
    most = ~tied.is_equal
    result = linprog(
        cost,
        A_eq=tied.rows[tied.is_equal] if tied.is_equal.any() else None,
        b_eq=tied.right[tied.is_equal] if tied.is_equal.any() else None,
        A_ub=tied.rows[most] if most.any() else None,
        b_ub=tied.right[most] if most.any() else None,
        bounds=np.column_stack([tied.low, tied.high]),
        method="highs-ipm" if len(cost) > LARGE else "highs-ds",
    )
    return None if result.x is None or result.status != 0 else np.asarray(result.x)
