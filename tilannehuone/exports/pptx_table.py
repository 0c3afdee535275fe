"""A short table as a table of the presentation program, cut into slides where rows are tall."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from tilannehuone.charts.table import Cell, Table

MOST_ROWS = 15
"""A longer table cannot be read on a wall; it is in the other files."""

SIZE = 14
LETTER = Inches(SIZE * 0.52 / 72)
"""The usual width of a letter of a table's text."""

LINE, PADDING = Inches(0.235), Inches(0.08)
WIDEST = 44
"""In letters: a longer text is broken into lines rather than make its column wider."""


def fits(table: Table) -> bool:
    """Return whether the table has rows and few enough for slides."""
    return 0 < len(table.rows) <= MOST_ROWS


def parts(table: Table, width: int, height: int) -> list[list[tuple[Cell, ...]]]:
    """Return the rows that stand together on a slide; a row is never cut."""
    widths = _widths(table, width)
    left = 0
    found: list[list[tuple[Cell, ...]]] = []
    for row in table.rows:
        needs = _height([row[n].text for n in _shown(table)], widths)
        if not found or needs > left:
            found.append([])
            left = height - _height([table.columns[n].header for n in _shown(table)], widths)
        found[-1].append(row)
        left -= needs
    return found


def add_table(
    slide: Any, table: Table, rows: Sequence[tuple[Cell, ...]], name: str, box: tuple[Any, ...]
) -> None:
    """Put some rows of a table, under its headers, into a box (left, top, width) of a slide."""
    left, top, width = box
    shown, widths = _shown(table), _widths(table, width)
    frame = slide.shapes.add_table(len(rows) + 1, len(shown), left, top, width, Emu(LINE))
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", table.caption)
    drawn = frame.table
    for column, wide in zip(drawn.columns, widths, strict=True):
        column.width = Emu(wide)
    lines = [[table.columns[n].header for n in shown]]
    lines += [[row[n].text for n in shown] for row in rows]
    for row, words in zip(drawn.rows, lines, strict=True):
        row.height = Emu(_height(words, widths))
        for n, cell, told in zip(shown, row.cells, words, strict=True):
            _write(cell, told, is_number=table.columns[n].numeric)


def _write(cell: Any, words: str, *, is_number: bool) -> None:
    cell.margin_top = cell.margin_bottom = Emu(PADDING // 2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text_frame.text = words
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.font.size = Pt(SIZE)
    paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT


def _shown(table: Table) -> list[int]:
    return [n for n, one in enumerate(table.columns) if not one.file_only]


def _widths(table: Table, width: int) -> list[int]:
    """Return each column's share of the width, by the longest words in it."""
    longest = [
        max(len(table.columns[n].header), *(len(row[n].text) for row in table.rows)) + 3
        for n in _shown(table)
    ]
    wanted = [min(one, WIDEST) for one in longest]
    return [width * one // sum(wanted) for one in wanted]


def _height(words: Sequence[str], widths: Sequence[int]) -> int:
    lines = [ceil((len(one) + 2) * LETTER / wide) for one, wide in zip(words, widths, strict=True)]
    return max(1, *lines) * LINE + PADDING
