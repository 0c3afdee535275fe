"""The lines of a trend chart that are not values: usual variation, intervals and target."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from tilannehuone.charts.axis import days_between, half_step, moved
from tilannehuone.charts.palette import Palette
from tilannehuone.registry import Indicator


def limit_traces(series: pd.DataFrame, at: list[str], colours: Palette) -> list[dict[str, Any]]:
    """Return band, near lines and centre of each segment; nothing joins two segments.

    Where limits follow the season they are steps, a step a period, and a period that is not known
    has none.
    """
    traces: list[dict[str, Any]] = []
    edges = _edges(at)
    near = {"color": colours.near, "width": 1, "dash": "dot"}
    middle = {"color": colours.soft, "width": 1.5}
    looks = {"near_upper": near, "near_lower": near, "centre": middle}
    for part in _stretches(series[series["centre"].notna()]):
        steps = _steps(part, edges)
        x = [edge for left, right, _ in steps for edge in (left, right)]
        upper, lower = (
            [float(row[name]) for _, _, row in steps for _ in range(2)]
            for name in ("upper", "lower")
        )
        band = {"x": x + x[::-1], "y": upper + lower[::-1], "fill": "toself"}
        traces.append(_quiet(band | {"fillcolor": colours.band, "line": {"width": 0}}))
        level = [place for left, right, _ in steps for place in (left, right, None)][:-1]
        for name, line in looks.items():
            y = [y for _, _, row in steps for y in (float(row[name]), float(row[name]), None)]
            traces.append(_quiet({"x": level, "y": y[:-1], "line": line}))
    return traces


def _stretches(limited: pd.DataFrame) -> list[pd.DataFrame]:
    """Return each segment; one whose limits are not level is cut where a period is not known."""
    found: list[pd.DataFrame] = []
    for _, part in limited.groupby("segment", sort=True):
        if (part["centre"] == part["centre"].iloc[0]).all():
            found.append(part)
        else:
            run = (np.diff(part.index, prepend=part.index[0]) > 1).cumsum()
            found += [one for _, one in part.groupby(run)]
    return found


def _steps(part: pd.DataFrame, edges: list[str]) -> list[tuple[str, str, pd.Series]]:
    """Return where each stretch of equal limits begins and ends, and a row that holds them."""
    run = part["centre"].diff().fillna(0).ne(0).cumsum()
    return [
        (edges[one.index[0]], edges[one.index[-1] + 1], one.iloc[-1])
        for _, one in part.groupby(run)
    ]


def _edges(at: list[str]) -> list[str]:
    """Return where each period begins on the axis, halfway between two marks, and the last ends."""
    half = half_step(at)
    between = [
        moved(a, timedelta(days=days_between(a, b)) / 2) for a, b in zip(at, at[1:], strict=False)
    ]
    return [moved(at[0], -half), *between, moved(at[-1], half)] if at else []


def interval_trace(series: pd.DataFrame, at: list[str], colours: Palette) -> dict[str, Any]:
    """Return the 95 % intervals as upright bars, for a series too short to have limits."""
    known = series["lower95"].notna() & series["upper95"].notna() & series["value"].notna()
    y: list[float | None] = []
    x: list[str] = []
    for n in np.flatnonzero(known.to_numpy()):
        x += [at[n]] * 3
        y += [series["lower95"].iloc[n], series["upper95"].iloc[n], None]
    return _quiet({"x": x, "y": y, "line": {"color": colours.near, "width": 7}})


def target_trace(
    indicator: Indicator, starts: list[date], at: list[str], colours: Palette
) -> dict[str, Any] | None:
    """Return the target in force in each period as a stepped dashed line; None without one."""
    levels = target_levels(indicator, starts)
    if not levels or levels[-1] is None:
        return None
    line = {"color": colours.accent, "width": 2, "dash": "dash", "shape": "hv"}
    return _quiet({"x": at, "y": levels, "line": line})


def target_levels(indicator: Indicator, starts: list[date]) -> list[float | None]:
    """Return the target in force at each day, None before the first."""
    dated = sorted(indicator.targets, key=lambda one: one.since)
    return [
        next((one.value for one in reversed(dated) if one.since <= start), None) for start in starts
    ]


def _quiet(trace: dict[str, Any]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines", "hoverinfo": "skip", **trace}
