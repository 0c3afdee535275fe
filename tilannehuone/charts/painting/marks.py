"""Marks of a drawing: one shape a point, and words at a point."""

from collections.abc import Callable
from itertools import groupby

from tilannehuone.charts.painting.frame import Frame
from tilannehuone.charts.painting.hits import Hit, tips_of
from tilannehuone.charts.painting.lines import modes, points_of
from tilannehuone.charts.painting.pen import attributes, digits, path
from tilannehuone.charts.painting.read import Part, each, refuse_others
from tilannehuone.charts.painting.text import extent, font_looks, font_of, lines_of, text_element
from tilannehuone.charts.palette import LIGHT

SIZE = 6.0
OFF = 4.0
"""Pixels between a point and the words beside it."""
Point = tuple[float, float]


def _square(x: float, y: float, r: float) -> list[Point]:
    return [(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)]


def _diamond(x: float, y: float, r: float) -> list[Point]:
    reach = 1.3 * r
    return [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]


def _triangle_up(x: float, y: float, r: float) -> list[Point]:
    half = 2 * r / 3**0.5
    return [(x, y - r), (x + half, y + r / 2), (x - half, y + r / 2)]


def _triangle_down(x: float, y: float, r: float) -> list[Point]:
    half = 2 * r / 3**0.5
    return [(x, y + r), (x - half, y - r / 2), (x + half, y - r / 2)]


CORNERS: dict[str, Callable[[float, float, float], list[Point]]] = {
    "square": _square,
    "diamond": _diamond,
    "triangle-up": _triangle_up,
    "triangle-down": _triangle_down,
}
"""The corners of each shape but the circle, of Plotly's proportions, for half its size."""


def mark(symbol: str, x: float, y: float, size: float) -> str:
    """Return a shape around a place, `size` pixels wide.

    >>> mark("circle", 10, 20, 8), mark("square-open", 10, 20, 8)
    ('<circle cx="10" cy="20" r="4"/>', '<path d="M6 16H14V24H6Z"/>')
    """
    shape = symbol.removesuffix("-open")
    if shape == "circle":
        return f'<circle cx="{digits(x)}" cy="{digits(y)}" r="{digits(size / 2)}"/>'
    if shape not in CORNERS:
        raise ValueError(f"the symbol {symbol!r} is not painted")
    return f'<path d="{path(CORNERS[shape](x, y, size / 2), closed=True)}"/>'


def marks_drawn(frame: Frame, trace: Part) -> str:
    """Return the marks of a scatter trace, those of one look together, and its words."""
    drawn = modes(trace)
    told = _marks(frame, trace) if "markers" in drawn else ""
    return told + (_words(frame, trace) if "text" in drawn else "")


def hits_of(frame: Frame, trace: Part) -> list[Hit]:
    """Return the places of the points of which something is said."""
    points = shown_points(frame, trace)
    tips = tips_of(trace, len(points))
    return [Hit(*one, tip) for one, tip in zip(points, tips, strict=True) if one and tip]


def shown_points(frame: Frame, trace: Part) -> list[Point | None]:
    """Return the points of a trace in pixels, None where one is unknown or out of range."""
    points = points_of(frame, trace)
    return [
        point if frame.holds(x, y) else None
        for point, x, y in zip(points, trace["x"], trace["y"], strict=True)
    ]


def _marks(frame: Frame, trace: Part) -> str:
    marker = trace.get("marker", {})
    refuse_others(marker, ("symbol", "size", "color", "line", "opacity"), "a marker")
    edge = marker.get("line", {})
    refuse_others(edge, ("color", "width"), "a marker's line")
    points = shown_points(frame, trace)
    looks = zip(
        each(marker.get("symbol", "circle"), len(points)),
        each(marker.get("size", SIZE), len(points)),
        each(marker.get("color", LIGHT.ink), len(points)),
        each(edge.get("color", LIGHT.ground), len(points)),
        each(edge.get("width", 0), len(points)),
        each(marker.get("opacity", trace.get("opacity", 1)), len(points)),
        strict=True,
    )
    drawn = []
    for point, (symbol, size, colour, edge_colour, edge_width, opacity) in zip(
        points, looks, strict=True
    ):
        if point is None:
            continue
        is_open = str(symbol).endswith("-open")
        look = frame.pen.look(
            fill=None if is_open else colour,
            stroke=colour if is_open else edge_colour,
            width=(edge_width or 1) if is_open else edge_width,
            opacity=opacity,
        )
        drawn.append((look, mark(str(symbol), *point, size * frame.pen.scale)))
    return "".join(
        f"<g{look}>{''.join(one for _, one in run)}</g>"
        for look, run in groupby(drawn, key=lambda one: one[0])
    )


def _words(frame: Frame, trace: Part) -> str:
    given = trace.get("textfont", {})
    refuse_others(given, ("family", "size", "color", "weight"), "a text font")
    font = font_of(given, frame.font, frame.pen)
    points = shown_points(frame, trace)
    places = each(trace.get("textposition", "middle center"), len(points))
    off = OFF * frame.pen.scale + _half_mark(trace) * frame.pen.scale
    told = ""
    for point, words, place in zip(
        points, each(trace.get("text"), len(points)), places, strict=True
    ):
        if point is None or not words:
            continue
        lines = lines_of(str(words))
        row, side = _row_and_side(place)
        high = extent(lines, font.size)[1]
        top = point[1] + {"top": -off - high, "middle": -high / 2, "bottom": off}[row]
        x = point[0] + {"left": -off, "center": 0.0, "right": off}[side]
        anchor = {"left": "end", "center": "middle", "right": "start"}[side]
        told += text_element(lines, x, top, font.size, attributes(text_anchor=anchor))
    return f"<g{font_looks(font, frame.pen, halo=True)}>{told}</g>" if told else ""


def _row_and_side(place: str) -> tuple[str, str]:
    row, _, side = place.partition(" ")
    if row not in ("top", "middle", "bottom") or side not in ("left", "center", "right"):
        raise ValueError(f"the text position {place!r} is not painted")
    return row, side


def _half_mark(trace: Part) -> float:
    size = trace.get("marker", {}).get("size", SIZE) if "markers" in modes(trace) else 0.0
    return (max(size, default=0.0) if isinstance(size, list) else size) / 2
