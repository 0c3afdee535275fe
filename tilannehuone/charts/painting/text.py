"""Words in a drawing: lines and bold runs as text elements, their size, and plain words for tips.

A figure's texts are marked up with a few tags; every other sign in them is a sign to be read.
"""

import re
from dataclasses import dataclass, replace
from html import escape, unescape

from tilannehuone.charts.painting.pen import Pen, attributes, digits
from tilannehuone.charts.palette import LIGHT

LETTER = 0.52
"""An average letter's width in em. Fonts differ; ours are narrower, their fallback little wider."""
LINE = 1.25
"""A line's height in em."""
DROP = 0.945
"""From a line's top to its baseline in em, so that small letters stand in the line's middle."""
HALO = 5.0
"""Width in pixels of the ground drawn around words that cross lines."""
BOLD = "600"

TAG = re.compile(r"<(/?)(br|b|i|strong|em)\s*/?>", re.IGNORECASE)
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0d-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that no XML may hold, not even escaped."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one weight and slant, as they are read."""

    words: str
    is_bold: bool = False
    is_slanted: bool = False


@dataclass(frozen=True, slots=True)
class Font:
    """Size in pixels (enlarged already), colour and weight (empty for the regular one)."""

    size: float
    colour: str
    weight: str = ""


def escaped(words: str) -> str:
    """Return words as they may stand in a drawing, in an attribute too."""
    return escape(UNWRITABLE.sub("", words))


def font_of(given: dict[str, object], default: Font, pen: Pen) -> Font:
    """Return the font a figure asks for; the family is the room's own and not the figure's."""
    size = given.get("size")
    return replace(
        default,
        size=float(str(size)) * pen.scale if size is not None else default.size,
        colour=str(given.get("color") or default.colour),
        weight=str(given.get("weight") or default.weight).replace("normal", ""),
    )


def lines_of(marked: str) -> list[list[Run]]:
    """Return the lines of a figure's text, each as its runs.

    >>> lines_of("a<br><b>b</b> &amp; <script>")[1]
    [Run(words='b', is_bold=True, is_slanted=False), \
Run(words=' & <script>', is_bold=False, is_slanted=False)]
    """
    lines: list[list[Run]] = [[]]
    bold = slanted = False
    last = 0
    for tag in [*TAG.finditer(marked), None]:
        words = marked[last : tag.start() if tag else len(marked)]
        if words:
            lines[-1].append(Run(unescape(words), bold, slanted))
        if tag is None:
            break
        last, name, opens = tag.end(), tag[2].lower(), not tag[1]
        if name == "br":
            lines.append([])
        elif name in ("b", "strong"):
            bold = opens
        else:
            slanted = opens
    return lines


def plain(marked: str) -> str:
    r"""Return a figure's hover text as plain words, a line a line.

    >>> plain("tammi 2024<br><b>12,4&nbsp;%</b>")
    'tammi 2024\n12,4\xa0%'
    """
    return "\n".join("".join(run.words for run in line) for line in lines_of(marked))


def extent(lines: list[list[Run]], size: float) -> tuple[float, float]:
    """Return the likely width of a text and the height of its lines, in pixels."""
    longest = max((sum(len(run.words) for run in line) for line in lines), default=0)
    return longest * LETTER * size, len(lines) * LINE * size


def text_element(lines: list[list[Run]], x: float, top: float, size: float, looks: str = "") -> str:
    """Return a text whose first line begins at the height `top`; `x` is where it is anchored."""
    start = attributes(x=x, y=top + DROP * size)
    step = digits(LINE * size)
    told = "".join(
        _line(line) if n == 0 else f'<tspan x="{digits(x)}" dy="{step}">{_line(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return f"<text{start}{looks}>{told}</text>"


def font_looks(font: Font, pen: Pen, *, halo: bool = False) -> str:
    """Return the attributes of a font; with `halo` the ground is drawn around the letters."""
    told = attributes(font_size=font.size, font_weight=font.weight)
    if not halo:
        return told + pen.look(fill=font.colour)
    around = {"paint_order": "stroke", "stroke_linejoin": "round"}
    return told + attributes(**around) + pen.look(fill=font.colour, stroke=LIGHT.ground, width=HALO)


def _line(line: list[Run]) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    words = escaped(run.words)
    weight = BOLD if run.is_bold else None
    looks = attributes(font_weight=weight, font_style="italic" if run.is_slanted else None)
    return f"<tspan{looks}>{words}</tspan>" if looks else words
