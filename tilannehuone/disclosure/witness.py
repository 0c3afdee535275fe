"""Witness tables for one connected part of a table: how low and how high each number can be.

Every table that agrees with all that is shown is a witness for all numbers at once. So tables are
sought that push hundreds of open numbers together. What is still open after that is solved for by
itself.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tilannehuone.disclosure.block import SLACK, SMALL, Block, Found, mark_narrow, met
from tilannehuone.disclosure.programme import Programme, smallest_gaps

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MENDS = 6
"""How often contradicting rows are looked for in one part."""
WORTH, PATIENCE = 100, 2
"""Pushing goes on until it takes more steps to a proof, two rounds running."""
EFFORT = 400
"""Steps a number, in all, before what is still open is told as unproven; 10 is usual."""
ALONE = 20_000
"""Steps for one end of one number."""
ENOUGH = 300
"""Numbers of a part that turn out narrow by themselves, after which the open ones are left so."""
ENDS = 100
"""Numbers of a part that single rows show to be narrow whose very ends are sought too."""


def witness(block: Block, singles: int | None) -> Found:
    """Return the ranges of a part's numbers (without their `base`); see `audit`.

    Deterministic: the same block gives the same tables, whatever else runs beside it.
    """
    parts = len(block.need)
    whole = np.abs(block.right - np.rint(block.right)) <= SLACK
    found = Found(
        low=np.full(parts, np.inf),
        high=np.where(block.endless, np.inf, -np.inf),
        lowest=np.zeros(parts, dtype=bool),
        highest=block.endless.copy(),
        narrow=np.zeros(parts, dtype=bool),
        dropped=np.zeros(len(block.right), dtype=bool),
        is_whole=bool(whole.all()),
    )
    programme = _first_table(block, found)
    if programme is None:  # nothing is known then, so nothing is proven
        found.low, found.high = np.zeros(parts), np.where(block.endless, np.inf, 0.0)
        found.highest[:] = False
        return found
    least, most = mark_narrow(block, found)
    budget = EFFORT * parts + ALONE
    _push_together(block, found, programme, budget)
    _push_alone(block, found, programme, budget, singles)
    rest = found.narrow & ~(found.lowest & found.highest)
    found.low[rest], found.high[rest] = least[rest], most[rest]
    found.lowest |= rest
    found.highest |= rest
    return found


def _first_table(block: Block, found: Found) -> Programme | None:
    """Find a first table; leave out contradicting rows until there is one. None if never."""
    top = 2 * float(np.abs(block.right).sum()) + 100 * float(block.width.max(initial=1.0))
    for _ in range(MENDS):
        kept = ~found.dropped
        rows = csr_array(block.rows[kept])
        programme = Programme(rows, block.right[kept], block.is_equal[kept], top)
        x, _ = programme.table(np.zeros(rows.shape[1]), fresh=True)
        if x is not None:
            _take(block, found, x)
            return programme
        gaps = smallest_gaps(rows, block.right[kept], block.is_equal[kept], top)
        if gaps is None or not (gaps > SLACK).any():
            break
        found.dropped[np.flatnonzero(kept)[gaps > SLACK]] = True
    found.dropped[:] = True
    return None


def _take(block: Block, found: Found, x: Floats | None) -> None:
    """Take a table in evidence; where counts are whole, a range ends at whole numbers."""
    if x is None:
        return
    low, high = block.within @ x, block.touching @ x
    if found.is_whole:
        low, high = np.ceil(low - SLACK), np.floor(high + SLACK)
    np.minimum(found.low, low, out=found.low)
    np.maximum(found.high, high, out=found.high)


def _open(block: Block, found: Found) -> Ints:
    """Return the numbers that are neither proven nor known to be narrow."""
    low, high = found.low + block.base, found.high + block.base
    settled = found.narrow | (found.lowest & found.highest)
    return np.flatnonzero(~settled & ~met(block.need, low, high, block.width))


def _push_together(block: Block, found: Found, programme: Programme, budget: int) -> None:
    """Push all open numbers at once: some down to nobody, some up, but no further than they need.

    What a number would rise above its need is left to others, so one table proves hundreds.
    """
    draw = np.random.default_rng(0)
    idle = 0
    while idle < PATIENCE and programme.steps < budget:
        opened = _open(block, found)
        if not len(opened):
            return
        before, steps = len(opened), programme.steps
        low = found.low[opened] + block.base[opened] > SLACK
        high = found.high[opened] + block.base[opened] >= block.width[opened] - SLACK
        either = (low & ~high) | (block.need[opened] != SMALL)
        down = np.where(either, draw.random(before) < 0.5, low)
        cost, caps = _aim(block, opened, down, draw.uniform(0.5, 1, before))
        x = programme.capped(cost, caps)
        _take(block, found, programme.table(cost, fresh=True)[0] if x is None else x)
        proven = before - len(_open(block, found))
        idle = idle + 1 if proven * WORTH < programme.steps - steps else 0


def _aim(block: Block, opened: Ints, down: Bools, weight: Floats) -> tuple[Floats, Floats]:
    """Return what the classes cost when numbers are pushed, and how far those may rise."""
    classes = block.rows.shape[1]
    size = np.diff(block.touching.indptr)[opened]
    weight = weight / np.sqrt(np.maximum(size, 1))
    falls, rises = block.within[opened[down]], block.touching[opened[~down]]
    cost = falls.T @ weight[down] - rises.T @ weight[~down]
    caps = np.full(classes, np.inf)
    lone = opened[~down & (size == 1) & (block.need[opened] == SMALL)]
    at = block.touching.indices[block.touching.indptr[lone]]
    np.minimum.at(caps, at, np.ceil(block.width[lone] - block.base[lone]))
    return cost, caps


def _push_alone(
    block: Block, found: Found, programme: Programme, budget: int, singles: int | None
) -> None:
    """Solve for the ends of what is still open, one number at a time; then of some narrow ones."""
    left = len(block.need) if singles is None else singles
    narrow = 0
    for one in (*_open(block, found), *np.flatnonzero(found.narrow)[:ENDS]):
        if left <= 0 or narrow >= ENOUGH or programme.steps >= budget:
            return
        tried = False
        for upwards in (False, True):
            if _is_open(block, found, int(one)):
                tried = True
                _end(block, found, programme, int(one), upwards)
        left -= tried
        narrow += tried and not _is_met(block, found, int(one))


def _is_open(block: Block, found: Found, one: int) -> bool:
    """Return whether one number is neither proven nor known in both ends."""
    return not _is_met(block, found, one) and not (found.lowest[one] and found.highest[one])


def _is_met(block: Block, found: Found, one: int) -> bool:
    """Return whether one number is proven."""
    low, high = found.low[[one]] + block.base[one], found.high[[one]] + block.base[one]
    return bool(met(block.need[[one]], low, high, block.width[[one]])[0])


def _end(block: Block, found: Found, programme: Programme, one: int, upwards: bool) -> None:
    """Find one end of one number."""
    if upwards and found.highest[one] or not upwards and found.low[one] <= SLACK:
        found.lowest[one] |= not upwards
        return
    share = (block.touching if upwards else block.within)[[one]].toarray().ravel()
    x, is_end = programme.table(-share if upwards else share, steps=ALONE)
    if x is not None:
        _take(block, found, x)
        (found.highest if upwards else found.lowest)[one] |= is_end
