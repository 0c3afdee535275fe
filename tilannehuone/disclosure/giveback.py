"""Give back what need not be hidden: whole curves first, since a curve is what people read."""

import numpy as np
from numpy.typing import NDArray

from tilannehuone.disclosure.mask import Mask
from tilannehuone.disclosure.repair import Entries

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

TRIES = 3
"""How often one curve is tried; its neighbours may be in the way the first time."""
NARROWING = 6
"""How often a batch of curves is thinned before it is given up."""


def give_back(mask: Mask, entries: Entries, kept: Bools, rounds: int) -> int:
    """Show again the curves that were lost to protection wherever no sum gives anything away.

    Many curves that share no sum are shown together, the ranges are narrowed again, and those near
    anything that became narrow are taken back. What was proven before has to be proven anew.

    Parameters
    ----------
    kept : cells that must stay hidden, shape (cells,)
    rounds : how many batches are tried

    Returns
    -------
    how many cells were given back
    """
    series, before = mask.series, int(mask.hidden.sum())
    tried = np.zeros(len(series.size), dtype=np.int64)
    order = np.random.default_rng(0)
    for _ in range(rounds):
        wanted = _lost(mask, kept, tried)
        if not wanted.any():
            break
        rank = np.full(mask.structure.variables, np.iinfo(np.int64).max - 1)
        place = order.permutation(len(series.size)) + tried * len(series.size)
        rank[: mask.structure.cells] = place[series.of]
        batch = _whole_series(mask, wanted, entries.apart(wanted, rank))
        tried[np.unique(series.of[batch[: mask.structure.cells]])] += 1
        _show(mask, entries, batch)
    shown = before - int(mask.hidden.sum())
    if shown:
        for one in mask.accounts:
            one.proven[:] = False
    return shown


def _lost(mask: Mask, kept: Bools, tried: Ints) -> Bools:
    """Return the hidden cells whose showing would make a curve readable again."""
    series, cells = mask.series, mask.structure.cells
    hidden = mask.hidden[:cells] & mask.known
    count = np.bincount(series.of, weights=hidden, minlength=len(series.size))
    stays = np.bincount(series.of, weights=hidden & kept, minlength=len(series.size))
    lost = series.offered & (count > series.spare) & (stays <= series.spare) & (tried < TRIES)
    found = np.zeros(mask.structure.variables, dtype=bool)
    found[:cells] = hidden & ~kept & lost[series.of]
    return found


def _whole_series(mask: Mask, wanted: Bools, free: Bools) -> Bools:
    """Return the wanted cells of those series all of whose cells are free of others."""
    series, cells = mask.series, mask.structure.cells
    torn = np.zeros(len(series.size), dtype=bool)
    torn[series.of[(wanted & ~free)[:cells]]] = True
    found = np.zeros(mask.structure.variables, dtype=bool)
    found[:cells] = wanted[:cells] & ~torn[series.of]
    return found


def _show(mask: Mask, entries: Entries, batch: Bools) -> None:
    """Show the batch as far as nothing becomes narrow; put back what is near to what does."""
    start = mask.hidden.copy()
    mask.hidden = start & ~batch
    for step in range(NARROWING):
        told = _told(mask, entries)
        if not told.any():
            return
        near = told
        for _ in range(1 + step):
            near = entries.around(near)
        back = near & batch & ~mask.hidden
        mask.hidden |= _of_same_series(mask, back, batch) if back.any() else batch & ~mask.hidden
    if _told(mask, entries).any():
        mask.hidden = start


def _told(mask: Mask, entries: Entries) -> Bools:
    """Return the hidden variables that a sum, or sums one after another, give away."""
    found = mask.narrow()
    for at in range(len(mask.accounts)):
        found |= entries.members(mask.alone(at)) & mask.hidden
    return found


def _of_same_series(mask: Mask, some: Bools, batch: Bools) -> Bools:
    """Return the cells of the batch whose series has one of `some`."""
    series, cells = mask.series, mask.structure.cells
    chosen = np.zeros(len(series.size), dtype=bool)
    chosen[series.of[some[:cells]]] = True
    found = batch.copy()
    found[:cells] &= chosen[series.of]
    return found
