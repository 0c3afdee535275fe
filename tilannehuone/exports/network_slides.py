"""The chair's pack as slides: a title, then each part on as many slides as its lines need."""

from collections.abc import Iterator
from math import ceil

from tilannehuone.charts.paper import Paper
from tilannehuone.charts.table import Table
from tilannehuone.exports.document import Block, Document, Paragraph, Points, walked
from tilannehuone.exports.pptx import slides
from tilannehuone.texts import text

LETTERS = 84
"""Of one line under the title of a slide, at the size that is used there."""

MOST_LINES = 11
"""Lines under a title; what is more goes to the next slide."""


def deck(document: Document) -> bytes:
    """Return the pack as a deck of slides."""
    return slides(papers(document), document.lang)


def papers(document: Document) -> list[Paper]:
    """Return the pack as views for slides; a table's rows are lines, to be read from afar."""
    opening = [one for block in document.opening for one in _lines(block)]
    found = [_paper(document, document.title, opening)]
    for _, section in walked(document.sections):
        parts = list(_parts([one for block in section.blocks for one in _lines(block)]))
        for n, lines in enumerate(parts, start=1):
            of = {"title": section.title, "part": n, "of": len(parts)}
            title = section.title if len(parts) == 1 else text("export.part", document.lang, **of)
            found.append(_paper(document, title, lines))
    return found


def _lines(block: Block) -> Iterator[str]:
    """Yield a block's paragraphs; of a table each row, led by its first cell."""
    if isinstance(block, Points):
        yield from block.texts
    elif isinstance(block, Paragraph):
        lead = block.lead if block.lead.endswith("?") or not block.lead else f"{block.lead}:"
        yield f"{lead} {block.text}".strip()
    else:
        for first, *others in block.rows:
            yield f"{first}: {' '.join(others)}"


def _parts(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines that stand together on a slide; a paragraph is never cut."""
    part: list[str] = []
    taken = 0
    for one in lines:
        needs = ceil(len(one) / LETTERS)
        if part and taken + needs > MOST_LINES:
            yield part
            part, taken = [], 0
        part.append(one)
        taken += needs
    if part:
        yield part


def _paper(document: Document, title: str, lines: list[str]) -> Paper:
    return Paper(
        name=document.name,
        lang=document.lang,
        title="",
        where=document.subject,
        messages=(title, *lines),
        table=Table("", (), ()),
        built=document.made,
    )
