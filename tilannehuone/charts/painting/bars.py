"""Bars of a drawing, upright or lying, beside one another or stacked, with words at their ends."""

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from tilannehuone.charts.painting.frame import Frame
from tilannehuone.charts.painting.hits import Hit, tips_of
from tilannehuone.charts.painting.pen import attributes, digits
from tilannehuone.charts.painting.read import Part, each, one_of, refuse_others
from tilannehuone.charts.painting.text import (
    Run,
    extent,
    font_looks,
    font_of,
    lines_of,
    text_element,
)
from tilannehuone.charts.palette import LIGHT

GAP = 0.2
"""Share of a place's room that its bars leave free, where a figure does not say."""
OFF = 6.0
"""Pixels between a bar's end and its words."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in pixels: the edges of its box, where it grows to, and whether it lies."""

    left: float
    top: float
    right: float
    bottom: float
    end: float
    lies: bool


def bars_of(frame: Frame, traces: list[Part], layout: Part) -> list[list[Bar | None]]:
    """Return the bars of each bar trace, None where a value is not known."""
    mode = one_of(layout.get("barmode", "group"), ("group", "overlay", "stack"), "the barmode")
    stacks: dict[tuple[float, bool], float] = defaultdict(float)
    found = []
    for n, trace in enumerate(traces):
        lies = one_of(trace.get("orientation", "v"), ("v", "h"), "the orientation") == "h"
        along = frame.y if lies else frame.x
        places, values = (trace["y"], trace["x"]) if lies else (trace["x"], trace["y"])
        room = _room(trace, [along.number(one) for one in places], layout)
        shift, wide = _share(n, len(traces), layout) if mode == "group" else (0.0, 1.0)
        bars: list[Bar | None] = []
        for place, value, base in zip(
            places, values, each(trace.get("base", 0.0), len(places)), strict=True
        ):
            at = along.number(place)
            if value is None or not math.isfinite(value) or not math.isfinite(at):
                bars.append(None)
                continue
            start = stacks[at, value < 0] if mode == "stack" else base
            stacks[at, value < 0] = start + value
            centre, half = at + shift * room, wide * room / 2
            bars.append(_bar(frame, lies, (centre - half, centre + half), (start, start + value)))
        found.append(bars)
    return found


def bars_drawn(frame: Frame, trace: Part, bars: list[Bar | None]) -> str:
    """Return the bars of a trace and the words at or in them."""
    marker = trace.get("marker", {})
    refuse_others(marker, ("color", "line", "opacity"), "a bar's marker")
    edge = marker.get("line", {})
    refuse_others(edge, ("color", "width"), "a bar's line")
    colours = each(marker.get("color", LIGHT.common), len(bars))
    told = ""
    for bar, colour in zip(bars, colours, strict=True):
        if bar:
            look = frame.pen.look(
                fill=colour,
                stroke=edge.get("color", LIGHT.ground) if edge.get("width") else "",
                width=edge.get("width", 0),
                opacity=marker.get("opacity", trace.get("opacity", 1)),
            )
            told += f"<rect{_box(bar)}{look}/>"
    return f"<g{frame.clip}>{told}</g>{_words(frame, trace, bars)}" if told else ""


def bar_hits(trace: Part, bars: list[Bar | None]) -> list[Hit]:
    """Return the places of the bars of which something is said."""
    return [
        Hit(bar.left, bar.top, tip, (bar.left, bar.top, bar.right - bar.left, bar.bottom - bar.top))
        for bar, tip in zip(bars, tips_of(trace, len(bars)), strict=True)
        if bar and tip
    ]


def stacked_reach(traces: list[Part], layout: Part) -> list[float]:
    """Return the ends of stacked bars, which no single value of theirs reaches."""
    if layout.get("barmode") != "stack":
        return []
    ends: dict[tuple[Any, bool], float] = defaultdict(float)
    for trace in traces:
        names = ("y", "x") if trace.get("orientation") == "h" else ("x", "y")
        for place, value in zip(trace[names[0]], trace[names[1]], strict=True):
            if value is not None and math.isfinite(value):
                ends[place, value < 0] += value
    return list(ends.values())


def _room(trace: Part, places: list[float], layout: Part) -> float:
    """Return how much of the axis a place's bars take together, in the axis' own unit."""
    width = trace.get("width")
    if isinstance(width, list):
        raise ValueError("bars are painted with one width for all")
    if width is not None:
        return float(width)
    known = sorted({one for one in places if math.isfinite(one)})
    steps = [b - a for a, b in zip(known, known[1:], strict=False)]
    return min(steps, default=1.0) * (1 - layout.get("bargap", GAP))


def _share(n: int, count: int, layout: Part) -> tuple[float, float]:
    """Return where the n-th of `count` bars beside one another stands in their room, how wide."""
    return (n + 0.5) / count - 0.5, (1 - layout.get("bargroupgap", 0.0)) / count


def _bar(frame: Frame, lies: bool, across: tuple[float, float], along: tuple[float, float]) -> Bar:
    places, values = (frame.y, frame.x) if lies else (frame.x, frame.y)
    sides = sorted(places.pixel(one) for one in across)
    start, end = (values.pixel(one) for one in along)
    low, high = sorted((start, end))
    box = (low, sides[0], high, sides[1]) if lies else (sides[0], low, sides[1], high)
    return Bar(*box, end, lies)


def _box(bar: Bar) -> str:
    return attributes(x=bar.left, y=bar.top) + (
        f' width="{digits(bar.right - bar.left)}" height="{digits(bar.bottom - bar.top)}"'
    )


def _words(frame: Frame, trace: Part, bars: list[Bar | None]) -> str:
    """Return the words of bars: beyond their ends, or within them, in the ground's colour."""
    place = one_of(trace.get("textposition", "auto"), ("auto", "inside", "outside", "none"), "text")
    if trace.get("text") is None or place == "none":
        return ""
    one_of(trace.get("insidetextanchor", "end"), ("end",), "the inside text anchor")
    given = trace.get("textfont", {})
    refuse_others(given, ("family", "size", "color", "weight"), "a text font")
    font = font_of(given, frame.font, frame.pen)
    within = font_of(given, replace(frame.font, colour=LIGHT.ground), frame.pen)
    told = {font: "", within: ""}
    for bar, words in zip(bars, each(trace["text"], len(bars)), strict=True):
        if bar and words:
            lines = lines_of(str(words))
            inside = place == "inside" or (place == "auto" and _fits(bar, lines, font.size))
            off = OFF * frame.pen.scale
            told[within if inside else font] += _word(bar, lines, font.size, inside, off)
    return "".join(
        f"<g{font_looks(one, frame.pen)}>{drawn}</g>" for one, drawn in told.items() if drawn
    )


def _fits(bar: Bar, lines: list[list[Run]], size: float) -> bool:
    wide, high = extent(lines, size)
    return wide + 2 * OFF <= bar.right - bar.left and high <= bar.bottom - bar.top


def _word(bar: Bar, lines: list[list[Run]], size: float, inside: bool, off: float) -> str:
    high = extent(lines, size)[1]
    grows_on = bar.end >= bar.right if bar.lies else bar.end <= bar.top
    onwards = grows_on != inside
    if bar.lies:
        x, anchor = (bar.end + off, "start") if onwards else (bar.end - off, "end")
        top = (bar.top + bar.bottom - high) / 2
    else:
        x, anchor = (bar.left + bar.right) / 2, "middle"
        top = bar.end - off / 2 - high if onwards else bar.end + off / 2
    return text_element(lines, x, top, size, attributes(text_anchor=anchor))
