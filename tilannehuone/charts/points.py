"""The values of a trend chart: a line cut at breaks, and for each value a mark and its words."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from tilannehuone.charts.palette import Palette
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import period, value_with_unit

SHAPES = {
    ("common", None): "circle",
    ("improvement", "high"): "triangle-up",
    ("improvement", "low"): "triangle-down",
    ("concern", "high"): "triangle-up",
    ("concern", "low"): "triangle-down",
    ("neutral_high", "high"): "diamond",
    ("neutral_low", "low"): "diamond",
}


def value_traces(
    series: pd.DataFrame,
    at: list[str],
    hovers: list[str],
    broken: list[str],
    colours: Palette,
) -> list[dict[str, Any]]:
    """Return the line through the values, cut at breaks, and a mark for each, a trace a shape."""
    values = series["value"].to_numpy(float)
    shown = [None if np.isnan(one) else float(one) for one in values]
    cut: list[tuple[str, float | None]] = [(one, None) for one in broken]
    joined = sorted([*zip(at, shown, strict=True), *cut], key=lambda one: one[0])
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for x, _ in joined],
        "y": [y for _, y in joined],
        "line": {"color": colours.common, "width": 2},
        "hoverinfo": "skip",
    }
    kinds = series["kind"].astype("object").where(series["kind"].notna(), "common")
    sides = series["side"].astype("object").where(series["side"].notna(), None)
    traces = [line]
    for (kind, side), shape in SHAPES.items():
        mine = [
            n
            for n, value in enumerate(shown)
            if value is not None
            and kinds.iloc[n] == kind
            and (side is None or sides.iloc[n] == side)
        ]
        if mine:
            traces.append(_marks(mine, at, shown, hovers, shape, colours.of_kind(kind), colours))
    return traces


def _marks(
    mine: list[int],
    at: list[str],
    shown: list[float | None],
    hovers: list[str],
    shape: str,
    colour: str,
    colours: Palette,
) -> dict[str, Any]:
    size = 8 if shape == "circle" else 14
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at[n] for n in mine],
        "y": [shown[n] for n in mine],
        "text": [hovers[n] for n in mine],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": shape,
            "size": size,
            "color": colour,
            "line": {"color": colours.ground, "width": 1.5},
        },
        "cliponaxis": False,
    }


def hover_texts(
    series: pd.DataFrame, starts: list[date], indicator: Indicator, period_type: str, lang: str
) -> list[str]:
    """Return what is said of each period under the pointer; nothing of one without a value."""
    unit = indicator.unit.in_language(lang)
    return [
        ""
        if pd.isna(value)
        else f"{period(period_type, start, lang)}<br><b>"
        f"{value_with_unit(value, unit, lang, indicator.decimals)}</b>"
        + _rounded(value, indicator, lang)
        + ("" if pd.isna(kind) else f"<br>{text(f'chart.kind_{kind}', lang)}")
        for start, value, kind in zip(starts, series["value"], series["kind"], strict=True)
    ]


def _rounded(value: float, indicator: Indicator, lang: str) -> str:
    """Return that the count behind a value is rounded, as one more line; empty if it is not."""
    if not indicator.protect.rounds:
        return ""
    rule = indicator.protect
    key = "hover_rounded" if value else "hover_rounded_zero"
    words = text(f"chart.{key}", lang, base=rule.rounding_base, most=rule.most_as_zero)
    return f"<br>{words}"
