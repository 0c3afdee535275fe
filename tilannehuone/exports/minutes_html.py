"""A document as one HTML file: it opens anywhere, offline, and reads well aloud and on paper.

It holds no script and fetches nothing. The look is that of the report files.
"""

from html import escape

from tilannehuone.exports.document import Block, Document, Grid, Paragraph, Points, Section
from tilannehuone.exports.html import LOOK
from tilannehuone.texts import text

OWN_LOOK = """\
h1 { font-size: 1.9rem; line-height: 1.25; color: var(--ink); max-width: 44ch;
  text-wrap: balance; }
h2 { margin: 2.4rem 0 0.5rem; font-size: 1.35rem; color: var(--ink); }
h3 { margin: 1.5rem 0 0.3rem; font-size: 1.1rem; }
main { padding-bottom: 3rem; }
main table { font-size: 1rem; }
th, td { padding-right: 1.4rem; max-width: 34rem; }
td, tbody th, h1, h2, h3 { overflow-wrap: anywhere; }
tbody th { min-width: 9rem; }
li { margin: 0.25rem 0; max-width: 68ch; overflow-wrap: anywhere; }
p { overflow-wrap: anywhere; }
@media print {
  @page { size: A4 portrait; margin: 18mm; }
  h2, h3, caption { break-after: avoid; }
  p, li { break-inside: avoid; orphans: 3; widows: 3; }
}
"""
"""What a text needs beside the look of the reports: headings that lead, and paper upright."""


def html_bytes(document: Document) -> bytes:
    """Return a document as an HTML file in UTF-8."""
    title, lang = escape(document.title), document.lang
    opening = "\n".join(map(_block, document.opening))
    sections = "\n".join(_section(one, f"s{n}") for n, one in enumerate(document.sections, 1))
    told = (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{LOOK}{OWN_LOOK}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#content">{escape(text("export.skip", lang))}</a>\n'
        f"<header><h1>{title}</h1></header>\n"
        f'<main id="content" tabindex="-1">\n{opening}\n{sections}\n</main>\n</body>\n</html>\n'
    )
    return told.encode()


def _section(section: Section, anchor: str, level: int = 2) -> str:
    """Return a section named by its heading, with those under it."""
    blocks = "\n".join(map(_block, section.blocks))
    parts = "\n".join(
        _section(one, f"{anchor}-{n}", level + 1) for n, one in enumerate(section.parts, 1)
    )
    inside = "\n".join(one for one in (blocks, parts) if one)
    return (
        f'<section aria-labelledby="{anchor}">\n'
        f'<h{level} id="{anchor}">{escape(section.title)}</h{level}>\n{inside}\n</section>'
    )


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_lead(block.lead)}{escape(block.text)}</p>"
    if isinstance(block, Points):
        return "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in block.texts) + "</ul>"
    return _table(block)


def _lead(lead: str) -> str:
    if not lead:
        return ""
    return f"<strong>{escape(lead if lead.endswith('?') else f'{lead}:')}</strong> "


def _table(grid: Grid) -> str:
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in grid.heads)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(one)}</td>" for one in others)
        + "</tr>"
        for first, *others in grid.rows
    )
    caption = escape(grid.caption)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}"><table>\n'
        f"<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table></div>"
    )
