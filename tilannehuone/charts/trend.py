"""The trend chart: one series with its usual variation, target, breaks and what cannot be shown.

A figure is a function of a series and its words. It is drawn from plain dicts with graph_objects
(1 ms; express takes 30). Everything is labelled where it stands; no legend has to be searched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from tilannehuone.charts.axis import period_ticks, place, spread, time_range, value_range
from tilannehuone.charts.gaps import gap_marks
from tilannehuone.charts.lines import (
    break_marks,
    events_shown,
    interval_trace,
    limit_traces,
    moment_place,
    target_trace,
)
from tilannehuone.charts.palette import FONT, Palette
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import number, period, value_with_unit

LEAST_HEIGHT = 400
"""Pixels the screen gives the chart at least; labels are kept apart for that."""
MARGIN = {"l": 64, "r": 190, "t": 40, "b": 60}
LABEL_GAP = 23
"""Least distance of two labels at the right edge, in pixels; the type is 17 px."""

MOST_LABELS = 2
LABEL_SHARE = 0.22
"""Signals labelled in words: the latest ones, this share of the width apart."""

SHAPES = {
    ("common", None): "circle",
    ("improvement", "high"): "triangle-up",
    ("improvement", "low"): "triangle-down",
    ("concern", "high"): "triangle-up",
    ("concern", "low"): "triangle-down",
    ("neutral_high", "high"): "diamond",
    ("neutral_low", "low"): "diamond",
}

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}


@dataclass(frozen=True, slots=True)
class Event:
    """A break or another event, in the reader's language."""

    day: date
    text: str
    is_break: bool


def trend_figure(
    series: pd.DataFrame,
    indicator: Indicator,
    period_type: str,
    lang: str,
    *,
    events: Sequence[Event] = (),
    colours: Palette,
) -> go.Figure:
    """Return the chart of one series.

    Parameters
    ----------
    series
        A row a period, oldest first, as `store.SERIES` gives it. A value that is NaN is not known
        to the release either; its period is marked with the word of its status.
    indicator, period_type
        The measure (unit, decimals, targets) and the grain of the series.
    events
        What happened, drawn as upright lines; breaks are labelled.
    colours
        By the reader's background.
    """
    starts = [moment.date() for moment in pd.to_datetime(series["period_start"])]
    at = [place(period_type, one) for one in starts]
    traces = limit_traces(series, at, colours)
    aim = target_trace(indicator, starts, at, colours)
    traces += [aim] if aim else []
    hovers = _hovers(series, starts, indicator, period_type, lang)
    broken = {moment_place(one.day, at) for one in events_shown(events, at) if one.is_break}
    traces += _value_traces(series, at, hovers, sorted(broken), colours)
    drawn = [series[name].to_numpy(float) for name in ("value", "lower", "upper")]
    if not series["centre"].notna().any():
        drawn += [series[name].to_numpy(float) for name in ("lower95", "upper95")]
        traces.insert(0, interval_trace(series, at, colours))
    if aim:
        drawn.append(np.array([one if one is not None else np.nan for one in aim["y"]]))
    ends = value_range(np.concatenate(drawn), 100.0 if indicator.kind == "proportion" else None)
    shapes, notes = break_marks(events, at, colours)
    gap_shapes, gap_notes = gap_marks(series, at, lang, colours)
    notes += _edge_labels(series, indicator, aim, ends, lang, colours) + _signal_labels(
        series, at, lang, colours
    )
    layout = _layout(period_type, starts, at, ends, indicator, lang, colours)
    layout |= {
        "shapes": shapes + gap_shapes,
        "annotations": layout["annotations"] + notes + gap_notes,
    }
    return go.Figure(data=traces, layout=layout)


def _value_traces(
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


def _hovers(
    series: pd.DataFrame, starts: list[date], indicator: Indicator, period_type: str, lang: str
) -> list[str]:
    unit = indicator.unit.in_language(lang)
    return [
        ""
        if pd.isna(value)
        else f"{period(period_type, start, lang)}<br><b>"
        f"{value_with_unit(value, unit, lang, indicator.decimals)}</b>"
        + ("" if pd.isna(kind) else f"<br>{text(f'chart.kind_{kind}', lang)}")
        for start, value, kind in zip(starts, series["value"], series["kind"], strict=True)
    ]


def _edge_labels(
    series: pd.DataFrame,
    indicator: Indicator,
    aim: dict[str, Any] | None,
    ends: tuple[float, float],
    lang: str,
    colours: Palette,
) -> list[dict[str, Any]]:
    """Name the latest centre, limits and target at the right edge, never on top of another."""
    levels: list[tuple[float, str, str]] = []
    limited = series[series["centre"].notna()]
    if len(limited):
        last = limited.iloc[-1]
        for name in ("upper", "centre", "lower"):
            if ends[0] <= last[name] <= ends[1]:
                shown = number(last[name], lang, indicator.decimals)
                label = text(f"chart.{name}", lang, value=shown)
                levels.append((float(last[name]), label, colours.soft))
    if aim:
        shown = number(aim["y"][-1], lang, 0 if aim["y"][-1] % 1 == 0 else indicator.decimals)
        levels.append((aim["y"][-1], text("chart.target", lang, value=shown), colours.accent))
    plot = LEAST_HEIGHT - MARGIN["t"] - MARGIN["b"]
    apart = spread([one for one, _, _ in levels], LABEL_GAP * (ends[1] - ends[0]) / plot)
    return [
        _note(label, colour, x=1, xref="paper", y=y, xanchor="left", xshift=14)
        for y, (_, label, colour) in zip(apart, levels, strict=True)
    ]


def _signal_labels(
    series: pd.DataFrame, at: list[str], lang: str, colours: Palette
) -> list[dict[str, Any]]:
    """Put a word on the last point of every stretch of equal signals, the latest ones first."""
    kinds = list(series["kind"].astype("object").where(series["kind"].notna(), "common"))
    sides = list(series["side"])
    ends = [
        n
        for n, kind in enumerate(kinds)
        if kind != "common" and (n + 1 == len(kinds) or kinds[n + 1] != kind)
    ]
    notes: list[dict[str, Any]] = []
    free = float(len(at))
    for n in reversed(ends):
        first = n
        while first and kinds[first - 1] == kinds[n]:
            first -= 1
        middle = (first + n) // 2
        if middle > free or len(notes) == MOST_LABELS:
            continue
        free = middle - LABEL_SHARE * len(at)
        stretch, high = series["value"].iloc[first : n + 1], sides[n] == "high"
        notes.append(
            _note(
                text(f"chart.kind_{kinds[n]}", lang),
                colours.of_kind(kinds[n]),
                x=at[middle],
                y=float(stretch.max() if high else stretch.min()),
                yshift=22 if high else -22,
                xanchor=_anchor(middle / max(1, len(at) - 1)),
                bgcolor=colours.veil,
            )
        )
    return notes


def _anchor(share: float) -> str:
    """Return how a label at this share of the width keeps within the chart."""
    return "left" if share < 0.12 else "right" if share > 0.88 else "center"


def _note(label: str, colour: str, **where: Any) -> dict[str, Any]:
    return {
        "text": label,
        "showarrow": False,
        "font": {"size": 17, "color": colour},
        "align": "left",
        **where,
    }


def _layout(
    period_type: str,
    starts: list[date],
    at: list[str],
    ends: tuple[float, float],
    indicator: Indicator,
    lang: str,
    colours: Palette,
) -> dict[str, Any]:
    positions, texts = period_ticks(period_type, starts, lang)
    axis = {"tickfont": {"size": 16, "color": colours.soft}, "zeroline": False, "fixedrange": True}
    unit = _note(
        indicator.unit.in_language(lang), colours.soft, x=0, y=1, xref="paper", yref="paper"
    )
    return {
        "template": None,
        "autosize": True,
        "margin": MARGIN,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 16, "color": colours.ink},
        "separators": (". " if lang == "en" else ", ").replace(" ", "\u202f"),
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "font": {"size": 17, "color": colours.ink, "family": FONT},
            "bgcolor": colours.ground,
            "bordercolor": colours.line,
            "align": "left",
        },
        "xaxis": axis
        | {"type": "date", "tickvals": positions, "ticktext": texts, "showgrid": False}
        | {"linecolor": colours.line, "ticks": "outside", "tickcolor": colours.line}
        | {"range": time_range(at)},
        "yaxis": axis | {"range": list(ends), "gridcolor": colours.line, "nticks": 6, "ticks": ""},
        "annotations": [
            unit | {"xanchor": "left", "yanchor": "bottom", "xshift": -50, "yshift": 8}
        ],
    }
