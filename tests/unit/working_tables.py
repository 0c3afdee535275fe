"""Hand-made tables as the loader leaves them, for the tests of the steps after it."""

from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.validate import validate
from tilannehuone.sources import Source

MESSAGE = {"fi": "Virhe", "sv": "Fel", "en": "Wrong"}

CREATE = """
create table files (file_id smallint, source varchar, name varchar, sha256 varchar, bytes bigint,
    encoding varchar, delimiter varchar, header_line integer, rows_read bigint, rows_loaded bigint,
    rows_quarantined bigint, totals_dropped bigint, rows_other bigint, state varchar,
    fault_key varchar, message_fi varchar, message_sv varchar, message_en varchar);
create table quarantine (source varchar, file_id smallint, line integer, column_name varchar,
    reason varchar, value varchar);
create table source_state (source varchar, ok boolean, reason varchar);
"""


@dataclass(frozen=True)
class Declared:
    """What a step asks of an instance when only the sources matter."""

    sources: dict[str, Source]


def working() -> duckdb.DuckDBPyConnection:
    """Return an empty working database in memory."""
    connection = duckdb.connect()
    connection.execute(CREATE)
    return connection


def source(columns: dict[str, str], **more: Any) -> Source:
    """Return an events source of these columns (name to type); `more` are its other keys."""
    checks = [{"message": MESSAGE, **one} for one in more.pop("checks", [])]
    columns = {"day": "date", **columns}
    return Source.model_validate(
        {
            "files": "*.csv",
            "shape": "events",
            "absent_rows": "zero",
            "area": {"constant": "A"},
            "date": "day",
            "columns": {name: {"type": kind} for name, kind in columns.items()},
            "checks": checks,
            **more,
        }
    )


def load_rows(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    select: str,
    *,
    quarantined: int = 0,
    totals: int = 0,
    file_id: int = 1,
) -> None:
    """Make `raw_<name>` of a select that has `line` and the columns, and its line in `files`."""
    connection.execute(
        f"""create table if not exists "raw_{name}" as
            select 1::smallint as file_id, line::integer as line, 'A' as area_code,
                   date '2025-01-01' as day, * exclude (line) from ({select}) limit 0"""
    )
    connection.execute(
        f"""insert into "raw_{name}" select {file_id}, line, 'A', date '2025-01-01',
            * exclude (line) from ({select})"""
    )
    loaded = connection.execute(
        f'select count(*) from "raw_{name}" where file_id = {file_id}'
    ).fetchall()[0][0]
    read = loaded + quarantined + totals
    connection.execute(
        """insert into files values
           (?, ?, ?, 'x', 1, 'cp1252', ';', 1, ?, ?, ?, ?, 0, 'loaded', null, null, null, null)""",
        [file_id, name, f"{name}_{file_id}.csv", read, loaded, quarantined, totals],
    )
    connection.execute(
        "insert into quarantine select ?, ?, 1000 + i, 'n', 'not_integer', null from range(?) t(i)",
        [name, file_id, quarantined],
    )


TEN = "select i as line, i as n, 'nimi ' || i as note, hash(i) as who from range(10) t(i)"
COLUMNS_OF_TEN = {"n": "integer", "note": "text", "who": "person"}


def validated(
    checks: list[dict[str, Any]],
    select: str = TEN,
    columns: dict[str, str] | None = None,
    sample_limit: int = 200_000,
) -> duckdb.DuckDBPyConnection:
    """Return a working database whose one source, `visits`, was validated by these checks."""
    connection = working()
    load_rows(connection, "visits", select)
    declared = source(columns or COLUMNS_OF_TEN, checks=checks, max_rejected=1)
    validate(connection, Declared({"visits": declared}), sample_limit=sample_limit)
    return connection


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """Return all rows of a query."""
    return connection.execute(query).fetchall()


def result(connection: duckdb.DuckDBPyConnection, number: int) -> tuple[Any, ...]:
    """Return success, unexpected count and observed value of the check with that number."""
    query = f"""select success, unexpected_count, observed from checks
                where expectation like '%(rule:{number})'"""
    return rows(connection, query)[0]
