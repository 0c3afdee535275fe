"""The auditor's system in as few rows and numbers as say the same: smallest groups, alike merged.

A hidden total is its hidden parts plus what is shown of them, so it needs no number of its own.
What is left are the smallest groups. Of the sums of a shown total all but one say the same when
they come down to the same groups, and groups that stand in exactly the same rows cannot be told
apart: of two or more such, each can be nobody, and each can be all of them together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array, vstack

from tilannehuone.disclosure.totals import DEEPEST, NEAR, Definitions, System, definitions

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Reduced:
    """The same over classes of smallest groups.

    Attributes
    ----------
    rows, right, is_equal : what holds, shape (rows, classes)
    origin : the row of the system (equal first, then most) that each came from
    within, touching : the classes that lie wholly, or at least partly, within each number
    base : what is shown of each number
    free : numbers with a part that stands in no row: they can be anything
    broken : rows of the system that what is shown contradicts
    """

    rows: csr_array
    right: Floats
    is_equal: Bools
    origin: Ints
    within: csr_array
    touching: csr_array
    base: Floats
    free: Bools
    broken: Ints


def reduce(system: System) -> Reduced:
    """Return the system over classes of smallest groups."""
    made = definitions(system)
    rows, right, is_equal, origin = _rows_left(system, made)
    rows, right = _in_leaves(rows, right, made)
    keep, broken = _telling(rows, right, is_equal)
    bad, rows = origin[broken], csr_array(rows[keep])
    hidden = np.isnan(system.known)
    leaves = np.flatnonzero(hidden & (made.level == 0))
    kind, first = _classes(csr_array(rows[:, leaves]))
    within, touching, free = _counted(made, leaves, kind, len(first))
    return Reduced(
        rows=csr_array(rows[:, leaves[first]]),
        right=right[keep],
        is_equal=is_equal[keep],
        origin=origin[keep],
        within=within,
        touching=touching,
        base=_bases(made, system.known),
        free=free,
        broken=bad,
    )


def _rows_left(system: System, made: Definitions) -> tuple[csr_array, Floats, Bools, Ints]:
    """Return the rows that still say something, over hidden numbers: what is shown moved right."""
    kept = np.flatnonzero(~made.spare)
    rows = csr_array(vstack([system.equal[kept], system.most]))
    right = np.concatenate([system.total[kept], system.limit])
    is_equal = np.arange(len(right)) < len(kept)
    origin = np.concatenate([kept, np.arange(len(system.limit)) + system.equal.shape[0]])
    hidden = np.isnan(system.known)
    right = right - rows @ np.where(hidden, 0.0, system.known)
    return csr_array(rows @ diags_array(hidden.astype(float))), right, is_equal, origin


def _in_leaves(rows: csr_array, right: Floats, made: Definitions) -> tuple[csr_array, Floats]:
    """Put the parts of every total in its place until only smallest groups are left."""
    above = diags_array(made.made.astype(float))
    below = diags_array((~made.made).astype(float))
    for _ in range(DEEPEST + 1):
        rows.eliminate_zeros()
        if not made.made[rows.indices].any():
            break
        totals = csr_array(rows @ above)
        right = right - totals @ made.base
        rows = csr_array(rows @ below + totals @ made.parts)
    return rows, right


def _telling(rows: csr_array, right: Floats, is_equal: Bools) -> tuple[Ints, Bools]:
    """Return the rows that say something and no other says, and those nothing can satisfy."""
    size = np.diff(rows.indptr)
    near = NEAR * np.maximum(1.0, np.abs(right))
    empty = size == 0
    broken = empty & np.where(is_equal, np.abs(right) > near, right < -near)
    row = np.repeat(np.arange(len(right)), size)
    rises = np.bincount(row[rows.data > 0], minlength=len(right)) > 0
    idle = ~is_equal & ~rises & (right >= -near)
    hashed = words(rows, axis=0)
    order = np.lexsort((np.arange(len(right)), is_equal, np.round(right, 6), hashed))
    keys = (hashed[order], np.round(right, 6)[order], is_equal[order])
    again = np.ones(len(right), dtype=bool)
    again[:1] = False
    for key in keys:
        again[1:] &= key[1:] == key[:-1]
    twice = np.zeros(len(right), dtype=bool)
    twice[order] = again
    return np.flatnonzero(~empty & ~idle & ~twice), broken


def words(rows: csr_array, axis: int) -> Words:
    """Return a random word for each row (axis 0) or column (1): alike where its entries are."""
    other = np.random.default_rng(1 + axis).integers(
        0, 2**63, rows.shape[1 - axis], dtype=np.uint64
    )
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    here, there = (row, rows.indices) if axis == 0 else (rows.indices, row)
    weight = np.round(rows.data * 2**20).astype(np.int64).astype(np.uint64)
    found = np.zeros(rows.shape[axis], dtype=np.uint64)
    np.add.at(found, here, other[there] * weight)
    return found


def _classes(rows: csr_array) -> tuple[Ints, Ints]:
    """Return the class of each column (-1: in no row) and the first column of each class."""
    tied = np.bincount(rows.indices, minlength=rows.shape[1]) > 0
    at = np.flatnonzero(tied)
    _, first, kind = np.unique(words(rows, axis=1)[at], return_index=True, return_inverse=True)
    found = np.full(rows.shape[1], -1, dtype=np.int64)
    found[at] = kind
    return found, at[first]


def _counted(
    made: Definitions, leaves: Ints, kind: Ints, classes: int
) -> tuple[csr_array, csr_array, Bools]:
    """Return the classes wholly and partly within each number, and the numbers partly in none.

    A last column counts the groups that stand in no row.
    """
    numbers = len(made.level)
    order = np.argsort(made.level, kind="stable")
    place = np.empty(numbers, dtype=np.int64)
    place[order] = np.arange(numbers)
    column = np.where(kind < 0, classes, kind)
    ground = int((made.level == 0).sum())
    shape = (ground, classes + 1)
    counts = csr_array((np.ones(len(leaves)), (place[leaves], column)), shape=shape)
    parts = csr_array(made.parts[order][:, order])
    for level in range(1, int(made.level.max(initial=0)) + 1):
        first, last = np.searchsorted(made.level[order], [level, level + 1])
        counts = csr_array(vstack([counts, parts[first:last, :first] @ counts]))
    counts = csr_array(counts[place])
    size = np.bincount(column, minlength=classes + 1)
    free = np.asarray(counts[:, [classes]].sum(axis=1)).ravel() > 0
    counts = csr_array(counts[:, :classes])
    touching = csr_array((np.ones(counts.nnz), counts.indices, counts.indptr), shape=counts.shape)
    whole = (counts.data == size[counts.indices]).astype(float)
    within = csr_array((whole, counts.indices.copy(), counts.indptr.copy()), shape=counts.shape)
    within.eliminate_zeros()
    return within, touching, free


def _bases(made: Definitions, known: Floats) -> Floats:
    """Return the shown part of each number, the shown parts of its parts included."""
    base = np.where(np.isnan(known), made.base, known)
    total = base.copy()
    for _ in range(int(made.level.max(initial=0))):
        total = base + made.parts @ np.where(np.isnan(known), total, 0.0)
    return total
