"""What rounding begins with: what each row would print, as far as the row itself goes."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.closure import levels
from tilannehuone.disclosure.rounded_print import Seen, onward
from tilannehuone.disclosure.rounded_table import Table
from tilannehuone.disclosure.rules import Rule
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

KINDS = ("count", "rate", "proportion")
THIN = 2
"""A share whose printed whole is below so many bases is hidden."""
DIGITS = 12


def table_of(
    cells: pd.DataFrame, structure: Structure, rules: Mapping[str, Rule], seen: Seen
) -> Table:
    """Return the table of `cells`; see `round_cells`."""
    mine_rules = {name: one for name, one in rules.items() if one.method == "rounding"}
    _refuse(mine_rules)
    of = {
        name: cells["indicator_id"].map({i: getattr(r, name) for i, r in mine_rules.items()})
        for name in ("kind", "k", "base", "complement", "denominator_min")
    }
    mine = cells["indicator_id"].isin(list(mine_rules)).to_numpy(dtype=bool)
    kind = of["kind"].fillna("").to_numpy(dtype=object)
    k, base, least = (
        np.asarray(of[name].fillna(0), dtype=float) for name in ("k", "base", "denominator_min")
    )
    base = np.where(base > 0, base, 2 * k)
    top, whole = (cells[name].to_numpy(dtype=float) for name in ("numerator", "denominator"))
    withheld = mine & (cells["status"] == "c").to_numpy(dtype=bool)
    share = kind == "proportion"
    known = mine & ~withheld & np.isfinite(top) & (np.isfinite(whole) | ~share)
    complement = share & of["complement"].eq(True).to_numpy(dtype=bool)
    step = np.where(mine, base, 1.0)
    before, before_whole, printed_before = _printed_before(seen, mine, share, step)
    count = onward(top, before, step)
    bottom = np.where(share, onward(whole, before_whole, step), whole)
    sound = known & (top >= 0) & _is_whole(top) & (_is_whole(whole) | ~share)
    sound &= share | ~(np.isfinite(bottom) & (bottom < least))
    fresh = ~(share & ((bottom < THIN * base) | (bottom < least) | (count > bottom)))
    fresh &= ~(complement & (bottom > count) & (whole - top < k))
    again = sound & printed_before & ~seen.hidden
    moves = again & ((count != before) | (share & (bottom != before_whole)))
    open_ = np.isin(cells["status"].to_numpy(dtype=object), ("ok", "o"))
    table = Table(
        structure, kind, base, k, complement, mine, known, withheld,
        again | (sound & fresh & ~seen.hidden), count, bottom, before, before_whole, again, moves,
        _scales(cells, mine), np.where(~mine & open_, top, np.nan), levels(structure),
    )  # fmt: skip
    return table.held(again & ~fresh)


def _printed_before(
    seen: Seen, mine: Bools, share: Bools, base: Floats
) -> tuple[Floats, Floats, Bools]:
    """Return the parts that readers saw printed as today, NaN elsewhere, and where that is.

    Multiples of another base say something else: they stand for nothing now.
    """
    was = mine & (seen.count % base == 0) & ((seen.whole % base == 0) | ~share)
    count, whole = np.where(was, seen.count, np.nan), np.where(was & share, seen.whole, np.nan)
    return count, whole, was


def _refuse(rules: Mapping[str, Rule]) -> None:
    for name, one in rules.items():
        if one.kind not in KINDS:
            raise ValueError(f"{name}: a {one.kind} cannot be rounded")
        if 0 < one.base < 2 * one.k:
            raise ValueError(f"{name}: the base {one.base} is below twice {one.k}")


def _is_whole(x: Floats) -> Bools:
    return np.isfinite(x) & (x == np.rint(x))


def _scales(cells: pd.DataFrame, mine: Bools) -> Floats:
    """Return the scale of each row's measure, read off the value of its largest count.

    A measure that counts nobody anywhere has values of zero only, and needs none.
    """
    top, value = (cells[name].to_numpy(dtype=float) for name in ("numerator", "value"))
    whole = cells["denominator"].to_numpy(dtype=float)
    by = np.where(np.isfinite(whole) & (whole > 0), whole, 1.0)
    told = mine & (top > 0) & np.isfinite(value)
    frame = pd.DataFrame(
        {"indicator": cells["indicator_id"].to_numpy()[told], "top": top[told],
         "scale": (value * by)[told] / top[told]}
    ).sort_values(["indicator", "top"], kind="stable")  # fmt: skip
    largest = frame.groupby("indicator")["scale"].last()
    exact = {name: float(f"{scale:.{DIGITS}g}") for name, scale in largest.items()}
    return np.asarray(cells["indicator_id"].map(exact).fillna(1.0), dtype=float)
