"""One view as one picture: its message above the chart, under it where the numbers are from.

The passport stands inside the picture, so that it is still there when the picture has been cut
out of its file and pasted into a slide.
"""

import textwrap
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tilannehuone.charts.paint import FILE_FONT, paint
from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.paper import Paper
from tilannehuone.exports import passport, typeset
from tilannehuone.exports.png_words import with_words

WIDTH, HEIGHT, LEAST_CHART, MARGIN = 1280, 800, 430, 44
"""In the drawing's own pixels; a PNG of 1920 is one and a half times that. Long words make the
picture higher rather than the chart too low to be read."""

LETTER = 0.47
"""The usual width of a letter, in heights, of the widest of the fonts a reader may have."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of text of one kind: size in pixels, weight and colour."""

    words: list[str]
    size: int
    weight: int
    colour: str

    @property
    def step(self) -> int:
        return round(self.size * 1.3)


def svg_bytes(paper: Paper) -> bytes:
    """Return the picture as SVG, in UTF-8, light, needing nothing from outside."""
    return _drawing(paper)[0].encode()


def png_bytes(paper: Paper, width: int = 1920) -> bytes:
    """Return the picture as PNG, `width` pixels wide; its passport also stands in its metadata."""
    svg, height = _drawing(paper)
    data = {"svg": svg, "width": WIDTH, "height": height, "alt": paper.alt or paper.title}
    drawn = typeset.png("picture.typ", data, passport.made([paper]), width / WIDTH)
    return with_words(drawn, _told(paper))


def chart_svg(paper: Paper, width: int, height: int, *, live: bool = False) -> str:
    """Return the chart alone as SVG; empty for a paper without one."""
    if paper.figure is None:
        return ""
    title = passport.heading(paper)
    return paint(paper.figure, width, height, title=title, description=paper.alt, live=live)


def chart_png(paper: Paper, width: int, height: int) -> bytes:
    """Return the chart alone as PNG, twice as many dots as its pixels each way."""
    data = {"svg": chart_svg(paper, width, height), "width": width, "height": height}
    return typeset.png("picture.typ", data | {"alt": paper.alt}, passport.made([paper]), 2)


def _drawing(paper: Paper) -> tuple[str, int]:
    """Return the picture and its height."""
    above, top = _set(_head(paper), MARGIN - 8)
    below = [_lines(one, 16, 400, LIGHT.soft, 2) for one in passport.foot(paper)]
    room = max(LEAST_CHART, HEIGHT - top - 20 - _set(below, 0)[1] - MARGIN + 12)
    chart = chart_svg(paper, WIDTH - 2 * MARGIN, room)
    where = f'<svg x="{MARGIN}" y="{top + 10}" width="{WIDTH - 2 * MARGIN}" height="{room}" '
    placed = chart.replace("<svg ", where, 1)
    under, end = _set(below, top + 20 + room if chart else top + 10)
    height = end + MARGIN - 12
    title, alt = escape(passport.heading(paper)), escape(paper.alt)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" xml:lang="{paper.lang}" lang="{paper.lang}" '
        f'font-family="{FILE_FONT}"><title>{title}</title><desc>{alt}</desc>'
        f'<rect width="{WIDTH}" height="{height}" fill="{LIGHT.ground}"/>'
        f"{above}{placed}{under}</svg>\n",
        height,
    )


def _head(paper: Paper) -> list[_Lines]:
    unit = f" ({paper.unit})" if paper.unit else ""
    told = [_lines(f"{passport.heading(paper)}{unit}", 20, 400, LIGHT.soft, 2)]
    told += [_lines(one, 32, 600, LIGHT.ink, 3) for one in paper.messages[:1]]
    return told + [_lines(one, 18, 400, LIGHT.ink, 3) for one in paper.messages[1:]]


def _lines(words: str, size: int, weight: int, colour: str, most: int) -> _Lines:
    """Return words broken into at most `most` lines of the picture's width, the last one cut."""
    room = int((WIDTH - 2 * MARGIN) / (size * LETTER))
    lines = textwrap.wrap(words, room, max_lines=most, placeholder=" …")
    return _Lines(lines, size, weight, colour)


def _set(groups: list[_Lines], y: int) -> tuple[str, int]:
    """Return lines set one under the other from `y` down, and where they end."""
    drawn = []
    for group in groups:
        for words in group.words:
            y += group.step
            drawn.append(
                f'<text x="{MARGIN}" y="{y - round(group.size * 0.3)}" font-size="{group.size}" '
                f'font-weight="{group.weight}" fill="{group.colour}">{escape(words)}</text>'
            )
        y += round(group.size * 0.35)
    return "".join(drawn), y


def _told(paper: Paper) -> list[tuple[str, str]]:
    notes = "\n".join(f"{label}: {words}" for label, words in paper.table.notes)
    return [
        ("Title", passport.heading(paper)),
        ("Description", "\n".join((*paper.messages, paper.alt))),
        ("Source", notes),
    ]
