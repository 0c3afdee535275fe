"""Delimited text into the table `staged`, read by DuckDB.

The typed reader over the delivered file is the fast way and serves clean files. Anything it does
not swallow whole is read again as text, so that the casts can say which cell was wrong; a file
whose records are not its lines is read beside Python's csv module (`records.py`).
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import uuid4

import duckdb

from pipelines.extracts.delivery import Delivery, open_text
from pipelines.extracts.layout import Layout, find_delimited, head_rows, hold_width
from pipelines.extracts.records import Records, map_records
from pipelines.extracts.sql import path_literal, run
from pipelines.extracts.staged import Kind, Staged, column, number_lines, numbers_are_safe
from pipelines.naming import literal
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.sources import Source

HEAD = 1 << 18
"""Characters in which the header and the width of the table are looked for."""

NATIVE = {"text": "varchar", "integer": "double", "decimal": "double", "date": "date"}
"""Integers are read as doubles, for DuckDB rounds `1.5` when it reads an integer."""

DATE_FORMATS = {
    re.compile(r"\d{4}-\d{2}-\d{2}"): "%Y-%m-%d",
    re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}"): "%d.%m.%Y",
}

Inspect = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of a delimited table from its head."""

    layout: Layout
    width: int
    kinds: list[Kind]  # how each column may be read at once
    date_format: str | None
    decimal: str
    expected: int  # rows, if every record is one line


def stage_delimited(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    source: Source,
    work: Path,
    inspect: Inspect,
) -> Staged:
    """Fill `staged` from a delimited text.

    Parameters
    ----------
    work
        A folder for a copy in UTF-8, where DuckDB cannot read the delivered file itself. The
        copy is gone when this returns, also by an exception.
    inspect
        Called with line and text of everything that does not reach `staged`.

    Raises
    ------
    ExtractRejected
        No header, an unclosed quote, or two readers that disagree on the rows.
    """
    with open_text(delivery) as file:
        head = file.read(HEAD)
    try:
        layout = find_delimited(head, source)
    except ExtractRejected:
        for line, text in enumerate(head.split("\n"), start=1):
            inspect(line, text)  # the fault may show what stood there
        raise
    for row in layout.titles:
        inspect(row.line, " ".join(row.cells))
    table = _table(head, layout, source, delivery.lines)
    if delivery.plain:
        kinds = _read_whole(connection, delivery.path, table, skip=layout.data_line - 1)
        if kinds is not None:
            return Staged(layout, kinds, table.expected, table.expected, layout.data_line)
    copy = work / f"{uuid4().hex}.csv"
    try:
        return _stage_copy(connection, delivery, table, copy, inspect)
    finally:
        copy.unlink(missing_ok=True)


def _stage_copy(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    table: _Table,
    copy: Path,
    inspect: Inspect,
) -> Staged:
    layout = table.layout
    if not delivery.plain:
        with open_text(delivery) as file, copy.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(islice(file, layout.data_line - 1, delivery.lines))
        kinds = _read_whole(connection, copy, table, skip=0)
        if kinds is not None:
            return Staged(layout, kinds, table.expected, table.expected, layout.data_line)
    with open_text(delivery) as file, copy.open("w", encoding="utf-8", newline="\n") as out:
        lines = islice(file, layout.data_line - 1, delivery.lines)
        sign = layout.delimiter or ";"
        records = map_records(lines, sign, table.width, layout.data_line, inspect, out)
    return _read_irregular(connection, copy, table, records)


def _read_whole(
    connection: duckdb.DuckDBPyConnection, path: Path, table: _Table, skip: int
) -> list[Kind] | None:
    """Read a file whose records are its lines; None when it is not such a file."""
    plain: list[Kind] = ["text"] * table.width
    for kinds in (table.kinds, plain) if table.kinds != plain else (plain,):
        options = {"skip": str(skip), "decimal_separator": literal(table.decimal)}
        if table.date_format and "date" in kinds:
            options["dateformat"] = literal(table.date_format)
        try:
            _read(connection, path, table.layout, kinds, options)
        except duckdb.Error:
            continue
        if _count(connection) != table.expected:
            return None
        if numbers_are_safe(connection, kinds):
            return kinds
    return None


def _read_irregular(
    connection: duckdb.DuckDBPyConnection, copy: Path, table: _Table, records: Records
) -> Staged:
    kinds: list[Kind] = ["text"] * table.width
    line = table.layout.data_line
    try:
        _read(connection, copy, table.layout, kinds, {"parallel": "false"})
    except duckdb.Error:
        raise ExtractRejected(Fault("load_unreadable", line=line)) from None
    rows = _count(connection)
    if rows != len(records.lines):
        raise ExtractRejected(Fault("load_readers_disagree", line=line))
    number_lines(connection, records.lines)
    return Staged(table.layout, kinds, rows, records.count, None, records.rejects, records.notes)


def _read(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    layout: Layout,
    kinds: list[Kind],
    options: dict[str, str],
) -> None:
    types = ", ".join(f"'{column(at)}': '{NATIVE[kind]}'" for at, kind in enumerate(kinds))
    given = {
        "delim": literal(layout.delimiter or ";"),
        "quote": "'\"'",
        "escape": "'\"'",
        "header": "false",
        "auto_detect": "false",
        "columns": "{" + types + "}",
    }
    settings = ", ".join(f"{name} = {value}" for name, value in (given | options).items())
    run(connection, "drop table if exists temp.staged")
    run(
        connection,
        f"create temp table staged as select * from read_csv({path_literal(path)}, {settings})",  # noqa: S608
    )


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    return int(run(connection, "select count(*) from staged")[0][0])


def _table(head: str, layout: Layout, source: Source, lines: int) -> _Table:
    rows = head_rows(head, layout.delimiter or ";")
    below = [row.cells for row in rows if row.line >= layout.data_line and row.cells]
    width = _width(below, layout)
    hold_width(width, layout.data_line, source)
    kinds: list[Kind] = ["text"] * width
    formats = set()
    for name, at in layout.columns.items():
        one = source.columns[name]
        if one.pattern is None and one.type in ("integer", "decimal"):
            kinds[at] = "integer" if one.type == "integer" else "decimal"
        if one.pattern is None and one.type == "date":
            formats.add(one.format or _date_format([row[at] for row in below if len(row) > at]))
            kinds[at] = "date"
    if source.unpivot is not None:
        value = source.columns[source.unpivot.value]
        for at in layout.groups:
            kinds[at] = "decimal" if value.type in ("integer", "decimal") else "text"
    date_format = next(iter(formats)) if len(formats) == 1 else None
    if formats and date_format is None:
        kinds = ["text" if kind == "date" else kind for kind in kinds]
    expected = lines - layout.data_line + 1
    return _Table(layout, width, kinds, date_format, source.decimal, expected)


def _date_format(cells: list[str]) -> str | None:
    for pattern, one in DATE_FORMATS.items():
        if cells and all(pattern.fullmatch(cell) for cell in cells if cell):
            return one
    return None


def _width(below: list[list[str]], layout: Layout) -> int:
    """Return how many fields a row has: as the header, but for empty cells at either's end."""
    counted = Counter(len(cells) for cells in below).most_common(1)
    headers = len(layout.headers)
    if not counted or counted[0][0] == headers:
        return headers
    width = counted[0][0]
    if width > headers:
        extra = (cells[headers:] for cells in below if len(cells) == width)
        return headers if any(map(any, extra)) else width
    needed = max([*layout.columns.values(), *layout.groups], default=0) + 1
    named = any(one.strip() for one in layout.headers[width:])
    return headers if named or width < needed else width
