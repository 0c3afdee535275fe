"""From `staged` to `typed`: one relation with every declared, unpivoted and derived column.

Where nothing needs a closer look `typed` is a view over `staged` and costs nothing; otherwise it
is a temporary table, so that the casts run once.
"""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from pipelines.extracts.casts import Reading, absent_column, read_column
from pipelines.extracts.categories import distinct_values, joined_numbers, joined_reading
from pipelines.extracts.layout import group_names
from pipelines.extracts.selection import Parts, add_derived, select_columns
from pipelines.extracts.sql import run, trimmed
from pipelines.extracts.staged import Kind, Staged, column
from pipelines.naming import TYPES
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.sources import Column, Source

UNWRAPPED = """regexp_replace(delivered, '^="(.*)"$', '\\1')"""
"""A code that an export wrapped as a formula (`="007"`) lest a spreadsheet eat its zeros."""

TEXT = Column(type="category")
"""How the group texts of unpivoted headers read when they are not declared."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What is known of `typed`: `_row`, `line`, the source's columns, and how each row fared.

    `_fault` is the position in `readings` of the first that failed, `_shown` the text the steward
    may see; `_in`, `_total` and `_empty` say what kind of row it is.
    """

    readings: list[Reading]
    plain: bool  # every row reads well and belongs
    per_row: int  # rows of `typed` that one row of the file makes


def make_typed(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    source: Source,
    salt: str,
    clean: Collection[str],
) -> Typed:
    """Create `typed` from `staged`; the columns in `clean` need no trimming.

    Raises
    ------
    ExtractRejected
        When the declared SQL (`derived`, `where`) fails on the values of this file.
    """
    base = _base(connection, staged, source)
    parts = Parts()
    for name, one in _all_columns(source).items():
        _add_column(connection, parts, staged, source, name, one, salt, clean)
    plain = all(one.plain for one in parts.readings)
    plain = plain and source.where is None and not source.total_rows
    note = _first_note(connection, staged)
    plain = plain and note is None
    what = "view" if plain or all(_cheap(one) for one in parts.readings) else "table"
    sql = add_derived(select_columns(parts, staged, source, base, note), source)
    try:
        run(connection, f"create temp {what} typed as {sql}")
        run(connection, "select * from typed limit 1")
    except duckdb.Error:
        if not (source.derived or source.where or source.total_rows):
            raise  # our own SQL: a bug
        raise ExtractRejected(Fault("load_declared_sql_fails")) from None
    return Typed(parts.readings, plain, max(len(staged.layout.groups), 1))


def _first_note(connection: duckdb.DuckDBPyConnection, staged: Staged) -> int | None:
    """Return the first row that is empty or below the table; None when every row is a row.

    Below the table means: after the last row of more than one filled cell, and after an empty one.
    """
    names = [column(at) for at in range(len(staged.kinds))]
    empty = " and ".join(f"{one} is null" for one in names) or "false"
    first = run(connection, f"select min(rowid) from staged where {empty}")[0][0]  # noqa: S608
    if first is None:
        return None
    filled = " + ".join(f"({one} is not null)::int" for one in names)
    found = run(
        connection,
        f"""select min(rowid) from staged where {empty} and rowid >
        (select coalesce(max(rowid), -1) from staged where {filled} > 1)""",  # noqa: S608
    )[0][0]
    return int(found) if found is not None and len(names) > 1 else staged.rows


def _cheap(reading: Reading) -> bool:
    return "regexp" not in reading.value and "strptime" not in reading.value


def _all_columns(source: Source) -> dict[str, Column]:
    undeclared = {name: TEXT for name in group_names(source) if name not in source.columns}
    return {**source.columns, **undeclared}


def column_types(source: Source) -> dict[str, str]:
    """Return the declared and unpivoted columns of a raw table with their DuckDB types."""
    return {name: TYPES[one.type] for name, one in _all_columns(source).items()}


def status_columns(source: Source) -> list[str]:
    """Return the columns that carry a status beside their value."""
    if source.shape == "events":
        return []
    numeric = ("integer", "decimal")
    return [name for name, one in source.columns.items() if one.type in numeric]


def _base(connection: duckdb.DuckDBPyConnection, staged: Staged, source: Source) -> str:
    groups = staged.layout.groups
    if source.unpivot is None or not groups:
        return "(select rowid as _row, * from staged)"
    table = pa.table(
        {
            "_name": [column(at) for at in groups],
            **{f"g_{one}": [groups[at][one] for at in groups] for one in group_names(source)},
        }
    )
    connection.register("declared_groups", table)
    run(connection, "create temp table staged_groups as select * from declared_groups")
    connection.unregister("declared_groups")
    names = ", ".join(column(at) for at in groups)
    return (
        "(select u.*, g.* exclude (_name) from (select * from (select rowid as _row, * from staged)"  # noqa: S608
        f" unpivot include nulls (_value for _name in ({names}))) u"
        " join staged_groups g using (_name))"
    )


def _add_column(
    connection: duckdb.DuckDBPyConnection,
    parts: Parts,
    staged: Staged,
    source: Source,
    name: str,
    one: Column,
    salt: str,
    clean: Collection[str],
) -> None:
    cell, kind = _cell(staged, source, name)
    if cell is None:
        parts.readings.append(absent_column(name, one, source))
        return
    if kind == "text":
        parts.cells[name] = f"s.{cell}"
    if kind != "text" or one.type != "category":
        _add_plainly(connection, parts, source, name, one, (cell, kind), salt, clean)
        return
    relation = "staged_groups" if cell.startswith("g_") else "staged"
    relation = _values_relation(staged) if cell == "_value" else relation
    seen = distinct_values(connection, cell, relation)
    reading = read_column(name, one, source, kind, UNWRAPPED, salt)
    reading, join = joined_reading(connection, reading, seen, f"s.{cell}", one, source)
    if reading.delivered is not None:
        reading = Reading(
            name, reading.value, None, reading.bad, reading.reason, trimmed(f"s.{cell}")
        )
    parts.readings.append(reading)
    parts.joins.append(join)


def _add_plainly(
    connection: duckdb.DuckDBPyConnection,
    parts: Parts,
    source: Source,
    name: str,
    one: Column,
    staged_as: tuple[str, Kind],
    salt: str,
    clean: Collection[str],
) -> None:
    """Add a column that is no category: by its few distinct texts if the guard saw few."""
    cell, kind = staged_as
    seen = f"seen_{cell}"
    if kind == "text" and one.type in ("integer", "decimal", "date") and _exists(connection, seen):
        reading = read_column(name, one, source, kind, "delivered", salt)
        shown = trimmed(f"s.{cell}")
        reading, join = joined_numbers(connection, reading, seen, f"s.{cell}", shown)
        parts.joins.append(join)
    else:
        reading = read_column(name, one, source, kind, f"s.{cell}", salt, cell not in clean)
    parts.readings.append(reading)


def _exists(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    sql = "select 1 from information_schema.tables where table_name = ?"
    return bool(run(connection, sql, [table]))


def _values_relation(staged: Staged) -> str:
    names = [column(at) for at in staged.layout.groups]
    return f"(select unnest([{', '.join(names)}]) as _value from staged)"  # noqa: S608


def _cell(staged: Staged, source: Source, name: str) -> tuple[str | None, Kind]:
    """Return the staged column of a declared one, and what it holds; None when it is lacking."""
    layout = staged.layout
    if source.unpivot is not None and layout.groups:
        if name == source.unpivot.value:
            return "_value", staged.kinds[next(iter(layout.groups))]
        if name in group_names(source):
            return f"g_{name}", "text"
    at = layout.columns.get(name)
    return (None, "text") if at is None else (column(at), staged.kinds[at])
