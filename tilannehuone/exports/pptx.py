"""Views as slides: the message is the title, under it a chart that can be edited.

A leadership team shows these, so each stands alone: what is said, of what and where, the chart,
and in the last lines where the numbers are from. The whole passport is in the notes.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Pt

from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.paper import Paper
from tilannehuone.exports import passport
from tilannehuone.exports.picture import chart_png
from tilannehuone.exports.pptx_blank import HEIGHT, SIDE, WIDTH, blank_deck, in_language
from tilannehuone.exports.pptx_chart import add_chart
from tilannehuone.exports.pptx_table import add_table, fits, parts
from tilannehuone.exports.zipped import undated
from tilannehuone.texts import text

ROOM = Emu(WIDTH - 2 * SIDE)
UNDER_TITLE, CHART_TOP, FOOT_TOP = Inches(1.86), Inches(2.3), Inches(6.52)
TABLE_TOP = Inches(1.15)
TITLE_SIZES = ((160, 28), (300, 22))
"""The longest message, in characters, that fits above the chart at a size in points."""

SMALLEST_TITLE = 18


def slides(papers: Sequence[Paper], lang: str) -> bytes:
    """Return the papers as a deck of wide slides with the words of a file in `lang`."""
    made = passport.made(papers)
    deck = blank_deck(lang, passport.document_title(papers, lang), made)
    for paper in papers:
        _message_slide(deck, paper, lang, made)
        if fits(paper.table):
            _table_slides(deck, paper, lang)
    file = io.BytesIO()
    deck.save(file)
    return undated(file.getvalue())


def _message_slide(deck: Any, paper: Paper, lang: str, made: datetime) -> None:
    first = paper.messages[0] if paper.messages else passport.heading(paper)
    slide = _slide(deck, first, lang)
    unit = f" ({paper.unit})" if paper.unit else ""
    under = (SIDE, UNDER_TITLE, ROOM, Emu(CHART_TOP - UNDER_TITLE))
    _words(slide, under, [passport.heading(paper) + unit], 18, LIGHT.soft)
    box = (SIDE, CHART_TOP, ROOM, Emu(FOOT_TOP - CHART_TOP - Inches(0.08)))
    if paper.curves:
        add_chart(slide, paper, lang, box, made)
    elif paper.figure is not None:
        _picture(slide, paper, lang, box)
    else:
        _words(slide, box, paper.messages[1:], 20, LIGHT.ink)
    _foot(slide, paper)
    _finish(slide, paper, lang)


def _table_slides(deck: Any, paper: Paper, lang: str) -> None:
    """Put the table on as many slides as its rows need, each under a title of its own."""
    named = f"{passport.heading(paper)}: {text('export.slide_table', lang)}"
    rows = parts(paper.table, ROOM, FOOT_TOP - TABLE_TOP)
    for n, some in enumerate(rows, start=1):
        told = text("export.part", lang, title=named, part=n, of=len(rows))
        slide = _slide(deck, named if len(rows) == 1 else told, lang)
        slide.shapes.title.height = Emu(TABLE_TOP - slide.shapes.title.top)
        add_table(slide, paper.table, some, text("export.figures", lang), (SIDE, TABLE_TOP, ROOM))
        _foot(slide, paper)
        _finish(slide, paper, lang)


def _slide(deck: Any, title: str, lang: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    shape = slide.shapes.title
    shape.name = text("export.title", lang)
    shape.text_frame.text = title
    shape.text_frame.word_wrap = True
    run = shape.text_frame.paragraphs[0].runs[0].font
    sizes = [size for most, size in TITLE_SIZES if len(title) <= most]
    run.size = Pt(max(sizes, default=SMALLEST_TITLE))
    run.color.rgb = _colour(LIGHT.ink)
    return slide


def _picture(slide: Any, paper: Paper, lang: str, box: tuple[Any, ...]) -> None:
    """Put a chart that is not made of curves (a map, a matrix) on the slide as a picture."""
    left, top, width, height = box
    drawn = chart_png(paper, round(width / Inches(1) * 96), round(height / Inches(1) * 96))
    shape = slide.shapes.add_picture(io.BytesIO(drawn), left, top, width, height)
    shape.name = text("export.chart", lang)
    shape._element.nvPicPr.cNvPr.set("descr", paper.alt)


def _foot(slide: Any, paper: Paper) -> None:
    box = (SIDE, FOOT_TOP, ROOM, Emu(HEIGHT - FOOT_TOP - Inches(0.1)))
    _words(slide, box, passport.foot(paper), 14, LIGHT.soft)


def _words(slide: Any, box: tuple[Any, ...], lines: Sequence[str], size: int, colour: str) -> None:
    """Put lines of text on the slide, named by their first words."""
    if not lines:
        return
    shape = slide.shapes.add_textbox(*box)
    shape.name = lines[0][:40]
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_top = frame.margin_bottom = frame.margin_left = frame.margin_right = 0
    for n, words in enumerate(lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = words
        run.font.size, run.font.color.rgb = Pt(size), _colour(colour)


def _finish(slide: Any, paper: Paper, lang: str) -> None:
    """Put everything said and the whole passport in the notes; tell the language of all words."""
    told = [passport.heading(paper), *paper.messages, paper.alt]
    told += [f"{label}: {words}" for label, words in paper.table.notes]
    notes = slide.notes_slide
    notes.notes_text_frame.text = "\n".join(one for one in told if one)
    for shape in list(notes.placeholders):
        if shape.has_text_frame:
            shape.name = text("export.passport", lang)
        else:
            shape.name = text("export.slide", lang)
    in_language(slide._element, lang)
    in_language(notes._element, lang)


def _colour(role: str) -> RGBColor:
    return RGBColor.from_string(role.lstrip("#").upper())
