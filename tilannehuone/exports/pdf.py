"""Views as a PDF: pages of A4 that a screen reader can follow, nothing cut.

A view begins a page: message and chart on it, then its figures as a table whose head is repeated
on every page, then all that vouches for them.
"""

from collections.abc import Sequence
from typing import Any

from tilannehuone.charts.paper import Paper
from tilannehuone.exports import passport, typeset
from tilannehuone.exports.picture import chart_svg
from tilannehuone.texts import catalogue, text

CHART_SIZE = (1060, 520)
"""Of the chart in pixels; across A4 its 16 pixels of text become 12 points."""

REGIONS = {"fi": "fi", "sv": "fi", "en": "gb"}


def pages(papers: Sequence[Paper], lang: str) -> bytes:
    """Return the papers as one PDF/UA file with the words of a file in `lang`."""
    data = {
        "title": passport.document_title(papers, lang),
        "author": text("frame.product", lang),
        "lang": lang,
        "region": REGIONS[lang],
        "page": catalogue(lang)["export.page"],
        "passport": text("export.passport", lang),
        "papers": [_paper(paper, lang) for paper in papers],
    }
    return typeset.pdf("pages.typ", data, passport.made(papers))


def _paper(paper: Paper, lang: str) -> dict[str, Any]:
    table = paper.table
    shown = [n for n, one in enumerate(table.columns) if not one.file_only]
    return {
        "title": passport.heading(paper),
        "messages": list(paper.messages),
        "chart": chart_svg(paper, *CHART_SIZE) or None,
        "alt": paper.alt or passport.heading(paper),
        "foot": list(passport.foot(paper)),
        "caption": table.caption or text("export.figures", lang),
        "columns": [
            {"header": table.columns[n].header, "numeric": table.columns[n].numeric} for n in shown
        ],
        "rows": [
            [{"text": row[n].text, "quiet": row[n].quiet} for n in shown] for row in table.rows
        ],
        "here": table.here,
        "notes": passport.passport(paper),
    }
