"""Straight lines and boxes that a figure lays over or under its values."""

import math

from tilannehuone.charts.painting.frame import Frame
from tilannehuone.charts.painting.pen import attributes, digits, is_clear
from tilannehuone.charts.painting.read import Part, keys, one_of, refuse_others
from tilannehuone.charts.palette import LIGHT

KNOWN = keys("fillcolor layer line name opacity type x0 x1 xref y0 y1 yref")
Ends = tuple[float, float, float, float]
CRISP = ' shape-rendering="crispEdges"'


def shapes_drawn(frame: Frame, layout: Part, layer: str) -> str:
    """Return the shapes of one layer, `below` or `above` the values."""
    told = ""
    for shape in layout.get("shapes", ()):
        refuse_others(shape, KNOWN, "a shape")
        one_of(shape.get("type", "rect"), ("line", "rect"), "a shape of type")
        if one_of(shape.get("layer", "above"), ("below", "above"), "the layer") == layer:
            told += _drawn(frame, shape)
    return told


def _drawn(frame: Frame, shape: Part) -> str:
    x_ref, y_ref = shape.get("xref", "x"), shape.get("yref", "y")
    x0, x1 = (frame.across(shape[name], x_ref) for name in ("x0", "x1"))
    y0, y1 = (frame.up(shape[name], y_ref) for name in ("y0", "y1"))
    if not math.isfinite(x0 + x1 + y0 + y1):
        raise ValueError("a shape has a place that is not on its axis")
    if shape.get("type") == "line" and x0 != x1 and y0 != y1:
        is_held = x_ref == "x" or y_ref == "y"
        return _line(frame, shape, (x0, y0, x1, y1), frame.clip if is_held else "")
    across = _within((x0, x1), (frame.left, frame.right), is_free=x_ref != "x")
    up = _within((y0, y1), (frame.top, frame.bottom), is_free=y_ref != "y")
    if across is None or up is None:
        return ""
    drawn = _line if shape.get("type") == "line" else _box
    return drawn(frame, shape, (across[0], up[0], across[1], up[1]))


def _within(
    ends: tuple[float, float], area: tuple[float, float], *, is_free: bool
) -> tuple[float, float] | None:
    """Return two ends kept within the area of values; None where all lies outside of it.

    A share of the area (`is_free`) may reach beyond it, a value on an axis may not.
    """
    low, high = area
    if is_free:
        return ends
    if max(ends) < low - 0.5 or min(ends) > high + 0.5:
        return None
    first, last = (min(max(one, low), high) for one in ends)
    return first, last


def _line(frame: Frame, shape: Part, ends: Ends, clip: str = "") -> str:
    look = frame.pen.look(**_stroke(shape), opacity=shape.get("opacity", 1))
    x0, y0, x1, y1 = (digits(one) for one in ends)
    is_solid = "stroke-dasharray" not in look
    crisp = CRISP if is_solid and (x0 == x1 or y0 == y1) else ""
    return f'<path d="M{x0} {y0}L{x1} {y1}"{look}{clip}{crisp}/>'


def _box(frame: Frame, shape: Part, ends: Ends) -> str:
    x0, y0, x1, y1 = ends
    fill = shape.get("fillcolor")
    look = frame.pen.look(
        fill=None if is_clear(fill) else fill,
        **_stroke(shape),
        opacity=shape.get("opacity", 1),
    )
    place = attributes(x=min(x0, x1), y=min(y0, y1))
    return f'<rect{place} width="{digits(abs(x1 - x0))}" height="{digits(abs(y1 - y0))}"{look}/>'


def _stroke(shape: Part) -> Part:
    line = shape.get("line", {})
    refuse_others(line, ("color", "width", "dash"), "a shape's line")
    width = line.get("width", 2)
    if not width:
        return {}
    return {"stroke": line.get("color", LIGHT.ink), "width": width, "dash": line.get("dash", "")}
