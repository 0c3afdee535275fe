"""Which revisions are let through, and what stands in place of the others.

See `history` for the rule in words. The numbers that come out form one table again: where all
splits of a sum were seen or are new, they add up as the exact ones do.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tilannehuone.disclosure.carry import TOLERANCE, Relations, Step

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Revised:
    """Numbers of now and those seen before, one row a cell; pairs are (numerator, denominator).

    Attributes
    ----------
    numbers : shape (rows, 2), exact; NaN where there is none now
    before : shape (rows, 2), as readers saw them last
    seen : whether they saw the cell, and its number still stands in the sums above
    mute : hidden from them and never seen
    width : k of each row
    share, averaged : proportions; means and medians
    """

    numbers: Floats
    before: Floats
    seen: Bools
    mute: Bools
    width: Floats
    share: Bools
    averaged: Bools


@dataclass(frozen=True, eq=False)
class _Pass:
    numbers: Floats
    unfit: Bools  # shape (rows, 2): should change, but may not

    def moved(self, revised: Revised) -> Bools:
        """Return the numbers that are others than readers saw, shape (rows, 2)."""
        return np.asarray(revised.seen[:, None] & (_gap(self.numbers, revised.before) > 0))


def effective_numbers(
    revised: Revised,
    relations: Relations,
    steps: list[Step],
    blind: Floats,
    held: Bools,
    is_small: Callable[[Floats, Bools], Bools],
) -> Floats:
    """Return the numbers to publish and to protect, shape (rows, 2).

    Parameters
    ----------
    steps, blind : of `carrying_steps`
    held : rows whose seen number stands whatever the revision
    is_small : given numbers and rows, which rows would have to be hidden

    Notes
    -----
    Begins with every revision of k or more let through and takes back, with all its parts, what
    breaks the rule somewhere above, until nothing does. Revisions are only ever taken back, so
    this ends; with all taken back every number is the seen one, which added up before.
    """
    held = np.repeat(held[:, None], 2, axis=1)
    together = revised.share | revised.averaged
    while True:
        tried = _once(revised, steps, held)
        moved = tried.moved(revised)
        small = is_small(tried.numbers, np.asarray(moved.any(axis=1)))
        broken = tried.unfit | (moved & small[:, None])
        relation, part = np.nonzero(_off(revised, relations, blind, tried.numbers))
        broken[relations.parent[relation], part] = True
        broken[together] |= broken[together].any(axis=1, keepdims=True)
        back = np.asarray(relations.below(broken) & moved & ~held)
        if not back.any():
            return tried.numbers
        held |= back


def _once(revised: Revised, steps: list[Step], held: Bools) -> _Pass:
    """Return the numbers when all but `held` may change, carried from the finest level up."""
    out = revised.numbers.copy()
    correction = np.zeros_like(out)
    carried = np.zeros_like(out)
    unfit = np.zeros(out.shape, dtype=bool)
    for step in steps:
        for part, (rows, parts) in enumerate(step.carriers):
            carried[rows, part] = parts @ correction[:, part]
        rows = step.rows
        wanted = np.maximum(revised.numbers[rows] + carried[rows], 0.0)
        share = revised.share[rows]
        wanted[share, 1] = np.fmax(wanted[share, 1], wanted[share, 0])
        goes, bad = _goes(revised, rows, wanted)
        told = revised.seen[rows][:, None] & np.isfinite(revised.before[rows])
        stays = told & (held[rows] | ~goes) & np.isfinite(wanted)
        out[rows] = np.where(stays, revised.before[rows], wanted)
        unfit[rows] = told & bad & ~held[rows]
        correction[rows] = np.nan_to_num(out[rows] - revised.numbers[rows])
    return _Pass(out, unfit)


def _goes(
    revised: Revised, rows: NDArray[np.int64], wanted: Floats
) -> tuple[NDArray[np.bool_], Bools]:
    """Return which numbers of `rows` may change to `wanted`, and which should but may not.

    What is held back in the parts of a sum may not carry it further from its exact number than it
    is now, by k or more.
    """
    exact, before = revised.numbers[rows], revised.before[rows]
    gap = _gap(wanted, before)
    width = revised.width[rows]
    nearer = _gap(wanted, exact) < _gap(before, exact) + width[:, None]
    fine = (gap == 0) | ((gap >= width[:, None] - TOLERANCE) & nearer)
    change = np.nan_to_num(wanted - before)
    rest = _gap(change[:, 1], change[:, 0])
    whole = fine.all(axis=1) & ((rest == 0) | (rest >= width - TOLERANCE))
    many = gap[:, 1] >= width - TOLERANCE
    joint = np.where(revised.averaged[rows], many, whole)
    together = revised.share[rows] | revised.averaged[rows]
    goes = np.where(together[:, None], joint[:, None], fine)
    return goes, ~goes & (gap > 0)


def _gap(one: Floats, other: Floats) -> Floats:
    """Return how far apart numbers are; 0 where either is missing or they are the same."""
    gap = np.abs(np.nan_to_num(one - other))
    return np.where(gap <= TOLERANCE, 0.0, gap)


def _off(revised: Revised, relations: Relations, blind: Floats, numbers: Floats) -> Bools:
    """Return the relations that would no longer hold as they did, shape (relations, 2).

    Where all is known, a total must differ from its parts as it does in the exact numbers or did
    in the seen ones. Where some parts are hidden, the shown ones must not exceed the total.
    """
    known = blind == 0
    unknown = relations.children @ (~known).astype(float)
    unseen = relations.children @ (~revised.seen).astype(float)
    all_seen = revised.seen[relations.parent] & (unseen == 0)
    gap = _rest(relations, numbers)
    exact = _rest(relations, revised.numbers)
    before = np.where(all_seen[:, None], _rest(relations, revised.before), exact)
    judged = relations.adds & relations.whole & known[relations.parent]
    differs = (_gap(gap, exact) > 0) & (_gap(gap, before) > 0) & (unknown == 0)
    open_ = (~revised.mute)[:, None].astype(float)
    left = _rest(relations, numbers, open_)
    overdrawn = (left < -TOLERANCE) & (_rest(relations, revised.numbers, open_) >= -TOLERANCE)
    return np.asarray(judged & (differs | overdrawn))


def _rest(relations: Relations, numbers: Floats, used: Floats | float = 1.0) -> Floats:
    """Return total minus parts of each relation, shape (relations, 2)."""
    filled = np.nan_to_num(numbers)
    return np.asarray(filled[relations.parent] - relations.children @ (filled * used))
