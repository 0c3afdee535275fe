"""Charts of the research page: lines over time with bands, points of two measures, effects.

Each line is named at its end; shape and dash tell what it is as well as the colour does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import plotly.graph_objects as go

from tilannehuone.charts.axis import period_ticks, place, spread, time_range
from tilannehuone.charts.palette import LIGHT, Palette
from tilannehuone.charts.studied_frame import (
    at_corner,
    ends_of,
    layout_of,
    under,
    upright_line,
    words_at,
)

LETTER = 8.6
GAP, HEIGHT = 21.0, 330.0
"""Least distance of two names at the right edge, and the plot's likely height, in pixels."""

Role = Literal["own", "other", "fit", "without"]
DASHES = {"fit": "solid", "without": "dash"}
Known = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line: a value a period, None where nothing is shown; `lower` and `upper` are its band.

    `own` and `other` are areas as observed, `fit` a fitted trend, `without` what would have been
    expected without a change.
    """

    name: str
    values: Known
    role: Role = "other"
    lower: Known = ()
    upper: Known = ()


@dataclass(frozen=True, slots=True)
class Upright:
    """Something at a moment, with its words at the top."""

    at: str
    words: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of two measures, with what is said of it under a pointer."""

    x: float
    y: float
    told: str
    is_latest: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """An estimate with its limits at a place on the axis of steps."""

    at: int
    value: float
    lower: float
    upper: float
    told: str


def curves_figure(
    period_type: str,
    starts: Sequence[date],
    lines: Sequence[Drawn],
    lang: str,
    *,
    unit: str = "",
    uprights: Sequence[Upright] = (),
    colours: Palette = LIGHT,
) -> go.Figure:
    """Return lines over time; the own area's points carry marks, fitted lines do not.

    Of another area, only what no line reaches is marked: between two unknown periods.
    """
    at = [place(period_type, one) for one in starts]
    ticks, words = period_ticks(period_type, starts, lang)
    bands = [_band(at, one, colours) for one in lines if one.lower]
    drawn = [_line(at, one, colours) for one in sorted(lines, key=lambda one: one.role == "own")]
    alone = [_alone(at, one, colours) for one in lines if one.role == "other"]
    alone = [one for one in alone if one["x"]]
    ends = ends_of(
        [v for one in lines for part in (one.values, one.lower, one.upper) for v in part]
    )
    longest = max((len(one.name) for one in lines), default=0)
    top = 40 if unit or uprights else 20
    layout = layout_of(colours, lang, right=longest * LETTER + 30, top=top)
    layout["xaxis"] |= {"range": time_range(at), "tickvals": ticks, "ticktext": words}
    layout["xaxis"] |= {"type": "date", "showgrid": False}
    layout["yaxis"] |= {"range": list(ends)}
    layout["shapes"] = [upright_line(one.at, colours) for one in uprights]
    layout["annotations"] = [
        *([at_corner(unit, colours)] if unit else []),
        *(_at_top(one, colours) for one in uprights),
        *_names(at[-1] if at else "", lines, ends, colours),
    ]
    return go.Figure(data=[*bands, *alone, *drawn], layout=layout)


def scatter_figure(
    dots: Sequence[Dot], x_title: str, y_title: str, lang: str, colours: Palette = LIGHT
) -> go.Figure:
    """Return the points of two measures; the latest is the filled one."""
    layout = layout_of(colours, lang, right=30, top=40, bottom=64)
    layout["xaxis"] |= {"range": list(ends_of([one.x for one in dots])), "nticks": 7}
    layout["yaxis"] |= {"range": list(ends_of([one.y for one in dots]))}
    layout["annotations"] = [
        at_corner(y_title, colours),
        under(x_title, colours),
    ]
    trace = {
        **{"type": "scatter", "mode": "markers", "cliponaxis": False},
        **{"x": [one.x for one in dots], "y": [one.y for one in dots]},
        "text": [one.told for one in dots],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": [15 if one.is_latest else 10 for one in dots],
            "symbol": ["diamond" if one.is_latest else "circle" for one in dots],
            "color": [colours.accent if one.is_latest else colours.ground for one in dots],
            "line": {"color": colours.accent, "width": 2},
        },
    }
    return go.Figure(data=[trace], layout=layout)


def effects_figure(
    bars: Sequence[Bar], x_title: str, y_title: str, lang: str, colours: Palette = LIGHT
) -> go.Figure:
    """Return estimates by the periods since a start, with their intervals and no change at 0."""
    ends = ends_of([v for one in bars for v in (one.lower, one.upper, 0.0)], from_zero=False)
    first, last = (bars[0].at, bars[-1].at) if bars else (0, 1)
    layout = layout_of(colours, lang, right=30, top=40, bottom=64)
    layout["xaxis"] |= {"range": [first - 0.7, last + 0.7], "showgrid": False, "nticks": 12}
    layout["yaxis"] |= {"range": list(ends)}
    line = {"color": colours.soft, "width": 1.5}
    layout["shapes"] = [
        {"type": "line", "x0": first - 0.7, "x1": last + 0.7, "y0": 0, "y1": 0}
        | {"line": line, "layer": "below"},
        upright_line(-0.5, colours),
    ]
    layout["annotations"] = [at_corner(y_title, colours), under(x_title, colours)]
    x = [v for one in bars for v in (one.at, one.at, None)]
    y = [v for one in bars for v in (one.lower, one.upper, None)]
    quiet = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    reach = quiet | {"x": x, "y": y, "line": {"color": colours.near, "width": 6}}
    marks = {
        **{"type": "scatter", "mode": "markers", "cliponaxis": False},
        **{"x": [one.at for one in bars], "y": [one.value for one in bars]},
        "text": [one.told for one in bars],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": 11, "symbol": "circle", "color": colours.accent},
    }
    return go.Figure(data=[reach, marks], layout=layout)


def _line(at: list[str], one: Drawn, colours: Palette) -> dict[str, Any]:
    shades = {"own": colours.accent, "without": colours.concern, "other": colours.near}
    colour = shades.get(one.role, colours.common)
    width = {"own": 3.0, "other": 1.4}.get(one.role, 2.2)
    trace: dict[str, Any] = {
        **{"type": "scatter", "x": at, "y": list(one.values), "connectgaps": False},
        "mode": "lines+markers" if one.role == "own" else "lines",
        "line": {"color": colour, "width": width, "dash": DASHES.get(one.role, "solid")},
        "hoverinfo": "skip",
    }
    if one.role == "own":
        trace["marker"] = {"symbol": "circle", "size": 8, "color": colour}
    return trace


def _alone(at: list[str], one: Drawn, colours: Palette) -> dict[str, Any]:
    """Return the points of a line whose neighbours on both sides are unknown."""
    around = zip([None, *one.values], one.values, [*one.values[1:], None], strict=False)
    lonely = [
        n
        for n, (before, value, after) in enumerate(around)
        if value is not None and before is None and after is None
    ]
    return {
        **{"type": "scatter", "mode": "markers", "hoverinfo": "skip"},
        **{"x": [at[n] for n in lonely], "y": [one.values[n] for n in lonely]},
        "marker": {"symbol": "circle", "size": 6, "color": colours.near},
    }


def _band(at: list[str], one: Drawn, colours: Palette) -> dict[str, Any]:
    """Return the band of a line over its known stretch; limits come and go together."""
    known = [n for n, low in enumerate(one.lower) if low is not None]
    x = [at[n] for n in known]
    return {
        **{"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"width": 0}},
        **{"fill": "toself", "fillcolor": colours.forecast, "x": x + x[::-1]},
        "y": [one.upper[n] for n in known] + [one.lower[n] for n in known][::-1],
    }


def _at_top(one: Upright, colours: Palette) -> dict[str, Any]:
    return words_at(one.words, {"x": one.at, "xanchor": "center"}, 1, "bottom", colours)


def _names(
    x: str, lines: Sequence[Drawn], ends: tuple[float, float], colours: Palette
) -> list[dict[str, Any]]:
    known = [(one, [v for v in one.values if v is not None]) for one in lines if one.name]
    named = [(one, some[-1]) for one, some in known if some]
    placed = spread([last for _, last in named], (ends[1] - ends[0]) * GAP / HEIGHT)
    shades = {"own": colours.accent, "without": colours.concern}
    return [
        {
            **{"text": f"<b>{one.name}</b>" if one.role == "own" else one.name, "y": level},
            **{"x": x, "xanchor": "left", "yanchor": "middle", "xshift": 12, "showarrow": False},
            "font": {"size": 15, "color": shades.get(one.role, colours.soft)},
        }
        for (one, _), level in zip(named, placed, strict=True)
    ]
