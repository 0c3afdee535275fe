"""DuckDB on this machine: scans run where the typed rows already are."""

from collections.abc import Sequence
from datetime import date

import duckdb

from pipelines.cells.seen import seen_values
from pipelines.engines.engine import Folded, ScanFailed, value_of
from pipelines.naming import literal, quoted, raw_table
from tilannehuone.hindered import insist


class Local:
    """Scans in the working database itself, always of all rows."""

    name = "duckdb"

    def __init__(self, working: duckdb.DuckDBPyConnection) -> None:
        self.working = working
        self._days: dict[tuple[str, str], list[tuple[date | None, date | None]]] = {}

    def values(self, source: str, column: str) -> list[str]:
        """Return the different texts of a column, looked for once in a run."""
        return seen_values(self.working, source, column)

    def days(self, source: str, column: str) -> list[tuple[date | None, date | None]]:
        """Return for each file the first and the last day of a date column, looked for once."""
        if (source, column) not in self._days:
            spans = f"select min({column}), max({column}) from {raw_table(source)} group by file_id"
            self._days[source, column] = self.working.cursor().execute(spans).fetchall()
        return self._days[source, column]

    def value(self, source: str, column: str) -> str:
        """Return the column as an enumeration: grouping by numbers costs half of by texts."""
        name = quoted(f"unsafe_{source}_{column}")
        values = ", ".join(map(literal, self.values(source, column)))
        self.working.execute(f"drop type if exists {name}")
        self.working.execute(f"create temp type {name} as enum ({values})")
        return f"cast({value_of(quoted(column))} as {name})"

    def keep(
        self,
        table: str,
        select: str,
        source: str,
        folded: Folded | None = None,
        reach: int | None = None,
    ) -> None:
        """Keep the rows in a table: here it is the same as a scan."""
        self.scan(table, select, source, folded, reach)

    def forget(self, tables: Sequence[str], source: str) -> None:  # noqa: ARG002
        """Drop the tables: the largest of a run are among them."""
        for table in tables:
            self.working.execute(f"drop table if exists {table}")

    def scan(
        self,
        table: str,
        select: str,
        source: str,  # noqa: ARG002
        folded: Folded | None = None,  # noqa: ARG002
        reach: int | None = None,  # noqa: ARG002
    ) -> None:
        """Make the temporary `table`; raise ScanFailed when the SELECT fails on some row."""
        try:
            self.working.execute(f"create or replace temp table {table} as {select}")
        except duckdb.Error as error:
            insist(error)
            raise ScanFailed from error
