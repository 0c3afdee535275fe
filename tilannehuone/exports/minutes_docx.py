"""A document as DOCX that can be edited, archived and read aloud.

Headings are real headings, lists real lists; a table's first row is told to be its head and its
caption stands over it; the language of all words is set; no paragraph is empty. The library's
template comes in English with a thumbnail and an author: what is not ours is taken out.
"""

import io
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from tilannehuone.charts.palette import LIGHT
from tilannehuone.exports.document import Block, Document, Grid, Paragraph, Points, walked
from tilannehuone.exports.pptx_blank import APP, TAGS
from tilannehuone.exports.zipped import undated
from tilannehuone.texts import text

FONT = "Calibri"
"""Every office program has it or a font of the same widths; it reads well on screen and paper."""

SIZES = {"Normal": 11, "List Bullet": 11, "Caption": 10, "Title": 20, "Heading 1": 15,
         "Heading 2": 12.5, "Heading 3": 11}  # fmt: skip
"""Points of each style that is used."""

GAPS = {"Title": (0, 10), "Heading 1": (18, 4), "Heading 2": (10, 2), "Normal": (0, 6),
        "List Bullet": (0, 3), "Caption": (0, 3)}  # fmt: skip
"""Points before and after a paragraph: space is never made by empty ones."""

LEFT_OVER = (RELATION.THUMBNAIL, RELATION.CUSTOM_XML)


def docx_bytes(document: Document) -> bytes:
    """Return a document as a DOCX file, the same bytes for the same document."""
    file = docx.Document()
    _our_own(file, document)
    _looks(file, document.lang)
    file.add_paragraph(document.title, style="Title")
    for block in document.opening:
        _add(file, block)
    for level, section in walked(document.sections):
        file.add_heading(section.title, min(level, 3))
        for block in section.blocks:
            _add(file, block)
    out = io.BytesIO()
    file.save(out)
    return undated(out.getvalue())


def _add(file: Any, block: Block) -> None:
    if isinstance(block, Paragraph):
        paragraph = file.add_paragraph()
        if block.lead:
            lead = block.lead if block.lead.endswith("?") else f"{block.lead}:"
            paragraph.add_run(f"{lead} ").bold = True
        paragraph.add_run(block.text)
    elif isinstance(block, Points):
        for one in block.texts:
            file.add_paragraph(one, style="List Bullet")
    else:
        _add_table(file, block)


def _add_table(file: Any, grid: Grid) -> None:
    """Put a table under its caption; a row is never cut by the end of a page."""
    file.add_paragraph(grid.caption, style="Caption").paragraph_format.keep_with_next = True
    table = file.add_table(rows=0, cols=len(grid.heads), style="Table Grid")
    _described(table, grid.caption)
    for n, words in enumerate((grid.heads, *grid.rows)):
        row = table.add_row()
        _row_kind(row, is_head=n == 0)
        for at, (cell, told) in enumerate(zip(row.cells, words, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.add_run(told).bold = n == 0 or None
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = n == 0 and at == 0 or None


def _row_kind(row: Any, *, is_head: bool) -> None:
    kind = row._tr.get_or_add_trPr()
    kind.append(OxmlElement("w:cantSplit"))
    if is_head:
        kind.append(OxmlElement("w:tblHeader"))


def _described(table: Any, caption: str) -> None:
    """Name the table for who does not see it, and say which of its cells are heads."""
    kind = table._tbl.tblPr
    for old in kind.findall(qn("w:tblLook")):
        kind.remove(old)
    look = OxmlElement("w:tblLook")
    for name in ("firstRow", "firstColumn"):
        look.set(qn(f"w:{name}"), "1")
    for name in ("lastRow", "lastColumn"):
        look.set(qn(f"w:{name}"), "0")
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), caption)
    kind.extend((look, described))


def _our_own(file: Any, document: Document) -> None:
    """Set the properties, and take the library's own out of the package."""
    told = file.core_properties
    made = document.made.replace(microsecond=0, tzinfo=None)
    told.title, told.subject, told.language = document.title, document.subject, TAGS[document.lang]
    told.author = told.last_modified_by = text("frame.product", document.lang)
    told.created = told.modified = made
    told.comments = told.keywords = told.category = ""
    told.revision = 1
    for holder in (file.part.package, file.part):
        rels = holder.rels
        for key in [key for key, one in rels.items() if one.reltype in LEFT_OVER]:
            del rels[key]
    for part in file.part.package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = APP.encode()


def _looks(file: Any, lang: str) -> None:
    """Set page, type and language; colours are those of the room's light look."""
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)
    for name, size in SIZES.items():
        style = file.styles[name]
        _type(style, size, is_heading=name in ("Title", "Heading 1", "Heading 2", "Heading 3"))
        before, after = GAPS.get(name, (6, 2))
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    _speak(file, lang)


def _type(style: Any, size: float, *, is_heading: bool) -> None:
    font = style.font
    font.size, font.bold = Pt(size), is_heading
    font.italic = False
    font.color.rgb = RGBColor.from_string(LIGHT.ink[1:].upper())
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    border = style.element.find(f".//{qn('w:pBdr')}")
    if border is not None:  # the template draws a blue line under a title
        border.getparent().remove(border)


def _speak(file: Any, lang: str) -> None:
    """Tell the language of every word, so that it is read aloud and proofed in it."""
    told = file.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    for kind in ("val", "eastAsia"):
        told.set(qn(f"w:{kind}"), TAGS[lang])
    theme = file.settings.element.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), TAGS[lang])
