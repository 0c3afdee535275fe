"""The lines of a trend chart that are not values: usual variation, target, breaks and events."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from tilannehuone.charts.axis import place
from tilannehuone.charts.palette import Palette
from tilannehuone.periods import next_start, rolling_months
from tilannehuone.registry import Indicator

if TYPE_CHECKING:
    from tilannehuone.charts.trend import Event

LONGEST_LABEL = 46


def limit_traces(series: pd.DataFrame, at: list[str], colours: Palette) -> list[dict[str, Any]]:
    """Return band, near lines and centre of each segment; nothing joins two segments."""
    traces: list[dict[str, Any]] = []
    limited = series[series["centre"].notna()]
    for _, part in limited.groupby("segment", sort=True):
        x = [at[n] for n in part.index]
        band = {
            "x": x + x[::-1],
            "y": [*part["upper"], *part["lower"][::-1]],
            "fill": "toself",
            "fillcolor": colours.band,
            "line": {"width": 0},
        }
        near = {"color": colours.near, "width": 1, "dash": "dot"}
        lines = [
            {"x": x, "y": list(part["near_upper"]), "line": near},
            {"x": x, "y": list(part["near_lower"]), "line": near},
            {"x": x, "y": list(part["centre"]), "line": {"color": colours.soft, "width": 1.5}},
        ]
        traces += [_quiet(one) for one in (band, *lines)]
    return traces


def target_trace(
    indicator: Indicator, starts: list[date], at: list[str], colours: Palette
) -> dict[str, Any] | None:
    """Return the target in force in each period as a stepped dashed line; None without one."""
    dated = sorted(indicator.targets, key=lambda one: one.since)
    levels = [
        next((one.value for one in reversed(dated) if one.since <= start), None) for start in starts
    ]
    if not levels or levels[-1] is None:
        return None
    line = {"color": colours.accent, "width": 2, "dash": "dash", "shape": "hv"}
    return _quiet({"x": at, "y": levels, "line": line})


def break_marks(
    events: Sequence["Event"], starts: list[date], period_type: str, colours: Palette
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return upright lines for what happened within the time shown, and their labels.

    A break stands at the period it begins in and is labelled at the top; another event is a
    fainter line with a small number, told in the list under the chart.
    """
    shapes, notes = [], []
    last = next_start(period_type, starts[-1]) if starts else date.min
    shown = [one for one in events if starts and starts[0] < one.day < last]
    for n, one in enumerate(shown, start=1):
        x = _edge(one.day, starts, period_type) if one.is_break else one.day.isoformat()
        colour = colours.ink if one.is_break else colours.soft
        dash = "dash" if one.is_break else "dot"
        shapes.append(
            {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
            | {"line": {"color": colour, "width": 1.5, "dash": dash}}
        )
        label = f"{n}  {_shortened(one.text)}" if one.is_break else str(n)
        notes.append(
            {"x": x, "y": 1, "yref": "paper", "yanchor": "top", "xanchor": "left", "xshift": 5}
            | {"text": label, "showarrow": False, "font": {"size": 16, "color": colour}}
            | {"bgcolor": colours.ground, "borderpad": 2}
        )
    return shapes, notes


def _edge(day: date, starts: list[date], period_type: str) -> str:
    """Return the place halfway between the last period before a break and the first after it."""
    before = [n for n, start in enumerate(starts) if start < day]
    after = [n for n, start in enumerate(starts) if start >= day]
    if not before or not after or rolling_months(period_type):
        return day.isoformat()
    left, right = starts[before[-1]], starts[after[0]]
    return place("month", left + (right - left) / 2)


def _shortened(label: str) -> str:
    if len(label) <= LONGEST_LABEL:
        return label
    return label[:LONGEST_LABEL].rsplit(" ", 1)[0].rstrip(",;:–") + "…"


def _quiet(trace: dict[str, Any]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines", "hoverinfo": "skip", **trace}
