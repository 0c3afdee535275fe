"""What a reader believes of a family of sums, judged by the numbers that are shown.

Nothing says that a quarter is three months: for flows it is their sum, for states it is the last
of them, for distinct persons it lies between the largest and the sum, and a county with more
municipalities than the table has is only at least their sum. A reader tries them on what is shown
and keeps what agrees; without evidence the sum is assumed, which is the strictest of them.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tilannehuone.disclosure.structure import MIXED, Structure

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SUM, LAST, UNION, OPEN, NOTHING = range(5)
"""parent = Σ; parent = last child; max <= parent <= Σ; parent >= Σ; no tie at all."""

TOLERANCE = 1e-6


class Incidence:
    """The children of each relation as a matrix, of those variables that exist."""

    def __init__(self, structure: Structure, exists: Bools) -> None:
        child_in = exists[structure.child]
        relation, child = structure.relation[child_in], structure.child[child_in]
        shape = (len(structure.parent), structure.variables)
        ones = np.ones(len(child))
        self.matrix = csr_array((ones, (relation, child)), shape=shape)
        self.relation, self.child = relation, child
        self.parent = structure.parent
        count = np.bincount(relation, minlength=shape[0])
        self.alive: Bools = exists[structure.parent] & (count > 0)
        self.count: Ints = count.astype(np.int64)
        self.last = np.full(shape[0], -1, dtype=np.int64)
        self.last[relation] = child  # the children stand in time order; the last one wins

    def children_sum(self, values: Floats) -> Floats:
        """Return the sum over the children of each relation, shape (relations,)."""
        return np.asarray(self.matrix @ values, dtype=float)

    def children_max(self, values: Floats) -> Floats:
        """Return the largest of the children of each relation; 0 without children."""
        most = np.zeros(self.matrix.shape[0])
        np.maximum.at(most, self.relation, values[self.child])
        return most


def existing(structure: Structure, present: Bools) -> Bools:
    """Return which variables take part: those present, and totals of something present.

    An empty cell that is no such total counts as nothing in its sums: the tightest reading.
    """
    exists = present.copy()
    for _ in range(structure.variables):
        found = structure.parent[
            np.bincount(
                structure.relation, weights=exists[structure.child], minlength=len(structure.parent)
            )
            > 0
        ]
        grown = exists.copy()
        grown[found] = True
        if (grown == exists).all():
            break
        exists = grown
    return exists


def believed(
    structure: Structure, incidence: Incidence, values: Floats, shown: Bools
) -> tuple[Ints, Bools]:
    """Return the kind of each family, and which relations the shown numbers contradict.

    A kind is believed when at least half of the fully shown relations of its family agree. Areas of
    several types under one are mostly two splits of it: that they sum together is assumed only
    where those of no one type do.
    """
    filled = np.where(shown, values, 0.0)
    hidden_children = incidence.children_sum((~shown).astype(float))
    total, parts = filled[structure.parent], incidence.children_sum(filled)
    whole = incidence.alive & shown[structure.parent] & (hidden_children == 0)
    last = incidence.last
    both = incidence.alive & shown[structure.parent] & (last >= 0) & shown[last]
    near = TOLERANCE * np.maximum(1.0, np.abs(total))
    over_time = np.array([dimension == "time" for _, dimension, _ in structure.families], bool)
    same = np.abs(total - filled[last]) <= near
    agrees = {
        SUM: (whole, np.abs(total - parts) <= near),
        LAST: (both & over_time[structure.family] & (incidence.count > 1), same),
        UNION: (whole, (total <= parts + near) & (total >= incidence.children_max(filled) - near)),
        OPEN: (whole, total >= parts - near),
    }
    mixed = np.array([what.endswith(MIXED) for _, _, what in structure.families], bool)
    kinds = np.full(len(structure.families), NOTHING, dtype=np.int64)
    for kind in (OPEN, UNION, LAST, SUM):
        tried, good = agrees[kind]
        support = np.bincount(structure.family[tried & good], minlength=len(kinds))
        trials = np.bincount(structure.family[tried], minlength=len(kinds))
        believe = 2 * support >= np.maximum(trials, 1)
        if kind == SUM:
            believe |= (trials == 0) & ~mixed
            believe |= (trials == 0) & mixed & ~_split_already(structure, believe & ~mixed)
        kinds[believe] = kind
    mine = kinds[structure.family]
    wrong = np.zeros(len(structure.parent), dtype=bool)
    for kind, (tried, good) in agrees.items():
        wrong |= (mine == kind) & tried & ~good
    return kinds, wrong


def _split_already(structure: Structure, sums: Bools) -> Bools:
    """Return the families whose area is already the sum of its areas of one type."""
    whole = [(one, what.rsplit(" of ", 1)[0]) for one, _, what in structure.families]
    split = {name for name, is_sum in zip(whole, sums, strict=True) if is_sum}
    return np.array([name in split for name in whole], dtype=bool)
