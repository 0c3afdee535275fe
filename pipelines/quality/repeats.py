"""Rows that repeat another row's columns, in a table too large to group by them.

Grouping ten million rows by a text key costs five seconds of CPU; hashing the key in DuckDB and
sorting the hashes in numpy costs one. Only rows whose hash occurs twice are then compared by
value, so that a collision of hashes never counts as a repeat.
"""

from collections.abc import Sequence

import duckdb
import numpy as np

from pipelines.naming import quoted

ROWS_AT_ONCE = 20_000_000
"""Hashes sorted at once, 160 MB; larger tables are sorted in so many parts."""


def repeated_hashes(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], where: str
) -> list[int]:
    """Return the hashes of `columns` that more than one row of `table` (quoted) has.

    `where` is the SQL of the rows to compare, `some_value` or `every_value` of the columns.
    """
    rows = connection.execute(f"select count(*) from {table}").fetchall()[0][0]  # noqa: S608
    parts = 1 + rows // ROWS_AT_ONCE
    found: list[int] = []
    for part in range(parts):
        query = (
            f"select {_hash(columns)} as h from {table} "  # noqa: S608
            f"where {where} and {_hash(columns)} % {parts} = {part}"
        )
        hashes = np.array(connection.execute(query).fetchnumpy()["h"], dtype=np.uint64)
        hashes.sort()
        found += np.unique(hashes[1:][hashes[1:] == hashes[:-1]]).tolist()
    return found


def count_repeats(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> int:
    """Return how many rows have the same `columns` as another row (all of them, also the first).

    A missing value is not the same as another missing value, as in SQL's own `unique`.
    """
    where = every_value(columns)
    hashes = repeated_hashes(connection, table, columns, where)
    if not hashes:
        return 0
    query = (
        f"select coalesce(sum(n), 0) from (select count(*) as n from {table} "  # noqa: S608
        f"where {where} and {suspected(columns)} group by {listed(columns)} having n > 1)"
    )
    return int(connection.execute(query, [hashes]).fetchall()[0][0])


def suspected(columns: Sequence[str]) -> str:
    """Return the SQL of a row whose hash is in the list given as the query's one parameter."""
    return f"{_hash(columns)} in (select unnest(?::ubigint[]))"


def some_value(columns: Sequence[str]) -> str:
    """Return the SQL of a row that has a value in one of the columns."""
    return "(" + " or ".join(f"{quoted(one)} is not null" for one in columns) + ")"


def every_value(columns: Sequence[str]) -> str:
    """Return the SQL of a row that has a value in each of the columns."""
    return "(" + " and ".join(f"{quoted(one)} is not null" for one in columns) + ")"


def listed(columns: Sequence[str]) -> str:
    """Return the columns quoted, with commas between."""
    return ", ".join(map(quoted, columns))


def _hash(columns: Sequence[str]) -> str:
    return f"hash({listed(columns)})"
