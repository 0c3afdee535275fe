"""Complementary cells, relation by relation: no single sum may give a hidden number away."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tilannehuone.disclosure.relations import LAST, NOTHING, OPEN, SUM, UNION, Incidence
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


BARE = 6.0
"""What a candidate costs more for each of its relations in which nothing is hidden yet."""


@dataclass(frozen=True, eq=False)
class Sums:
    """The relations that hold in one ledger, and its numbers with zeros for unknown ones."""

    structure: Structure
    incidence: Incidence
    values: Floats
    kind: Ints  # of each relation
    width: Floats  # k of each relation


def broken(sums: Sums, hidden: Bools, exists: Bools, secret: Bools) -> Bools:
    """Return the relations that alone give a hidden number away, shape (relations,).

    A sum with one hidden member gives it exactly; a shown total that leaves less than k for its
    hidden children says that each of them is small. What is merely missing, and so no `secret`,
    may be computed.
    """
    parent, incidence = sums.structure.parent, sums.incidence
    shown = exists & ~hidden
    filled = np.where(shown, sums.values, 0.0)
    parts = incidence.children_sum(filled)
    hidden_parts = incidence.children_sum((hidden & exists).astype(float))
    parent_shown = shown[parent]
    left = filled[parent] - parts
    secrets = incidence.children_sum((hidden & exists & secret).astype(float))
    inside = secrets > 0
    secret_parent = ~parent_shown & secret[parent]
    lonely = (hidden_parts + ~parent_shown == 1) & (secrets + secret_parent == 1)
    tight = parent_shown & inside & (left < sums.width) & (left >= 0)
    is_sum, is_union = sums.kind == SUM, sums.kind == UNION
    possible = ~parent_shown | (left >= 0)
    found = is_sum & possible & (lonely | tight)
    found |= is_union & parent_shown & (hidden_parts == 1) & inside & (left > 0)
    spread = parts - incidence.children_max(filled)
    found |= is_union & secret_parent & (hidden_parts == 0) & (spread < sums.width)
    found |= (sums.kind == OPEN) & tight
    last = incidence.last
    told = (shown[last] & secret_parent) | (parent_shown & hidden[last] & secret[last])
    found |= (sums.kind == LAST) & (last >= 0) & told
    return found & incidence.alive & (sums.kind != NOTHING)


def covers(sums: Sums, which: Bools, candidates: Bools, cost: Floats) -> Ints:
    """Return for each relation of `which` the cheapest candidate among its members.

    Cheap is what is small, fine-grained, and stands in sums that have hidden members already.
    """
    incidence, structure = sums.incidence, sums.structure
    relation = np.concatenate([incidence.relation, np.arange(len(structure.parent))])
    member = np.concatenate([incidence.child, structure.parent])
    last = (sums.kind[relation] == LAST) & (member != structure.parent[relation])
    fits = which[relation] & candidates[member] & ~(last & (member != incidence.last[relation]))
    relation, member = relation[fits], member[fits]
    order = np.lexsort((member, cost[member], relation))
    relation, member = relation[order], member[order]
    first = np.ones(len(relation), dtype=bool)
    first[1:] = relation[1:] != relation[:-1]
    return np.unique(member[first])


def cover_costs(sums: Sums, hidden: Bools, level: Floats, values: Floats) -> Floats:
    """Return what hiding each variable costs: its size and grain, and the sums it newly opens."""
    incidence, structure = sums.incidence, sums.structure
    untouched = incidence.children_sum(hidden.astype(float)) + hidden[structure.parent] == 0
    untouched = untouched & incidence.alive
    opened = np.bincount(
        incidence.child, weights=untouched[incidence.relation], minlength=structure.variables
    ) + np.bincount(structure.parent, weights=untouched, minlength=structure.variables)
    return (1 + 0.6 * level) * np.log2(2 + np.maximum(values, 0)) + BARE * opened


def levels(structure: Structure) -> Floats:
    """Return how many steps of sums lie below each variable: 0 for the finest."""
    level = np.zeros(structure.variables)
    relation = structure.relation
    for _ in range(32):
        below = np.zeros(len(structure.parent))
        np.maximum.at(below, relation, level[structure.child])
        grown = level.copy()
        np.maximum.at(grown, structure.parent, below + 1)
        if (grown == level).all():
            break
        level = grown
    return level
