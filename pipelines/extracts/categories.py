"""Category texts: read once per distinct value, then joined, or used as they are.

A column of ten million rows holds some dozens of categories. Cleaning the distinct values and
joining them back costs a hundredth of cleaning every row, and nothing at all when they are clean.
"""

from dataclasses import replace

import duckdb
import pyarrow as pa

from pipelines.extracts.casts import Reading
from pipelines.extracts.sql import literals, quoted, run
from tilannehuone.sources import Column, Source


def distinct_values(connection: duckdb.DuckDBPyConnection, position: str, relation: str) -> str:
    """Return the name of a temporary table of a staged column's distinct values (`delivered`)."""
    name = f"seen_{position}"
    run(
        connection,
        f"create temp table if not exists {name} as"  # noqa: S608
        f" select distinct {position} as delivered from {relation}",
    )
    return name


def joined_reading(
    connection: duckdb.DuckDBPyConnection,
    reading: Reading,
    seen: str,
    cell: str,
    column: Column,
    source: Source,
) -> tuple[Reading, str]:
    """Return the reading of a category column over its distinct values, and the join it needs.

    Parameters
    ----------
    reading
        How one text is read, in SQL over a column `delivered`.
    seen
        The table of the distinct values.
    cell
        SQL of the staged cell.
    """
    table = f"read_{seen}"
    _map_values(connection, column)
    marks = literals([one.lower() for one in (*source.missing_marks, *source.protected_marks)])
    run(
        connection,
        f"""create or replace temp table {table} as
        with read as (
            select delivered, {reading.value} as value,
                coalesce({reading.bad or "false"}, false) as bad
            from {seen}
        )
        select read.delivered, read.bad,
            coalesce(m.id, case when lower(read.value) not in ({marks}) then read.value end)
                as value
        from read left join value_map m
            on m.folded = lower(regexp_replace(read.value, '\\s+', ' ', 'g'))""",  # noqa: S608
    )
    changed, bad = run(
        connection,
        f"""select count(*) filter (where value is distinct from delivered),
            count(*) filter (where bad) from {table}""",  # noqa: S608
    )[0]
    plain = replace(reading, bad=f"{quoted(table)}.bad" if bad else None)
    if not changed:
        return replace(plain, value=cell, bad=None), ""
    join = f"left join {quoted(table)} on {quoted(table)}.delivered = {cell}"
    return replace(plain, value=f"{quoted(table)}.value"), join


def _map_values(connection: duckdb.DuckDBPyConnection, column: Column) -> None:
    keys = {" ".join(key.lower().split()): value for key, value in column.values.items()}
    run(connection, "create or replace temp table value_map (folded varchar, id varchar)")
    if keys:
        table = pa.table({"folded": list(keys), "id": list(keys.values())})
        connection.register("declared_values", table)
        run(connection, "insert into value_map select * from declared_values")
        connection.unregister("declared_values")
