"""The rows of one delivered file in a temporary table, as they stood or already typed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import duckdb
import pyarrow as pa

from pipelines.extracts.layout import Layout
from pipelines.extracts.sql import run

Kind = Literal["text", "integer", "decimal", "date"]
"""What a staged column holds: text as delivered, doubles (of whole numbers, or not), or dates."""

SUSPICIOUS = 4e7
"""A number this large may be a telephone number that lost its zero: the text must be looked at."""


@dataclass(frozen=True, slots=True)
class Staged:
    """The temporary table `staged` (columns c0, c1 …) and what is known of it."""

    layout: Layout
    kinds: list[Kind]
    rows: int  # in the table
    records: int  # in the file, counted apart from the reader that filled the table
    first_line: int | None  # rows stand on successive lines from here; None: see `staged_lines`
    rejects: list[tuple[int, str]] = field(default_factory=list)  # line, reason
    notes: int = 0  # records below the table that are no rows: blank ones, footnotes

    @property
    def line(self) -> str:
        """SQL of the line of a staged row, given its `_row`."""
        if self.first_line is None:
            return "(select l.line from staged_lines l where l._row = s._row)"
        return f"(s._row + {self.first_line})"


def column(position: int) -> str:
    """Return the name of the staged column at a position of the file."""
    return f"c{position}"


def drop_staged(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget everything of the file at hand."""
    tables = run(
        connection,
        "select table_name, table_type from information_schema.tables where table_catalog = 'temp'",
    )
    for name, kind in tables:
        what = "view" if kind == "VIEW" else "table"
        run(connection, f'drop {what} if exists temp."{name}"')


def numbers_are_safe(connection: duckdb.DuckDBPyConnection, kinds: list[Kind]) -> bool:
    """Tell whether the typed reading of numbers and dates may be trusted.

    DuckDB rounds 1.5 into an integer, reads `nan`, `inf` and year 25, and drops leading zeros.
    """
    tests = []
    for at, kind in enumerate(kinds):
        one = column(at)
        if kind in ("integer", "decimal"):
            tests.append(f"coalesce(max(abs({one})) < {SUSPICIOUS}, true)")
        if kind == "integer":
            tests.append(f"count(*) filter (where {one} <> floor({one})) = 0")
        if kind == "date":
            bounds = f"min({one}) >= date '1850-01-01' and max({one}) < date '2200-01-01'"
            tests.append(f"coalesce({bounds}, true)")
    if not tests:
        return True
    return bool(run(connection, f"select {' and '.join(tests)} from staged")[0][0])  # noqa: S608


def fill_staged(
    connection: duckdb.DuckDBPyConnection, columns: list[list[str | None]], lines: Sequence[int]
) -> None:
    """Fill `staged` and `staged_lines` with texts already in memory."""
    put_staged(connection, [pa.array(one, pa.string()) for one in columns])
    number_lines(connection, lines)


def put_staged(connection: duckdb.DuckDBPyConnection, columns: Sequence[pa.Array]) -> None:
    """Fill `staged` with columns of texts; its rows then have no lines but their order."""
    connection.register("texts", pa.table({column(at): one for at, one in enumerate(columns)}))
    run(connection, "drop table if exists temp.staged")
    run(connection, "create temp table staged as select * from texts")
    connection.unregister("texts")


def number_lines(connection: duckdb.DuckDBPyConnection, lines: Sequence[int]) -> None:
    """Fill `staged_lines` with the line of each staged row."""
    numbered = pa.table({"_row": range(len(lines)), "line": pa.array(lines, pa.int64())})
    connection.register("numbered", numbered)
    run(connection, "create or replace temp table staged_lines as select * from numbered")
    connection.unregister("numbered")
