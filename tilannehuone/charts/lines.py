"""The lines of a trend chart that are not values: usual variation, target, breaks and events."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tilannehuone.charts.axis import half_step, moved
from tilannehuone.charts.palette import Palette
from tilannehuone.registry import Indicator

if TYPE_CHECKING:
    from tilannehuone.charts.trend import Event

LONGEST_LABEL = 46


def limit_traces(series: pd.DataFrame, at: list[str], colours: Palette) -> list[dict[str, Any]]:
    """Return band, near lines and centre of each segment; nothing joins two segments."""
    traces: list[dict[str, Any]] = []
    half = half_step(at)
    limited = series[series["centre"].notna()]
    for _, part in limited.groupby("segment", sort=True):
        ends = [moved(at[part.index[0]], -half), moved(at[part.index[-1]], half)]
        last = part.iloc[-1]
        band = {
            "x": ends + ends[::-1],
            "y": [last["upper"]] * 2 + [last["lower"]] * 2,
            "fill": "toself",
            "fillcolor": colours.band,
            "line": {"width": 0},
        }
        near = {"color": colours.near, "width": 1, "dash": "dot"}
        lines = [
            {"x": ends, "y": [last["near_upper"]] * 2, "line": near},
            {"x": ends, "y": [last["near_lower"]] * 2, "line": near},
            {"x": ends, "y": [last["centre"]] * 2, "line": {"color": colours.soft, "width": 1.5}},
        ]
        traces += [_quiet(one) for one in (band, *lines)]
    return traces


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
    dated = sorted(indicator.targets, key=lambda one: one.since)
    levels = [
        next((one.value for one in reversed(dated) if one.since <= start), None) for start in starts
    ]
    if not levels or levels[-1] is None:
        return None
    line = {"color": colours.accent, "width": 2, "dash": "dash", "shape": "hv"}
    return _quiet({"x": at, "y": levels, "line": line})


def break_marks(
    events: Sequence["Event"], at: list[str], colours: Palette
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return upright lines for what happened within the time shown, and their labels.

    All are numbered above the chart, as the list under it tells them; a break also has its words
    inside it.
    """
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for n, one in enumerate(events_shown(events, at), start=1):
        x = moment_place(one.day, at)
        colour = colours.ink if one.is_break else colours.soft
        dash = "dash" if one.is_break else "dot"
        shapes.append(
            {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
            | {"line": {"color": colour, "width": 1.5, "dash": dash}}
        )
        note = {"x": x, "yref": "paper", "showarrow": False}
        note |= {"font": {"size": 16, "color": colour}}
        notes.append(note | {"y": 1, "yanchor": "bottom", "text": f"<b>{n}</b>"})
        if one.is_break:
            words = {
                "text": _shortened(one.text),
                "y": 1,
                "yanchor": "top",
                "bgcolor": colours.ground,
            }
            side = (
                "left"
                if at.index(min(at, key=lambda a: abs(_days(a, x)))) < len(at) * 0.6
                else "right"
            )
            shift = 5 if side == "left" else -5
            notes.append(note | words | {"xanchor": side, "xshift": shift, "borderpad": 2})
    return shapes, notes


def events_shown(events: Sequence["Event"], at: list[str]) -> list["Event"]:
    """Return the events that lie within the chart's time, in the order they are numbered."""
    if not at:
        return []
    end = moved(at[-1], 2 * half_step(at))
    return [one for one in events if at[0] < one.day.isoformat() < end]


def moment_place(day: date, at: list[str]) -> str:
    """Return where a day stands: a period's mark is the middle of its time on the axis.

    The first day of a period thus stands halfway between its mark and the one before.
    """
    width = 2 * half_step(at)
    n = max(n for n, one in enumerate(at) if one <= day.isoformat())
    stop = at[n + 1] if n + 1 < len(at) else moved(at[n], width)
    share = _days(day.isoformat(), at[n]) / _days(stop, at[n])
    left = at[n - 1] if n else moved(at[n], -width)
    reach = timedelta(days=_days(at[n], left) if share < 0.5 else _days(stop, at[n]))
    return moved(at[n], reach * (share - 0.5))


def _days(a: str, b: str) -> float:
    return (datetime.fromisoformat(a) - datetime.fromisoformat(b)) / timedelta(days=1)


def _shortened(label: str) -> str:
    if len(label) <= LONGEST_LABEL:
        return label
    return label[:LONGEST_LABEL].rsplit(" ", 1)[0].rstrip(",;:–") + "…"


def _quiet(trace: dict[str, Any]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines", "hoverinfo": "skip", **trace}
