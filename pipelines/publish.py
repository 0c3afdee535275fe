"""Step 6 of 6: the release file, written new, verified, audited, and only then named current.

In:  cells, points, findings, checks, files, quarantine   of the working database
Out: releases/<stamp>.duckdb   and the pointer CURRENT, replaced last

Whatever stops this step, at whatever moment, the last release stays the one that is served.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.account import told_checks, told_rejected
from pipelines.audit import audit_release
from pipelines.auditing.listing import write_audit_csv
from pipelines.declared_rows import write_declared
from pipelines.passport import release_row
from pipelines.pointing import point_to, sync
from pipelines.writing import write_file
from tilannehuone.errors import Fault, PublishRefused
from tilannehuone.instance import Instance
from tilannehuone.release import (
    CELL_KEYS,
    POINTER,
    SERIES_KEYS,
    TABLES,
    WITHDRAWN,
    age,
    current_release,
    published_releases,
)

UNFINISHED = ".building-"

FOUND = ("forecasts", "comparisons", "standardised")


ORDERS = {
    "cells": ", ".join(CELL_KEYS),
    "plan": ", ".join((*SERIES_KEYS, "year")),
    "points": ", ".join(CELL_KEYS),
    "findings": ", ".join(SERIES_KEYS),
    "forecasts": "indicator_id, area_code, made_at_period, period_start",
    "comparisons": "indicator_id, period_type, period_start, area_code",
    "standardised": "indicator_id, area_code, period_type, period_start",
}
"""How the rows of computed tables are ordered in a release."""

Cursor = duckdb.DuckDBPyConnection
Fill = Callable[[Cursor, str, datetime], None]
"""Fills every table of the empty `candidate`, given the stamp and the moment it is built at."""


@dataclass(frozen=True)
class Publication:
    """A release that was published."""

    path: Path
    cells: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Home:
    """Where releases are published, where the steward's lists go, and how many are kept."""

    releases: Path
    work: Path
    keep: int


def publish(
    working: duckdb.DuckDBPyConnection,
    instance: Instance,
    protection: dict[str, Any],
    moment: datetime | None = None,
    engine: str = "duckdb",
) -> Publication:
    """Write, verify, audit and name a new release; return it.

    `moment` is the time it is built at in UTC (now when None): it names the release. `engine` is
    what scanned the rows.

    Raises
    ------
    PublishRefused
        When the written file is not what was to be written, or the auditor finds that a hidden
        cell can be computed: which ones stands in `audit.csv` of the work folder. Nothing is
        then left of the candidate.
    """

    def fill(cursor: Cursor, stamp: str, built: datetime) -> None:
        row = release_row(working, instance, protection, stamp, built, engine)
        _write_computed(cursor)
        write_declared(cursor, instance)
        cursor.execute("insert into candidate.release values (?, ?, ?, ?, ?, ?, ?, ?)", row)

    keep = instance.registry.instance.keep_releases
    return publish_filled(working, Home(instance.releases, instance.work, keep), fill, moment)


def publish_filled(
    working: duckdb.DuckDBPyConnection, home: Home, fill: Fill, moment: datetime | None = None
) -> Publication:
    """Write what `fill` gathers, verify it against `working`, audit and name it; see `publish`."""
    home.releases.mkdir(parents=True, exist_ok=True)
    moment = moment or datetime.now(UTC)
    stamp = _free_stamp(home.releases, moment)
    candidate = home.releases / f"{UNFINISHED}{stamp}.duckdb"
    try:
        _write(working, lambda cursor: fill(cursor, stamp, moment), candidate)
        publication = _verify(working, candidate)
        _audit(candidate, home)
        sync(candidate)
        final = home.releases / f"{stamp}.duckdb"
        candidate.rename(final)
        point_to(home.releases, final.name)
    finally:
        candidate.unlink(missing_ok=True)
        candidate.with_name(candidate.name + ".wal").unlink(missing_ok=True)
    _prune(home.releases, home.keep)
    return Publication(final, publication.cells, publication.hidden)


def remove_unfinished(releases: Path) -> None:
    """Delete what a killed build left in the folder of releases."""
    for name in (f"{UNFINISHED}*", f".{POINTER}.*.new", f".{WITHDRAWN}.*.new"):
        for one in releases.glob(name):
            one.unlink(missing_ok=True)


def _write(
    working: duckdb.DuckDBPyConnection, fill: Callable[[Cursor], None], candidate: Path
) -> None:
    """Gather what may be read, and have it written where nothing else has ever been."""
    cursor = working.cursor()
    cursor.execute("attach ':memory:' as candidate")
    try:
        for name, columns in TABLES.items():
            cursor.execute(f"create table candidate.{name} ({columns})")
        fill(cursor)
        rows = {
            name: (columns, cursor.sql(f"from candidate.{name}").to_arrow_table())  # noqa: S608
            for name, columns in TABLES.items()
        }
    finally:
        cursor.execute("detach candidate")
    if not write_file(candidate, rows):
        raise PublishRefused(Fault("release_not_whole", {"problem": candidate.name}))


def write_in_order(cursor: Cursor) -> None:
    """Put the computed tables into the candidate, each in its order."""
    for name, order in ORDERS.items():
        cursor.execute(
            f"insert into candidate.{name} by name select * from {name} order by {order}"  # noqa: S608
        )


def _write_computed(cursor: Cursor) -> None:
    write_in_order(cursor)
    for name, rows in {
        "checks": told_checks(cursor),
        "quarantine_summary": told_rejected(cursor),
    }.items():
        if rows:
            places = ", ".join("?" * len(rows[0]))
            cursor.executemany(f"insert into candidate.{name} values ({places})", rows)  # noqa: S608


def _verify(working: duckdb.DuckDBPyConnection, candidate: Path) -> Publication:
    """Reopen the candidate as a reader would, and compare it with what was to be written."""
    with duckdb.connect(str(candidate), read_only=True) as reader:
        for name in ("cells", "plan", "points", "findings", *FOUND, "checks"):
            query = f"select count(*) from {name}"  # noqa: S608
            written, meant = _one(reader, query), _one(working, query)
            if written != meant:
                raise PublishRefused(Fault("release_not_whole", {"problem": name}))
        leaking = _one(
            reader,
            """select count(*) from cells where status = 'c'
            and coalesce(numerator, denominator, value, lower95, upper95) is not null""",
        )
        if leaking:
            raise PublishRefused(Fault("release_not_whole", {"problem": "status c"}))
        cells = _one(reader, "select count(*) from cells")
        if not cells:
            raise PublishRefused(Fault("nothing_to_publish"))
        return Publication(candidate, cells, _one(reader, HIDDEN))


def _audit(candidate: Path, home: Home) -> None:
    """Refuse what the auditor finds, and leave the steward a list of the cells concerned."""
    report = audit_release(candidate, against=published_releases(home.releases))
    listed = write_audit_csv(report.fresh, home.work)
    if listed is not None:
        measures = sorted({cell[0] for one in report.fresh for cell in one.cells})
        told = {"count": len(report.fresh), "measures": ", ".join(measures), "path": str(listed)}
        raise PublishRefused(Fault("audit_failed", told))


HIDDEN = "select count(*) from cells where status = 'c'"


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.cursor().execute(query).fetchone()
    return int(row[0]) if row else 0


def _free_stamp(releases: Path, moment: datetime) -> str:
    """Return a name that sorts after every release there is, even if the clock was set back."""
    stamp = moment.strftime("%Y%m%dT%H%M%SZ")
    newest, number = max(map(age, published_releases(releases)), default=("", 0))
    return stamp if stamp > newest else f"{newest}-{number + 1}"


def _prune(releases: Path, keep: int) -> None:
    current = current_release(releases)
    old = [one for one in published_releases(releases) if one != current]
    for one in old[: max(0, len(old) - keep + 1)]:
        one.unlink()
