"""The few different values of a column of many rows: looked for once in a run, read often."""

import duckdb

from pipelines.naming import literal, quoted, raw_table


def seen_values(working: duckdb.DuckDBPyConnection, source: str, column: str) -> list[str]:
    """Return the different values of a column of a source's typed rows as texts, in order.

    Rows without one count as `unknown`. The rows must not change any more: what was seen once is
    kept in the working database.
    """
    kept = quoted(f"unsafe_seen_{source}_{column}")
    known = working.cursor().execute(
        f"select 1 from duckdb_tables() where table_name = {literal(kept[1:-1])}"
    )
    if known.fetchone() is None:
        working.execute(f"""
            create table {kept} as
            select distinct coalesce(cast({quoted(column)} as varchar), 'unknown') as value
            from {raw_table(source)}
        """)
    rows = working.cursor().execute(f"select value from {kept} order by 1").fetchall()
    return [row[0] for row in rows]
