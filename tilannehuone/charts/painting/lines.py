"""Lines of a drawing and what they enclose. A value that is not known cuts both."""

from collections.abc import Iterator
from typing import Any

from tilannehuone.charts.painting.frame import Frame
from tilannehuone.charts.painting.pen import is_clear, path
from tilannehuone.charts.painting.read import Part, one_of, refuse_others
from tilannehuone.charts.palette import LIGHT

Point = tuple[float, float]
LINE_WIDTH = 2.0
ROUND = ' stroke-linejoin="round"'


def line_drawn(frame: Frame, trace: Part) -> str:
    """Return the line of a scatter trace; nothing where it has none."""
    line = trace.get("line", {})
    refuse_others(line, ("color", "width", "dash", "shape"), "a line")
    width, colour = line.get("width", LINE_WIDTH), line.get("color", LIGHT.ink)
    if "lines" not in modes(trace) or not width or is_clear(colour):
        return ""
    runs = runs_of(frame, trace)
    if trace.get("connectgaps"):
        runs = [[point for run in runs for point in run]]
    shape = line.get("shape", "linear")
    way = "".join(path(stepped(run, shape)) for run in runs if len(run) > 1)
    look = frame.pen.look(
        fill=None,
        stroke=colour,
        width=width,
        dash=line.get("dash", ""),
        opacity=trace.get("opacity", 1),
    )
    return f'<path d="{way}"{look}{ROUND}/>' if way else ""


def fill_drawn(frame: Frame, trace: Part, before: Part | None) -> str:
    """Return what a scatter trace fills: itself, down to zero, or to the trace `before`."""
    asked = trace.get("fill", "none")
    one_of(asked, ("none", "toself", "tonexty", "tozeroy"), "the fill")
    if asked == "none":
        return ""
    if trace.get("fillcolor") is None:
        raise ValueError("a fill is painted with a fillcolor only")
    shape = trace.get("line", {}).get("shape", "linear")
    areas = {"toself": _own, "tozeroy": _to_zero, "tonexty": _to_other}[asked]
    way = "".join(path(one, closed=True) for one in areas(frame, trace, before, shape))
    opacity = trace.get("opacity", 1)
    look = frame.pen.look(fill=trace["fillcolor"], stroke=None, opacity=opacity)
    return f'<path d="{way}"{look}/>' if way else ""


def modes(trace: Part) -> list[str]:
    """Return what a scatter trace draws of its points: lines, markers, text, or none."""
    count = len(trace.get("x") or ())
    told = str(trace.get("mode", "lines+markers" if count < 20 else "lines")).split("+")
    return [one_of(one, ("lines", "markers", "text", "none"), "the mode") for one in told]


def points_of(frame: Frame, trace: Part) -> list[Point | None]:
    """Return the points of a trace in pixels, None where either part is not known."""
    x, y = trace.get("x"), trace.get("y")
    if x is None or y is None or len(x) != len(y):
        raise ValueError("a trace is painted with as many x as y")
    placed = [(frame.x.pixel(a), frame.y.pixel(b)) for a, b in zip(x, y, strict=True)]
    return [one if one[0] == one[0] and one[1] == one[1] else None for one in placed]


def runs_of(frame: Frame, trace: Part) -> list[list[Point]]:
    """Return the stretches of known points of a trace, in pixels."""
    return list(_runs(points_of(frame, trace)))


def stepped(run: list[Point], shape: str) -> list[Point]:
    """Return a run with the corners of its steps: `hv` goes across first, `vh` up first."""
    one_of(shape, ("linear", "hv", "vh"), "the line's shape")
    if shape == "linear" or not run:
        return run
    corners = [
        (b[0], a[1]) if shape == "hv" else (a[0], b[1]) for a, b in zip(run, run[1:], strict=False)
    ]
    return [run[0], *(p for pair in zip(corners, run[1:], strict=True) for p in pair)]


def _runs(points: list[Any]) -> Iterator[list[Any]]:
    run: list[Any] = []
    for one in [*points, None]:
        if one is not None:
            run.append(one)
        elif run:
            yield run
            run = []


def _own(frame: Frame, trace: Part, _: Part | None, shape: str) -> list[list[Point]]:
    return [stepped(run, shape) for run in runs_of(frame, trace)]


def _to_zero(frame: Frame, trace: Part, _: Part | None, shape: str) -> list[list[Point]]:
    foot = frame.y.pixel(0)
    return [
        [*stepped(run, shape), (run[-1][0], foot), (run[0][0], foot)]
        for run in runs_of(frame, trace)
    ]


def _to_other(frame: Frame, trace: Part, before: Part | None, shape: str) -> list[list[Point]]:
    """Return the areas between two lines, cut where either is not known."""
    if before is None or list(before.get("x") or ()) != list(trace["x"]):
        raise ValueError("a fill tonexty is painted between two lines of the same x only")
    other_shape = before.get("line", {}).get("shape", "linear")
    pairs = zip(points_of(frame, trace), points_of(frame, before), strict=True)
    areas = []
    for run in _runs([(a, b) if a and b else None for a, b in pairs]):
        mine, other = [a for a, _ in run], [b for _, b in run]
        areas.append(stepped(mine, shape) + stepped(other, other_shape)[::-1])
    return areas
