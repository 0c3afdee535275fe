"""The proof: the solver is asked for two tables of every hidden number, one low and one high."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tilannehuone.disclosure.audit import FREE, audit
from tilannehuone.disclosure.closure import Sums
from tilannehuone.disclosure.mask import Mask
from tilannehuone.disclosure.puzzle import puzzle_of
from tilannehuone.disclosure.relations import NOTHING

Bools = NDArray[np.bool_]

THOROUGH = 150_000
"""Up to so many hidden numbers of an account all are solved for; above, those of the areas that
have areas below them, and the finest ones stand on their ranges (`bounds.py`) alone."""


def is_small_enough(mask: Mask) -> bool:
    """Whether every hidden number can be solved for."""
    return int((mask.hidden & mask.exists).sum()) <= THOROUGH


def prove(mask: Mask, *, whole: bool) -> Bools:
    """Let the solver try every account; return the variables it gets at.

    Without `whole` only areas that have areas below them are tried: quicker, and most of what is
    told of the finest areas is told through them. What is proven of the whole stays so while the
    mask only grows, and is not tried again.
    """
    failing = np.zeros(mask.structure.variables, dtype=bool)
    for at, one in enumerate(mask.accounts):
        unknown = mask.hidden & mask.exists & one.used
        scope = mask.exists if whole else mask.exists & _upper(mask)
        sums = _within(mask.sums[at], scope)
        unknown &= scope
        need = np.where(one.proven, FREE, one.need)
        puzzle = puzzle_of(sums, unknown, mask.exists, mask.width, need)
        ranges = audit(puzzle)
        mask.solved += int((puzzle.need != FREE).sum())
        variables = np.flatnonzero(unknown)
        if whole:
            one.proven[variables[ranges.proven]] = True
        failing[variables[~ranges.proven]] = True
    return failing


def excuse(mask: Mask) -> int:
    """Ask nothing of the numbers that readers can compute whatever is hidden now; return how many.

    Earlier releases showed numbers that were wide enough for a smaller k. Where a range stays
    narrow with all hidden that readers never saw, hiding more would only cost what can be read.
    """
    if mask.free[: mask.structure.cells].all() or not is_small_enough(mask):
        return 0
    hidden = mask.hidden
    mask.hidden = hidden | (mask.exists & mask.free)
    mask.believe()
    prove(mask, whole=True)
    known = np.zeros(len(hidden), dtype=bool)
    for one in mask.accounts:
        lost = hidden & mask.exists & one.used & ~one.proven & (one.need != FREE)
        one.need[lost] = FREE
        known |= lost
        one.proven[:], one.ranges = False, None
    mask.hidden = hidden
    mask.believe()
    return int(known.sum())


def _upper(mask: Mask) -> Bools:
    """Return the variables of areas that have areas below them; all, where there are none."""
    structure = mask.structure
    over_areas = np.array([dimension == "area" for _, dimension, _ in structure.families], bool)
    if not over_areas.any():
        return np.ones(structure.variables, dtype=bool)
    found = np.zeros(structure.variables, dtype=bool)
    found[structure.parent[over_areas[structure.family]]] = True
    return found


def _within(sums: Sums, scope: Bools) -> Sums:
    """Return the sums with those that reach out of the scope left out."""
    outside = sums.incidence.children_sum((~scope).astype(float)) > 0
    outside |= ~scope[sums.structure.parent]
    return replace(sums, kind=np.where(outside, NOTHING, sums.kind))
