"""Areas one under another, each a dot with its interval: where its level lies, and how surely.

The order is the caller's (by name), never that of the values: a chart is no league table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from tilannehuone.charts.palette import FONT, LIGHT, SEPARATORS, Palette

LETTER = 8.6
"""Pixels of a letter of the type used here, at most."""
NAME_WIDTH = (110, 330)
SYMBOLS = {"high": "triangle-up", "low": "triangle-down"}
"""The shape of a level that differs, by the side it lies on; the others are round. The word that
says so stands beside it."""


@dataclass(frozen=True, slots=True)
class Level:
    """One area. `told` stands at its right; `side` is high or low where its level differs.

    `is_open` draws it hollow: it is not compared.
    """

    name: str
    value: float | None
    lower: float | None
    upper: float | None
    told: str
    tone: str
    side: str = ""
    is_own: bool = False
    is_open: bool = False


def levels_figure(
    levels: Sequence[Level],
    middle: float | None,
    middle_told: str,
    lang: str,
    unit: str = "",
    colours: Palette = LIGHT,
) -> go.Figure:
    """Return the dot plot, with the median as an upright line where there is one.

    The unit stands at the end of the axis, in the column of the words.

    An area whose value is not shown has its word at the right and no mark.
    """
    places = list(range(len(levels)))
    longest = max((len(one.name) for one in levels), default=0)
    left = min(max(longest * LETTER, NAME_WIDTH[0]), NAME_WIDTH[1])
    right = max(len(unit), *(len(one.told) for one in levels), 0) * LETTER + 30
    axis = {"zeroline": False, "fixedrange": True, "tickfont": {"size": 16, "color": colours.soft}}
    names = [_named(one) for one in levels]
    layout: dict[str, Any] = {
        "template": None,
        "showlegend": False,
        "margin": {"l": left, "r": right, "t": 40, "b": 44},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 16, "color": colours.ink},
        "separators": SEPARATORS[lang],
        "xaxis": axis
        | {"range": _reach(levels, middle), "nticks": 7, "gridcolor": colours.line}
        | {"showgrid": True},
        "yaxis": axis
        | {"range": [len(levels) - 0.5, -0.5], "showgrid": False}
        | {"tickvals": places, "ticktext": names, "tickfont": {"size": 17, "color": colours.ink}},
        "annotations": [
            *(_words(one, n, colours) for n, one in enumerate(levels)),
            _unit(unit, colours),
        ],
    }
    if middle is not None:
        line = {"color": colours.accent, "width": 2, "dash": "dash"}
        ends = {"x0": middle, "x1": middle, "y0": -0.5, "y1": len(levels) - 0.5}
        layout["shapes"] = [{"type": "line", "line": line, "layer": "below", **ends}]
        told = {"x": middle, "y": 1, "yref": "paper", "yanchor": "bottom", "text": middle_told}
        layout["annotations"].append(
            told | {"showarrow": False, "font": {"size": 16, "color": colours.accent}}
        )
    return go.Figure(data=[_intervals(levels, colours), _dots(levels, colours)], layout=layout)


def _named(one: Level) -> str:
    """Return an area's name in at most two lines, so that none is cut at the edge."""
    lines = wrap(one.name, int(NAME_WIDTH[1] / LETTER), max_lines=2, placeholder=" …")
    return "<br>".join(f"<b>{line}</b>" if one.is_own else line for line in lines)


def _reach(levels: Sequence[Level], middle: float | None) -> list[float]:
    drawn = [v for one in levels for v in (one.value, one.lower, one.upper) if v is not None]
    drawn += [] if middle is None else [middle]
    low, high = min(drawn, default=0.0), max(drawn, default=1.0)
    low = 0.0 if low < 0.5 * high else low
    room = (high - low or abs(high) or 1.0) * 0.04
    return [low - room, high + room]


def _intervals(levels: Sequence[Level], colours: Palette) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for n, one in enumerate(levels):
        if one.value is not None and one.lower is not None and one.upper is not None:
            x += [one.lower, one.upper, None]
            y += [n, n, None]
    line = {"color": colours.near, "width": 6}
    return {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": x, "y": y, "line": line}


def _dots(levels: Sequence[Level], colours: Palette) -> dict[str, Any]:
    some = [(n, one) for n, one in enumerate(levels) if one.value is not None]
    shade = [colours.accent if one.is_own and one.tone == "common" else getattr(colours, one.tone)
             for _, one in some]  # fmt: skip
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [one.value for _, one in some],
        "y": [n for n, _ in some],
        "text": [f"{one.name}: {one.told}" for _, one in some],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": [SYMBOLS.get(one.side, "circle") for _, one in some],
            "size": [17 if one.is_own else 13 for _, one in some],
            "color": [
                colours.ground if one.is_open else told
                for (_, one), told in zip(some, shade, strict=True)
            ],
            "line": {"color": shade, "width": 2},
        },
        "cliponaxis": False,
    }


def _unit(unit: str, colours: Palette) -> dict[str, Any]:
    return {
        **{"x": 1, "xref": "paper", "xanchor": "left", "xshift": 14},
        **{"y": 0, "yref": "paper", "yanchor": "top", "yshift": -1, "showarrow": False},
        "text": unit,
        "font": {"size": 16, "color": colours.soft},
    }


def _words(one: Level, place: int, colours: Palette) -> dict[str, Any]:
    return {
        **{"x": 1, "xref": "paper", "xanchor": "left", "xshift": 14, "y": place},
        **{"yanchor": "middle", "showarrow": False, "align": "left"},
        "text": f"<b>{one.told}</b>" if one.is_own else one.told,
        "font": {"size": 16, "color": colours.soft if one.value is None else colours.ink},
    }
