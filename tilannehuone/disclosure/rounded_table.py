"""What rounding prints of each cell, and the interval a reader then knows its numbers to lie in."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.closure import levels
from tilannehuone.disclosure.intervals import Tied
from tilannehuone.disclosure.relations import existing
from tilannehuone.disclosure.rounded_sums import Group, tied_groups
from tilannehuone.disclosure.rules import Rule
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

KINDS = ("count", "rate", "proportion")
THIN = 2
"""A share whose printed whole is below so many bases is hidden."""
DIGITS = 12


def rounded(x: Floats, base: Floats) -> Floats:
    """Return the nearest multiple of `base`, ties going down; NaN stays NaN.

    Examples
    --------
    >>> rounded(np.array([0.0, 5, 6, 15, 16]), np.array(10.0)).tolist()
    [0.0, 0.0, 10.0, 10.0, 20.0]
    """
    return np.asarray(base * np.maximum(np.ceil(x / base - 0.5), 0.0), dtype=float)


def interval(printed: Floats, base: Floats) -> tuple[Floats, Floats]:
    """Return the least and the greatest whole number that is printed so.

    Examples
    --------
    >>> [ends.tolist() for ends in interval(np.array([0.0, 10, 20]), np.array(10.0))]
    [[0.0, 6.0, 16.0], [5.0, 15.0, 25.0]]
    """
    low = np.where(printed > 0, np.floor(printed - base / 2) + 1, 0.0)
    return low, np.floor(printed + base / 2)


@dataclass(frozen=True, eq=False)
class Table:
    """All rows given, and what each row of a rounded measure would print.

    Attributes
    ----------
    kind, base, width, complement : of the row's measure; empty or 0 for other measures
    mine : rows of rounded measures
    known, withheld : those of them with numbers, and those hidden by who delivered them
    printed : those that may be printed as far as the row itself goes
    count, whole : the printed parts; `whole` of a rate is its public denominator as it is
    scale : what a value is multiplied by
    outside : what other measures show, which may be tied to ours; NaN where nothing
    level : how many steps of sums lie below, over all variables
    """

    structure: Structure
    kind: NDArray[np.object_]
    base: Floats
    width: Floats
    complement: Bools
    mine: Bools
    known: Bools
    withheld: Bools
    printed: Bools
    count: Floats
    whole: Floats
    scale: Floats
    outside: Floats
    level: Floats

    def tied(self, shown: Bools) -> Tied:
        """Return what a reader knows when the rows `shown` are printed, and no others of ours."""
        latent = np.arange(self.structure.variables) >= self.structure.cells
        ours = self._measures(self.mine)
        numbered = self.known | self.withheld | np.isfinite(self.outside)
        exists = existing(self.structure, np.append(numbered, latent[len(numbered) :]))
        exists &= ours | self._beside(ours)
        share = exists & self._measures(self.kind == "proportion")
        parts = self._group(self.count, shown, exists)
        given = np.flatnonzero(np.isfinite(self.outside))
        parts.low[given] = parts.high[given] = self.outside[given]
        parts.shown[given] = True
        wholes = self._group(self.whole, shown & share[: len(shown)], share)
        rests = self._rests(shown, share & self._measures(self.complement))
        asked = ours & np.append(self.known | self.withheld, latent[len(numbered) :])
        width = np.ones(len(self.structure.indicators))
        width[self.structure.indicator[: len(shown)]] = self.width
        return tied_groups(
            self.structure, parts, wholes, rests, width[self.structure.indicator], asked
        )

    def _group(self, printed: Floats, shown: Bools, exists: Bools) -> Group:
        """Return the intervals of printed numbers; what is not shown may be anything."""
        low, high = np.zeros(len(exists)), np.full(len(exists), np.inf)
        at = np.flatnonzero(shown)
        low[at], high[at] = interval(printed[at], self.base[at])
        told = np.zeros(len(exists), dtype=bool)
        told[at] = True
        return Group(low, high, exists, told)

    def _rests(self, shown: Bools, exists: Bools) -> Group:
        """Return the intervals of those left out of shares.

        Where the printed parts differ, readers know that it is not by a few: see `_few_left_out`.
        """
        low, high = np.zeros(len(exists)), np.full(len(exists), np.inf)
        apart = np.flatnonzero(shown & exists[: len(shown)] & (self.whole > self.count))
        low[apart] = self.width[apart]
        return Group(low, high, exists, np.zeros(len(exists), dtype=bool))

    def _measures(self, rows: Bools) -> Bools:
        """Return the variables of the measures that some row of `rows` belongs to."""
        structure = self.structure
        chosen = np.zeros(len(structure.indicators), dtype=bool)
        chosen[structure.indicator[: len(rows)][rows]] = True
        return chosen[structure.indicator]

    def _beside(self, ours: Bools) -> Bools:
        """Return the variables of other measures that share a sum with ours."""
        parent, child = self.structure.parent[self.structure.relation], self.structure.child
        found = np.zeros(len(ours), dtype=bool)
        found[child[ours[parent]]] = True
        found[parent[ours[child]]] = True
        return found


def table_of(cells: pd.DataFrame, structure: Structure, rules: Mapping[str, Rule]) -> Table:
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
    count, bottom = rounded(top, step), np.where(share, rounded(whole, step), whole)
    printed = known & (top >= 0) & _is_whole(top) & (_is_whole(whole) | ~share)
    printed &= ~(share & (bottom < THIN * base)) & ~(np.isfinite(bottom) & (bottom < least))
    printed &= ~(complement & (bottom > count) & (whole - top < k))
    open_ = np.isin(cells["status"].to_numpy(dtype=object), ("ok", "o"))
    return Table(
        structure, kind, base, k, complement, mine, known, withheld, printed, count, bottom,
        _scales(cells, mine), np.where(~mine & open_, top, np.nan), levels(structure),
    )  # fmt: skip


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
