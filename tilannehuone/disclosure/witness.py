"""Witness tables for one block of hidden numbers, by linear programming (HiGHS through SciPy)."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LATENT, COVER, SMALL = 1, 2, 3
SLACK = 1e-6
MENDS = 6
"""How often contradicting rows are looked for in one block."""


@dataclass(frozen=True, eq=False)
class Block:
    """Some components of a puzzle: `rows @ x` is `right` where `is_equal`, else at most that."""

    rows: csr_array
    right: Floats
    is_equal: Bools
    component: Ints
    width: Floats
    need: Ints


@dataclass(eq=False)
class Found:
    """What the witnesses of a block prove so far."""

    low: Floats
    high: Floats
    proven: Bools
    exact: Bools
    dropped: Bools
    kept: Bools = field(init=False)

    def __post_init__(self) -> None:
        self.kept = ~self.dropped


def witness_block(block: Block, singles: int | None) -> Found:
    """Return the ranges of a block's numbers; see `audit`."""
    size = len(block.width)
    found = Found(
        np.full(size, np.inf), np.full(size, -np.inf), block.need == 0,
        np.zeros(size, dtype=bool), np.zeros(len(block.right), dtype=bool),
    )
    _drop_contradictions(block, found)
    _common_witnesses(block, found)
    _single_witnesses(block, found, singles)
    return found


def _drop_contradictions(block: Block, found: Found) -> None:
    """Find a first table; leave out rows until there is one."""
    for _ in range(MENDS):
        if _solve(block, found, np.zeros(len(block.width))) is not None:
            return
        gaps = _smallest_gaps(block, found)
        if gaps is None or not (gaps > SLACK).any():
            break
        found.dropped |= gaps > SLACK
        found.kept = ~found.dropped
    if _solve(block, found, np.zeros(len(block.width))) is None:
        found.dropped[:] = True
        found.kept = ~found.dropped


def _smallest_gaps(block: Block, found: Found) -> Floats | None:
    """Return by how much each kept row must be missed so that the others can hold."""
    size, rows = len(block.width), len(block.right)
    unit = eye_array(rows, format="csr")
    wide = csr_array(hstack([block.rows, unit, -unit]))
    cost = np.concatenate([np.zeros(size), np.ones(2 * rows)])
    upper = np.full(size + 2 * rows, np.inf)
    x = _programme(wide, block.right, block.is_equal, found.kept, cost, upper)
    return None if x is None else x[size : size + rows] + x[size + rows :]


def _common_witnesses(block: Block, found: Found) -> None:
    """Push all open numbers up together, then down together, as long as it proves some."""
    weights = np.random.default_rng(0)
    idle = 0
    while idle < 2 and not found.proven.all():
        before = int(found.proven.sum())
        for upwards in (True, False):
            pushed = _open(block, found, upwards)
            if pushed.any():
                _push(block, found, pushed, upwards, weights.uniform(1, 2, len(pushed)))
        idle = idle + 1 if int(found.proven.sum()) == before else 0


def _open(block: Block, found: Found, upwards: bool) -> Bools:
    """Return the numbers that still need a higher (or a lower) witness."""
    needy = ~found.proven & ~found.exact
    small = block.need == SMALL
    reached = found.high >= block.width - SLACK if upwards else found.low <= SLACK
    return needy & ~(small & reached)


def _push(block: Block, found: Found, pushed: Bools, upwards: bool, weight: Floats) -> None:
    """Add one table in which the numbers `pushed` are as high (low) as they need to be.

    A number is split in two, x = first + beyond: upwards the first part up to its aim is rewarded,
    downwards what goes beyond its aim is charged.
    """
    low, high = np.where(np.isfinite(found.low), found.low, 0.0), np.maximum(found.high, 0.0)
    small = block.need == SMALL
    up, down = np.where(small, block.width, low + block.width), np.where(small, 0.0, high - block.width)
    aim = up if upwards else np.maximum(down, 0.0)
    at = np.flatnonzero(pushed)
    size = len(block.width)
    wide = csr_array(hstack([block.rows, block.rows[:, at]]))
    cost, upper = np.zeros(size + len(at)), np.full(size + len(at), np.inf)
    upper[size:] = aim[at]
    if upwards:
        cost[size:] = -weight[at]
    else:
        cost[at] = weight[at]
    x = _programme(wide, block.right, block.is_equal, found.kept, cost, upper)
    if x is not None:
        x[at] += x[size:]
        _witnessed(block, found, x[:size])


def _single_witnesses(block: Block, found: Found, singles: int | None) -> None:
    """Solve for the ends of what is still open, one number of each component at a time."""
    used = np.zeros(int(block.component.max(initial=0)) + 1, dtype=np.int64)
    while True:
        opened = np.flatnonzero(~found.proven & ~found.exact)
        if singles is not None:
            opened = opened[used[block.component[opened]] < singles]
        if len(opened) == 0:
            return
        first = opened[np.unique(block.component[opened], return_index=True)[1]]
        used[block.component[first]] += 1
        for upwards in (True, False):
            cost = np.zeros(len(block.width))
            cost[first] = -1.0 if upwards else 1.0
            upper = np.full(len(block.width), np.inf)
            upper[first] = np.maximum(found.high[first], 0) + block.width[first]
            x = _programme(block.rows, block.right, block.is_equal, found.kept, cost, upper)
            if x is not None:
                _witnessed(block, found, x)
        found.exact[first] = True
        found.proven[first] |= (block.need[first] == LATENT) & (
            found.low[first] >= block.width[first] - SLACK
        )


def _solve(block: Block, found: Found, cost: Floats) -> Floats | None:
    """Return a table and note it as a witness; None when there is none."""
    upper = np.full(len(cost), np.inf)
    x = _programme(block.rows, block.right, block.is_equal, found.kept, cost, upper)
    if x is not None:
        _witnessed(block, found, x)
    return x


def _witnessed(block: Block, found: Found, x: Floats) -> None:
    """Take the table `x` in evidence."""
    np.minimum(found.low, x, out=found.low)
    np.maximum(found.high, x, out=found.high)
    whole = (found.low <= SLACK) & (found.high >= block.width - SLACK)
    wide = found.high - found.low >= block.width - SLACK
    found.proven |= np.where(block.need == SMALL, whole, wide)


def _programme(
    rows: csr_array, right: Floats, is_equal: Bools, kept: Bools, cost: Floats, upper: Floats
) -> Floats | None:
    """Return the cheapest x in [0, upper] that the kept rows allow, or None."""
    equal, most = kept & is_equal, kept & ~is_equal
    result = linprog(
        cost,
        A_eq=rows[equal] if equal.any() else None,
        b_eq=right[equal] if equal.any() else None,
        A_ub=rows[most] if most.any() else None,
        b_ub=right[most] if most.any() else None,
        bounds=np.column_stack([np.zeros(len(upper)), upper]),
        method="highs",
    )
    return None if result.x is None or result.status != 0 else np.maximum(result.x, 0.0)
