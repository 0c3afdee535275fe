"""From `typed` to `raw_<source>`: every row is loaded, set aside with a reason, or counted."""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from pipelines.extracts.ledger import Counts, File
from pipelines.extracts.places import Gazetteer, Placing, join_areas
from pipelines.extracts.sql import run
from pipelines.extracts.staged import Staged
from pipelines.extracts.typed import Typed, column_types, status_columns
from pipelines.extracts.when import join_periods, key_columns
from pipelines.naming import TYPES, literal, quoted
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.sources import Source


def create_raw(
    connection: duckdb.DuckDBPyConnection, name: str, source: Source, unread: Collection[str] = ()
) -> None:
    """Create the empty `raw_<source>`, its derived columns typed by binding them.

    It lacks the columns in `unread`: even nothing costs a tenth of the loading to write.

    Raises
    ------
    ExtractRejected
        When a derived column cannot be bound to the declared ones.
    """
    columns = {"file_id": "smallint", "line": "integer", "area_code": "varchar"}
    if source.shape == "aggregate":
        columns |= {"period_type": "varchar", "period_start": "date"}
    typed = column_types(source)
    empty = ", ".join(f"null::{kind} as {quoted(one)}" for one, kind in typed.items())
    derived = "".join(f", {sql} as {quoted(one)}" for one, sql in source.derived.items())
    try:
        bound = run(connection, f"describe select *{derived} from (select {empty}) limit 0")  # noqa: S608
    except duckdb.Error:
        raise ExtractRejected(Fault("load_declared_sql_fails")) from None
    columns |= {str(one[0]): _known(str(one[1])) for one in bound}
    columns |= {f"{one}__status": "varchar" for one in status_columns(source)}
    kept = {one: kind for one, kind in columns.items() if one not in unread}
    listed = ", ".join(f"{quoted(one)} {kind}" for one, kind in kept.items())
    run(connection, f"create table {quoted('raw_' + name)} ({listed})")


def _known(kind: str) -> str:
    return "varchar" if kind.strip('"').upper() == "NULL" else kind


@dataclass(frozen=True, slots=True)
class _Placed:
    """SQL of the placed rows."""

    relation: str  # from ... with t, p, a, d
    area_code: str
    period: str  # ", p.period_type, p.period_start" or nothing
    verdict: str  # SQL: loaded | total | other | a reason; a constant when all rows are loaded
    area: Placing


def write_rows(
    connection: duckdb.DuckDBPyConnection,
    file: File,
    source: Source,
    staged: Staged,
    typed: Typed,
    gazetteer: Gazetteer,
    unread: Collection[str] = (),
) -> Counts:
    """Move the rows of `typed` to where they belong, and return what became of them.

    Of the columns in `unread` nothing is stored.
    """
    placed = _place(connection, source, typed, gazetteer)
    counts = _count(connection, placed, staged, typed)
    into, where = quoted("raw_" + file.source), ""
    if placed.verdict != "'loaded'":
        where = f" where {placed.verdict} = 'loaded'"
        _write_quarantine(connection, file, source, placed, typed)
    names = [*column_types(source), *source.derived]
    names += [f"{one}__status" for one in status_columns(source)]
    chosen = "".join(f", t.{quoted(one)}" for one in names if one not in unread)
    loaded = run(
        connection,
        f"insert into {into} select {file.file_id}, t.line, {placed.area_code}{placed.period}"  # noqa: S608
        f"{chosen} from {placed.relation}{where}",
    )
    counts.loaded = int(loaded[0][0])
    rejects = [[file.source, file.file_id, line, why] for line, why in staged.rejects]
    if rejects:
        sql = "insert into quarantine values (?, ?, ?, null, ?, null)"
        connection.executemany(sql, rejects)
    return counts


def _place(
    connection: duckdb.DuckDBPyConnection, source: Source, typed: Typed, gazetteer: Gazetteer
) -> _Placed:
    joins, period, faults = "", "", []
    day = f"t.{quoted(source.date)}" if source.date is not None else "p.period_start"
    if source.period is not None:
        joins = join_periods(connection, source.period)
        period = ", p.period_type, p.period_start"
        if run(connection, "select 1 from period_map where period_start is null limit 1"):
            faults.append("when p.period_start is null then 'not_period'")
    elif _lacks(connection, day):
        faults.append(f"when {day} is null then 'not_date'")
    area = join_areas(connection, source.area, gazetteer, day)
    if area.reason is not None:
        faults.append(f"when ({area.reason}) is not null then {area.reason}")
    relation = f"typed t {joins} {area.joins}"
    verdict = "'loaded'" if typed.plain and not faults else _verdict(typed, faults)
    return _Placed(relation, area.code, period, verdict, area)


def _lacks(connection: duckdb.DuckDBPyConnection, day: str) -> bool:
    return bool(run(connection, f"select 1 from typed t where {day} is null limit 1"))  # noqa: S608


def _verdict(typed: Typed, faults: list[str]) -> str:
    cast = "".join(
        f" when t._fault = {at} then {literal(one.reason)}"
        for at, one in enumerate(typed.readings)
        if one.bad is not None
    )
    return (
        "(case when t._in is false then 'other' when t._total then 'total'"
        " when t._empty or (t._in is null and t._fault is null) then 'other'"
        f"{cast} {' '.join(faults)} else 'loaded' end)"
    )


def _count(
    connection: duckdb.DuckDBPyConnection, placed: _Placed, staged: Staged, typed: Typed
) -> Counts:
    """Count what is not loaded; the loaded are counted where they arrive."""
    ragged = len(staged.rejects)
    counts = Counts(quarantined=ragged, other=staged.notes)
    counts.read = (staged.records - ragged - staged.notes) * typed.per_row + ragged + staged.notes
    if placed.verdict == "'loaded'":
        return counts
    sql = f"select {placed.verdict} as verdict, count(*) from {placed.relation} group by 1"  # noqa: S608
    found = dict(run(connection, sql))
    found.pop("loaded", 0)
    counts.totals = found.pop("total", 0)
    counts.other += found.pop("other", 0)
    counts.quarantined += sum(found.values())
    return counts


def _write_quarantine(
    connection: duckdb.DuckDBPyConnection,
    file: File,
    source: Source,
    placed: _Placed,
    typed: Typed,
) -> None:
    names = "".join(
        f" when t._fault = {at} then {literal(one.name)}"
        for at, one in enumerate(typed.readings)
        if one.bad is not None
    )
    keys = key_columns(source.period) if source.period is not None else [source.date or ""]
    keys_text = " || ' ' || ".join(f"coalesce(t.{quoted(one)}::varchar, '')" for one in keys)
    run(
        connection,
        f"""insert into quarantine
        with judged as (
            select t.*, {placed.verdict} as _verdict, {placed.area.shown} as _area,
                {keys_text or "null"} as _when
            from {placed.relation}
        )
        select {literal(file.source)}, {file.file_id}, t.line,
            case{names} when _verdict in ('not_period', 'not_date') then {literal(", ".join(keys))}
                else {literal(source.area.column or "")} end,
            _verdict,
            case when t._fault is not null then t._shown
                when _verdict in ('not_period', 'not_date') then _when else _area end
        from judged t where _verdict not in ('loaded', 'total', 'other')""",  # noqa: S608
    )


__all__ = ["TYPES", "create_raw", "write_rows"]
