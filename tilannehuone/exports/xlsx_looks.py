"""How a workbook looks: the formats of its cells, one object for each kind."""

import re
from functools import cached_property
from typing import Any

from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.table import Cell, Column
from tilannehuone.exports.curve_sheet import number_format

DECIMALS = re.compile(r"[.,](\d+)\D*$")
"""The decimals of a number as a text shows it; groups of three are parted by a space."""


class Looks:
    """The formats of one workbook, each made once when it is first needed."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._numbers: dict[tuple[str, bool, bool], Any] = {}

    @cached_property
    def title(self) -> Any:
        """Of what stands first on a sheet."""
        return self.book.add_format({"bold": True, "font_size": 16, "font_color": LIGHT.ink})

    @cached_property
    def message(self) -> Any:
        """The one message."""
        return self.book.add_format({"bold": True, "font_size": 12, "font_color": LIGHT.ink})

    @cached_property
    def quiet(self) -> Any:
        """Of words beside the message."""
        return self.book.add_format({"font_color": LIGHT.soft})

    @cached_property
    def long(self) -> Any:
        """Of words that need several lines."""
        return self.book.add_format({"text_wrap": True, "valign": "top"})

    @cached_property
    def label(self) -> Any:
        """Of a passport's labels."""
        return self.book.add_format({"bold": True, "valign": "top", "text_wrap": True})

    def header(self, *, numeric: bool = False) -> Any:
        """Of a column's header, over its numbers if it holds numbers."""
        return self._made("header", numeric, False)

    def cell(self, cell: Cell, column: Column, *, here: bool) -> Any:
        """Of a cell as it is shown: its number's decimals, or words in place of a number."""
        if cell.number is None:
            return self._made("words", column.numeric, here)
        return self._made(shown_format(cell), cell.quiet, here)

    def _made(self, kind: str, flag: bool, here: bool) -> Any:
        key = (kind, flag, here)
        if key not in self._numbers:
            self._numbers[key] = self.book.add_format(_properties(kind, flag, here))
        return self._numbers[key]


def shown_format(cell: Cell) -> str:
    """Return the number format that shows a cell as its text does: decimals and percent sign.

    >>> shown_format(Cell("1 234,5", number=1234.54)), shown_format(Cell("82 %", number=82.1))
    ('#,##0.0', '#,##0" %"')
    """
    found = DECIMALS.search(cell.text)
    plain = number_format(len(found[1]) if found else 0)
    return plain + '" %"' if cell.text.endswith("%") else plain


def _properties(kind: str, flag: bool, here: bool) -> dict[str, Any]:
    here_too = {"bold": True} if here else {}
    edge = {"bottom": 1, "bottom_color": LIGHT.line, "valign": "top"}
    if kind == "header":
        side = "right" if flag else "left"
        strong = {"bold": True, "text_wrap": True, "align": side, "bottom": 2}
        return strong | {"bottom_color": LIGHT.accent, "font_color": LIGHT.ink, "valign": "bottom"}
    if kind == "words":
        look = {"align": "right", "font_color": LIGHT.soft} if flag else {"text_wrap": True}
        return edge | look | here_too
    quiet = {"font_color": LIGHT.soft, "italic": True} if flag else {}
    return edge | {"num_format": kind, "align": "right"} | quiet | here_too
