"""Columns of few values: each is read once, then joined, or used as it stands.

A column of ten million rows holds some dozens of categories and some thousands of dates. Reading
the distinct texts and joining them back costs a hundredth of reading every row's, and nothing at
all when they are clean.
"""

from dataclasses import replace

import duckdb
import pyarrow as pa

from pipelines.extracts.casts import Reading
from pipelines.extracts.sql import literals, run
from pipelines.naming import quoted
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


def joined_numbers(
    connection: duckdb.DuckDBPyConnection, reading: Reading, seen: str, cell: str, shown: str
) -> tuple[Reading, str]:
    """Return the reading of a column of numbers or dates over its distinct texts, and its join.

    Parameters as for `joined_reading`; `shown` is SQL of the text for the steward.
    """
    table = quoted(f"read_{seen}")
    run(
        connection,
        f"""create or replace temp table {table} as select delivered, {reading.value} as value,
            {reading.status or "null::varchar"} as status, {reading.bad or "false"} as bad
        from {seen}""",  # noqa: S608
    )
    bad = run(connection, f"select count(*) from {table} where bad")[0][0]  # noqa: S608
    joined = Reading(
        reading.name,
        f"{table}.value",
        f"{table}.status" if reading.status is not None else None,
        f"{table}.bad" if bad else None,
        reading.reason,
        shown,
    )
    return joined, f"left join {table} on {table}.delivered is not distinct from {cell}"


def _map_values(connection: duckdb.DuckDBPyConnection, column: Column) -> None:
    keys = {" ".join(key.lower().split()): value for key, value in column.values.items()}
    run(connection, "create or replace temp table value_map (folded varchar, id varchar)")
    if keys:
        table = pa.table({"folded": list(keys), "id": list(keys.values())})
        connection.register("declared_values", table)
        run(connection, "insert into value_map select * from declared_values")
        connection.unregister("declared_values")
