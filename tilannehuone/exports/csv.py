"""A page's table as a CSV file that Finnish and Swedish Excel open right.

UTF-8 with a byte order mark, semicolons, the decimal sign of the language, full precision. What
is not a number is a word; what the numbers mean and where they are from follows the rows.
"""

import csv
import io
from dataclasses import replace

from tilannehuone.charts.paper import Paper
from tilannehuone.charts.table import Cell, Table
from tilannehuone.texts import text

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run a cell that starts so; a quote in front keeps it text."""


def paper_bytes(paper: Paper) -> bytes:
    """Return a view's table as CSV in the view's language; what the view says follows it too."""
    title, message = (text(f"export.{name}", paper.lang) for name in ("title", "message"))
    named = ", ".join(one for one in (paper.title, paper.where) if one)
    told = ((title, named), *((message, words) for words in paper.messages))
    return table_bytes(replace(paper.table, notes=(*told, *paper.table.notes)), paper.lang)


def table_bytes(table: Table, lang: str) -> bytes:
    r"""Return the table as CSV in `lang`.

    >>> from tilannehuone.charts.table import Cell, Column, Table
    >>> table = Table("", (Column("Jakso"), Column("Luku", numeric=True)),
    ...     ((Cell("tammi 2025"), Cell("8,9", number=8.94)),), notes=(("Julkaisu", "x"),))
    >>> table_bytes(table, "fi").decode("utf-8-sig")
    'Jakso;Luku\r\ntammi 2025;8,94\r\n\r\nJulkaisu;x\r\n'
    """
    file = io.StringIO(newline="")
    rows = csv.writer(file, delimiter=";", lineterminator="\r\n")
    rows.writerow([_text(one.header) for one in table.columns])
    rows.writerows([_written(cell, lang) for cell in row] for row in table.rows)
    if table.notes:
        rows.writerow([])
        rows.writerows([_text(one) for one in note] for note in table.notes)
    return file.getvalue().encode("utf-8-sig")


def _written(cell: Cell, lang: str) -> str:
    if cell.number is None:
        return _text(cell.text)
    digits = f"{cell.number:.10g}"
    return digits if lang == "en" else digits.replace(".", ",")


def _text(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words
