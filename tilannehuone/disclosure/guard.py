"""Everything that stands between exact cells and readers, for one family of measures."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.history import History
from tilannehuone.disclosure.protect import Protection, blank, plan
from tilannehuone.disclosure.recall import Earlier, recalled
from tilannehuone.disclosure.rounded_print import Seen
from tilannehuone.disclosure.rounding import round_cells
from tilannehuone.disclosure.rules import Rule
from tilannehuone.disclosure.series import KEYS, MOSTLY, SeriesPlan, plan_series
from tilannehuone.disclosure.settled import in_the_way, known_of, settled_history
from tilannehuone.disclosure.spans import LENGTHS
from tilannehuone.disclosure.structure import Structure, build_structure

Bools = NDArray[np.bool_]

TRIES = 3
COUNTS = (
    "primary",
    "withheld",
    "complementary",
    "rounds",
    "coarsened",
    "given_back",
    "given_away",
    "kept",
    "readable",
    "not_offered",
    "unsolved",
)


@dataclass(frozen=True, eq=False)
class Guarded:
    """Protected cells, the published plan, and what the report counts."""

    cells: pd.DataFrame
    plan: pd.DataFrame
    counts: dict[str, int]


def guard(
    cells: pd.DataFrame,
    areas: pd.DataFrame,
    rules: Mapping[str, Rule],
    earlier: Earlier,
    scales: Mapping[str, float],
    hide: Bools | None = None,
) -> Guarded:
    """Return `cells` as they may be published, and the plan of what is offered.

    Parameters
    ----------
    cells : exact cells; an index of any kind
    areas : as `build_structure` takes them
    rules : one for every measure of the cells
    earlier : what readers have seen
    scales : what numerator / denominator is multiplied by in each measure
    hide : further cells that must be hidden, shape (cells,)
    """
    structure = build_structure(cells, areas)
    if all(rule.method == "rounding" for rule in rules.values()):
        return _rounded(cells, structure, rules, earlier)
    past, effective, protection = _protected(cells, structure, rules, earlier, scales, hide)
    counts = {name: int(getattr(protection, name)) for name in COUNTS}
    counts |= {"held_back": past.held_back, "behind": past.behind}
    counts |= {"hidden": int(protection.hidden.sum())}
    counts |= {"series": len(protection.offered), "offered": int(protection.offered.sum())}
    offered = published_plan(cells, protection.series, protection.offered)
    return Guarded(blank(effective, protection), offered, counts)


def _protected(
    cells: pd.DataFrame,
    structure: Structure,
    rules: Mapping[str, Rule],
    earlier: Earlier,
    scales: Mapping[str, float],
    hide: Bools | None,
) -> tuple[History, pd.DataFrame, Protection]:
    """Return what readers remember, the numbers to publish where shown, and what is hidden.

    A revision that contradicts what is shown, once it is known what is, waits; at last all do.
    """
    barred = np.zeros(len(cells), dtype=bool)
    for tries in range(TRIES):
        past = settled_history(cells, structure, rules, earlier, scales, hide, barred)
        effective = past.effective(cells)
        protection = plan(effective, structure, rules, known_of(past, hide))
        more = in_the_way(past, effective, structure, rules, protection.hidden)
        if not more.any():
            break
        barred = barred | more | (tries == TRIES - 2)
    return past, effective, protection


def _rounded(
    cells: pd.DataFrame, structure: Structure, rules: Mapping[str, Rule], earlier: Earlier
) -> Guarded:
    """Return rounded cells: every curve is offered of which most is printed."""
    rounded = round_cells(cells, structure, rules, standing(cells, earlier))
    known = np.isfinite(rounded.count) | rounded.hidden
    series = plan_series(cells, np.zeros(len(cells), dtype=bool), known)
    offered = (series.size > 0) & (series.count(rounded.hidden) <= MOSTLY * series.size)
    counts = {"series": len(offered), "offered": int(offered.sum())}
    counts["rounded"] = int(np.isfinite(rounded.count).sum())
    counts["held_back"] = rounded.report["held_back"]
    return Guarded(rounded.cells, published_plan(cells, series, offered), counts)


def standing(cells: pd.DataFrame, earlier: Earlier) -> Seen:
    """Return what readers saw printed of each cell, and which they saw hidden.

    A printed number stands while the count is within one base of it, else one late row could be
    read from its flip; then it moves by two bases or more. It also stands where a move would tell
    too much beside the other numbers: hiding what was seen protects nothing. What was hidden stays
    hidden.
    """
    memory = recalled(cells, {}, earlier)
    return Seen(memory.numerator, memory.denominator, memory.hidden)


def published_plan(cells: pd.DataFrame, series: SeriesPlan, offered: Bools) -> pd.DataFrame:
    """Return one row a series and year: offered or not, and what to look at instead.

    `instead` is the finest coarser grain that is offered for the same area and category in that
    year. Series without any number are left out.
    """
    first = np.unique(series.of, return_index=True)[1]
    table = cells.iloc[first][KEYS].reset_index(drop=True)
    table["year"] = pd.to_datetime(cells["period_start"]).dt.year.to_numpy()[first]
    table["offered"] = offered
    table["instead"] = _instead(table)
    return table[series.size > 0].reset_index(drop=True)


def _instead(table: pd.DataFrame) -> NDArray[np.object_]:
    """Return the finest coarser grain offered beside each series that is not; None without."""
    length = table["period_type"].map(LENGTHS).fillna(0)
    beside = [one for one in KEYS if one != "period_type"] + ["year"]
    mine = table.assign(length=length, row=np.arange(len(table)))
    other = mine.loc[mine["offered"], [*beside, "period_type", "length"]]
    pairs = mine.loc[~mine["offered"], [*beside, "length", "row"]].merge(
        other, on=beside, suffixes=("", "_of")
    )
    pairs = pairs[pairs["length_of"] > pairs["length"]].sort_values(["row", "length_of"])
    best = pairs.drop_duplicates("row")
    found = np.full(len(table), None, dtype=object)
    found[best["row"].to_numpy()] = best["period_type"].to_numpy()
    return found
