"""What is said of a mark under the pointer, and the unseen place that a finger or pointer finds."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tilannehuone.charts.painting.pen import digits, path
from tilannehuone.charts.painting.read import Part, each
from tilannehuone.charts.painting.text import escaped, plain

REACH = 18.0
"""Pixels around a mark that speak of it, where no other mark is nearer."""
CORNERS = 16
EXTRA = re.compile(r"<extra>(.*?)</extra>")
PLACE = re.compile(r"%\{([^}]*)\}")
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Hit:
    """A mark's place and what is said of it; `box` is left, top, width and height of a bar."""

    x: float
    y: float
    tip: str
    box: tuple[float, float, float, float] | None = None


def tips_of(trace: Part, count: int) -> list[str]:
    """Return what is said of each mark of a trace in plain words; empty where nothing is.

    The words are those of `hovertemplate` (with its places %{text} and %{hovertext}), of
    `hovertext` or of `text`. Nothing else of a trace is ever among them: a bare number would not
    be written as the reader's language writes it.
    """
    if trace.get("hoverinfo") in ("skip", "none"):
        return [""] * count
    own = [trace.get("hovertext"), None if "text" in trace.get("mode", "") else trace.get("text")]
    template = trace.get("hovertemplate") or next(
        (f"%{{{key}}}" for key, one in zip(("hovertext", "text"), own, strict=True) if one), ""
    )
    templates = each(template, count)
    values = {key: each(trace.get(key), count) for key in ("text", "hovertext")}
    return [
        plain(_filled(templates[n], {key: one[n] for key, one in values.items()}))
        for n in range(count)
    ]


def hits_drawn(hits: Sequence[Hit]) -> str:
    """Return the unseen places of all marks: bars, and over them points, each up to the next."""
    bars = [one for one in hits if one.box]
    points = sorted((one for one in hits if not one.box), key=lambda one: (one.x, one.y))
    drawn = [_box(one) for one in bars]
    drawn += [_place(one, _near(points, n)) for n, one in enumerate(points)]
    if not drawn:
        return ""
    return f'<g fill="none" pointer-events="all">{"".join(drawn)}</g>'


def cell(at: Point, others: Sequence[Point]) -> list[Point]:
    """Return the corners of what lies within `REACH` of a point and nearer to it than to others."""
    turns = [2 * math.pi * (n + 0.5) / CORNERS for n in range(CORNERS)]
    wide = REACH / math.cos(math.pi / CORNERS)
    corners = [(at[0] + wide * math.cos(one), at[1] + wide * math.sin(one)) for one in turns]
    for other in others:
        corners = _nearer(corners, at, other)
    return corners


def _nearer(corners: list[Point], at: Point, other: Point) -> list[Point]:
    """Return a polygon cut along the line halfway between two points, the side of the first."""
    way = (other[0] - at[0], other[1] - at[1])
    middle = ((at[0] + other[0]) / 2, (at[1] + other[1]) / 2)

    def beyond(point: Point) -> float:
        return (point[0] - middle[0]) * way[0] + (point[1] - middle[1]) * way[1]

    kept: list[Point] = []
    for one, after in zip(corners, corners[1:] + corners[:1], strict=True):
        a, b = beyond(one), beyond(after)
        if a <= 0:
            kept.append(one)
        if (a < 0 < b) or (b < 0 < a):
            share = a / (a - b)
            kept.append(
                (one[0] + share * (after[0] - one[0]), one[1] + share * (after[1] - one[1]))
            )
    return kept


def _near(points: Sequence[Hit], n: int) -> list[Point]:
    """Return the other points that are so near that two places would overlap."""
    me, found = points[n], []
    for way in (-1, 1):
        k = n + way
        while 0 <= k < len(points) and abs(points[k].x - me.x) < 2 * REACH:
            apart = math.hypot(points[k].x - me.x, points[k].y - me.y)
            if 0 < apart < 2 * REACH:
                found.append((points[k].x, points[k].y))
            k += way
    return found


def _place(hit: Hit, others: list[Point]) -> str:
    tip = f' data-tip="{_attribute(hit.tip)}"'
    if not others:
        where = f'cx="{digits(hit.x)}" cy="{digits(hit.y)}" r="{digits(REACH)}"'
        return f'<circle class="th-hit" {where}{tip}/>'
    return f'<path class="th-hit" d="{path(cell((hit.x, hit.y), others), closed=True)}"{tip}/>'


def _box(hit: Hit) -> str:
    left, top, width, height = hit.box or (hit.x, hit.y, 0.0, 0.0)
    more_x, more_y = (max(0.0, REACH - one / 2) for one in (width, height))
    where = (
        f'x="{digits(left - more_x)}" y="{digits(top - more_y)}" '
        f'width="{digits(width + 2 * more_x)}" height="{digits(height + 2 * more_y)}"'
    )
    return f'<rect class="th-hit" {where} data-tip="{_attribute(hit.tip)}"/>'


def _attribute(tip: str) -> str:
    """Return a tip for an attribute, where a line's end has to be written as a sign."""
    return escaped(tip).replace("\n", "&#10;")


def _filled(template: str, values: dict[str, Any]) -> str:
    for extra in EXTRA.findall(template):
        if extra:
            raise ValueError(f"a second hover box ({extra!r}) is not painted")

    def value(place: re.Match[str]) -> str:
        if place[1] not in values:
            raise ValueError(f"the hover text's place {place[1]!r} is not painted")
        found = values[place[1]]
        return "" if found is None else str(found)

    return PLACE.sub(value, EXTRA.sub("", template))
