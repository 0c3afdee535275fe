"""Axes drawn: lines of the grid behind the values, then axis lines, tick marks and their words."""

from collections.abc import Callable
from typing import Any

from tilannehuone.charts.painting.frame import Frame
from tilannehuone.charts.painting.pen import attributes, digits
from tilannehuone.charts.painting.read import Part, keys, one_of, refuse_others
from tilannehuone.charts.painting.text import Font, extent, font_looks, font_of, text_element
from tilannehuone.charts.painting.ticks import Tick, thinned, ticks_of
from tilannehuone.charts.palette import LIGHT

KNOWN = keys(
    "autorange categoryarray categoryorder color dtick fixedrange gridcolor griddash "
    "gridwidth linecolor linewidth nticks range showgrid showline showticklabels side "
    "tick0 tickcolor tickfont ticklen tickmode tickprefix ticks ticksuffix ticktext "
    "tickvals tickwidth type visible zeroline zerolinecolor zerolinewidth"
)
SIDES = {"x": ("bottom", "top"), "y": ("left", "right")}
TICK = 5.0
WORDS_OFF = {"x": 3.0, "y": 8.0}
"""Pixels from the axis, or from its tick marks, to the words."""


def axes_drawn(frame: Frame, layout: Part) -> tuple[str, str]:
    """Return what lies behind the values (the grid) and what lies over them."""
    behind, over = "", ""
    for name in ("x", "y"):
        axis = layout.get(f"{name}axis", {})
        refuse_others(axis, KNOWN, f"the {name} axis")
        if axis.get("visible", True):
            scale = frame.x if name == "x" else frame.y
            ticks = ticks_of(axis, scale, name, layout.get("separators", ".,"))
            font = _font(axis, frame)
            ticks = thinned(ticks, font.size, upright=name == "y")
            behind += _grid(frame, axis, name, ticks) + _zero_line(frame, axis, name)
            over += _axis_line(frame, axis, name) + _tick_marks(frame, axis, name, ticks)
            if axis.get("showticklabels", True):
                over += _words(frame, axis, name, ticks, font)
    return behind, over


def _font(axis: Part, frame: Frame) -> Font:
    given = axis.get("tickfont", {})
    refuse_others(given, ("family", "size", "color", "weight"), "a tick font")
    return font_of({"color": axis.get("color")} | given, frame.font, frame.pen)


def _grid(frame: Frame, axis: Part, name: str, ticks: list[Tick]) -> str:
    if not axis.get("showgrid", True):
        return ""
    look = {"stroke": axis.get("gridcolor", LIGHT.line), "width": axis.get("gridwidth", 1)}
    return _strokes(frame, name, ticks, _through(frame, name), look, axis.get("griddash", ""))


def _zero_line(frame: Frame, axis: Part, name: str) -> str:
    scale = frame.x if name == "x" else frame.y
    if not axis.get("zeroline", False) or scale.kind != "linear" or not scale.holds(0):
        return ""
    width = axis.get("zerolinewidth", 1)
    look = {"stroke": axis.get("zerolinecolor", LIGHT.line), "width": width}
    return _strokes(frame, name, [Tick(scale.pixel(0), ())], _through(frame, name), look)


def _through(frame: Frame, name: str) -> tuple[float, float]:
    """Return the ends of a line across the whole area, at a right angle to the axis."""
    return (frame.top, frame.bottom) if name == "x" else (frame.left, frame.right)


def _axis_line(frame: Frame, axis: Part, name: str) -> str:
    is_asked = axis.get("linecolor") is not None or axis.get("linewidth") is not None
    if not axis.get("showline", is_asked):
        return ""
    colour, width = axis.get("linecolor", LIGHT.line), axis.get("linewidth", 1)
    edge = digits(_edge(frame, axis, name))
    ends = (frame.left, frame.right) if name == "x" else (frame.top, frame.bottom)
    start, stop = (digits(one) for one in ends)
    way = f"M{start} {edge}H{stop}" if name == "x" else f"M{edge} {start}V{stop}"
    return f'<path d="{way}"{frame.pen.hair(stroke=colour, width=width)}/>'


def _tick_marks(frame: Frame, axis: Part, name: str, ticks: list[Tick]) -> str:
    if not axis.get("ticks"):
        return ""
    edge = _edge(frame, axis, name)
    look = {"stroke": axis.get("tickcolor", LIGHT.line), "width": axis.get("tickwidth", 1)}
    return _strokes(
        frame, name, ticks, (edge, edge + _outwards(axis, name) * _length(frame, axis)), look
    )


def _length(frame: Frame, axis: Part) -> float:
    """Return how far tick marks reach out; below zero for those that reach inwards."""
    way = one_of(axis.get("ticks", ""), ("", "outside", "inside"), "ticks")
    length = float(axis.get("ticklen", TICK)) * frame.pen.scale
    return length if way == "outside" else -length if way else 0.0


def _edge(frame: Frame, axis: Part, name: str) -> float:
    side = one_of(axis.get("side", SIDES[name][0]), SIDES[name], f"the side of {name}")
    return float(getattr(frame, side))


def _outwards(axis: Part, name: str) -> int:
    """Return the direction in pixels that leads out of the area of values at the axis."""
    return 1 if axis.get("side", SIDES[name][0]) in ("bottom", "right") else -1


def _strokes(
    frame: Frame,
    name: str,
    ticks: list[Tick],
    ends: tuple[float, float],
    look: dict[str, Any],
    dash: str = "",
) -> str:
    """Return one path with a stroke at each tick, at a right angle to the axis."""
    start, stop = (digits(one) for one in ends)
    form: Callable[[str], str] = (
        (lambda at: f"M{at} {start}V{stop}")
        if name == "x"
        else (lambda at: f"M{start} {at}H{stop}")
    )
    way = "".join(form(digits(one.at)) for one in ticks)
    return f'<path d="{way}"{frame.pen.hair(**look, dash=dash)}/>' if way else ""


def _words(frame: Frame, axis: Part, name: str, ticks: list[Tick], font: Font) -> str:
    off = max(0.0, _length(frame, axis)) + WORDS_OFF[name] * frame.pen.scale
    outwards = _outwards(axis, name)
    edge = _edge(frame, axis, name) + outwards * off
    told = ""
    for one in ticks:
        lines = [list(line) for line in one.lines]
        high = extent(lines, font.size)[1]
        if name == "x":
            told += text_element(lines, one.at, edge if outwards > 0 else edge - high, font.size)
        else:
            told += text_element(lines, edge, one.at - high / 2, font.size)
    anchor = "middle" if name == "x" else "start" if outwards > 0 else "end"
    looks = attributes(text_anchor=anchor) + font_looks(font, frame.pen)
    return f"<g{looks}>{told}</g>" if told else ""
