"""The release: one DuckDB file of protected cells, and the pointer that names the current one.

The tables below are a contract (`docs/release.md`): a release is readable with any DuckDB client.
"""

import re
from pathlib import Path

from tilannehuone.errors import Fault, ReleaseMissing

POINTER = "CURRENT"
WITHDRAWN = "WITHDRAWN"
"""Names the releases that were gone back from, one a line: none of them comes back by itself."""

LONGEST_NAME = 200
NAME = re.compile(r"^\d{8}T\d{6}Z(-\d+)?\.duckdb$")

SERIES_KEYS = ("indicator_id", "area_code", "period_type", "breakdown", "category")
"""A series: one indicator in one area, at one grain, for one category."""

CELL_KEYS = ("indicator_id", "area_code", "period_type", "period_start", "breakdown", "category")

TABLES: dict[str, str] = {
    # one row
    "release": """release_id varchar, built_at timestamp, instance varchar, engine varchar,
        code_version varchar, definitions_hash varchar, protection json, sources json""",
    # one row an indicator; definition is the registry entry as published
    "indicators": """indicator_id varchar, position integer, name_fi varchar, name_sv varchar,
        name_en varchar, kind varchar, cadence varchar, period varchar, direction varchar,
        definition json, definitions_hash varchar""",
    # one row an area, parent and validity
    "areas": """area_code varchar, area_type varchar, parent_code varchar, name_fi varchar,
        name_sv varchar, name_en varchar, valid_from date, valid_to date""",
    # one row an area whose outline was delivered: a path in the box of its type, 1000 wide
    "shapes": "area_code varchar, path varchar, credit varchar",
    # one row an indicator, area, period, breakdown and category; every expected cell exists
    "cells": """indicator_id varchar, area_code varchar, period_type varchar, period_start date,
        breakdown varchar, category varchar, numerator double, denominator double, value double,
        lower95 double, upper95 double, status varchar""",
    # one row a series and year: whether its curve is offered, else the finest coarser one that is
    "plan": """indicator_id varchar, area_code varchar, period_type varchar, breakdown varchar,
        category varchar, year integer, offered boolean, instead varchar""",
    # one row a cell of a series that carries limits
    "points": """indicator_id varchar, area_code varchar, period_type varchar, period_start date,
        breakdown varchar, category varchar, centre double, lower double, upper double,
        near_lower double, near_upper double, segment integer, signal varchar, side varchar,
        kind varchar""",
    # one row a series; finding is the whole frozen finding
    "findings": """indicator_id varchar, area_code varchar, period_type varchar, breakdown varchar,
        category varchar, known integer, ladder varchar, latest_period date, latest_value double,
        latest_status varchar, variation varchar, assurance varchar, finding json""",
    # one row a period ahead; of the period the indicator is published by
    "forecasts": """indicator_id varchar, area_code varchar, made_at_period date,
        period_start date, point double, lower80 double, upper80 double, lower95 double,
        upper95 double""",
    # one row an area among those of its type, in one period
    "comparisons": """indicator_id varchar, period_type varchar, period_start date,
        "group" varchar, area_code varchar, baseline double, lower95 double, upper95 double,
        lower998 double, upper998 double, z double, word varchar""",
    # one row an area and period whose every category is shown
    "standardised": """indicator_id varchar, area_code varchar, period_type varchar,
        period_start date, value double, lower95 double, upper95 double""",
    # one row a quality check; no values of any row
    "checks": """source varchar, file varchar, expectation varchar, severity varchar,
        success boolean, observed varchar, unexpected_count bigint, message_fi varchar,
        message_sv varchar, message_en varchar""",
    "quarantine_summary": "source varchar, file varchar, reason varchar, row_count bigint",
    "events": """date_from date, date_to date, kind varchar, text_fi varchar, text_sv varchar,
        text_en varchar, indicators json, areas json""",
    # a network room's only: one row a region whose package it was made from
    "regions": """region varchar, name_fi varchar, name_sv varchar, name_en varchar,
        release_id varchar, built_at timestamp, package_id varchar, contact_fi varchar,
        contact_sv varchar, contact_en varchar, listed json""",
    # one row an area of a network room: whose it is, and its code there
    "region_areas": "area_code varchar, region varchar, own_code varchar",
    # one row a region and measure: as defined there, and the systems that its sources come from
    "region_indicators": """region varchar, indicator_id varchar, definition json,
        definitions_hash varchar, systems json""",
}
"""Column definitions of every table of a release, in the order they are written."""


def current_release(releases: Path) -> Path:
    """Return the file that the pointer in the folder `releases` names.

    Raises
    ------
    ReleaseMissing
        When there is no pointer, it names nothing sensible, or the named file is gone.
    """
    pointer = releases / POINTER
    if not pointer.exists():
        raise ReleaseMissing(Fault("no_release", file=str(releases)))
    named = pointed_to(releases)
    if named is None or not named.is_file():
        raise ReleaseMissing(Fault("broken_pointer", file=str(pointer)))
    return named


def pointed_to(releases: Path) -> Path | None:
    """Return where the file would be that the pointer names; None when it names no release.

    Only a name counts, never a path: nothing outside the folder is ever read.
    """
    try:
        with (releases / POINTER).open("rb") as pointer:
            name = pointer.read(LONGEST_NAME).decode("ascii", "replace").strip()
    except OSError:
        return None
    return releases / name if NAME.fullmatch(name) else None


def published_releases(releases: Path) -> list[Path]:
    """Return the release files of a folder, oldest first."""
    if not releases.is_dir():
        return []
    return sorted((one for one in releases.iterdir() if NAME.match(one.name)), key=age)


def age(release: Path) -> tuple[str, int]:
    """Return what releases are put in order by, the oldest first: those of one second by number.

    A file that somebody has named in his own way stands by its name.

    >>> age(Path("20260101T000000Z-2.duckdb")) < age(Path("20260101T000000Z-10.duckdb"))
    True
    >>> age(Path("20260101T000000Z-copy.duckdb"))
    ('20260101T000000Z-copy', 1)
    """
    name = release.name.removesuffix(".duckdb")
    stamp, _, number = name.partition("-")
    return (stamp, int(number)) if number.isdecimal() else (name, 1)


def withdrawn(releases: Path) -> frozenset[str]:
    """Return the names of the releases that somebody has gone back from."""
    try:
        told = (releases / WITHDRAWN).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    return frozenset(one for one in told.split() if NAME.fullmatch(one))
