"""A sheet of a workbook (xlsx, xls, ods) into the table `staged`, read by calamine.

DuckDB 2 has no reader of its own. Cells arrive typed; they become the texts a Finnish CSV of the
same table would hold, so that marks, totals and faults are found in one way.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import duckdb

from pipelines.extracts.delimited import Inspect
from pipelines.extracts.layout import SEARCHED_ROWS, Layout, Row, find
from pipelines.extracts.staged import Kind, Staged, fill_staged
from pipelines.extracts.workbook_rows import sheets_of
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.sources import Source

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def stage_workbook(
    connection: duckdb.DuckDBPyConnection, path: Path, source: Source, inspect: Inspect
) -> Staged:
    """Fill `staged` from the declared sheet, or from the first that holds the header.

    Rows without a single filled cell are no rows. Texts standing alone below the table and an
    empty row are its notes.

    Raises
    ------
    ExtractRejected
        Not a workbook, behind a password, too large, or without the header.
    """
    rows, layout = _find_sheet(path, source, inspect)
    for title in layout.titles:
        inspect(title.line, " ".join(title.cells))
    body = [(line, row) for line, row in enumerate(rows, start=1) if line >= layout.data_line]
    body = [(line, row) for line, row in body if any(row)]
    notes = _notes(body)
    for line, row in body[len(body) - notes :]:
        inspect(line, " ".join(row))
    table = body[: len(body) - notes]
    width = len(layout.headers)
    columns = [[row[at] or None for _, row in table] for at in range(width)]
    fill_staged(connection, columns, [line for line, _ in table])
    kinds: list[Kind] = ["text"] * width
    return Staged(layout, kinds, len(table), len(body), None, [], notes)


def _find_sheet(path: Path, source: Source, inspect: Inspect) -> tuple[list[list[str]], Layout]:
    faults = []
    for cells in sheets_of(path, lambda names: _sheets(names, source)):
        try:
            if cells is None:
                raise ExtractRejected(Fault("load_not_workbook"))
            rows = [[_text(cell, source.decimal) for cell in row] for row in cells]
            layout = _find_layout(rows, source, inspect)
        except ExtractRejected as error:
            faults.append(error)
        else:
            _write_dates(rows, cells, layout, source)
            return rows, layout
    if not faults:
        raise ExtractRejected(Fault("load_no_sheet", {"sheet": str(source.sheet)}))
    raise min(faults, key=lambda one: int(one.faults[0].values.get("missing_count", 99)))


def _find_layout(rows: list[list[str]], source: Source, inspect: Inspect) -> Layout:
    head = [Row(at, at, row) for at, row in enumerate(rows[:SEARCHED_ROWS], start=1)]
    try:
        return find([row for row in head if any(row.cells)], source)
    except ExtractRejected:
        for row in head:
            inspect(row.line, " ".join(row.cells))  # the fault may show what stood there
        raise


def _write_dates(
    rows: list[list[str]], cells: list[list[Any]], layout: Layout, source: Source
) -> None:
    """Write native dates as the source declares that they are written."""
    for name, at in layout.columns.items():
        form = source.columns[name].format
        if form is None:
            continue
        for texts, row in zip(rows, cells, strict=True):
            if isinstance(row[at], date):
                texts[at] = row[at].strftime(form)


def _sheets(names: list[str], source: Source) -> list[str]:
    if source.sheet is None:
        return names
    if isinstance(source.sheet, int):
        return names[source.sheet - 1 : source.sheet] if source.sheet >= 1 else []
    return [name for name in names if name.strip() == source.sheet.strip()]


def _text(cell: Any, decimal: str) -> str:
    """Return a cell as a CSV would hold it: 3.0 is 3, midnight is no clock."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else repr(cell).replace(".", decimal)
    if isinstance(cell, datetime):
        return str(cell.date() if cell.time() == time() else cell.replace(microsecond=0))
    return str(cell)


def _notes(body: Sequence[tuple[int, list[str]]]) -> int:
    """Return how many rows at the end are texts alone, parted from the table by an empty row."""
    alone = 0
    for _, row in reversed(body):
        if sum(map(bool, row)) != 1 or len(row) == 1:
            break
        alone += 1
    for first in range(max(len(body) - alone, 1), len(body)):
        if body[first][0] - body[first - 1][0] > 1:
            return len(body) - first
    return 0
