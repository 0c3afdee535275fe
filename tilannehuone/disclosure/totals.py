"""How each total is made of its parts, so that a hidden total needs no number of its own.

A total that several sums give (over areas, over months, over ages) is made by the one with the
fewest hidden groups. The others say the same as soon as they come down to the same groups, which
is told by comparing sums of a random word for each group.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEAR = 1e-6
DEEPEST = 64
"""Levels of sums of sums; what lies deeper hangs in a circle."""


@dataclass(frozen=True, eq=False)
class System:
    """Numbers x >= 0, `equal @ x == total` and `most @ x <= limit`; `known` is NaN if hidden."""

    equal: csr_array
    total: Floats
    most: csr_array
    limit: Floats
    known: Floats


@dataclass(frozen=True, eq=False)
class Definitions:
    """How hidden totals are made: `parts @ x + base`; `level` 0 is a smallest group."""

    parts: csr_array
    base: Floats
    made: Bools
    level: Ints
    spare: Bools  # rows of `equal` that say nothing new


def definitions(system: System) -> Definitions:
    """Choose how each total is made: of several sums the one with the fewest hidden groups."""
    equal, total, known = system.equal, system.total, system.known
    hidden = np.isnan(known)
    negative = equal.data < 0
    row = np.repeat(np.arange(equal.shape[0]), np.diff(equal.indptr))
    parents = np.bincount(row[negative], minlength=equal.shape[0])
    plain = np.bincount(row[np.abs(equal.data) != 1], minlength=equal.shape[0]) == 0
    sums = (parents == 1) & plain & (total <= NEAR)
    parent = np.full(equal.shape[0], -1, dtype=np.int64)
    parent[row[negative]] = equal.indices[negative]
    entry = sums[row] & ~negative
    relation, child = row[entry], equal.indices[entry].astype(np.int64)
    level, sums = _levels(parent, sums, relation, child, len(known))
    same, best = _chosen(parent, sums, relation, child, level, system, hidden)
    defines = np.zeros(len(sums), dtype=bool)
    defines[best[best >= 0]] = True
    used = defines[relation] & hidden[parent[relation]]
    of, part = parent[relation[used]], child[used]
    is_hidden = hidden[part]
    shape = (len(known), len(known))
    ones = np.ones(int(is_hidden.sum()))
    parts = csr_array((ones, (of[is_hidden], part[is_hidden])), shape=shape)
    base = np.zeros(len(known))
    np.add.at(base, of[~is_hidden], known[part[~is_hidden]])
    mine = np.flatnonzero(defines & hidden[parent])
    base[parent[mine]] -= total[mine]
    above = np.zeros(len(known), dtype=bool)
    above[parent[mine]] = True
    spare = same & ~(defines & ~hidden[np.maximum(parent, 0)])
    return Definitions(parts, base, above, np.where(above | ~hidden, level, 0), spare)


def _levels(
    parent: Ints, sums: Bools, relation: Ints, child: Ints, numbers: int
) -> tuple[Ints, Bools]:
    """Return how many sums of sums lie below each number, and the sums that go in no circle."""
    level = np.zeros(numbers, dtype=np.int64)
    above = parent[relation]
    for _ in range(DEEPEST):
        grown = level.copy()
        np.maximum.at(grown, above, level[child] + 1)
        if (grown == level).all():
            break
        level = grown
    good = sums.copy()
    good[relation[level[above] <= level[child]]] = False
    return level, good


def _chosen(
    parent: Ints,
    sums: Bools,
    relation: Ints,
    child: Ints,
    level: Ints,
    system: System,
    hidden: Bools,
) -> tuple[Bools, Ints]:
    """Return the sums that come down to the same groups as the first, and the best of each total.

    Sets of groups are compared by the sum of a random word for each group. The best sum has the
    fewest hidden groups that are not already counted under a shown part.
    """
    rows, numbers = len(parent), len(hidden)
    word = np.random.default_rng(0).integers(0, 2**63, numbers, dtype=np.uint64)
    offset, few = np.zeros(numbers), hidden.astype(float)
    best = np.full(numbers, -1, dtype=np.int64)
    same = np.zeros(rows, dtype=bool)
    use = sums[relation]
    relation, child = relation[use], child[use]
    start = np.searchsorted(relation, np.arange(rows + 1))
    for one in range(1, int(level.max(initial=0)) + 1):
        mine = np.flatnonzero(sums & (level[np.maximum(parent, 0)] == one))
        mine = mine[start[mine + 1] > start[mine]]
        if not len(mine):
            continue
        inside = np.concatenate([np.arange(start[i], start[i + 1]) for i in mine])
        cut = np.cumsum(start[mine + 1] - start[mine]) - (start[mine + 1] - start[mine])
        below = child[inside]
        words = np.add.reduceat(word[below], cut)
        offsets = np.add.reduceat(offset[below], cut) - system.total[mine]
        counts = np.add.reduceat(few[below], cut)
        above, first = np.unique(parent[mine], return_index=True)
        word[above], offset[above] = words[first], offsets[first]
        up = parent[mine]
        alike = (words == word[up]) & (np.abs(offsets - offset[up]) <= NEAR)
        same[mine[alike]] = True
        order = np.lexsort((mine, counts, ~alike, up))
        _, at = np.unique(up[order], return_index=True)
        best[above] = mine[order][at]
        few[above] = np.where(hidden[above], counts[order][at], 0.0)
    return same, best
