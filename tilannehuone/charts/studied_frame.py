"""What all charts of a study share: axes, margins, and words at their corners."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tilannehuone.charts.palette import FONT, Palette


def layout_of(
    colours: Palette, lang: str, *, right: float, top: float, bottom: float = 48
) -> dict[str, Any]:
    """Return a study's layout: quiet axes, room for the words around, numbers as `lang` has them.

    `right`, `top` and `bottom` are margins in pixels.
    """
    axis = {"zeroline": False, "fixedrange": True, "tickfont": {"size": 15, "color": colours.soft}}
    return {
        "template": None,
        "showlegend": False,
        "separators": ".\u202f" if lang == "en" else ",\u202f",
        "margin": {"l": 62, "r": right, "t": top, "b": bottom},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 15, "color": colours.ink},
        "xaxis": axis
        | {"ticks": "outside", "linecolor": colours.line, "tickcolor": colours.line}
        | {"gridcolor": colours.line},
        "yaxis": axis | {"nticks": 6, "gridcolor": colours.line},
    }


def ends_of(drawn: Sequence[float | None], *, from_zero: bool = True) -> tuple[float, float]:
    """Return the ends of an axis with room around; from zero where zero is not far."""
    known = [one for one in drawn if one is not None and np.isfinite(one)]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if from_zero and 0 <= low < 0.5 * high:
        low = 0.0
    room = (high - low or abs(high) or 1.0) * 0.06
    return (low - room if low else -0.02 * (high or 1.0), high + room)


def upright_line(at: str | float, colours: Palette) -> dict[str, Any]:
    """Return a dotted line from the bottom to the top, at a place on the lying axis."""
    line = {"color": colours.soft, "width": 1.5, "dash": "dot"}
    ends = {"x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "line", "line": line, "layer": "below", **ends}


def at_corner(words: str, colours: Palette) -> dict[str, Any]:
    """Return what the upright axis measures, above its figures."""
    left = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": -50, "yshift": 8}
    return words_at(words, left, 1, "bottom", colours)


def under(words: str, colours: Palette) -> dict[str, Any]:
    """Return what the lying axis measures, under its figures."""
    return words_at(words, {"x": 1, "xref": "paper", "xanchor": "right"}, -0.11, "top", colours)


def words_at(
    words: str, where: dict[str, Any], y: float, anchor: str, colours: Palette
) -> dict[str, Any]:
    """Return words on the paper: `where` places them along it, `y` and `anchor` up it."""
    told = {"text": words, "y": y, "yref": "paper", "yanchor": anchor, "showarrow": False}
    return told | where | {"font": {"size": 15, "color": colours.soft}}
