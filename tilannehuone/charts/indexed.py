"""Trends as indices: each area's figure of a first common year is 100, so that levels fall away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from tilannehuone.charts.axis import spread
from tilannehuone.charts.palette import FONT, LIGHT, Palette
from tilannehuone.texts.format import number

LETTER = 8.6
GAP, HEIGHT = 21.0, 330.0
"""Least distance of two names at the right edge, and the plot's likely height, in pixels."""
BASE = 100.0


@dataclass(frozen=True, slots=True)
class Line:
    """One area: a figure a year in per cent of its first, None where none is shown."""

    name: str
    values: tuple[float | None, ...]
    is_own: bool = False


def indexed_figure(
    years: Sequence[int], lines: Sequence[Line], lang: str, colours: Palette = LIGHT
) -> go.Figure:
    """Return the lines, the own one strong, each named at its end."""
    drawn = [one for line in lines for one in line.values if one is not None]
    low, high = min([*drawn, BASE]), max([*drawn, BASE])
    room = (high - low or 20.0) * 0.08
    ends = (low - room, high + room)
    traces = [_line(years, one, lang, colours) for one in sorted(lines, key=lambda one: one.is_own)]
    longest = max((len(one.name) for one in lines), default=0)
    axis = {"zeroline": False, "fixedrange": True, "tickfont": {"size": 15, "color": colours.soft}}
    base = {"x0": years[0], "x1": years[-1], "y0": BASE, "y1": BASE, "layer": "below"}
    layout: dict[str, Any] = {
        "template": None,
        "showlegend": False,
        "margin": {"l": 56, "r": longest * LETTER + 30, "t": 26, "b": 44},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 15, "color": colours.ink},
        "xaxis": axis
        | {"range": [years[0] - 0.2, years[-1] + 0.2], "showgrid": False, "ticks": "outside"}
        | {"tickvals": list(years), "ticktext": [str(one) for one in years]}
        | {"linecolor": colours.line, "tickcolor": colours.line},
        "yaxis": axis | {"range": list(ends), "nticks": 6, "gridcolor": colours.line},
        "shapes": [
            {"type": "line", "line": {"color": colours.soft, "width": 1.5, "dash": "dash"}, **base}
        ],
        "annotations": _names(years, lines, ends, colours),
    }
    return go.Figure(data=traces, layout=layout)


def _line(years: Sequence[int], one: Line, lang: str, colours: Palette) -> dict[str, Any]:
    colour = colours.accent if one.is_own else colours.common
    told = [
        "" if value is None else f"{one.name} {year}: {number(value, lang, 0)}"
        for year, value in zip(years, one.values, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(years),
        "y": list(one.values),
        "text": told,
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": colour, "width": 3.5 if one.is_own else 1.4},
        "marker": {"symbol": "circle", "size": 9 if one.is_own else 5, "color": colour},
        "connectgaps": False,
    }


def _names(
    years: Sequence[int], lines: Sequence[Line], ends: tuple[float, float], colours: Palette
) -> list[dict[str, Any]]:
    known = [[one for one in line.values if one is not None] for line in lines]
    lasts = [some[-1] for some in known]
    placed = spread(lasts, (ends[1] - ends[0]) * GAP / HEIGHT)
    return [
        {
            **{"text": f"<b>{one.name}</b>" if one.is_own else one.name, "y": level},
            **{"x": years[-1], "xanchor": "left", "yanchor": "middle", "xshift": 12},
            **{"showarrow": False},
            "font": {"size": 15, "color": colours.accent if one.is_own else colours.soft},
        }
        for one, level in zip(lines, placed, strict=True)
    ]
