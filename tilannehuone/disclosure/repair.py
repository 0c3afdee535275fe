"""Mending a mask: what still gives itself away gets a protecting cell near it, or goes whole."""

import numpy as np
from numpy.typing import NDArray

from tilannehuone.disclosure.audit import FREE
from tilannehuone.disclosure.mask import Account, Mask

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STEPS = 4
"""How many sums away from a failing number a cell is sought that could protect it."""


class Entries:
    """Every (relation, member) pair of a mask, children and parents alike."""

    def __init__(self, mask: Mask) -> None:
        relations = np.flatnonzero(mask.incidence.alive)
        self.count = len(mask.structure.parent)
        self.size = mask.structure.variables
        self.parts = len(mask.incidence.relation)
        self.relation: Ints = np.concatenate([mask.incidence.relation, relations])
        self.member: Ints = np.concatenate([mask.incidence.child, mask.structure.parent[relations]])

    def touched(self, region: Bools) -> Bools:
        """Return the relations with a member in the region, shape (relations,)."""
        found = np.zeros(self.count, dtype=bool)
        found[self.relation[region[self.member]]] = True
        return found

    def members(self, relations: Bools) -> Bools:
        """Return the members of the relations, shape (variables,)."""
        found = np.zeros(self.size, dtype=bool)
        found[self.member[relations[self.relation]]] = True
        return found

    def around(self, region: Bools) -> Bools:
        """Return what shares a sum with the region, the region included."""
        return np.asarray(self.members(self.touched(region)) | region, dtype=bool)

    def apart(self, wanted: Bools, rank: Ints) -> Bools:
        """Return those of `wanted` that no better ranked one stands nearer than three sums to."""
        last = np.iinfo(np.int64).max
        inside = wanted[self.member]
        nearest = np.full(self.count, last)
        np.minimum.at(nearest, self.relation[inside], rank[self.member[inside]])
        reach = np.full(self.size, last)
        np.minimum.at(reach, self.member, nearest[self.relation])
        farther = np.full(self.count, last)
        np.minimum.at(farther, self.relation, reach[self.member])
        beaten = np.zeros(self.size, dtype=bool)
        relation, member = self.relation[inside], self.member[inside]
        beaten[member[farther[relation] != rank[member]]] = True
        return wanted & ~beaten


def mend(mask: Mask, entries: Entries, failing: Bools, *, thorough: bool) -> None:
    """Hide the cheapest cell near each failing one; `thorough`: one in each of its sums."""
    for at, one in enumerate(mask.accounts):
        region = failing & one.used & (one.need != FREE)
        for _ in range(STEPS):
            if not region.any():
                break
            helped = _hide_near(mask, entries, at, region, thorough)
            region = entries.around(region & ~helped) & mask.hidden


def _hide_near(mask: Mask, entries: Entries, at: int, region: Bools, thorough: bool) -> Bools:
    """Hide the best candidate of each variable of `region`; return which were helped."""
    best, member = _cheapest(entries, mask.candidates(at), mask.costs(at))
    mine = region[entries.member] & np.isfinite(best[entries.relation])
    relation, variable = entries.relation[mine], entries.member[mine]
    helped = np.zeros(len(region), dtype=bool)
    helped[variable] = True
    if not thorough:
        order = np.lexsort((relation, best[relation], variable))
        _, first = np.unique(variable[order], return_index=True)
        relation = relation[order][first]
    mask.hidden[member[relation]] = True
    return helped


def _cheapest(entries: Entries, candidates: Bools, cost: Floats) -> tuple[Floats, Ints]:
    """Return the lowest cost of a candidate in each relation, and the candidate."""
    use = candidates[entries.member]
    relation, member = entries.relation[use], entries.member[use]
    order = np.lexsort((member, cost[member], relation))
    relation, member = relation[order], member[order]
    first = np.ones(len(relation), dtype=bool)
    first[1:] = relation[1:] != relation[:-1]
    best, which = np.full(entries.count, np.inf), np.zeros(entries.count, dtype=np.int64)
    best[relation[first]], which[relation[first]] = cost[member[first]], member[first]
    return best, which


def coarsen(mask: Mask, entries: Entries, failing: Bools) -> None:
    """Hide the finest shown cells around every part of the table that still fails."""
    part = failing
    while True:
        grown = (entries.around(part) & mask.hidden) | part
        if (grown == part).all():
            break
        part = grown
    beside = entries.around(part) & mask.exists & ~mask.hidden & mask.free
    if beside.any():
        finest = beside & (mask.level == mask.level[beside].min())
        mask.hidden |= finest
        mask.coarsened += int(finest.sum())


def hide_all(mask: Mask, failing: Bools) -> None:
    """Hide every cell of the measures that still fail: with nothing shown nothing is known."""
    measures = np.unique(mask.structure.indicator[failing])
    whole = np.isin(mask.structure.indicator, measures) & mask.free
    mask.coarsened += int((whole & mask.exists & ~mask.hidden).sum())
    mask.hidden |= whole & mask.exists
    one: Account
    for one in mask.accounts:
        one.proven |= np.isin(mask.structure.indicator, measures)
