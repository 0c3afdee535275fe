"""Revisions that cannot stand beside each other: found by solving for the hidden numbers.

Where some numbers of a sum stand and others are revised, the hidden ones between them may be left
without any value that fits, or with less room than they are promised. All old numbers fit together
(the old truth shows it) and leave room enough (the old release was proven), so do all new ones; a
mixture need not. A reader who sees that no table fits learns where the revisions are; one who sees
that only few are left for hidden people learns that they are few.

So the least gaps between the shown numbers and any table of hidden ones are solved for, and the
ends of the ranges that are too narrow. The prices of such a solution (after Farkas: a weighted sum
of rows) tell how much each shown number adds to the fault. The revisions that add to it wait; by
what is left the same weighted sum says no more than it did of the old truth.

What a revision leaves for the hidden parts of a single sum has to change by k or not at all, too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack
from scipy.sparse.csgraph import connected_components

from tilannehuone.disclosure.audit import FREE
from tilannehuone.disclosure.mask import Mask
from tilannehuone.disclosure.prices import Rows
from tilannehuone.disclosure.prove import is_small_enough, prove
from tilannehuone.disclosure.puzzle import puzzle_of
from tilannehuone.disclosure.relations import SUM

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEAR = 1e-6
FEW = 40
"""Of so many numbers with too little room the ends are solved for before it is asked again."""


@dataclass(frozen=True, eq=False)
class Revisions:
    """A table with revisions in it, and what changed since readers saw it.

    Attributes
    ----------
    mask : what is shown and hidden, all that readers never saw among it where that is asked
    change : for each account of the mask, how much every seen number changed; shape (variables,)
    seen : shape (variables,), whether readers have seen a number of it that they see again
    """

    mask: Mask
    change: tuple[Floats, ...]
    seen: Bools

    @property
    def moved(self) -> Bools:
        """The variables whose number is another than readers saw."""
        return np.asarray((np.abs(self.change) > NEAR).any(axis=0))


def contested(one: Revisions) -> Bools:
    """Return the revisions that contradict what else is shown, or tell too little changed.

    Shape (variables,). Empty when each sum leaves the same as before for its hidden parts, or k
    more or less, and some table of hidden numbers fits all that is shown. Whoever lets them stand
    and asks again comes to an end: each of them moved.
    """
    found = np.zeros(one.mask.structure.variables, dtype=bool)
    for at, change in enumerate(one.change):
        moved = np.abs(change) > NEAR
        if moved.any():
            found |= moved & (_leaving_few(one, at) | _contradicting(one, at))
    return found


def confining(one: Revisions) -> Bools:
    """Return the revisions that leave a hidden number less room than promised.

    Shape (variables,). Asked of a mask that hides all that readers never saw, this is what no
    protector can mend: it could only hide what they have seen.
    """
    mask, moved = one.mask, one.moved
    found = np.zeros(len(moved), dtype=bool)
    if not moved.any():
        return found
    for at, account in enumerate(mask.accounts):
        account.proven |= ~_near(one, at)
    failing = prove(mask, whole=is_small_enough(mask))
    for at, account in enumerate(mask.accounts):
        asked = failing & account.used & ~account.proven & mask.hidden & (account.need != FREE)
        for mine in _systems(one, at, asked):
            which = asked[mine.variable] & ~mine.fixed
            found[mine.variable] |= _confining(mine, which, one.change[at][mine.variable])
    return found


def _confining(mine: Rows, asked: Bools, change: Floats) -> Bools:
    """Return the numbers whose change confines one of `asked`; of those side by side only one."""
    found = np.zeros(len(asked), dtype=bool)
    for tried, number in enumerate(np.flatnonzero(asked).tolist()):
        if tried >= FEW and found.any():
            break
        if not found[mine.beside(number)].any():
            found |= mine.narrowing(number, change) > NEAR
    return found


def _leaving_few(one: Revisions, at: int) -> Bools:
    """Return the members of sums that leave their hidden parts a change of 1 … k-1."""
    sums, change = one.mask.sums[at], one.change[at]
    incidence, parent = sums.incidence, sums.structure.parent
    left = np.abs(change[parent] - incidence.children_sum(change))
    unseen = incidence.children_sum((~one.seen).astype(float)) > 0
    bad = (left > NEAR) & (left < sums.width - NEAR) & unseen & one.seen[parent]
    bad &= incidence.alive & (sums.kind == SUM)
    found = np.zeros(len(change), dtype=bool)
    found[incidence.child[bad[incidence.relation]]] = True
    found[parent[bad]] = True
    return found


def _contradicting(one: Revisions, at: int) -> Bools:
    """Return the variables whose change adds to a gap that no hidden numbers can close."""
    found = np.zeros(len(one.seen), dtype=bool)
    for mine in _systems(one, at, one.seen):
        if not mine.fits():
            adds = mine.gaping() * one.change[at][mine.variable]
            found[mine.variable[adds > NEAR]] = True
    return found


def _near(one: Revisions, at: int) -> Bools:
    """Return the hidden variables that sums tie to a number that moved."""
    found = np.zeros(len(one.seen), dtype=bool)
    for mine in _systems(one, at, one.mask.hidden):
        found[mine.variable[~mine.fixed]] = True
    return found


def _systems(one: Revisions, at: int, wanted: Bools) -> Iterator[Rows]:
    """Yield the connected parts of an account in which something moved and something is `wanted`.

    Sums are connected by the hidden numbers they share.
    """
    mask, account = one.mask, one.mask.accounts[at]
    exists = mask.exists & account.used
    every = np.flatnonzero(exists)
    need = np.full(len(exists), FREE)
    puzzle = puzzle_of(mask.sums[at], exists, exists, need.astype(float), need)
    rows = csr_array(vstack([puzzle.equal, puzzle.most]))
    is_equal = np.arange(rows.shape[0]) < puzzle.equal.shape[0]
    fixed = ~mask.hidden[every]
    part = _parts(csr_array(rows[:, ~fixed]))
    moved = np.abs(one.change[at][every]) > NEAR
    here, asked = (part[abs(rows) @ each.astype(float) > 0] for each in (moved, wanted[every]))
    for number in np.intersect1d(here, asked):
        if number >= 0:
            mine = part == number
            inside = np.diff(csr_array(rows[mine]).tocsc().indptr) > 0
            yield Rows(
                rows=csr_array(rows[mine][:, inside]),
                is_equal=is_equal[mine],
                variable=every[inside],
                fixed=fixed[inside],
                values=account.values[every[inside]],
            )


def _parts(rows: csr_array) -> Ints:
    """Return the connected part of each row, that columns tie; -1 for an empty row."""
    count = rows.shape[0]
    row, column = coo_array(rows).coords
    shape = (count + rows.shape[1],) * 2
    ties = csr_array((np.ones(len(row)), (row, count + column)), shape=shape)
    part = connected_components(ties, directed=False)[1][:count]
    return np.where(np.diff(rows.indptr) == 0, -1, part).astype(np.int64)
