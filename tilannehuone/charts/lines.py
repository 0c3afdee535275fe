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
    between = [moved(a, timedelta(days=_days(b, a)) / 2) for a, b in zip(at, at[1:], strict=False)]
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

    All are numbered above the chart, as the list under it tells them; a break and a new level
    also have their words inside it.
    """
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for n, one in enumerate(events_shown(events, at), start=1):
        x = moment_place(one.day, at)
        anew = one.is_break or one.is_rebase
        colour = colours.ink if anew else colours.soft
        dash = "dash" if anew else "dot"
        shapes.append(
            {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
            | {"line": {"color": colour, "width": 1.5, "dash": dash}}
        )
        note = {"x": x, "yref": "paper", "showarrow": False}
        note |= {"font": {"size": 16, "color": colour}}
        notes.append(note | {"y": 1, "yanchor": "bottom", "text": f"<b>{n}</b>"})
        if anew:
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
