"""Readers of rounded releases, and what they remember."""

import pandas as pd

from tilannehuone.disclosure.recall import CELL, WORDS, Earlier


def remembered(cells: pd.DataFrame, earlier: Earlier | None = None) -> Earlier:
    """Return what readers know once `cells` were published after `earlier` releases."""
    shown = cells["numerator"].notna()
    said = cells.assign(shown=shown, hidden=cells["status"].eq("c"), stands=shown, empty=False)
    words = said.loc[shown | said["hidden"], WORDS]
    past = (earlier or Earlier()).words
    if past.empty:
        return Earlier(words)
    both = words.merge(past, on=CELL, how="left", suffixes=("", "_past"))
    for name in ("numerator", "denominator", "value"):
        both[name] = both[name].fillna(both[f"{name}_past"])
    both["shown"] |= both["shown_past"].eq(True)
    return Earlier(both[WORDS])
