"""How colours, widths and numbers are written in a drawing, for the screen or for a file.

On the screen a colour that is one of the palette's roles becomes a variable of `ui/room.css`, so
that the drawing follows the reader's background; in a file it is fixed, and what is translucent
is a colour and an opacity, which every program that reads SVG understands.
"""

import math
import re
from dataclasses import dataclass, fields
from html import escape

from tilannehuone.charts.palette import LIGHT

ROLES = {str(getattr(LIGHT, one.name)): one.name for one in fields(LIGHT)}
"""The palette's roles by the colour they have on a light background."""

CLEAR = "rgba(0,0,0,0)"
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
PARTS = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,(\d*\.?\d+))?\)")
DASHES: dict[str, tuple[float, ...]] = {
    "dot": (1, 1),
    "dash": (3, 3),
    "longdash": (5, 5),
    "dashdot": (3, 1, 1, 1),
    "longdashdot": (5, 2, 1, 2),
}
"""Named dashes in line widths, of which the least counts as `LEAST_DASH` pixels."""
LEAST_DASH = 3.0
HAIR = "max(1px,round(.06rem,1px))"
"""A hairline's width on the screen: one pixel, on a wall of many pixels two."""
LENGTHS = re.compile(r"\d*\.?\d+(?:px)?(?:[, ]+\d*\.?\d+(?:px)?)*")


def digits(x: float) -> str:
    """Return a place or length with at most one decimal: a tenth of a pixel is never seen.

    >>> digits(12.0), digits(-0.04), digits(3.14159)
    ('12', '0', '3.1')
    """
    return f"{round(x, 1) + 0.0:.1f}".removesuffix(".0")


def attributes(**given: float | str | None) -> str:
    """Return SVG attributes, each after a space; what is None or empty is not written.

    >>> attributes(font_size=16.0, text_anchor="middle", transform=None)
    ' font-size="16" text-anchor="middle"'
    """
    written = (
        (name.replace("_", "-"), one if isinstance(one, str) else digits(one))
        for name, one in given.items()
        if one is not None and one != ""
    )
    return "".join(f' {name}="{escape(one)}"' for name, one in written)


def fixed(colour: str) -> tuple[str, float]:
    """Return a colour as `#rrggbb` and its opacity.

    Raises ValueError for a colour that is neither hexadecimal nor rgb() nor rgba(): names of
    colours have no place in a palette by role.

    >>> fixed("rgba(23,94,140,0.07)")
    ('#175e8c', 0.07)
    """
    plain = colour.lower().replace(" ", "")
    if HEX.fullmatch(plain):
        short = plain[1:]
        return "#" + (short if len(short) == 6 else "".join(2 * one for one in short)), 1.0
    parts = PARTS.fullmatch(plain)
    if parts is None:
        raise ValueError(f"the colour {colour!r} is not painted: write #rrggbb or rgba()")
    red, green, blue, opacity = parts.groups()
    level = float(opacity) if opacity else 1.0
    return "#" + "".join(f"{int(one):02x}" for one in (red, green, blue)), level


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes looks; `live` for the screen, `scale` enlarges type, marks and lines alike."""

    live: bool
    scale: float

    def look(
        self,
        *,
        fill: str | None = "",
        stroke: str | None = "",
        width: float = 0.0,
        dash: str = "",
        opacity: float = 1.0,
    ) -> str:
        """Return the attributes of a look. An empty colour is not written, None is `none`."""
        stroke = stroke if width or not stroke else None
        colours = {"fill": fill, "stroke": stroke}
        inks = [self._ink(part, one) for part, one in colours.items() if one != ""]
        told = f' style="{";".join(inks)}"' if self.live and inks else "".join(inks)
        if stroke:
            told += attributes(stroke_width=width * self.scale)
            told += attributes(stroke_dasharray=self._dashes(dash, width))
        return told + (attributes(opacity=f"{opacity:g}") if opacity < 1 else "")

    def hair(self, *, stroke: str, width: float, dash: str = "") -> str:
        """Return the look of a straight line of grid or axis: sharp, and each as thin as the next.

        On the screen its width is whole pixels whatever the drawing is scaled to.
        """
        told = self.look(stroke=stroke, width=width, dash=dash)
        if self.live and width == 1:
            told = told.removeprefix(' style="')
            told = f' style="stroke-width:{HAIR};{told} vector-effect="non-scaling-stroke"'
        return told + ' shape-rendering="crispEdges"'

    def _ink(self, part: str, colour: str | None) -> str:
        if colour is None:
            return f"{part}:none" if self.live else f' {part}="none"'
        plain, opacity = fixed(colour)
        if self.live:
            shown = colour.lower().replace(" ", "")
            role = ROLES.get(shown)
            return f"{part}:var(--{role},{shown})" if role else f"{part}:{shown}"
        return f' {part}="{plain}"' + (
            f' {part}-opacity="{round(opacity, 3):g}"' if opacity < 1 else ""
        )

    def _dashes(self, dash: str, width: float) -> str:
        """Return the lengths of a dash: a name, or lengths as `6px,5px`; empty for a solid line."""
        if dash in ("", "solid"):
            return ""
        if dash in DASHES:
            lengths = [one * max(width, LEAST_DASH) for one in DASHES[dash]]
        elif LENGTHS.fullmatch(dash):
            lengths = [float(one) for one in re.findall(r"\d*\.?\d+", dash)]
        else:
            raise ValueError(f"the dash {dash!r} is not painted")
        return " ".join(digits(one * self.scale) for one in lengths)


def is_clear(colour: str | None) -> bool:
    """Return whether a colour cannot be seen."""
    return colour is None or colour == "transparent" or fixed(colour)[1] == 0


def path(points: list[tuple[float, float]], *, closed: bool = False) -> str:
    """Return the path through points, straight from one to the next.

    A level or upright step is written short.

    >>> path([(0, 0), (5, 0), (5, 2.5), (7, 3)])
    'M0 0H5V2.5L7 3'
    """
    if not points or not all(map(math.isfinite, (one for point in points for one in point))):
        return ""
    x, y = (digits(one) for one in points[0])
    steps = [f"M{x} {y}"]
    for point in points[1:]:
        new_x, new_y = (digits(one) for one in point)
        if new_y == y and new_x != x:
            steps.append(f"H{new_x}")
        elif new_x == x and new_y != y:
            steps.append(f"V{new_y}")
        elif (new_x, new_y) != (x, y):
            steps.append(f"L{new_x} {new_y}")
        x, y = new_x, new_y
    return "".join(steps) + ("Z" if closed else "")
