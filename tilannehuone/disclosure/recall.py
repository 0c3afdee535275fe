"""The last word of earlier releases on each cell, laid beside the cells of today."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.rules import Rule

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

PARTS = ["numerator", "denominator"]
SERIES = ["indicator_id", "area_code", "period_type", "breakdown", "category"]
CELL = [*SERIES, "period_start"]
WORDS = [*CELL, *PARTS, "value", "shown", "hidden", "stands", "empty"]
PLAN = [*SERIES, "year", "offered", "instead"]
MEASURES = ["release", "indicator_id", "kind", "k", "digest", "same"]
RATIOS = ("proportion", "mean", "median")


def _empty(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in columns})


@dataclass(frozen=True, eq=False)
class Earlier:
    """What readers have seen under the present definitions.

    Attributes
    ----------
    words : one row a cell that was shown or hidden; the numbers are those shown last, `shown` says
        that there are such, `hidden` that it was hidden since (or always), `stands` that the number
        still stands in the sums above (no release from before the rule hid it since), `empty`
        that its last word was "0 of 0"
    plan : one row a series and year: the last published plan; columns of the release table
    measures : one row a release and indicator: kind, k, a digest of what decides its numbers, and
        whether that is the present one
    releases : their ids, oldest first
    redefined : indicators that were published last under another definition
    """

    words: pd.DataFrame = field(default_factory=lambda: _empty(WORDS))
    plan: pd.DataFrame = field(default_factory=lambda: _empty(PLAN))
    measures: pd.DataFrame = field(default_factory=lambda: _empty(MEASURES))
    releases: tuple[str, ...] = ()
    redefined: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Memory:
    """The words of `Earlier` in the order of today's cells.

    Attributes
    ----------
    numbers : shape (rows, 2), numerator and denominator as shown last; NaN where never
    value : as shown last
    shown, hidden : whether it ever was shown; whether it was hidden since, or always
    seen : shown, and the number still stands in the sums above
    empty : the last word was "0 of 0", by a measure that shows its zeros
    planned : 1 offered, 0 not offered, -1 nothing was said
    redefined : series of today that start anew
    """

    numbers: Floats
    value: Floats
    shown: Bools
    hidden: Bools
    seen: Bools
    empty: Bools
    planned: NDArray[np.int8]
    redefined: int

    @property
    def numerator(self) -> Floats:
        """Numerators as shown last."""
        return self.numbers[:, 0]

    @property
    def denominator(self) -> Floats:
        """Denominators as shown last."""
        return self.numbers[:, 1]


def recalled(cells: pd.DataFrame, rules: Mapping[str, Rule], earlier: Earlier) -> Memory:
    """Return what readers remember of each of `cells`."""
    rounded = {name for name, rule in rules.items() if rule.method == "rounding"}
    words = earlier.words[~earlier.words["indicator_id"].isin(rounded)]
    mine = _beside(cells, words, CELL)
    flags = {
        name: mine[name].eq(True).to_numpy(dtype=bool)
        for name in ("shown", "hidden", "stands", "empty")
    }
    ratios = {name for name, rule in rules.items() if rule.kind in RATIOS and rule.show_zero}
    empty = flags["empty"] & ~flags["hidden"] & cells["indicator_id"].isin(ratios).to_numpy()
    numbers = mine[PARTS].to_numpy(dtype=float)
    numbers[empty] = 0.0
    year = pd.to_datetime(cells["period_start"]).dt.year.astype(np.int64)
    planned = _beside(cells.assign(year=year), earlier.plan, [*SERIES, "year"])["offered"]
    anew = cells.loc[cells["indicator_id"].isin(earlier.redefined), SERIES]
    return Memory(
        numbers=numbers,
        value=mine["value"].to_numpy(dtype=float),
        shown=flags["shown"] | empty,
        hidden=flags["hidden"],
        seen=(flags["shown"] & flags["stands"]) | empty,
        empty=empty,
        planned=np.where(planned.isna(), -1, planned.eq(True)).astype(np.int8),
        redefined=len(anew.drop_duplicates()),
    )


def _beside(cells: pd.DataFrame, told: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the rows of `told` in the order of `cells`, empty where nothing was told."""
    left = _comparable(cells[keys]).reset_index(drop=True)
    return left.merge(_comparable(told), on=keys, how="left", validate="many_to_one")


def _comparable(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with keys of one type each, whoever made it."""
    types: dict[str, str] = dict.fromkeys(SERIES, "str")
    if "period_start" in frame:
        types["period_start"] = "datetime64[s]"
    if "year" in frame:
        types["year"] = "int64"
    return frame.astype(types)
