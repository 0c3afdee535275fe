"""The funnel drawn: areas by their size, and how far from the common level chance alone reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from tilannehuone.charts.palette import FONT, LIGHT, SEPARATORS, Palette
from tilannehuone.stats.funnel_limits import Limits

LETTER, LINE = 8.4, 20.0
"""A letter's width and a line's height in pixels."""
PLOT = (800.0, 330.0)
"""The likely size of the plot in pixels, by which names are kept from lying on each other."""
SIDES: tuple[tuple[str, float, float], ...] = (
    ("middle right", 0.0, -0.5),
    ("middle left", -1.0, -0.5),
    ("top center", -0.5, -1.4),
    ("bottom center", -0.5, 0.4),
)
"""Where a name may stand beside its mark: from which part of its width and height it begins."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One area: its denominator and value, what is said under the pointer, its colour role."""

    name: str
    size: float
    value: float
    told: str
    tone: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in the drawing, in the reader's language and ready to be shown."""

    baseline: str
    inner: str
    outer: str
    size: str
    unit: str


def funnel_figure(
    dots: Sequence[Dot],
    sizes: Sequence[float],
    limits: Limits,
    baseline: float,
    words: Words,
    lang: str,
    colours: Palette = LIGHT,
) -> go.Figure:
    """Return the funnel: `limits` at the row of `sizes`, and the areas as dots with their names."""
    curves = (limits.lower998, limits.lower95, limits.upper95, limits.upper998)
    values = [one.value for one in dots]
    low = max(0.0, min([*values, float(np.nanmin(limits.lower998))]))
    high = max([*values, float(np.nanmax(limits.upper95))])
    room = (high - low or 1.0) * 0.08
    across = (0.0, max(sizes) * 1.02)
    ends = (max(low - room, -0.02 * high), high + room)
    dashes = ("dot", "dash", "dash", "dot")
    lines = [_line(sizes, one, dash, colours) for one, dash in zip(curves, dashes, strict=True)]
    level = _line([0.0, across[1]], [baseline] * 2, "solid", colours)
    notes = [
        _note(words.baseline, across[1], baseline, colours, colours.accent),
        _note(words.inner, across[1], float(limits.upper95[-1]), colours),
        _note(words.outer, across[1], float(limits.upper998[-1]), colours),
    ]
    level["line"] = {"color": colours.accent, "width": 2}
    return go.Figure(
        data=[*lines, level, _dots(dots, across, ends, colours)],
        layout=_layout(across, ends, lang, colours)
        | {"annotations": [*_apart(notes, ends), *_axes(words, colours)]},
    )


def _line(x: Sequence[float], y: Any, dash: str, colours: Palette) -> dict[str, Any]:
    line = {"color": colours.common, "width": 1.3, "dash": dash}
    return {
        **{"type": "scatter", "mode": "lines", "hoverinfo": "skip"},
        **{"x": list(x), "y": [float(one) for one in y], "line": line},
    }


def _dots(
    dots: Sequence[Dot],
    across: tuple[float, float],
    ends: tuple[float, float],
    colours: Palette,
) -> dict[str, Any]:
    named = _names(dots, across, ends)
    shade = [colours.accent if one.is_own and one.tone == "common" else getattr(colours, one.tone)
             for one in dots]  # fmt: skip
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [one.size for one in dots],
        "y": [one.value for one in dots],
        "text": [one.name if side else "" for one, side in zip(dots, named, strict=True)],
        "textposition": [side or "middle right" for side in named],
        "textfont": {"size": 15, "color": colours.ink},
        "hovertext": [one.told for one in dots],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "symbol": "circle",
            "size": [16 if one.is_own else 11 for one in dots],
            "color": shade,
            "line": {"color": colours.ground, "width": 1.5},
        },
        "cliponaxis": False,
    }


def _names(
    dots: Sequence[Dot], across: tuple[float, float], ends: tuple[float, float]
) -> list[str | None]:
    """Return on which side of its mark each name stands; None where it would lie on another.

    The own area is placed first, then those that differ; the table names all of them.
    """
    spots = [
        (
            (one.size - across[0]) / (across[1] - across[0]) * PLOT[0],
            PLOT[1] - (one.value - ends[0]) / (ends[1] - ends[0]) * PLOT[1],
        )
        for one in dots
    ]
    taken = [(x - 8, y - 8, x + 8, y + 8) for x, y in spots]
    found: list[str | None] = [None] * len(dots)
    order = sorted(range(len(dots)), key=lambda n: (not dots[n].is_own, dots[n].tone == "common"))
    for n in order:
        wide = len(dots[n].name) * LETTER
        for side, right, down in SIDES:
            gap = 10 if side == "middle right" else -10 if side == "middle left" else 0
            x, y = spots[n][0] + right * wide + gap, spots[n][1] + down * LINE
            box = (x, y, x + wide, y + LINE)
            others = [one for m, one in enumerate(taken) if m != n]
            if x >= 0 and box[2] <= PLOT[0] and not any(_meet(box, one) for one in others):
                found[n] = side
                taken.append(box)
                break
    return found


Box = tuple[float, float, float, float]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _apart(notes: list[dict[str, Any]], ends: tuple[float, float]) -> list[dict[str, Any]]:
    """Return the words at the right edge that lie within the drawing, a line apart at least."""
    gap = (ends[1] - ends[0]) * LINE / PLOT[1]
    kept: list[dict[str, Any]] = []
    for one in sorted(notes, key=lambda note: float(note["y"])):
        if one["y"] > ends[1]:
            continue
        level = max(one["y"], kept[-1]["y"] + gap) if kept else one["y"]
        kept.append(one | {"y": level})
    return kept


def _note(
    words: str, x: float, y: float, colours: Palette, colour: str | None = None
) -> dict[str, Any]:
    return {
        **{"text": words, "x": x, "y": y, "xanchor": "left", "yanchor": "middle", "xshift": 8},
        **{"showarrow": False, "font": {"size": 15, "color": colour or colours.soft}},
    }


def _axes(words: Words, colours: Palette) -> list[dict[str, Any]]:
    """Return what the axes measure: the unit over the upright one, the size under the other."""
    quiet = {"showarrow": False, "font": {"size": 15, "color": colours.soft}}
    quiet |= {"xref": "paper", "yref": "paper"}
    unit = {"text": words.unit, "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    size = {"text": words.size, "x": 1, "y": 0, "xanchor": "right", "yanchor": "top"}
    return [quiet | unit | {"xshift": -56, "yshift": 8}, quiet | size | {"yshift": -34}]


def _layout(
    across: tuple[float, float],
    ends: tuple[float, float],
    lang: str,
    colours: Palette,
) -> dict[str, Any]:
    axis = {"zeroline": False, "fixedrange": True, "tickfont": {"size": 15, "color": colours.soft}}
    return {
        "template": None,
        "showlegend": False,
        "margin": {"l": 70, "r": 200, "t": 40, "b": 70},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 15, "color": colours.ink},
        "separators": SEPARATORS[lang],
        "xaxis": axis
        | {"range": list(across), "nticks": 7, "showgrid": False, "ticks": "outside"}
        | {"linecolor": colours.line, "tickcolor": colours.line},
        "yaxis": axis | {"range": list(ends), "nticks": 6, "gridcolor": colours.line},
    }
