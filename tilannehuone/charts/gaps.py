"""Periods without a number: a quiet strip at the foot of the chart, with the reason as a word.

The strip is equally low for every period, whatever the value that nobody here knows.
"""

from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

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
    half = _half_step(at)
    for reason, run in groupby(range(len(reasons)), key=reasons.__getitem__):
        members = list(run)
        if not reason:
            continue
        x0 = pd.Timestamp(at[members[0]]) - half
        x1 = pd.Timestamp(at[members[-1]]) + half
        shapes.append(
            {"type": "rect", "x0": x0.isoformat(), "x1": x1.isoformat(), "y0": 0, "y1": FOOT}
            | {"yref": "paper", "layer": "below", "line": {"width": 0}, "fillcolor": colours.near}
        )
        wide = len(members) / max(1, len(at)) > ROOM_FOR_WORD
        notes.append(
            {"x": (x0 + (x1 - x0) / 2).isoformat(), "y": FOOT, "yref": "paper"}
            | {"yanchor": "bottom", "yshift": 4, "textangle": 0 if wide else -90}
            | {"text": text(f"status.short_{reason}", lang), "showarrow": False}
            | {"font": {"size": 16, "color": colours.soft}}
        )
    return shapes, notes


def _half_step(at: list[str]) -> pd.Timedelta:
    if len(at) < 2:
        return pd.Timedelta(days=15)
    return (pd.Timestamp(at[-1]) - pd.Timestamp(at[0])) / (len(at) - 1) / 2
