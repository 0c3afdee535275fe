"""The areas of a map as bars, for files: a picture in which every value can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from tilannehuone.charts.palette import FONT, LIGHT, Palette

SPACE = 1.12
"""How much farther than the longest bar the axis reaches, for the words at its end."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One area: its value, None where none is shown; `told` stands at the end of the bar."""

    name: str
    value: float | None
    told: str
    tone: str


def bars_figure(
    bars: Sequence[Bar], level: float | None, level_told: str, colours: Palette = LIGHT
) -> go.Figure:
    """Return the bars from the top down in their order, with the common level as a line.

    An area whose value is not shown has its word where its bar would begin.
    """
    places = list(range(len(bars)))
    lengths = [one.value if one.value is not None else 0.0 for one in bars]
    reach = max([*lengths, level or 0.0, 1e-9]) * SPACE
    shade = [getattr(colours, one.tone) for one in bars]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": lengths,
        "y": places,
        "text": [one.told for one in bars],
        "textposition": "outside",
        "textfont": {"size": 15, "color": colours.ink},
        "marker": {"color": shade},
        "cliponaxis": False,
    }
    axis = {"zeroline": False, "showgrid": False, "tickfont": {"size": 15, "color": colours.ink}}
    layout: dict[str, Any] = {
        "template": None,
        "showlegend": False,
        "margin": {"l": 240, "r": 90, "t": 40, "b": 20},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 15, "color": colours.ink},
        "bargap": 0.35,
        "xaxis": axis | {"range": [0, reach], "showticklabels": False},
        "yaxis": axis
        | {"range": [len(bars) - 0.5, -0.5]}
        | {"tickvals": places, "ticktext": [one.name for one in bars]},
    }
    if level is not None:
        line = {"color": colours.ink, "width": 2}
        ends = {"x0": level, "x1": level, "y0": -0.5, "y1": len(bars) - 0.5}
        layout["shapes"] = [{"type": "line", "line": line, **ends}]
        layout["annotations"] = [
            {"x": level, "y": 1, "yref": "paper", "yanchor": "bottom", "text": level_told}
            | {"showarrow": False, "font": {"size": 15, "color": colours.ink}}
        ]
    return go.Figure(data=[trace], layout=layout)
