"""Readers who keep every release: small tables published one after the other, and what is known."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from lattice import Lattice, lattice

from tilannehuone.disclosure import Rule, build_structure
from tilannehuone.disclosure.history import History, history
from tilannehuone.disclosure.recall import CELL, WORDS, Earlier
from tilannehuone.disclosure.rules import judge

PLACES = {"C1": ["m1", "m2", "m3"], "C2": ["m4", "m5"]}
NUMBERS = ["numerator", "denominator", "value"]


@dataclass(frozen=True)
class Told:
    """One release: the cells as published, what history asked, and all that readers know then."""

    cells: pd.DataFrame
    history: History
    earlier: Earlier

    def number(self, area, period="month", month=1, category="all", column="numerator"):
        """Return one published number; NaN where it is hidden."""
        frame = self.cells
        row = frame[
            (frame["area_code"] == area)
            & (frame["period_type"] == period)
            & (frame["period_start"].dt.month == month)
            & (frame["category"] == category)
        ]
        assert len(row) == 1
        return float(row.iloc[0][column])


def publish(table: Lattice, earlier=None, rule=None, hide=(), scale=1.0, **options) -> Told:
    """Publish what may be: no complementary cells are sought, those of `hide` are hidden too."""
    cells, rules = table.cells, {"a": rule or Rule()}
    asked = history(
        cells, build_structure(cells, table.areas), rules, earlier or Earlier(),
        scales={"a": scale}, **options,
    )  # fmt: skip
    shown = asked.effective(cells)
    hidden = asked.must_hide | asked.known | judge(shown, rules).primary
    hidden |= pd.MultiIndex.from_frame(cells[["area_code", "period_type"]]).isin(list(hide))
    shown[NUMBERS] = shown[NUMBERS].where(~pd.Series(hidden))
    shown["status"] = shown["status"].mask(pd.Series(hidden), "c")
    return Told(shown, asked, remembered(shown, earlier))


def remembered(cells, earlier=None, plan=None) -> Earlier:
    """Return what readers know once `cells` were published."""
    shown = cells["status"].eq("ok") & cells[NUMBERS].notna().any(axis=1)
    said = cells.assign(
        shown=shown, hidden=cells["status"].eq("c"), stands=shown, empty=cells["status"].eq("z")
    )
    said = said.loc[said[["shown", "hidden", "empty"]].any(axis=1), WORDS]
    if earlier is not None:
        before = said[CELL].merge(earlier.words, on=CELL, how="left")
        old = (~said["shown"]).to_numpy() & before["shown"].eq(True).to_numpy()
        for name in [*NUMBERS, "shown", "stands"]:
            said[name] = np.where(old, before[name], said[name])
        said = said.astype(dict.fromkeys(("shown", "stands"), bool) | dict.fromkeys(NUMBERS, float))
        gone = earlier.words.merge(said[CELL], on=CELL, how="left", indicator=True)
        said = pd.concat([said, gone.loc[gone["_merge"] == "left_only", WORDS]])
    return Earlier(words=said) if plan is None else Earlier(words=said, plan=plan)


def counted(counts, periods=("month",), places=None) -> Lattice:
    return lattice(counts, places or PLACES, periods)


def shares(tops, wholes, periods=("month",)) -> Lattice:
    """Return proportions (or rates, means) of two additive parts."""
    top, whole = counted(tops, periods), counted(wholes, periods)
    over = whole.cells["numerator"]
    value = top.cells["numerator"] / over.where(over > 0)
    return Lattice(top.cells.assign(denominator=over, value=value), top.made, top.areas)


def plus(counts, *changes):
    """Return the counts with (place, month, category, change) added."""
    out = np.array(counts, dtype=float)
    for place, month, category, change in changes:
        out[place, month, category] += change
    return out
