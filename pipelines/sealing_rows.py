"""The rows of an extract: what a release shows of a choice, and what earlier ones showed of it.

Everything is selected, nothing computed: a row of an extract is a row of its release.
"""
# ruff: noqa: S608 - every query is composed of the constants below

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.auditing.book import attach
from tilannehuone.periods import period_end
from tilannehuone.release import CELL_KEYS, SERIES_KEYS
from tilannehuone.sealed import OF_RELEASE, PARTS, Choice, columns_of

ALL = "all"
KEYS = ", ".join(CELL_KEYS)
SERIES = ", ".join(SERIES_KEYS)

CHOSEN = """create temp table chosen as
    select c.* from rel.cells c join spans using (period_type, period_start)
    where (len($measures::varchar[]) = 0 or indicator_id in $measures::varchar[])
        and (len($areas::varchar[]) = 0 or area_code in $areas::varchar[])
        and (len($breakdowns::varchar[]) = 0 or breakdown in $breakdowns::varchar[])
        and (len($periods::varchar[]) = 0 or period_type in $periods::varchar[])"""

CONCERNS = """(coalesce(json_array_length({column}), 0) = 0
    or list_has_any(cast({column} as varchar[]), (select list({key}) from chosen)))"""

UNDIVIDED = """(indicator_id, area_code, period_type, period_start) in (
    select (indicator_id, area_code, period_type, period_start) from chosen
    where breakdown = 'all' and status <> 'c')"""

ROWS = {
    "release": "true",
    "indicators": "indicator_id in (select indicator_id from chosen) order by position",
    "areas": "area_code in (select area_code from chosen) order by rowid",
    "cells": f"({KEYS}) in (select ({KEYS}) from chosen) order by {KEYS}",
    "points": f"({KEYS}) in (select ({KEYS}) from chosen) order by {KEYS}",
    "findings": f"$findings and ({SERIES}) in (select ({SERIES}) from chosen) order by {SERIES}",
    "comparisons": f"{UNDIVIDED} order by indicator_id, period_type, period_start, area_code",
    "standardised": f"{UNDIVIDED} order by indicator_id, area_code, period_type, period_start",
    "events": CONCERNS.format(column="indicators", key="indicator_id")
    + " and "
    + CONCERNS.format(column="areas", key="area_code")
    + " order by all",
    "checks": """source in (
        select unnest([definition ->> '$.numerator.from', definition ->> '$.denominator.from'])
        from rel.indicators where indicator_id in (select indicator_id from chosen))
        order by all""",
}
"""Which rows of each table belong to the chosen cells, and in what order."""

CHOSEN_AREAS = "(select list(distinct area_code) from chosen)"

OF_EVENTS = f"""from (select * replace (
    case when list_has_all({CHOSEN_AREAS}, cast(areas as varchar[])) then areas
        else to_json(list_sort(list_intersect(cast(areas as varchar[]), {CHOSEN_AREAS}))) end
    as areas) from rel.events where {{which}}) {{order}}"""
"""Of the areas that an event concerns, an extract names those that it holds: who may read some
areas only is told of no other."""

PAST = f"""insert into past
    select r.release_id, r.built_at, {KEYS}, o.value, o.numerator, o.denominator, o.status,
        (o.value, o.numerator, o.denominator, o.status) is distinct from
        (c.value, c.numerator, c.denominator, c.status) as differs
    from old.cells o join chosen c using ({KEYS}), old.release r
    where c.status <> 'c'"""
"""What an earlier release showed. Of a cell that is hidden now no older number is told again."""

VINTAGES = f"""select * exclude (differs) from past
    where ({KEYS}) in (select ({KEYS}) from past where differs) order by {KEYS}, release_id"""

RELEASES = """select release_id, built_at, definitions_hash from {name}.release"""


def chosen_rows(
    reader: duckdb.DuckDBPyConnection, earlier: Sequence[Path], choice: Choice
) -> dict[str, pa.Table]:
    """Return every table of an extract; `chosen` is then a temporary table of its cells.

    Parameters
    ----------
    reader : with the release attached as `rel`
    earlier : older releases that readers have seen
    choice : checked against the release already
    """
    _choose(reader, choice)
    tables = {
        name: _table(reader, name, _rows_of(name), _named(name, choice)) for name in OF_RELEASE
    }
    return tables | _older(reader, earlier)


def _rows_of(name: str) -> str:
    if name == "events":
        which, _, order = ROWS[name].partition("order by")
        return OF_EVENTS.format(which=which, order=f"order by {order}")
    return f"from rel.{name} where {ROWS[name]}"


def _choose(reader: duckdb.DuckDBPyConnection, choice: Choice) -> None:
    found = reader.execute("select distinct period_type, period_start from rel.cells").fetchall()
    spans = [
        (kind, start)
        for kind, start in found
        if (choice.first is None or start >= choice.first)
        and (choice.last is None or period_end(kind, start) <= choice.last)
    ]
    reader.execute("create temp table spans (period_type varchar, period_start date)")
    if spans:
        reader.executemany("insert into spans values (?, ?)", spans)
    breakdowns = [ALL, *choice.breakdowns] if choice.breakdowns else []
    lists = {
        "measures": list(choice.measures),
        "areas": list(choice.areas),
        "breakdowns": breakdowns,
        "periods": list(choice.periods),
    }
    reader.execute(CHOSEN, lists)


def _named(name: str, choice: Choice) -> Mapping[str, bool]:
    return {"findings": choice.findings} if name == "findings" else {}


def _table(
    reader: duckdb.DuckDBPyConnection, name: str, rows: str, named: Mapping[str, bool]
) -> pa.Table:
    """Return rows with the declared columns; JSON as the text that it is."""
    columns = ", ".join(
        f'cast("{column}" as {"varchar" if kind == "json" else kind}) as "{column}"'
        for column, kind in columns_of(name).items()
    )
    return reader.sql(f"select {columns} {rows}", params=dict(named)).to_arrow_table()


def _older(reader: duckdb.DuckDBPyConnection, earlier: Sequence[Path]) -> dict[str, pa.Table]:
    reader.execute(f"create temp table past ({PARTS['vintages']}, differs boolean)")
    reader.execute(f"create temp table kept ({PARTS['releases']})")
    for path in earlier:
        attach(reader, path, "old")
        try:
            reader.execute(PAST)
            reader.execute(f"insert into kept {RELEASES.format(name='old')}")
        finally:
            reader.execute("detach old")
    reader.execute(f"insert into kept {RELEASES.format(name='rel')}")
    return {
        "vintages": _table(reader, "vintages", f"from ({VINTAGES})", {}),
        "releases": _table(reader, "releases", "from kept order by release_id", {}),
    }
