"""Views as a workbook: each as it is shown, in full precision, and all that vouches for it.

A number is a number and can be reckoned with; what is hidden, late or missing is its word. Nothing
is a formula, whatever a name begins with.
"""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from tilannehuone.charts.paper import Paper
from tilannehuone.charts.table import Cell, Table
from tilannehuone.exports import passport
from tilannehuone.exports.curve_sheet import PLAIN, write_curves
from tilannehuone.exports.xlsx_chart import curve_chart
from tilannehuone.exports.xlsx_looks import Looks
from tilannehuone.texts import text

WIDEST, NARROWEST = 46, 9
"""Of a column, in letters; longer words are broken into lines."""

LONGEST_SHEET_NAME, LONGEST_FOOTER = 31, 100
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def book(papers: Sequence[Paper], lang: str) -> bytes:
    """Return the papers as one workbook with the words of a file in `lang`."""
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, PLAIN)
    told = text("frame.product", lang)
    title = passport.document_title(papers, lang)
    created = passport.made(papers)
    made.set_properties({"title": title, "author": told, "company": told, "created": created})
    looks = Looks(made)
    for n, paper in enumerate(papers, start=1):
        _sheets(made, looks, paper, lang, n if len(papers) > 1 else 0)
    _background(made.add_worksheet(text("export.sheet_passport", lang)), looks, papers, lang)
    made.close()
    return file.getvalue()


def _sheets(made: Any, looks: Looks, paper: Paper, lang: str, n: int) -> None:
    shown = made.add_worksheet(_name("shown", paper, lang, n))
    _shown(shown, looks, paper, lang)
    _raw(made.add_worksheet(_name("raw", paper, lang, n)), looks, paper.table)
    if not paper.curves:
        return
    name = _name("curves", paper, lang, n)
    number = made.add_format({"num_format": "General"})
    write_curves(made.add_worksheet(name), paper, looks.header(), number)
    columns = sum(not one.file_only for one in paper.table.columns)
    how = {"description": paper.alt, "object_position": 3}
    shown.insert_chart(_above(paper), columns + 1, curve_chart(made, paper, name), how)


def _shown(sheet: Any, looks: Looks, paper: Paper, lang: str) -> None:
    """Write a paper as it is shown: what it says, its table, and in short where it is from."""
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, passport.heading(paper), looks.title)
    for row, words in enumerate(paper.messages, start=1):
        sheet.write_string(row, 0, words, looks.message if row == 1 else looks.quiet)
    table, top = paper.table, _above(paper)
    columns = [n for n, one in enumerate(table.columns) if not one.file_only]
    for at, n in enumerate(columns):
        column = table.columns[n]
        sheet.write_string(top, at, column.header, looks.header(numeric=column.numeric))
        sheet.set_column(at, at, _width(table, n))
    for row, cells in enumerate(table.rows):
        for at, n in enumerate(columns):
            look = looks.cell(cells[n], table.columns[n], here=row == table.here)
            _write(sheet, top + 1 + row, at, cells[n], look)
    end = top + len(table.rows) + 2
    for row, words in enumerate(passport.foot(paper), start=end):
        sheet.write_string(row, 0, words, looks.quiet)
    sheet.freeze_panes(top + 1, 1 if columns else 0)
    _for_paper(sheet, paper, lang, top)


def _for_paper(sheet: Any, paper: Paper, lang: str, top: int) -> None:
    """Make the sheet print across the page, its head on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    page = text("export.page", lang, page="&P", of="&N")
    named = passport.heading(paper)[:LONGEST_FOOTER].replace("&", "&&")
    sheet.set_footer(f"&L{named}&R{page}")


def _raw(sheet: Any, looks: Looks, table: Table) -> None:
    """Write every column, those only a file has too: full precision, ids, dates and codes."""
    for n, column in enumerate(table.columns):
        sheet.write_string(0, n, column.header, looks.header(numeric=column.numeric))
        sheet.set_column(n, n, _width(table, n))
    for row, cells in enumerate(table.rows, start=1):
        for n, cell in enumerate(cells):
            _write(sheet, row, n, cell, None)
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _background(sheet: Any, looks: Looks, papers: Sequence[Paper], lang: str) -> None:
    """Write of each paper all that it says and all that vouches for it."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 110)
    row = 0
    for paper in papers:
        sheet.write_string(row, 0, passport.heading(paper), looks.title)
        said = [(text("export.message", lang), words) for words in paper.messages]
        said += [(text("export.chart", lang), paper.alt)] if paper.alt else []
        for label, words in [*said, *paper.table.notes]:
            row += 1
            sheet.write_string(row, 0, label, looks.label)
            sheet.write_string(row, 1, words, looks.long)
        row += 2


def _write(sheet: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if cell.number is not None:
        sheet.write_number(row, column, cell.number, look)
    elif cell.text:
        sheet.write_string(row, column, cell.text, look)
    else:
        sheet.write_blank(row, column, None, look)


def _above(paper: Paper) -> int:
    """Return how many rows stand above a table: title, messages, and an empty one."""
    return len(paper.messages) + 2


def _width(table: Table, n: int) -> float:
    longest = max((len(row[n].text) for row in table.rows), default=0)
    return min(WIDEST, max(NARROWEST, longest + 2, len(table.columns[n].header) * 0.7 + 2))


def _name(kind: str, paper: Paper, lang: str, n: int) -> str:
    """Return a sheet's name: what it is, and among several views which one it is of."""
    told = text(f"export.sheet_{kind}", lang)
    if n == 0:
        return told
    rest = "" if kind != "shown" else paper.title
    words = f"{n} {rest or told}".translate(NOT_IN_SHEET_NAMES)
    return words[:LONGEST_SHEET_NAME].strip()
