"""Where rounded sums tell too much: which printed number to take back.

The choice looks at printed numbers only. For each number that can be told it takes back, in the
sum that leaves it least room, the member that makes the most sums harmless around it; of equals
the one that is cheapest: small, and at the finest grain. Only what readers have not seen can be
taken back: a number printed for the first time, or a move of one that they have.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tilannehuone.disclosure.interval_reach import Reach
from tilannehuone.disclosure.intervals import SLACK, Tied, breaks, propagated
from tilannehuone.disclosure.rounded_table import Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def cure(table: Table, loose: Bools, found: Reach) -> Bools:
    """Return those of the rows `loose` to take back so that unsafe numbers come free.

    One for each, or fewer: a number in one of whose sums something has just been taken back waits
    for the next round.
    """
    ward = Ward(table, found.tied, loose)
    back = np.zeros(len(loose), dtype=bool)
    for number in np.flatnonzero(found.unsafe):
        rows = ward.rows_of(np.array([number]))
        rows = rows[~found.dropped[rows]]
        beside = [ward.loose_in(row) for row in rows]
        if any(back[cells].any() for cells in beside):
            continue
        chosen = ward.best(int(number), rows)
        if chosen is None:
            only = found.unsafe & (np.arange(len(found.low)) == number)
            back |= surroundings(table, loose, found.tied, only)
        else:
            back[chosen] = True
    return back


def surroundings(table: Table, loose: Bools, tied: Tied, unsafe: Bools) -> Bools:
    """Return the rows `loose` that are the fewest sums away from the numbers `unsafe`."""
    rows = csr_array(abs(tied.rows))
    size = table.structure.variables
    reached = unsafe.astype(float)
    while True:
        cells = np.any(np.reshape(reached > 0, (3, size)), axis=0)
        near: Bools = np.logical_and(np.atleast_1d(cells)[: len(loose)], loose)
        grown = np.minimum(reached + rows.T @ (rows @ reached), 1.0)
        if near.any():
            return near
        if (grown > 0).sum() == (reached > 0).sum():
            return loose.copy()
        reached = grown


@dataclass(frozen=True, eq=False)
class _Alone:
    """One row by itself, over its members only."""

    members: Ints
    tied: Tied

    def tells(self) -> bool:
        """Whether this sum by itself tells too much of a member that is asked for."""
        low, high = propagated(self.tied)
        unsafe = self.tied.asked & breaks(low, high, self.tied.width)
        return bool(unsafe.any() and (low <= high + SLACK).all())

    def without(self, cell: int, size: int) -> "_Alone":
        """Return the row with nothing printed of a cell."""
        freed = self.members % size == cell
        low, high = np.where(freed, 0.0, self.tied.low), np.where(freed, np.inf, self.tied.high)
        return _Alone(self.members, replace(self.tied, low=low, high=high))

    def room(self, number: int) -> float:
        """Return how wide this sum by itself leaves a member."""
        low, high = propagated(self.tied)
        return float((high - low)[self.members == number][0])


class Ward:
    """The sums of a table as it is printed, looked at one by one."""

    def __init__(self, table: Table, tied: Tied, loose: Bools) -> None:
        self.tied = tied
        self.columns = csr_array(tied.rows.T)
        self.size = table.structure.variables
        self.loose = loose
        level = table.level[: len(loose)]
        self.price = (1 + 0.6 * level) * np.log2(2 + np.nan_to_num(table.count))
        self.gains: dict[int, int] = {}

    def best(self, number: int, rows: Ints) -> int | None:
        """Return the cell to take back for one unsafe number; None when its sums have none."""
        telling = [row for row in rows if self._alone(row).tells()]
        telling.sort(key=lambda row: (self._alone(row).room(number), row))
        chosen = telling[:1] if telling else rows
        cells = np.unique(np.concatenate([np.empty(0, int), *map(self.loose_in, chosen)]))
        if not telling and len(cells) > 1:
            cells = cells[cells != number % self.size]  # its own number is not what tells of it
        order = sorted(cells, key=lambda one: (-self._gain(int(one)), self.price[one], one))
        return int(order[0]) if order else None

    def loose_in(self, row: int) -> Ints:
        """Return the cells in a sum that can be taken back."""
        cells = np.unique(self._members(row) % self.size)
        cells = cells[cells < len(self.loose)]
        return np.asarray(cells[self.loose[cells]], dtype=np.int64)

    def rows_of(self, numbers: Ints) -> Ints:
        """Return the rows that some of the numbers stand in."""
        spans = [slice(*self.columns.indptr[[one, one + 1]]) for one in numbers]
        return np.unique(np.concatenate([self.columns.indices[span] for span in spans]))

    def _gain(self, cell: int) -> int:
        """Return how many sums fewer tell anything once a cell is hidden."""
        if cell not in self.gains:
            rows = self.rows_of(cell + self.size * np.arange(3))
            alone = [self._alone(row) for row in rows]
            self.gains[cell] = sum(
                one.tells() - one.without(cell, self.size).tells() for one in alone
            )
        return self.gains[cell]

    def _members(self, row: int) -> Ints:
        rows = self.tied.rows
        return np.asarray(rows.indices[rows.indptr[row] : rows.indptr[row + 1]], dtype=np.int64)

    def _alone(self, row: int) -> _Alone:
        members, tied = self._members(row), self.tied
        signs = tied.rows.data[tied.rows.indptr[row] : tied.rows.indptr[row + 1]]
        return _Alone(
            members,
            Tied(
                csr_array(signs[None, :]), tied.right[[row]], tied.is_equal[[row]],
                tied.low[members], tied.high[members], tied.width[members], tied.asked[members],
            ),
        )  # fmt: skip
