"""From a mask to the auditor's puzzle: the hidden numbers of a ledger and what their sums say."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from tilannehuone.disclosure.audit import Puzzle
from tilannehuone.disclosure.closure import Sums
from tilannehuone.disclosure.relations import LAST, OPEN, SUM, UNION

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Entries = tuple[Ints, Ints, Floats]

TOLERANCE = 1e-6


def puzzle_of(sums: Sums, hidden: Bools, exists: Bools, width: Floats, need: Ints) -> Puzzle:
    """Return the puzzle over the variables `hidden & exists`, in their order.

    `width` and `need` are over all variables. Relations that the shown numbers contradict by
    themselves are left out: nobody can use them.
    """
    unknown = hidden & exists
    at = np.cumsum(unknown) - 1
    shown = np.where(exists & ~hidden, sums.values, 0.0)
    count = int(unknown.sum())
    equal, total = _equalities(sums, unknown, shown)
    most, limit = _limits(sums, unknown, shown)
    return Puzzle(
        _matrix(equal, at, (len(total), count)),
        total,
        _matrix(most, at, (len(limit), count)),
        limit,
        width[unknown],
        need[unknown],
    )


def _matrix(entries: Entries, at: Ints, shape: tuple[int, int]) -> csr_array:
    row, variable, sign = entries
    return csr_array(coo_array((sign, (row, at[variable])), shape=shape))


def _equalities(sums: Sums, unknown: Bools, shown: Floats) -> tuple[Entries, Floats]:
    """Return the rows Σ children - parent = 0 with what is shown moved to the right."""
    incidence, parent = sums.incidence, sums.structure.parent
    left = shown[parent] - incidence.children_sum(shown)
    inside = incidence.children_sum(unknown.astype(float)) + unknown[parent]
    whole = (sums.kind == SUM) & incidence.alive & (inside > 0)
    whole &= unknown[parent] | (left >= -TOLERANCE)
    last = (sums.kind == LAST) & incidence.alive & unknown[parent] & unknown[incidence.last]
    used = whole | last
    row = np.cumsum(used) - 1
    member = unknown[incidence.child] & (
        whole[incidence.relation]
        | (last[incidence.relation] & (incidence.child == incidence.last[incidence.relation]))
    )
    above = np.flatnonzero(used & unknown[parent])
    entries = (
        np.concatenate([row[incidence.relation[member]], row[above]]),
        np.concatenate([incidence.child[member], parent[above]]),
        np.concatenate([np.ones(int(member.sum())), -np.ones(len(above))]),
    )
    right = np.where(whole, np.where(unknown[parent], -incidence.children_sum(shown), left), 0.0)
    return entries, np.where(unknown[parent] & last, 0.0, right)[used]


def _limits(sums: Sums, unknown: Bools, shown: Floats) -> tuple[Entries, Floats]:
    """Return the rows of unions and of sums with an unseen rest, as `... <= limit`."""
    incidence, parent = sums.incidence, sums.structure.parent
    parts = incidence.children_sum(shown)
    inside = incidence.children_sum(unknown.astype(float)) + unknown[parent] > 0
    alive = incidence.alive & inside
    blocks = [
        _weighed(sums, unknown, np.flatnonzero((sums.kind == OPEN) & alive), shown, parts, 1.0),
        _weighed(sums, unknown, np.flatnonzero((sums.kind == UNION) & alive), shown, parts, -1.0),
        _no_larger(sums, unknown, shown, (sums.kind == UNION) & alive),
    ]
    sizes = np.cumsum([0] + [len(limit) for _, limit in blocks])
    rows = [row + first for ((row, _, _), _), first in zip(blocks, sizes, strict=False)]
    entries = (
        np.concatenate(rows).astype(np.int64),
        np.concatenate([variable for (_, variable, _), _ in blocks]).astype(np.int64),
        np.concatenate([sign for (_, _, sign), _ in blocks]),
    )
    return entries, np.concatenate([limit for _, limit in blocks])


def _weighed(
    sums: Sums, unknown: Bools, which: Ints, shown: Floats, parts: Floats, sign: float
) -> tuple[Entries, Floats]:
    """Return `sign * (Σ children - parent) <= 0` of the relations `which`."""
    incidence, parent = sums.incidence, sums.structure.parent
    row = np.full(len(parent), -1, dtype=np.int64)
    row[which] = np.arange(len(which))
    member = unknown[incidence.child] & (row[incidence.relation] >= 0)
    above = which[unknown[parent[which]]]
    entries = (
        np.concatenate([row[incidence.relation[member]], row[above]]),
        np.concatenate([incidence.child[member], parent[above]]),
        np.concatenate([np.full(int(member.sum()), sign), np.full(len(above), -sign)]),
    )
    return entries, sign * (shown[parent] - parts)[which]


def _no_larger(sums: Sums, unknown: Bools, shown: Floats, which: Bools) -> tuple[Entries, Floats]:
    """Return `child - parent <= 0` for every child of a union of which something is hidden."""
    incidence, parent = sums.incidence, sums.structure.parent
    above = parent[incidence.relation]
    use = which[incidence.relation] & (unknown[incidence.child] | unknown[above])
    child, above = incidence.child[use], above[use]
    rows = np.arange(len(child))
    low, high = unknown[child], unknown[above]
    entries = (
        np.concatenate([rows[low], rows[high]]),
        np.concatenate([child[low], above[high]]),
        np.concatenate([np.ones(int(low.sum())), -np.ones(int(high.sum()))]),
    )
    return entries, shown[above] - shown[child]
