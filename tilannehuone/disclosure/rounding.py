"""Protection by rounding: every count is printed as a multiple of a base that is at least 2 k.

The multiple is the nearest one, ties going down: a printed r means r - base/2 < x <= r + base/2,
and a printed 0 means 0 ... base/2, so any small number and none at all. Sums of such intervals may
still pin a number down (a printed 20 of which one part is printed 10 leaves at least one to the
other), so all of them are audited together, and where they tell too much a number is hidden.

Which numbers are hidden is decided from what is printed, never from the counts. Hence rounding a
rounded table changes nothing, and printed numbers are never moved to another multiple: the
interval a reader is told of always holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.interval_reach import reach
from tilannehuone.disclosure.rounded_cure import cure, surroundings
from tilannehuone.disclosure.rounded_return import given_back
from tilannehuone.disclosure.rounded_table import Table, table_of
from tilannehuone.disclosure.rules import Rule
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

GENTLE, ROUNDS = 12, 24
"""Rounds of hiding single numbers, and rounds before a measure is hidden whole."""


@dataclass(frozen=True, eq=False)
class Rounded:
    """The rounded table.

    Attributes
    ----------
    cells : the rows given; those of rounded measures with rounded parts, the value made from
        them, and the status `k` where the count is printed as 0, `c` where it is hidden
    count : shape (rows,), the printed counts; NaN where none is printed
    hidden : shape (rows,), cells of rounded measures that print no number although they have one
    report : totals only: `rounded` cells, `zero` printed as 0, `withheld_at_source`, `thin`
        (a share of too few), `complementary` (sums told too much) and `rounds` of the audit
    """

    cells: pd.DataFrame
    count: Floats
    hidden: Bools
    report: dict[str, int]


def round_cells(cells: pd.DataFrame, structure: Structure, rules: Mapping[str, Rule]) -> Rounded:
    """Return `cells` with every measure rounded whose rule says so; other rows stay as they are.

    Parameters
    ----------
    cells : columns of the working table `unsafe_cells`; an index of any kind
    structure : `build_structure` of the same rows
    rules : those of the rounded measures at least (`method`, `base`, `k`, `kind`)

    Notes
    -----
    The promise, proven before this returns: whatever is added and subtracted, the range of every
    number of a rounded measure (counts, wholes and rests of shares) is at least k wide, and does
    not begin at 1 ... k-1. A share rounds both its parts and is hidden when the whole is printed
    below 2 bases, or when those left out are few and the printed parts would say that there are
    some. Numbers that are not whole are hidden: their interval would be another.

    Raises
    ------
    ValueError
        For a kind that cannot be rounded, or a base below 2 k.

    Examples
    --------
    >>> from tilannehuone.disclosure.structure import build_structure
    >>> one = pd.DataFrame(dict(indicator_id="a", area_code=["A", "B", "C"], breakdown="all",
    ...     category="all", period_type="year", period_start="2024-01-01",
    ...     numerator=[5.0, 6.0, 15.0], denominator=np.nan, value=[5.0, 6.0, 15.0], status="ok"))
    >>> areas = pd.DataFrame(dict(area_code=["A", "B", "C"], area_type="town", parent_code=None,
    ...                           valid_from=None, valid_to=None))
    >>> found = round_cells(one, build_structure(one, areas), {"a": Rule(method="rounding")})
    >>> found.cells["value"].tolist(), found.cells["status"].tolist()
    ([0.0, 10.0, 10.0], ['k', 'ok', 'ok'])
    """
    table = table_of(cells, structure, rules)
    shown, first = _harmless(table, table.printed, prove=False)
    shown = given_back(table, shown)
    shown, rounds = _harmless(table, shown, prove=True)
    return _written(cells, table, shown, first + rounds)


def _harmless(table: Table, shown: Bools, *, prove: bool) -> tuple[Bools, int]:
    """Return the rows that may be printed after hiding more until nothing is told, and rounds."""
    shown, rounds = shown.copy(), 0
    while shown.any():
        found = reach(table.tied(shown), prove=prove)
        if not found.unsafe.any():
            break
        rounds += 1
        if rounds > ROUNDS:
            shown[:] = False
        elif rounds > GENTLE:
            shown &= ~surroundings(table, shown, found.unsafe)
        else:
            shown &= ~cure(table, shown, found)
    return shown, rounds


def _written(cells: pd.DataFrame, table: Table, shown: Bools, rounds: int) -> Rounded:
    """Return the rows with what is shown printed, and nothing else."""
    mine, hidden = table.mine, (table.known | table.withheld) & ~shown
    count = np.where(shown, table.count, np.nan)
    parts = {"numerator": count, "denominator": np.where(shown, table.whole, np.nan)}
    parts["value"] = count * table.scale / np.where(table.kind == "count", 1.0, _nonzero(parts))
    numbers = {
        name: np.where(mine, printed, cells[name].to_numpy(dtype=float))
        for name, printed in parts.items()
    }
    status = cells["status"].to_numpy(dtype=object).copy()
    on_time = shown & np.isin(status, ("ok", "k"))
    status[on_time] = np.where(count[on_time] == 0, "k", "ok")
    status[hidden] = "c"
    report = {
        "rounded": int(shown.sum()),
        "zero": int((count == 0).sum()),
        "withheld_at_source": int(table.withheld.sum()),
        "thin": int((table.known & ~table.printed).sum()),
        "complementary": int((table.printed & ~shown).sum()),
        "rounds": rounds,
    }
    return Rounded(cells.assign(**numbers, status=status), count, hidden, report)


def _nonzero(parts: dict[str, Floats]) -> Floats:
    whole = parts["denominator"]
    return np.where(whole > 0, whole, np.nan)
