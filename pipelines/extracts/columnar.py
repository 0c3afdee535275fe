"""A parquet file as the relation `staged`, read by DuckDB with the types it has.

A large file stays where it is: `staged` is a view over it, so that each question decodes the
columns it asks of, and nothing is written twice.
"""

from pathlib import Path

import duckdb

from pipelines.extracts.layout import Row, find
from pipelines.extracts.sql import path_literal, run
from pipelines.extracts.staged import Kind, Staged, column
from pipelines.naming import quoted
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.personal import PHONE_HEADERS
from tilannehuone.personal_names import folded
from tilannehuone.sources import Source

WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
FRACTIONS = ("FLOAT", "DOUBLE", "DECIMAL")

NUMBER = "file_row_number"
"""DuckDB's own name of a row's number; a file that has a column of that name cannot be asked."""

KEPT_WHOLE = 65_536
"""Rows up to which a file is read once, into a table: a question asked costs more than its rows."""

MOST_ROWS = 300_000_000
"""Of one file: a few bytes of parquet may say that they are a billion equal rows."""


def stage_parquet(connection: duckdb.DuckDBPyConnection, path: Path, source: Source) -> Staged:
    """Make `staged` of a parquet file; its rows are numbered from one.

    Numbers of columns that are not declared are left out: they hold no text to be guarded. What
    is broken within the pages of a large file is met later (`insist_readable`).

    Raises
    ------
    ExtractRejected
        Not a parquet file, or one without the declared columns.
    """
    try:
        # not by Arrow: it ends the whole process on some broken files
        counted = f"select sum(num_rows) from parquet_file_metadata({path_literal(path)})"  # noqa: S608
        records = int(run(connection, counted)[0][0])
        if records > MOST_ROWS:
            raise ExtractRejected(Fault("load_rows_too_many", {"most": MOST_ROWS}))
        given = run(connection, f"describe select * from read_parquet({path_literal(path)})")  # noqa: S608
        types = {str(one[0]): str(one[1]) for one in given}
        layout = find([Row(0, 0, list(types))], source)
        kinds, chosen = _choose(types, layout.columns, set(layout.groups), source)
        what, numbered = "table", ""
        if records > KEPT_WHOLE and NUMBER not in map(str.lower, types):
            what, numbered = "view", f", {NUMBER} = true"
            chosen.append(f"{NUMBER} as rowid")
        run(
            connection,
            f"create temp {what} staged as select {', '.join(chosen)}"  # noqa: S608
            f" from read_parquet({path_literal(path)}{numbered})",
        )
        rows = int(run(connection, "select count(*) from staged")[0][0])
    except (duckdb.Error, OSError):
        raise ExtractRejected(Fault("load_not_parquet")) from None
    return Staged(layout, kinds, rows, records, 1)


def insist_readable(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Read all of `staged`, to tell a broken file from any other reason why a question failed.

    Raises
    ------
    ExtractRejected
        When its rows cannot be read.
    """
    cells = ", ".join(column(at) for at in range(len(staged.kinds)))
    try:
        run(connection, f"select bit_xor(hash({cells})) from staged")  # noqa: S608
    except duckdb.Error:
        raise ExtractRejected(Fault("load_not_parquet")) from None


def _choose(
    types: dict[str, str], columns: dict[str, int], groups: set[int], source: Source
) -> tuple[list[Kind], list[str]]:
    """Return what each staged column holds, and the SQL that fills it."""
    declared = {at: source.columns[name] for name, at in columns.items()}
    if source.unpivot is not None:
        declared |= dict.fromkeys(groups, source.columns[source.unpivot.value])
    kinds: list[Kind] = []
    chosen = []
    for at, (name, given) in enumerate(types.items()):
        one = declared.get(at)
        wanted = "text" if one is None or one.pattern is not None else one.type
        kind = _kind(given.partition("(")[0], wanted)
        kinds.append(kind)
        known = one is not None or kind == "text"
        numeric = given.partition("(")[0] in (*WHOLE, *FRACTIONS)
        if one is None and numeric and folded(name) not in PHONE_HEADERS:
            known = False
        sql = f"{quoted(name)}::{_TYPES[kind]}" if known else "null::varchar"
        chosen.append(f"{sql} as {column(at)}")
    return kinds, chosen


_TYPES = {"text": "varchar", "integer": "double", "decimal": "double", "date": "date"}


def _kind(given: str, wanted: str) -> Kind:
    if wanted in ("integer", "decimal") and given in (*WHOLE, *FRACTIONS):
        return "decimal" if wanted == "decimal" or given in FRACTIONS else "integer"
    if wanted == "date" and (given == "DATE" or given.startswith("TIMESTAMP")):
        return "date"
    return "text"
