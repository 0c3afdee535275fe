"""An empty deck in the reader's language: wide slides, one layout, no word of the library's own.

The library's template comes with English prompts, an author, a thumbnail and eleven layouts. What
is not needed is taken out, so that nobody who opens the deck meets a word that is not ours.
"""

from datetime import datetime
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from tilannehuone.charts.palette import LIGHT
from tilannehuone.texts import text

TAGS = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
WIDTH, HEIGHT = Emu(12192000), Inches(7.5)
SIDE = Inches(0.6)
TITLE_TOP, TITLE_HEIGHT = Inches(0.4), Inches(1.42)
TITLE_ONLY = 5
"""The place of the layout with nothing but a title in the library's template."""

APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Tilannehuone</Application></Properties>"
)


def blank_deck(lang: str, title: str, made: datetime) -> Any:
    """Return an empty deck whose only layout has a title; `made` is the date it bears."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.part._element.find(qn("p:sldSz")).attrib.pop("type", None)
    _keep_one_layout(deck, lang)
    _plain_master(deck.slide_master, lang)
    _plain_notes(deck.notes_master, lang)
    _drop_leftovers(deck)
    in_language(deck.part._element, lang)
    told = deck.core_properties
    told.title, told.language = title, TAGS[lang]
    told.author = told.last_modified_by = text("frame.product", lang)
    told.created = told.modified = made
    told.comments, told.revision = "", 1
    return deck


def in_language(element: etree._Element, lang: str) -> None:
    """Give every run and default under an element the language its words are in."""
    for run in element.iter(qn("a:r")):
        run.get_or_add_rPr()
    for one in element.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
        one.set("lang", TAGS[lang])


def _keep_one_layout(deck: Any, lang: str) -> None:
    layouts = deck.slide_layouts
    kept = layouts[TITLE_ONLY]
    for one in list(layouts):
        if one is not kept:
            layouts.remove(one)
    kept._element.cSld.set("name", text("export.slide_layout", lang))
    _only_title(kept, lang)
    in_language(kept._element, lang)


def _plain_master(master: Any, lang: str) -> None:
    _only_title(master, lang)
    style = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    lines = etree.Element(qn("a:lnSpc"))
    etree.SubElement(lines, qn("a:spcPct")).set("val", "90000")
    style.insert(0, lines)
    run = style.find(qn("a:defRPr"))
    run.set("sz", str(Pt(28).centipoints))
    run.set("b", "1")
    _theme(master, lang)
    in_language(master._element, lang)


def _only_title(page: Any, lang: str) -> None:
    """Leave a master or layout nothing but its title, wide and named in the language."""
    for shape in list(page.placeholders):
        if shape.placeholder_format.type != 1:
            shape._element.getparent().remove(shape._element)
            continue
        shape.left, shape.top = SIDE, TITLE_TOP
        shape.width, shape.height = Emu(WIDTH - 2 * SIDE), TITLE_HEIGHT
        shape.name = shape.text_frame.text = text("export.title", lang)
        shape.text_frame.margin_left = shape.text_frame.margin_right = 0
        shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def _plain_notes(master: Any, lang: str) -> None:
    for shape in list(master.placeholders):
        if shape.has_text_frame and shape.placeholder_format.type != 2:
            shape._element.getparent().remove(shape._element)
        elif shape.has_text_frame:
            shape.name = shape.text_frame.text = text("export.passport", lang)
        else:
            shape.name = text("export.slide", lang)
    _theme(master, lang)
    in_language(master._element, lang)


def _theme(master: Any, lang: str) -> None:
    """Put a master's theme under our name, with our accent as the first of its colours."""
    part = master.part.part_related_by(RELATION.THEME)
    is_parsed = hasattr(part, "_element")
    theme = part._element if is_parsed else parse_xml(part.blob)
    for one in (theme, *theme.iter(qn("a:clrScheme"), qn("a:fontScheme"), qn("a:fmtScheme"))):
        one.set("name", text("frame.product", lang))
    accent = theme.find(f".//{qn('a:accent1')}")
    for old in list(accent):
        accent.remove(old)
    etree.SubElement(accent, qn("a:srgbClr")).set("val", LIGHT.accent.lstrip("#"))
    if not is_parsed:
        part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drop_leftovers(deck: Any) -> None:
    """Take out the template's thumbnail and printer, and its list of English titles."""
    package = deck.part.package
    for holder, endings in ((package, ("/thumbnail",)), (deck.part, ("/printerSettings",))):
        rels = holder._rels
        for key in [key for key, one in rels.items() if one.reltype.endswith(endings)]:
            rels.pop(key)
    for part in package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = APP.encode()
