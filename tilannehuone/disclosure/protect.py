"""Hide what is small and what would give it away; prove it; publish nothing unproven.

The release plan says which curves are offered (`series.py`). Complementary cells are hidden until
no single sum gives anything away (`closure.py`); ranges that follow sum by sum find what is still
told (`bounds.py`), and it is mended (`repair.py`); curves that need not be hidden are given back
(`giveback.py`); then the solver tries all sums together (`prove.py`), and more is hidden where it
wins. What resists is coarsened: the finest periods of that part of the table go, then the next, at
last all of it, which needs no proof of luck: where nothing is shown every number can be 0 and can
be large.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.giveback import give_back
from tilannehuone.disclosure.mask import Mask
from tilannehuone.disclosure.perturb import Graph, graph_of, to_hide
from tilannehuone.disclosure.prove import excuse, is_small_enough, prove
from tilannehuone.disclosure.repair import Entries, coarsen, hide_all, mend
from tilannehuone.disclosure.rules import Rule, judge
from tilannehuone.disclosure.series import TAU, SeriesPlan, plan_series
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

METHOD = "plan by series, closure, ranges, repair, giving back, linear programming"
VERSION = "2"
NUMBERS = ["numerator", "denominator", "value"]
GENTLE, ROUNDS = 14, 24
"""Rounds of repair by single cells, and rounds in all."""
SINGLE = 30
"""Rounds in which only failing cells far from each other are mended; then all at once."""
BATCHES = 24
LARGE = 300_000
"""Above so many cells a tenth of these rounds and batches have to do."""


@dataclass(frozen=True, eq=False)
class Known:
    """What earlier releases mean for the rows of a table; shape (cells,) each.

    Attributes
    ----------
    hide : hidden before, so hidden now
    given : shown before and to be hidden now; readers know these numbers
    seen : shown before, so that hiding it would protect nothing
    offered : 1 the series was offered in that year, 0 it was not, NaN it is new
    """

    hide: Bools
    given: Bools
    seen: Bools
    offered: Floats


@dataclass(frozen=True, eq=False)
class Protection:
    """What is hidden, and how much of it for which reason (counts in total only).

    Attributes
    ----------
    hidden : shape (cells,)
    series : the series of the cells, and which were planned
    offered : shape (series,), which curves can be read in the end
    """

    hidden: Bools
    series: SeriesPlan
    offered: Bools
    primary: int
    withheld: int
    complementary: int
    rounds: int
    coarsened: int
    given_back: int
    given_away: int
    kept: int
    unsolved: int  # hidden, and too many for the solver to take all

    @property
    def readable(self) -> int:
        """How many curves have at most `TAU` small points."""
        return int(self.series.readable.sum())

    @property
    def not_offered(self) -> int:
        """How many cells are hidden since their curve is not offered."""
        return int((self.hidden & ~self.offered[self.series.of]).sum())


def protect(
    unsafe_cells: pd.DataFrame, structure: Structure, rules: Mapping[str, Rule]
) -> pd.DataFrame:
    """Return the same rows, with the numbers of unsafe cells gone and their status 'c'.

    Parameters
    ----------
    unsafe_cells : columns of the working table `unsafe_cells`; an index of any kind
    structure : `build_structure` of the same rows
    rules : one for every indicator of the rows

    Notes
    -----
    The promise, tried before this returns: by everything shown, a hidden count of 0 … k-1 can be
    0 and can be k or more, and every hidden number has a range at least k wide. A hidden zero, a
    small number, a protecting one and one withheld by who delivered it look alike.
    """
    return blank(unsafe_cells, plan(unsafe_cells, structure, rules))


def blank(unsafe_cells: pd.DataFrame, protection: Protection) -> pd.DataFrame:
    """Return the rows with what `protection` hides blanked."""
    hidden = pd.Series(protection.hidden, index=unsafe_cells.index)
    numbers = unsafe_cells[NUMBERS].astype(float).where(~hidden)
    return unsafe_cells.assign(**numbers, status=unsafe_cells["status"].mask(hidden, "c"))


def plan(
    unsafe_cells: pd.DataFrame,
    structure: Structure,
    rules: Mapping[str, Rule],
    earlier: Known | None = None,
) -> Protection:
    """Return what has to be hidden; see `protect`.

    Parameters
    ----------
    earlier : what earlier releases mean for these rows; None: there are none
    """
    judgement = judge(unsafe_cells, rules)
    count = len(unsafe_cells)
    nothing = np.zeros(count, dtype=bool)
    earlier = earlier or Known(nothing, nothing, nothing, np.full(count, np.nan))
    small = judgement.primary | judgement.withheld
    given = earlier.given & judgement.known
    series = plan_series(unsafe_cells, small, judgement.known | judgement.withheld, earlier.offered)
    hide = earlier.hide & (judgement.known | judgement.withheld)
    mask = Mask(structure, judgement, series, hide, given, earlier.seen)
    excused = excuse(mask)
    entries = Entries(mask)
    single, batches = (SINGLE, BATCHES) if count <= LARGE else (SINGLE // 10, BATCHES // 10)
    graph = graph_of(entries)
    _mend_narrow(mask, entries, graph, single)
    kept = small | hide | (~series.offered)[series.of]
    given_back = give_back(mask, entries, kept, batches)
    rounds = _prove(mask, entries, graph, single)

    hidden = mask.hidden[: structure.cells] & (judgement.known | judgement.withheld)
    hides = series.count(hidden | given)
    return Protection(
        hidden=hidden | given,
        series=series,
        offered=~series.lost(hidden | given),
        primary=int((judgement.primary & ~judgement.withheld).sum()),
        withheld=int(judgement.withheld.sum()),
        complementary=int((hidden & ~judgement.primary).sum()),
        rounds=rounds,
        coarsened=mask.coarsened,
        given_back=given_back,
        given_away=int(given.sum()) + excused,
        unsolved=0 if is_small_enough(mask) else int(hidden.sum()),
        kept=int((series.readable & (hides <= TAU * series.size + 1e-9)).sum()),
    )


def _mend_narrow(mask: Mask, entries: Entries, graph: Graph, single: int) -> None:
    """Close the mask and mend it until no sums, one after another, give anything away."""
    order = np.random.default_rng(0)
    mask.close()
    for step in range(8 * SINGLE):
        failing = mask.narrow()
        if not failing.any():
            return
        rank = order.permutation(mask.structure.variables)
        before = int(mask.hidden.sum())
        if step < single and is_small_enough(mask):
            lowest = failing & (mask.level <= mask.level[failing].min() + step)
            _perturb(mask, entries, graph, entries.apart(lowest, rank))
        else:
            chosen = entries.apart(failing, rank) if step < single else failing
            mend(mask, entries, chosen, thorough=step >= SINGLE + single)
        mask.close()
        if int(mask.hidden.sum()) == before and step >= single:
            return


def _prove(mask: Mask, entries: Entries, graph: Graph, single: int) -> int:
    """Mend until the solver gets at nothing; return the rounds of repair it took.

    The areas that have areas below them come first, then everything, as far as it can be solved.
    """
    rounds = _stage(mask, entries, graph, single, whole=False)
    if is_small_enough(mask):
        rounds += _stage(mask, entries, graph, single, whole=True)
    return rounds


def _stage(mask: Mask, entries: Entries, graph: Graph, single: int, *, whole: bool) -> int:
    """Mend until the solver gets at nothing in one scope; return the rounds it took."""
    order, rounds = np.random.default_rng(1), 0
    while True:
        failing = prove(mask, whole=whole)
        if not failing.any():
            before = int(mask.hidden.sum())
            _mend_narrow(mask, entries, graph, single)
            if int(mask.hidden.sum()) == before:
                return rounds
            continue
        rounds += 1
        if rounds > ROUNDS:
            hide_all(mask, failing)
        elif rounds > GENTLE:
            coarsen(mask, entries, failing)
        else:
            top = failing & (mask.level >= mask.level[failing].max() - (rounds - 1))
            rank = order.permutation(mask.structure.variables)
            _repair(mask, entries, graph, top, entries.apart(top, rank), few=rounds <= GENTLE // 2)
        if is_small_enough(mask):
            mask.close()
        else:
            _mend_narrow(mask, entries, graph, single)


def _repair(
    mask: Mask, entries: Entries, graph: Graph, failing: Bools, apart: Bools, *, few: bool
) -> None:
    """Mend some failing numbers, far from each other; of large tables all, after a while."""
    if is_small_enough(mask):
        _perturb(mask, entries, graph, apart)
    else:
        mend(mask, entries, apart if few else failing, thorough=False)


def _perturb(mask: Mask, entries: Entries, graph: Graph, failing: Bools) -> None:
    """Hide the cheapest cells that let each failing number move; where none is near, mend."""
    for at, one in enumerate(mask.accounts):
        added, vain = to_hide(mask, graph, at, np.flatnonzero(failing & one.used & ~one.proven))
        mask.hidden[added] = True
        rest = np.zeros(len(failing), dtype=bool)
        rest[vain if len(added) == 0 else vain[:0]] = True
        mend(mask, entries, rest, thorough=False)
