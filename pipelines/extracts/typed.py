"""From `staged` to `typed`: one relation with every declared, unpivoted and derived column.

Where nothing needs a closer look `typed` is a view over `staged` and costs nothing; otherwise it
is a temporary table, so that the casts run once.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from pipelines.extracts.casts import Reading, absent_column, read_column
from pipelines.extracts.categories import distinct_values, joined_reading
from pipelines.extracts.layout import group_names
from pipelines.extracts.sql import TYPES, literals, quoted, run, trimmed
from pipelines.extracts.staged import Kind, Staged, column
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


@dataclass(slots=True)
class _Parts:
    readings: list[Reading] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)  # column -> SQL of its delivered text
    joins: list[str] = field(default_factory=list)


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
    parts = _Parts()
    for name, one in _all_columns(source).items():
        _add_column(connection, parts, staged, source, name, one, salt, clean)
    plain = all(one.plain for one in parts.readings)
    plain = plain and source.where is None and not source.total_rows
    note = _first_note(connection, staged)
    plain = plain and note is None
    what = "view" if plain or all(_cheap(one) for one in parts.readings) else "table"
    sql = _derived(_columns(parts, staged, source, base, note), source)
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
    parts: _Parts,
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
        trim = cell not in clean
        parts.readings.append(read_column(name, one, source, kind, f"s.{cell}", salt, trim))
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


def _columns(parts: _Parts, staged: Staged, source: Source, base: str, note: int | None) -> str:
    chosen = ["s._row", f"{staged.line} as line"]
    for one in parts.readings:
        chosen.append(f"{one.value} as {quoted(one.name)}")
        if one.status is not None:
            chosen.append(f"{one.status} as {quoted(one.name + '__status')}")
    faults = [(at, one) for at, one in enumerate(parts.readings) if one.bad is not None]
    cases = "".join(f" when {one.bad} then {at}" for at, one in faults)
    chosen.append(f"case{cases} end as _fault" if cases else "null::integer as _fault")
    shown = "".join(f" when {one.bad} then {one.delivered or 'null'}" for _, one in faults)
    chosen.append(f"case{shown} end as _shown" if shown else "null::varchar as _shown")
    kept = [column(at) for at in range(len(staged.kinds)) if at not in staged.layout.groups]
    kept += ["_value"] if staged.layout.groups else []
    used = [trimmed(f"s.{one}::varchar") for one in kept]
    below = "false" if note is None else f"s._row >= {note}"
    chosen.append(f"{below} or coalesce({', '.join(used)}, null) is null as _empty")
    for at, total in enumerate(source.total_rows):
        cell = parts.cells.get(total.column, "null")
        chosen.append(f"{_is_total(cell, total.equals)} as _total_{at}")
    return f"select {', '.join(chosen)} from {base} s {' '.join(parts.joins)}"  # noqa: S608


def _is_total(cell: str, equals: tuple[str, ...]) -> str:
    folded = literals([" ".join(one.lower().split()) for one in equals])
    spaced = f"lower(regexp_replace({trimmed(f'{cell}::varchar')}, '\\s+', ' ', 'g'))"
    return f"coalesce({spaced} in ({folded}), false)"


def _derived(inner: str, source: Source) -> str:
    """Add the derived columns, and what kind of row it is."""
    derived = "".join(f", {sql} as {quoted(name)}" for name, sql in source.derived.items())
    with_derived = f"select *{derived} from ({inner})"  # noqa: S608
    kept = f"({source.where})" if source.where is not None else "true"
    totals = [
        f"_total_{at} or {_is_total(quoted(one.column), one.equals)}"
        for at, one in enumerate(source.total_rows)
    ]
    numbered = "".join(f", {sql} as _is_total_{at}" for at, sql in enumerate(totals))
    total = " or ".join(totals) or "false"
    return f"select *, {kept} as _in, {total} as _total{numbered} from ({with_derived})"  # noqa: S608
