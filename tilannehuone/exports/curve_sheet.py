"""The numbers behind a chart as a sheet: labels down, a column a curve, nothing where nothing is.

A chart in a workbook reads them, and one in a slide has them inside, so that both can be edited.
"""

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.paper import Paper
from tilannehuone.texts import text

LOOKS = {
    "value": (LIGHT.accent, 2.5, "solid"),
    "centre": (LIGHT.soft, 1.25, "solid"),
    "lower": (LIGHT.common, 0.75, "solid"),
    "upper": (LIGHT.common, 0.75, "solid"),
    "target": (LIGHT.ink, 1.75, "dash"),
    "forecast": (LIGHT.common, 2.0, "square_dot"),
    "low80": (LIGHT.common, 0.75, "square_dot"),
    "high80": (LIGHT.common, 0.75, "square_dot"),
}
"""Colour, width in points and dash of each role: one curve to look at, the rest behind it."""

PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": False,
}
"""Words stay words: nothing that a name begins with can make a spreadsheet run it."""


def number_format(decimals: int) -> str:
    """Return the spreadsheet's format of a number; each program writes its own decimal sign."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def write_curves(sheet: Any, paper: Paper, header: Any, number: Any) -> None:
    """Write a paper's labels and curves from the first cell on; what is not known stays empty."""
    first = paper.table.columns[0].header if paper.table.columns else ""
    for column, words in enumerate((first, *(one.name for one in paper.curves))):
        sheet.write_string(0, column, words, header)
    for row, label in enumerate(paper.labels, start=1):
        sheet.write_string(row, 0, label)
    for column, curve in enumerate(paper.curves, start=1):
        for row, value in enumerate(curve.values, start=1):
            if value is not None:
                sheet.write_number(row, column, value, number)
    sheet.set_column(0, len(paper.curves), 18)
    sheet.freeze_panes(1, 1)


def curve_book(paper: Paper, lang: str, made: datetime) -> bytes:
    """Return a workbook that holds nothing but a paper's curves, on one sheet."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, PLAIN)
    book.set_properties({"created": made, "author": text("frame.product", lang)})
    header = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": number_format(paper.decimals)})
    write_curves(book.add_worksheet(sheet_name(lang)), paper, header, number)
    book.close()
    return file.getvalue()


def sheet_name(lang: str) -> str:
    """Return the name of the sheet that holds a chart's numbers."""
    return text("export.sheet_curves", lang)
