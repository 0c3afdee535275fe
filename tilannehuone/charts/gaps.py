"""Periods without a number: a quiet strip at the foot of the chart, with the reason as a word.

The strip is equally low for every period, whatever the value that nobody here knows.
"""

from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from tilannehuone.charts.axis import half_step, moved
from tilannehuone.charts.palette import Palette
from tilannehuone.texts import text

FOOT = 0.035
"""Height of the strip, as a share of the chart's."""

ROOM_FOR_WORD = 0.14
"""Share of the time axis under which the word stands upright."""


def gap_marks(
    series: pd.DataFrame, at: list[str], lang: str, colours: Palette
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a strip and a word for every stretch of periods with one reason for no number."""
    reasons = [
        str(status) if np.isnan(value) else ""
        for value, status in zip(series["value"].to_numpy(float), series["status"], strict=True)
    ]
    shapes, notes = [], []
    half = half_step(at)
    for reason, run in groupby(range(len(reasons)), key=reasons.__getitem__):
        members = list(run)
        if not reason:
            continue
        x0, x1 = moved(at[members[0]], -half), moved(at[members[-1]], half)
        middle = moved(at[members[0]], half * (len(members) - 1))
        shapes.append(
            {"type": "rect", "x0": x0, "x1": x1, "y0": 0, "y1": FOOT}
            | {"yref": "paper", "layer": "below", "line": {"width": 0}, "fillcolor": colours.near}
        )
        wide = len(members) / max(1, len(at)) > ROOM_FOR_WORD
        notes.append(
            {"x": middle, "y": FOOT, "yref": "paper"}
            | {"yanchor": "bottom", "yshift": 4, "textangle": 0 if wide else -90}
            | {"text": text(f"status.short_{reason}", lang), "showarrow": False}
            | {"font": {"size": 16, "color": colours.soft}, "bgcolor": colours.veil}
        )
    return shapes, notes
