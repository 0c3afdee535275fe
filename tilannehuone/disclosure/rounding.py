"""Protection by rounding: every count is printed as a multiple of a base that is at least 2 k.

The multiple is the nearest one, ties going down: a printed r means r - base/2 < x <= r + base/2,
and a printed 0 means 0 ... base/2, so any small number and none at all. Sums of such intervals may
still pin a number down (a printed 20 of which one part is printed 10 leaves at least one to the
other), so all of them are audited together, and where they tell too much a number is hidden.

What readers saw before stays: a hidden cell stays hidden, and a printed number stands while the
count is within one base of it (`rounded_print.onward`). The audit reads a release twice. A reader
of all releases knows which prints moved, and which may only stand: r - base <= x <= r + base. A
reader of this one alone believes the nearest multiple until prints contradict each other, and in
that connected part the wider interval. Where either could tell too much, numbers printed for the
first time are hidden and numbers that would move stand as they were; when all are taken back,
readers see what they saw, which was proven then.

Which numbers are hidden is decided from what is printed, never from the counts. Hence rounding a
rounded table changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.interval_reach import Reach, reach
from tilannehuone.disclosure.intervals import Tied
from tilannehuone.disclosure.rounded_cure import cure, surroundings
from tilannehuone.disclosure.rounded_print import Seen, nothing_seen
from tilannehuone.disclosure.rounded_return import given_back
from tilannehuone.disclosure.rounded_rows import table_of
from tilannehuone.disclosure.rounded_table import OF_ONE, TOGETHER, Table
from tilannehuone.disclosure.rules import Rule
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

GENTLE, ROUNDS = 12, 24
"""Rounds of taking back single numbers, and rounds before all are that readers have not seen."""


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
        (a share of too few), `complementary` (sums told too much), `held_back` (stand although
        their counts are more than a base away) and `rounds` of the audit
    """

    cells: pd.DataFrame
    count: Floats
    hidden: Bools
    report: dict[str, int]


def round_cells(
    cells: pd.DataFrame,
    structure: Structure,
    rules: Mapping[str, Rule],
    seen: Seen | None = None,
) -> Rounded:
    """Return `cells` with every measure rounded whose rule says so; other rows stay as they are.

    Parameters
    ----------
    cells : columns of the working table `unsafe_cells`; an index of any kind
    structure : `build_structure` of the same rows
    rules : those of the rounded measures at least (`method`, `base`, `k`, `kind`)
    seen : what readers saw of each row; nothing when None

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
    table = table_of(cells, structure, rules, seen or nothing_seen(len(cells)))
    now, shown, first = _harmless(table, table.printed, prove=False)
    shown = given_back(now, shown)
    now, shown, rounds = _harmless(now, shown, prove=True)
    return _written(cells, now, shown, first + rounds)


def _harmless(table: Table, shown: Bools, *, prove: bool) -> tuple[Table, Bools, int]:
    """Return the table and the rows to print after taking back until nothing is told, and rounds.

    What readers saw is never hidden while hiding, or holding, something else helps.
    """
    shown, rounds = shown.copy(), 0
    while shown.any():
        found = _telling(table, shown, prove=prove)
        if found is None:
            break
        rounds += 1
        loose = shown & (~table.seen | table.moved)
        if not loose.any():
            return table, np.zeros_like(shown), rounds
        if rounds > ROUNDS:
            back = loose
        elif rounds > GENTLE:
            back = surroundings(table, loose, found.tied, found.unsafe)
        else:
            back = cure(table, loose, found)
        shown &= ~back | table.seen
        table = table.held(back & table.seen)
    return table, shown, rounds


def _telling(table: Table, shown: Bools, *, prove: bool) -> Reach | None:
    """Return what the first reader can compute who computes too much; None when nobody can."""
    known = table.tied(shown)
    found = reach(known, prove=prove)
    if found.unsafe.any():
        return found
    readers = [OF_ONE]
    if (np.isfinite(table.before) & ~shown).any():
        readers.append(TOGETHER)
    for reader in readers:
        believed = table.tied(shown, reader)
        if not found.dropped.any() and _alike(known, believed):
            continue
        told = reach(believed, prove=prove)
        if told.unsafe.any():
            return told
    return None


def _alike(one: Tied, other: Tied) -> bool:
    """Return whether two readers know the same."""
    return (
        one.rows.shape == other.rows.shape
        and (one.rows != other.rows).nnz == 0
        and np.array_equal(one.low, other.low)
        and np.array_equal(one.high, other.high)
    )


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
        "held_back": int((shown & table.moves & ~table.moved).sum()),
        "rounds": rounds,
    }
    return Rounded(cells.assign(**numbers, status=status), count, hidden, report)


def _nonzero(parts: dict[str, Floats]) -> Floats:
    whole = parts["denominator"]
    return np.where(whole > 0, whole, np.nan)
