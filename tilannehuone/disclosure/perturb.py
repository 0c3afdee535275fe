"""The cheapest cells that would let a hidden number be another one: a perturbation of the table.

What is told of a number is that no table with another one agrees with everything shown. So the
smallest change of the true table is sought in which the number is k (or 0): hidden cells change
freely, shown ones at their cost. The shown cells that change are those to hide, and the changed
table is then the witness. Solved near the number only; what lies outside stays as it is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack

from tilannehuone.disclosure.audit import SMALL
from tilannehuone.disclosure.mask import Mask
from tilannehuone.disclosure.repair import Entries

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STEPS = (2, 3, 4, 5)
"""Sums from the number to the edge of its neighbourhood; a wider one where a nearer has no way."""
MOST = 30_000
"""A neighbourhood with more numbers than this is not tried."""
MOVED = 1e-6


@dataclass(frozen=True, eq=False)
class Graph:
    """Which variable stands in which sum, both ways round."""

    rows: csr_array  # relations x variables: +1 a part, -1 the whole
    columns: csr_array  # the same, transposed


def graph_of(entries: Entries) -> Graph:
    """Return the sums of a mask as signed sparse rows."""
    parents = entries.member.size - entries.parts
    sign = np.concatenate([np.ones(entries.parts), -np.ones(parents)])
    shape = (entries.count, entries.size)
    rows = csr_array((sign, (entries.relation, entries.member)), shape=shape)
    return Graph(rows, csr_array(rows.T))


def to_hide(mask: Mask, graph: Graph, at: int, which: Ints) -> tuple[Ints, Ints]:
    """Return the cells to hide so that each of `which` can be low and high, and those in vain."""
    one, cost = mask.accounts[at], mask.costs(at)
    hidden = mask.hidden.copy()
    movable = mask.exists & one.used & (hidden | mask.free)
    vain = []
    for number in which:
        aims = [mask.width[number] - one.values[number], -one.values[number]]
        if one.need[number] != SMALL:
            aims = [mask.width[number], -min(mask.width[number], one.values[number])][:1]
        for aim in aims:
            if abs(aim) <= MOVED:
                continue
            found = _cheapest(graph, int(number), aim, one.values, cost, hidden, movable)
            if found is None:
                vain.append(number)
            else:
                hidden[found] = True
    added = np.flatnonzero(hidden & ~mask.hidden)
    return added, np.array(vain, dtype=np.int64)


def _cheapest(
    graph: Graph, number: int, aim: float, values: Floats, cost: Floats, hidden: Bools,
    movable: Bools,
) -> Ints | None:  # fmt: skip
    """Return the shown cells of the cheapest change that moves `number` by `aim`."""
    for steps in STEPS:
        near = _near(graph, number, steps, movable)
        if len(near) > MOST:
            return None
        found = _change(graph, number, aim, values, np.where(hidden, 1e-4, cost), near)
        if found is not None:
            moved = near[np.abs(found) > MOVED]
            return moved[~hidden[moved]]
    return None


def _near(graph: Graph, number: int, steps: int, movable: Bools) -> Ints:
    """Return the movable variables within so many sums of a number, itself included."""
    near = np.array([number], dtype=np.int64)
    for _ in range(steps):
        relations = np.unique(_entries(graph.columns, near))
        near = np.unique(np.append(_entries(graph.rows, relations), number))
        near = near[movable[near]]
        if len(near) > MOST:
            break
    return near


def _entries(matrix: csr_array, rows: Ints) -> Ints:
    """Return the columns of the entries of some rows."""
    spans = [matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]] for row in rows]
    return np.concatenate(spans).astype(np.int64) if spans else np.empty(0, dtype=np.int64)


def _change(
    graph: Graph, number: int, aim: float, values: Floats, cost: Floats, near: Ints
) -> Floats | None:
    """Return the cheapest change of the numbers `near`, or None when there is none."""
    relations = np.unique(_entries(graph.columns, near))
    part = csr_array(graph.rows[relations][:, near])
    size = len(near)
    here = np.searchsorted(near, number)
    upper = np.concatenate([np.full(size, np.inf), values[near]])
    lower = np.zeros(2 * size)
    fixed = here if aim > 0 else size + here
    other = size + here if aim > 0 else here
    lower[fixed] = upper[fixed] = abs(aim)
    upper[other] = 0.0
    result = linprog(
        np.concatenate([cost[near], cost[near]]),
        A_eq=csr_array(hstack([part, -part])),
        b_eq=np.zeros(len(relations)),
        bounds=np.column_stack([lower, upper]),
        method="highs-ds",
    )
    return None if result.x is None or result.status != 0 else result.x[:size] - result.x[size:]
