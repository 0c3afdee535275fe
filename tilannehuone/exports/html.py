"""Views as one HTML file: it opens anywhere, offline, and reads well aloud, dark and on paper.

It holds no script and fetches nothing: drawing, look and words are all inside.
"""

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from tilannehuone.charts.paper import Paper
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.exports import passport
from tilannehuone.exports.picture import chart_svg
from tilannehuone.texts import text

CHART_SIZE = (1100, 480)
TONES = ("improvement", "concern", "neutral")
HERE = ' class="here"'
HOVERS = re.compile(r'<g fill="none" pointer-events="all">.*?</g>', re.DOTALL)
"""What a drawing says under the pointer: nothing in the file would show it; the table says it."""

LOOK = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")


def report(papers: Sequence[Paper], lang: str) -> bytes:
    """Return the papers as one file in UTF-8 with the words of a file in `lang`."""
    title = escape(passport.document_title(papers, lang))
    articles = "\n".join(_article(paper, lang, n) for n, paper in enumerate(papers, start=1))
    told = (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{LOOK}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#content">{escape(text("export.skip", lang))}</a>\n'
        f"<header><h1>{title}</h1></header>\n{_contents(papers, lang)}"
        f'<main id="content" tabindex="-1">\n{articles}\n</main>\n</body>\n</html>\n'
    )
    return told.encode()


def _contents(papers: Sequence[Paper], lang: str) -> str:
    if len(papers) < 2:
        return ""
    links = "".join(
        f'<li><a href="#p{n}">{escape(passport.heading(paper))}</a></li>'
        for n, paper in enumerate(papers, start=1)
    )
    return f'<nav aria-label="{escape(text("export.contents", lang))}"><ul>{links}</ul></nav>\n'


def _article(paper: Paper, lang: str, n: int) -> str:
    """Return one view; its heading names it, its message stands large under that."""
    kinds = [' class="message"', *[""] * len(paper.messages)]
    messages = [
        f"<p{kind}>{escape(words)}</p>" for kind, words in zip(kinds, paper.messages, strict=False)
    ]
    notes = "".join(
        f"{f'<dt>{escape(label)}</dt>' if label else ''}<dd>{escape(words)}</dd>"
        for label, words in passport.passport(paper)
    )
    background = f"<h3>{escape(text('export.passport', lang))}</h3>\n<dl>{notes}</dl>\n"
    return (
        f'<article id="p{n}" lang="{paper.lang}" aria-labelledby="h{n}">\n'
        f'<h2 id="h{n}">{escape(passport.heading(paper))}</h2>\n{"".join(messages)}\n'
        f"{_figure(paper)}{_table(paper.table, lang)}{background if notes else ''}</article>"
    )


def _figure(paper: Paper) -> str:
    """Return the drawing with its passport in short; its colours follow the reader's background."""
    drawn = HOVERS.sub("", chart_svg(paper, *CHART_SIZE, live=True))
    if not drawn:
        return ""
    lines = "".join(f"<span>{escape(one)}</span>" for one in passport.foot(paper))
    return f"<figure>\n{drawn}\n<figcaption>{lines}</figcaption>\n</figure>\n"


def _table(table: Table, lang: str) -> str:
    if not table.rows:
        return ""
    shown = [n for n, one in enumerate(table.columns) if not one.file_only]
    heads = "".join(
        f'<th scope="col"{_kind(table.columns[n])}>{escape(table.columns[n].header)}</th>'
        for n in shown
    )
    body = "\n".join(
        f"<tr{HERE if at == table.here else ''}>"
        + "".join(_cell(row[n], table.columns[n], is_first=n == shown[0]) for n in shown)
        + "</tr>"
        for at, row in enumerate(table.rows)
    )
    named, caption = escape(text("export.figures", lang)), escape(table.caption)
    return (
        f'<h3>{named}</h3>\n<div class="scroll" tabindex="0" role="region" '
        f'aria-label="{caption or named}"><table>\n<caption>{caption}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>\n"
    )


def _cell(cell: Cell, column: Column, *, is_first: bool) -> str:
    """Return a cell; a finding's words have its colour, and need no icon to be understood."""
    tone = (cell.icon or "").partition(".")[0]
    role = tone if tone in TONES else "quiet" if cell.quiet else ""
    words = escape(cell.text)
    told = f'<span class="{role}">{words}</span>' if role else words
    kind, scope = ("th", ' scope="row"') if is_first else ("td", "")
    return f"<{kind}{scope}{_kind(column)}>{told}</{kind}>"


def _kind(column: Column) -> str:
    kind = "number" if column.numeric else "whole" if column.whole else ""
    return f' class="{kind}"' if kind else ""
