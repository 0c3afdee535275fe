"""Words laid over the values, each at its place, and all within the picture."""

import math
from dataclasses import dataclass
from typing import Any

from tilannehuone.charts.painting.frame import Frame
from tilannehuone.charts.painting.pen import Pen, attributes, digits, is_clear
from tilannehuone.charts.painting.read import Part, keys, one_of, refuse_others
from tilannehuone.charts.painting.text import (
    Run,
    extent,
    font_looks,
    font_of,
    lines_of,
    text_element,
)
from tilannehuone.charts.palette import LIGHT

KNOWN = keys(
    "align bgcolor bordercolor borderpad borderwidth captureevents font name opacity "
    "showarrow text textangle x xanchor xref xshift y yanchor yref yshift"
)
EDGE = 2.0
"""Least pixels from words to the picture's edge."""
PAD = 1.0
LEAN = 0.06
"""How far turned words move, in em, so that both their tall and their hanging letters centre."""
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
GROUNDS = (LIGHT.ground, LIGHT.veil)
STARTS = {"left": "start", "center": "middle", "right": "end"}


@dataclass(frozen=True, slots=True)
class Box:
    """Where words stand: the box they likely take, and the side by which they are anchored."""

    left: float
    top: float
    width: float
    height: float
    side: str
    level: str


def notes_drawn(frame: Frame, layout: Part) -> str:
    """Return all annotations of a figure.

    One whose place lies outside the picture is out of range, and not drawn; one of which a part
    would stick out is moved in. Where words lie on the ground's own colour, it is drawn around
    their letters in place of a box, which would hide more than it has to.
    """
    return "".join(_note(frame, one) for one in layout.get("annotations", ()))


def _note(frame: Frame, note: Part) -> str:
    refuse_others(note, KNOWN, "an annotation")
    if note.get("showarrow", True):
        raise ValueError("an annotation's arrow is not painted: say showarrow=False")
    given = note.get("font", {})
    refuse_others(given, ("family", "size", "color", "weight"), "an annotation's font")
    font = font_of(given, frame.font, frame.pen)
    lines = lines_of(str(note.get("text", "")))
    turn = one_of(note.get("textangle", 0), (0, -90, 90), "the textangle")
    box = _box(frame, note, extent(lines, font.size), turn)
    if box is None or not any(lines):
        return ""
    ground = note.get("bgcolor")
    looks = font_looks(font, frame.pen, halo=ground in GROUNDS)
    opacity = note.get("opacity", 1)
    looks += attributes(opacity=f"{opacity:g}") if opacity < 1 else ""
    pad = frame.pen.scale * note.get("borderpad", PAD)
    behind = _behind(frame.pen, note, box, pad)
    if turn:
        return behind + _turned(lines, box, font.size, int(turn), looks, pad)
    return behind + _level(lines, box, font.size, note.get("align", "center"), looks, pad)


def _box(frame: Frame, note: Part, size: tuple[float, float], turn: int) -> Box | None:
    """Return the box of an annotation within the picture; None where its place is outside."""
    refs = note.get("xref", "x"), note.get("yref", "y")
    x, y = frame.across(note["x"], refs[0]), frame.up(note["y"], refs[1])
    if not math.isfinite(x + y):
        raise ValueError(f"the annotation {note.get('text')!r} has a place that is not on its axis")
    if not (-0.5 <= x <= frame.width + 0.5 and -0.5 <= y <= frame.height + 0.5):
        return None
    pad = 2 * frame.pen.scale * note.get("borderpad", PAD)
    wide, high = size[::-1] if turn else size
    wide, high = wide + pad, high + pad
    sides = ("left", "center", "right"), ("bottom", "middle", "top")
    side = _anchor(note, "xanchor", refs[0], sides[0])
    level = _anchor(note, "yanchor", refs[1], sides[1])
    left = x + frame.pen.scale * note.get("xshift", 0) - SHARES[side] * wide
    top = y - frame.pen.scale * note.get("yshift", 0) - SHARES[level] * high
    left = max(EDGE, min(left, frame.width - EDGE - wide))
    top = max(EDGE, min(top, frame.height - EDGE - high))
    return Box(left, top, wide, high, side, level)


def _anchor(note: Part, key: str, ref: str, sides: tuple[str, str, str]) -> str:
    """Return the side by which words hang; by themselves the nearest one of the area, or none."""
    asked = note.get(key, "auto")
    one_of(asked, ("auto", *sides), f"the {key}")
    if asked != "auto":
        return str(asked)
    share = float(note[key[0]]) if ref not in ("x", "y") else 0.5
    return sides[0] if share < 1 / 3 else sides[2] if share > 2 / 3 else sides[1]


def _behind(pen: Pen, note: Part, box: Box, pad: float) -> str:
    """Return a box behind words that have a colour of their own behind them, or a border."""
    ground, border = note.get("bgcolor"), note.get("bordercolor")
    filled = not is_clear(ground) and ground not in GROUNDS
    if not filled and is_clear(border):
        return ""
    look = pen.look(
        fill=ground if filled else None,
        stroke="" if is_clear(border) else border,
        width=note.get("borderwidth", 1),
    )
    place = attributes(x=box.left, y=box.top, rx=min(3.0, pad + 1))
    return f'<rect{place} width="{digits(box.width)}" height="{digits(box.height)}"{look}/>'


def _level(
    lines: list[list[Run]], box: Box, size: float, align: str, looks: str, pad: float
) -> str:
    """Return level words: one line hangs by its anchor, several are aligned in their box."""
    side = box.side if len(lines) == 1 else one_of(align, STARTS, "the align")
    x = box.left + pad + SHARES[side] * (box.width - 2 * pad)
    anchor = None if side == "left" else STARTS[side]
    return text_element(lines, x, box.top + pad, size, attributes(text_anchor=anchor) + looks)


def _turned(
    lines: list[list[Run]], box: Box, size: float, turn: int, looks: str, pad: float
) -> str:
    """Return words turned to read upwards (-90) or downwards (90), from the side they hang by."""
    along = SHARES[box.level] if turn > 0 else 1 - SHARES[box.level]
    y = box.top + pad + SHARES[box.level] * (box.height - 2 * pad)
    x = box.left + box.width / 2
    anchor: dict[float, Any] = {0.0: None, 0.5: "middle", 1.0: "end"}
    where = f"translate({digits(x)} {digits(y)}) rotate({turn})"
    looks = attributes(transform=where, text_anchor=anchor[along]) + looks
    top = -extent(lines, size)[1] / 2 - LEAN * size
    return text_element(lines, 0, top, size, looks)
