"""DuckDB on this machine: scans run where the typed rows already are."""

from collections.abc import Sequence

import duckdb

from pipelines.cells.seen import seen_values
from pipelines.engines.engine import ScanFailed, value_of
from pipelines.naming import literal, quoted
from tilannehuone.hindered import insist


class Local:
    """Scans in the working database itself."""

    name = "duckdb"

    def __init__(self, working: duckdb.DuckDBPyConnection) -> None:
        self.working = working

    def value(self, source: str, column: str) -> str:
        """Return the column as an enumeration: grouping by numbers costs half of by texts."""
        name = quoted(f"unsafe_{source}_{column}")
        values = ", ".join(map(literal, seen_values(self.working, source, column)))
        self.working.execute(f"drop type if exists {name}")
        self.working.execute(f"create temp type {name} as enum ({values})")
        return f"cast({value_of(quoted(column))} as {name})"

    def keep(self, table: str, select: str, source: str) -> None:
        """Keep the rows in a table: here it is the same as a scan."""
        self.scan(table, select, source)

    def forget(self, tables: Sequence[str], source: str) -> None:  # noqa: ARG002
        """Drop the tables: the largest of a run are among them."""
        for table in tables:
            self.working.execute(f"drop table if exists {table}")

    def scan(self, table: str, select: str, source: str) -> None:  # noqa: ARG002
        """Make the temporary `table`; raise ScanFailed when the SELECT fails on some row."""
        try:
            self.working.execute(f"create or replace temp table {table} as {select}")
        except duckdb.Error as error:
            insist(error)
            raise ScanFailed from error
