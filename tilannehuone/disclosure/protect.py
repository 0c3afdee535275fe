"""Hide what is small and what would give it away; prove it; publish nothing unproven.

Each round hides complementary cells until no single sum gives anything away (`closure.py`), then
lets the auditor try all sums together (`audit.py`) and hides more where it wins. What resists is
coarsened: the finest periods of that part of the table go, then the next, at last all of it,
which needs no proof of luck: where nothing is shown every number can be 0 and can be large.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.mask import Mask
from tilannehuone.disclosure.rules import Rule, judge
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

METHOD = "closure, linear programming, repair"
VERSION = "1"
NUMBERS = ["numerator", "denominator", "value"]
GENTLE, ROUNDS = 6, 16
"""Rounds of repair by single cells, and rounds in all."""


@dataclass(eq=False)
class Protection:
    """What is hidden, and how much of it for which reason (counts in total only)."""

    hidden: Bools
    primary: int
    withheld: int
    complementary: int
    rounds: int
    coarsened: int
    solved: int
    report: dict[str, object] = field(default_factory=dict)


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
    The promise, proven before this returns: by everything shown, a hidden count of 0 … k-1 can be
    0 and can be k or more, and every hidden number has a range at least k wide. A hidden zero, a
    small number, a protecting one and one withheld by who delivered it look alike.
    """
    return blank(unsafe_cells, plan(unsafe_cells, structure, rules))


def blank(unsafe_cells: pd.DataFrame, protection: Protection) -> pd.DataFrame:
    """Return the rows with what `protection` hides blanked."""
    hidden = pd.Series(protection.hidden, index=unsafe_cells.index)
    numbers = unsafe_cells[NUMBERS].astype(float).where(~hidden)
    return unsafe_cells.assign(**numbers, status=unsafe_cells["status"].mask(hidden, "c"))


def plan(unsafe_cells: pd.DataFrame, structure: Structure, rules: Mapping[str, Rule]) -> Protection:
    """Return what has to be hidden; see `protect`."""
    judgement = judge(unsafe_cells, rules)
    work = Mask(structure, judgement)
    work.close()
    rounds = 0
    while True:
        failing = work.prove()
        if not failing.any():
            break
        rounds += 1
        if rounds > ROUNDS:
            work.hide_all(failing)
        elif rounds > GENTLE:
            work.coarsen(failing)
        else:
            work.mend(failing, thorough=rounds > GENTLE // 2)
        work.close()
    hidden = work.hidden[: structure.cells] & (judgement.known | judgement.withheld)
    return Protection(
        hidden=hidden,
        primary=int((judgement.primary & ~judgement.withheld).sum()),
        withheld=int(judgement.withheld.sum()),
        complementary=int((hidden & ~judgement.primary).sum()),
        rounds=rounds,
        coarsened=work.coarsened,
        solved=work.solved,
    )
