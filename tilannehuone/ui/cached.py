"""Every read a page makes, kept per release file: a release never changes under its name.

Where a reader may not see every area, `release` is the path narrowed to theirs
(`tilannehuone.store_scope`), and so is all that is read by it and all that is kept. Kept by
Python's own cache: Streamlit's takes some 0.5 ms to name what is asked for, forty times a page.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import streamlit as st
from pydantic import ValidationError

from tilannehuone import store, store_scope
from tilannehuone.charts.reading import readings
from tilannehuone.errors import Fault, ReleaseMissing
from tilannehuone.finding import Finding
from tilannehuone.registry import Indicator
from tilannehuone.ui.ranked import ranked

FILE_COLUMNS = [
    *("source", "file", "rows_read", "rows_loaded", "rows_quarantined"),
    *("totals_dropped", "rows_other", "state", "title"),
]

MOST_SCOPES = 100
"""Groups of areas that people may see, of one release and the next, kept at a time."""


def _close(release: duckdb.DuckDBPyConnection) -> None:
    release.close()


@st.cache_resource(max_entries=2, on_release=_close, show_spinner=False)
def _connected(file: str) -> duckdb.DuckDBPyConnection:
    return store.open_release(Path(file))


def connection(release: Path) -> duckdb.DuckDBPyConnection:
    """Return the one connection of this process to a release file: to all of it."""
    return _connected(str(store_scope.whole(release)))


@lru_cache(maxsize=4000)
def read(release: Path, sql: str, **named: str) -> pd.DataFrame:
    """Return the answer of one of the store's constants. It is shared: nobody writes to it."""
    return store_scope.fetch_as_seen(connection(release), release, sql, **named)


@lru_cache(maxsize=MOST_SCOPES)
def facts(release: Path) -> dict[str, Any]:
    """Return what the release says of itself, its JSON parts parsed.

    `instance` becomes a mapping: `name` in three languages, `synthetic`, `notice`, `home_area`,
    `names_in_promises` (older releases lack it).
    """
    row = {str(name): one for name, one in read(release, store.FACTS).iloc[0].items()}
    for name in ("instance", "protection", "sources"):
        row[name] = _parsed(row[name])
    if not isinstance(row["instance"], Mapping):
        row["instance"] = {"name": row["instance"]}
    return row


@lru_cache(maxsize=MOST_SCOPES)
def indicators(release: Path) -> dict[str, Indicator]:
    """Return the measures as they were published, in the registry's order.

    Raises
    ------
    ReleaseMissing
        When a definition is not one this version of the program understands.
    """
    try:
        found = [
            Indicator.model_validate_json(one)
            for one in read(release, store.INDICATORS)["definition"]
        ]
    except ValidationError:
        raise ReleaseMissing(Fault("broken_release", file=str(release))) from None
    return {one.id: one for one in found}


def areas(release: Path) -> pd.DataFrame:
    """Return the areas, a row for each parent, in the order of areas.csv."""
    return read(release, store.AREAS)


@lru_cache(maxsize=MOST_SCOPES)
def sources(release: Path) -> pd.DataFrame:
    """Return what was read, a row a file: where its rows went, and whether it could be used."""
    return pd.DataFrame(facts(release)["sources"] or [], columns=FILE_COLUMNS)


def checks(release: Path) -> pd.DataFrame:
    """Return the results of all quality checks, the failed and severe first."""
    return read(release, store.CHECKS)


@lru_cache(maxsize=4000)
def area_findings(release: Path, area_code: str) -> pd.DataFrame:
    """Return every undivided series of an area and how it can be read; `finding` holds Findings.

    `ranked` says which columns come with it and what the order means: the row of `reading_rank` 1
    is the grain at which the measure is shown by itself.
    """
    found = _with_findings(read(release, store.AREA_FINDINGS, area_code=area_code))
    series = ["indicator_id", "period_type"]
    periods = readings(read(release, store.AREA_PERIODS, area_code=area_code), series)
    has_plan = store.has_table(connection(release), "plan")
    sql = store.AREA_PLAN if has_plan else store.AREA_UNPLANNED
    planned = read(release, sql, area_code=area_code)
    return ranked(found, periods, planned, ["indicator_id"])


@lru_cache(maxsize=4000)
def series_readings(release: Path, sql: str, keys: tuple[str, ...], **named: str) -> pd.DataFrame:
    """Return how the series can be read that one of the store's constants gives the periods of."""
    return readings(read(release, sql, **named), keys)


@lru_cache(maxsize=4000)
def findings(release: Path, **key: str) -> dict[str, Finding]:
    """Return the finding of every area that has this series, by area code."""
    found = _with_findings(read(release, store.FINDINGS, **key))
    return dict(zip(found["area_code"], found["finding"], strict=True))


def series(release: Path, **key: str) -> pd.DataFrame:
    """Return one series, a row a period, oldest first, with its limits where it has them."""
    return read(release, store.SERIES, **key)


def forecasts(release: Path, **key: str) -> pd.DataFrame:
    """Return all forecasts of a measure in an area, the oldest first, a row a period."""
    return read(release, store.FORECASTS, **key)


def forecast_hits(release: Path, **key: str) -> tuple[int, int]:
    """Return how many forecasts of a measure in an area held, and of how many that is known."""
    row = read(release, store.FORECAST_HITS, **key).iloc[0]
    return int(row["hits"]), int(row["tried"])


def comparisons(release: Path, **key: str) -> pd.DataFrame:
    """Return the words of the areas of one type in the latest year they were compared."""
    return read(release, store.COMPARISONS, **key)


def standardised(release: Path, **key: str) -> pd.DataFrame:
    """Return the standardised rates of a measure in an area, the oldest first."""
    return read(release, store.STANDARDISED, **key)


@lru_cache(maxsize=MOST_SCOPES)
def events(release: Path) -> list[dict[str, Any]]:
    """Return events and breaks, oldest first, with lists of the measures and areas concerned."""
    found = records(read(release, store.EVENTS))
    return [
        {
            **one,
            "date_from": _day(one["date_from"]),
            "indicators": _parsed(one["indicators"]) or [],
            "areas": _parsed(one["areas"]) or [],
        }
        for one in found
    ]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as mappings by column."""
    return [{str(name): one for name, one in row.items()} for row in frame.to_dict("records")]


def _with_findings(found: pd.DataFrame) -> pd.DataFrame:
    told = [Finding.from_json(one) for one in found["finding"]]
    return found.assign(finding=pd.Series(told, index=found.index, dtype="object"))


def _day(moment: Any) -> date:
    return pd.Timestamp(moment).date()


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
