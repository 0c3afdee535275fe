"""Revisions taken back until those let through can stand beside all other numbers."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.consistent import Revisions, confining, contested
from tilannehuone.disclosure.history import History, history
from tilannehuone.disclosure.mask import Mask
from tilannehuone.disclosure.protect import Known
from tilannehuone.disclosure.recall import PARTS, Earlier
from tilannehuone.disclosure.rules import Rule, judge
from tilannehuone.disclosure.series import plan_series
from tilannehuone.disclosure.structure import Structure

Bools = NDArray[np.bool_]

ROUNDS = 24
"""Rounds in which the revisions in the way are taken back; then all of them are."""


def settled_history(
    unsafe_cells: pd.DataFrame,
    structure: Structure,
    rules: Mapping[str, Rule],
    earlier: Earlier,
    scales: Mapping[str, float],
    hide: Bools | None = None,
    barred: Bools | None = None,
) -> History:
    """Return the `history` whose revisions fit together, and leave hidden numbers their room.

    Parameters
    ----------
    hide : further cells that must be hidden, shape (cells,)
    barred : rows whose seen number has to stand in any case, shape (cells,)

    Notes
    -----
    Cells that were never published count as hidden: what they tell, the protector can still hide
    (`in_the_way` asks again once it has). Where no revision is let through nothing is solved.
    """
    barred = np.zeros(len(unsafe_cells), dtype=bool) if barred is None else barred
    for _ in range(ROUNDS):
        past = history(unsafe_cells, structure, rules, earlier, scales=scales, barred=barred)
        if not past.moved.any():
            return past
        made = _revisions(past, past.effective(unsafe_cells), structure, rules, hide)
        more = contested(made)
        if not more.any():
            more = confining(made)
        more = more[: structure.cells] & ~barred
        if not more.any():
            return past
        barred = barred | more
    every = np.ones(len(unsafe_cells), dtype=bool)
    return history(unsafe_cells, structure, rules, earlier, scales=scales, barred=every)


def in_the_way(
    past: History,
    effective: pd.DataFrame,
    structure: Structure,
    rules: Mapping[str, Rule],
    hidden: Bools,
) -> Bools:
    """Return the revisions that contradict what else is shown when `hidden` is, shape (cells,)."""
    if not past.moved.any():
        return past.moved
    made = _revisions(past, effective, structure, rules, hidden, is_whole=True)
    return contested(made)[: structure.cells]


def known_of(past: History, hide: Bools | None) -> Known:
    """Return what earlier releases mean for the protector.

    What readers have seen of the cells to `hide` they go on knowing, so it protects nothing.
    """
    offered = np.where(past.planned < 0, np.nan, past.planned.astype(float))
    more = np.zeros_like(past.seen) if hide is None else hide & ~past.known
    given = more & past.seen & ~past.must_hide
    return Known(past.must_hide | (more & ~given), past.known | given, past.seen, offered)


def _revisions(
    past: History,
    effective: pd.DataFrame,
    structure: Structure,
    rules: Mapping[str, Rule],
    hide: Bools | None,
    *,
    is_whole: bool = False,
) -> Revisions:
    """Return the table as a mask over what readers have seen; over all but `hide` if `is_whole`."""
    now, known = judge(effective, rules), known_of(past, hide)
    there = now.known | now.withheld
    small = now.primary | now.withheld
    given = known.given & now.known
    series = plan_series(effective, small, there, known.offered)
    mask = Mask(structure, now, series, known.hide & there, given, known.seen)
    if not is_whole:
        mask.hidden[: structure.cells] |= there & ~known.seen & ~given
    then = judge(effective.assign(**dict(zip(PARTS, past.before.T, strict=True))), rules)
    open_ = ~mask.hidden & mask.exists
    seen = np.zeros(structure.variables, dtype=bool)
    seen[: structure.cells] = past.seen & ~past.known & open_[: structure.cells]
    change = []
    for one, before in zip(now.ledgers, then.ledgers, strict=True):
        if one.used.any():
            moved = np.zeros(structure.variables)
            moved[: structure.cells] = np.nan_to_num(np.subtract(one.values, before.values))
            change.append(np.where(seen, moved, 0.0))
    return Revisions(mask, tuple(change), seen)
