"""Witness tables for one block of hidden numbers, by linear programming (HiGHS through SciPy)."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, eye_array, hstack

from tilannehuone.disclosure.programme import LARGE, Block, Found, cheapest, cheapest_kept

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LATENT, COVER, SMALL = 1, 2, 3
SLACK = 1e-6
MENDS = 6
"""How often contradicting rows are looked for in one block."""
ROUNDS = 60
PATCH, DEPTH, PATIENCE = 1500, 12, 2
"""Numbers to a patch, sums from its seed to its edge, and idle rounds before giving up."""


def witness_block(block: Block, singles: int | None) -> Found:
    """Return the ranges of a block's numbers; see `audit`."""
    size = len(block.width)
    found = Found(
        low=np.full(size, np.inf),
        high=np.full(size, -np.inf),
        proven=block.need == 0,
        exact=np.zeros(size, dtype=bool),
        dropped=np.zeros(len(block.right), dtype=bool),
        middle=np.zeros(size),
    )
    _drop_contradictions(block, found)
    if size > LARGE:
        _push_all(block, found, rounds=1)
        _push_patches(block, found)
    _push_all(block, found, rounds=ROUNDS)
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
    if _solve(block, found, np.zeros(len(block.width))) is None:
        found.dropped[:] = True


def _smallest_gaps(block: Block, found: Found) -> Floats | None:
    """Return by how much each kept row must be missed so that the others can hold."""
    size, rows = len(block.width), len(block.right)
    unit = eye_array(rows, format="csr")
    wide = csr_array(hstack([block.rows, unit, -unit]))
    cost = np.concatenate([np.zeros(size), np.ones(2 * rows)])
    upper = np.full(size + 2 * rows, np.inf)
    kept = found.kept
    x = cheapest(wide[kept], block.right[kept], block.is_equal[kept], cost, upper)
    return None if x is None else x[size : size + rows] + x[size + rows :]


def _push_all(block: Block, found: Found, rounds: int) -> None:
    """Push all open numbers up together, then down together, until neither helps any more.

    Components in which nothing is open rest.
    """
    stuck = {True: np.zeros(len(block.width), bool), False: np.zeros(len(block.width), bool)}
    for _ in range(rounds):
        busy = False
        for upwards in (True, False):
            opened = _open(block, found, upwards)
            if not (opened & ~stuck[upwards]).any():
                continue
            busy = True
            active = np.isin(block.component, np.unique(block.component[opened]))
            _push(block, found, opened, upwards, np.where(active, 0, -1))
            left = _open(block, found, upwards)
            stuck[upwards] = left if (left == opened).all() else np.zeros_like(left)
        if not busy:
            return


def _push_patches(block: Block, found: Found) -> None:
    """Push open numbers within small patches, what lies outside staying in the middle.

    Many small programmes in one are far quicker than a large one, and the middle of all tables
    so far leaves each of them room. The patches change from round to round.
    """
    draw = np.random.default_rng(0)
    idle = 0
    while idle < PATIENCE:
        before = int(found.proven.sum())
        for upwards in (True, False):
            opened = np.flatnonzero(_open(block, found, upwards))
            if len(opened):
                seeds = draw.permutation(opened)[: 1 + len(block.width) // PATCH]
                patch = _patches(block.rows, seeds)
                inside = np.zeros(len(block.width), dtype=bool)
                inside[opened] = True
                _push(block, found, inside & (patch >= 0), upwards, patch)
        idle = idle + 1 if int(found.proven.sum()) == before else 0
        if found.proven.all():
            return


def _patches(rows: csr_array, seeds: Ints) -> Ints:
    """Return for each number the patch it falls in: the seed it is nearest to, or -1."""
    flat = coo_array(rows)
    row, number = flat.coords
    patch = np.full(rows.shape[1], -1, dtype=np.int64)
    patch[seeds] = np.arange(len(seeds))
    for _ in range(DEPTH):
        reached = np.full(rows.shape[0], -1, dtype=np.int64)
        inside = patch[number] >= 0
        reached[row[inside]] = patch[number[inside]]
        joins = ~inside & (reached[row] >= 0)
        patch[number[joins]] = reached[row[joins]]
    return patch


def _cut(block: Block, found: Found, patch: Ints) -> tuple[csr_array, Floats, Bools, Ints]:
    """Return the kept rows cut along the patches, each piece held to its part of the middle."""
    flat = coo_array(block.rows)
    row, number = flat.coords
    use = found.kept[row] & (patch[number] >= 0)
    row, number, sign = row[use], number[use], flat.data[use]
    pieces, piece = np.unique(row * (patch.max() + 1) + patch[number], return_inverse=True)
    inside = np.flatnonzero(patch >= 0)
    at = np.cumsum(patch >= 0) - 1
    cut = csr_array((sign, (piece, at[number])), shape=(len(pieces), len(inside)))
    of = pieces // (patch.max() + 1)
    room = np.where(block.is_equal, 0.0, block.right - block.rows @ found.middle)
    shares = np.bincount(of, minlength=len(room))
    right = cut @ found.middle[inside] + np.maximum(room[of], 0) / shares[of]
    return cut, right, block.is_equal[of], inside


def _open(block: Block, found: Found, upwards: bool) -> Bools:
    """Return the numbers that still need a higher (or a lower) witness."""
    needy = ~found.proven & ~found.exact
    small = block.need == SMALL
    reached = found.high >= block.width - SLACK if upwards else found.low <= SLACK
    return needy & ~(small & reached)


def _push(block: Block, found: Found, pushed: Bools, upwards: bool, patch: Ints) -> None:
    """Add one table in which the numbers `pushed` are as high (low) as they need to be.

    A number is split in two, x = first + beyond: upwards the first part up to its aim is rewarded,
    downwards what goes beyond its aim is charged.
    """
    rows, right, is_equal, inside = _cut(block, found, patch)
    small = block.need == SMALL
    up = np.where(small, block.width, found.low + block.width)
    down = np.where(small, 0.0, np.maximum(found.high - block.width, 0.0))
    at = np.flatnonzero(pushed[inside])
    aim = (up if upwards else down)[inside][at]
    size = len(inside)
    wide = csr_array(hstack([rows, rows[:, at]]))
    cost, upper = np.zeros(size + len(at)), np.full(size + len(at), np.inf)
    upper[size:] = aim
    weight = np.random.default_rng(found.tables).uniform(1, 2, len(at))
    cost[size:] = -weight if upwards else 0.0
    cost[at] = 0.0 if upwards else weight
    x = cheapest(wide, right, is_equal, cost, upper)
    if x is not None:
        x[at] += x[size:]
        table = found.middle.copy()
        table[inside] = x[:size]
        _witnessed(block, found, table)


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
            x = cheapest_kept(block, found, cost, upper)
            if x is not None:
                _witnessed(block, found, x)
        found.exact[first] = True
        found.proven[first] |= (block.need[first] == LATENT) & (
            found.low[first] >= block.width[first] - SLACK
        )


def _solve(block: Block, found: Found, cost: Floats) -> Floats | None:
    """Return a table and note it as a witness; None when there is none."""
    upper = np.full(len(cost), np.inf)
    x = cheapest_kept(block, found, cost, upper)
    if x is not None:
        _witnessed(block, found, x)
    return x


def _witnessed(block: Block, found: Found, x: Floats) -> None:
    """Take the table `x` in evidence."""
    found.tables += 1
    found.middle += (x - found.middle) / found.tables
    np.minimum(found.low, x, out=found.low)
    np.maximum(found.high, x, out=found.high)
    whole = (found.low <= SLACK) & (found.high >= block.width - SLACK)
    wide = found.high - found.low >= block.width - SLACK
    found.proven |= np.where(block.need == SMALL, whole, wide)
