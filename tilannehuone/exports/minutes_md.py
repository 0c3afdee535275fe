"""A document as Markdown, for those who keep their papers as plain text.

Typed words are never markup: every mark that could begin a link, an image, HTML, a heading or a
list is escaped.
"""

import re

from tilannehuone.exports.document import Block, Document, Grid, Paragraph, Points, walked

MARKS = re.compile(r"([\\`*_\[\]#|~$^])")
STARTS = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=])")
"""What at the beginning of a line makes a list, a rule, or a heading of what is above it."""

ADDRESS = re.compile(r"\b(https?|ftp|mailto|javascript|data|www)([:.])", re.IGNORECASE)
"""What many readers turn into a link by themselves."""


def md_bytes(document: Document) -> bytes:
    """Return a document as Markdown (CommonMark with tables) in UTF-8."""
    parts = [f"# {plain(document.title)}", *map(_block, document.opening)]
    for level, section in walked(document.sections, 2):
        parts.append(f"{'#' * min(level, 6)} {plain(section.title)}")
        parts += map(_block, section.blocks)
    return ("\n\n".join(parts) + "\n").encode()


def plain(words: str) -> str:
    r"""Return words so that Markdown shows them as they are.

    >>> plain("[tästä](javascript:x) <b> 1 & 2"), plain("1. ensin"), plain("- viiva")
    ('\\[tästä\\](javascript&#58;x) &lt;b&gt; 1 &amp; 2', '1\\. ensin', '\\- viiva')
    """
    told = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    told = MARKS.sub(r"\\\1", told)
    told = ADDRESS.sub(lambda found: f"{found[1]}&#{ord(found[2])};", told)
    return STARTS.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", told)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        if not block.lead:
            return plain(block.text)
        lead = block.lead if block.lead.endswith("?") else f"{block.lead}:"
        return f"**{plain(lead)}** {plain(block.text)}"
    if isinstance(block, Points):
        return "\n".join(f"- {plain(one)}" for one in block.texts)
    return _table(block)


def _table(grid: Grid) -> str:
    lines = [grid.heads, ("---",) * len(grid.heads), *grid.rows]
    rows = [
        "| " + " | ".join(one if n == 1 else plain(one) for one in line) + " |"
        for n, line in enumerate(lines)
    ]
    return f"{plain(grid.caption)}\n\n" + "\n".join(rows)
