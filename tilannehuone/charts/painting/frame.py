"""The measure of a drawing: its edges, the area of its values, and every way to name a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tilannehuone.charts.painting.axis import Scale, scale_of
from tilannehuone.charts.painting.pen import Pen
from tilannehuone.charts.painting.read import Part, one_of, refuse_others
from tilannehuone.charts.painting.text import Font, font_of
from tilannehuone.charts.palette import LIGHT

MARGIN = {"l": 80.0, "r": 80.0, "t": 100.0, "b": 80.0}
"""Plotly's, where a figure gives none."""
X_REFS = ("x", "paper", "x domain")
Y_REFS = ("y", "paper", "y domain")


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture's size, the edges of the area of values in pixels, its axes and its pen."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    x: Scale
    y: Scale
    pen: Pen
    font: Font
    clip: str
    """What a mark that must not leave the area of values carries."""

    def across(self, value: Any, ref: str) -> float:
        """Return the pixel of a place on the axis `x`, or of a share of the area's width."""
        if one_of(ref, X_REFS, "the xref") == "x":
            return self.x.pixel(value)
        return self.left + float(value) * (self.right - self.left)

    def up(self, value: Any, ref: str) -> float:
        """Return the pixel of a place on the axis `y`, or of a share of the area's height."""
        if one_of(ref, Y_REFS, "the yref") == "y":
            return self.y.pixel(value)
        return self.bottom - float(value) * (self.bottom - self.top)

    def holds(self, x: Any, y: Any) -> bool:
        """Return whether a point is known and lies in the area of values."""
        return self.x.holds(x) and self.y.holds(y)


def frame_of(
    traces: list[Part],
    layout: Part,
    size: tuple[float, float],
    pen: Pen,
    clip: str,
    stacked: Sequence[float] = (),
) -> Frame:
    """Return the frame of a figure; its margins grow with the type that stands in them.

    `stacked` are the ends of stacked bars, which have to be on the axis they grow along.
    """
    width, height = size
    margin = {**MARGIN, **layout.get("margin", {})}
    refuse_others(margin, ("l", "r", "t", "b"), "a margin")
    left, right = margin["l"] * pen.scale, width - margin["r"] * pen.scale
    top, bottom = margin["t"] * pen.scale, height - margin["b"] * pen.scale
    if left >= right or top >= bottom:
        raise ValueError(f"margins {margin} leave no room in {width:g} x {height:g}")
    refuse_others(layout.get("font", {}), ("family", "size", "color", "weight"), "a font")
    font = font_of(layout.get("font", {}), Font(16 * pen.scale, LIGHT.ink), pen)
    ends = {"x": (left, right), "y": (bottom, top)}
    x, y = (_scale(traces, layout, name, ends[name], stacked) for name in ("x", "y"))
    return Frame(width, height, left, right, top, bottom, x, y, pen, font, clip)


def _scale(
    traces: list[Part],
    layout: Part,
    name: str,
    at: tuple[float, float],
    stacked: Sequence[float],
) -> Scale:
    from_zero = any(_grows_along(one, name) for one in traces)
    placed = [value for one in traces for value in one.get(name) or ()]
    values = [*placed, *(stacked if from_zero else ())]
    return scale_of(layout.get(f"{name}axis", {}), values, at=at, from_zero=from_zero)


def _grows_along(trace: Part, name: str) -> bool:
    """Return whether a trace is bars that grow along the axis `name`."""
    is_level = trace.get("orientation", "v") == "h"
    return trace.get("type") == "bar" and (name == "x") == is_level
