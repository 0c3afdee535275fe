"""A release as somebody sees it who may read some areas only: the others are not in it.

The path of a release is all that a cache key needs, so the areas stand in the path as well:
`<release file>@<area>,<area>`. Nobody is answered from what was kept for somebody else, and no SQL
has to think of areas: while it runs, views stand in the place of the tables.
"""

from collections.abc import Collection
from pathlib import Path
from urllib.parse import quote, unquote

import duckdb
import pandas as pd

from tilannehuone.store import LATER_TABLES, fetch, has_table

MARK = "@"

OF_AN_AREA = "area_code in ({areas})"
OF_ALL = "true"

ROWS = {
    **dict.fromkeys(("areas", "shapes", "cells", "plan", "points", "findings"), OF_AN_AREA),
    **dict.fromkeys(("forecasts", "comparisons", "standardised"), OF_AN_AREA),
    # an event that names no area concerns them all
    "events": """coalesce(json_array_length(areas), 0) = 0
        or list_has_any(cast(areas as varchar[]), [{areas}])""",
    # what was delivered and how it was checked, in hundreds of rows: of no area
    **dict.fromkeys(("release", "indicators", "checks", "quarantine_summary"), OF_ALL),
    # which regions a network has, and how they define their measures: of no area
    "region_areas": OF_AN_AREA,
    **dict.fromkeys(("regions", "region_indicators"), OF_ALL),
}
"""Which rows of each table of a release somebody sees. A test wants a rule for every table."""


def narrowed(release: Path, areas: Collection[str] | None) -> Path:
    """Return the path of a release as seen by who may read `areas`; the same path for None."""
    if areas is None:
        return release
    told = ",".join(quote(one, safe="").replace(".", "%2E") for one in sorted(areas))
    return release.with_name(f"{release.name}{MARK}{told}")


def whole(release: Path) -> Path:
    """Return the file of a release, without the areas it was narrowed to."""
    return release.with_name(release.name.partition(MARK)[0])


def areas_of(release: Path) -> tuple[str, ...] | None:
    """Return the areas that a release was narrowed to, in order; None where it was not."""
    _, mark, told = release.name.partition(MARK)
    return tuple(unquote(one) for one in told.split(",") if one) if mark else None


def fetch_within(
    release: duckdb.DuckDBPyConnection, areas: Collection[str], sql: str, **named: str
) -> pd.DataFrame:
    """Return the answer of one of the store's constants, as if only these areas were there.

    A view is temporary and of one cursor, so another reader's statement never meets it.
    """
    listed = ", ".join(_literal(one) for one in areas) or "null"
    with release.cursor() as cursor:
        (database,) = cursor.execute("select current_database()").fetchone() or ("",)
        for table, rows in ROWS.items():
            if rows == OF_ALL or table not in sql or _is_absent(release, table):
                continue
            origin = f'"{database}".main.{table}'
            kept = rows.format(areas=listed)
            cursor.execute(
                f"create temp view {table} as select rowid, * from {origin} where {kept}"  # noqa: S608
            )
        return cursor.execute(sql, named).df() if named else cursor.execute(sql).df()


def fetch_as_seen(
    release: duckdb.DuckDBPyConnection, seen: Path, sql: str, **named: str
) -> pd.DataFrame:
    """Return the answer of one of the store's constants, narrowed as the path `seen` says."""
    areas = areas_of(seen)
    if areas is None:
        return fetch(release, sql, **named)
    return fetch_within(release, areas, sql, **named)


def _is_absent(release: duckdb.DuckDBPyConnection, table: str) -> bool:
    return table in LATER_TABLES and not has_table(release, table)


def _literal(code: str) -> str:
    return "'" + code.replace("'", "''") + "'"
