"""A sealed research extract before it is files: what was chosen, its tables, and the verdict.

An extract holds published cells only. Its tables are those of a release, limited to the choice,
and two more: what earlier releases showed of the cells that have changed since.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from tilannehuone.errors import Fault, SealRefused
from tilannehuone.release import CELL_KEYS, TABLES

DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

OF_RELEASE = (
    "release",
    "indicators",
    "areas",
    "cells",
    "points",
    "findings",
    "comparisons",
    "standardised",
    "events",
    "checks",
)
"""The tables of a release that an extract has, with the release's own columns."""

PARTS: dict[str, str] = {
    **{name: TABLES[name] for name in OF_RELEASE},
    # one row a changed cell and earlier release that had it: what that release showed
    "vintages": f"""release_id varchar, built_at timestamp,
        {", ".join(f"{one} {'date' if one == 'period_start' else 'varchar'}" for one in CELL_KEYS)},
        value double, numerator double, denominator double, status varchar""",
    # one row a release that was kept: the earlier ones that vintages tell of, and this one
    "releases": "release_id varchar, built_at timestamp, definitions_hash varchar",
}
"""Column definitions of every table of an extract, in the order they are written."""


def columns_of(part: str) -> dict[str, str]:
    """Return the columns of a table of an extract and their SQL types, in order.

    >>> columns_of("releases")
    {'release_id': 'varchar', 'built_at': 'timestamp', 'definitions_hash': 'varchar'}
    """
    pairs = (one.split() for one in PARTS[part].replace("\n", " ").split(","))
    return {name.strip('"'): kind for name, kind in pairs}


def day_of(name: str, *, ends: bool = False) -> date | None:
    """Return the day that a text names: of a year or month the first, or the last if it `ends`.

    >>> day_of("2024"), day_of("2024-02", ends=True), day_of("")
    (datetime.date(2024, 1, 1), datetime.date(2024, 2, 29), None)
    """
    if not name:
        return None
    found = DAY.fullmatch(name)
    try:
        year, month, day = (int(one or 0) for one in found.groups()) if found else (0, 0, 0)
        month = month or (12 if ends else 1)
        return date(year, month, day or (monthrange(year, month)[1] if ends else 1))
    except ValueError:
        raise SealRefused(Fault("seal_not_a_day", {"name": name})) from None


@dataclass(frozen=True, slots=True)
class Choice:
    """What an extract holds; nothing named means all of it.

    Attributes
    ----------
    measures, areas, periods : ids, codes and period types
    breakdowns : columns; undivided cells (`all`) are always there beside them
    first, last : periods that lie wholly between these days
    findings : whether what was found in each series is told too
    twin : the release is of a synthetic twin, and every text says so
    """

    measures: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    findings: bool = True
    twin: bool = False

    def told(self) -> dict[str, Any]:
        """Return the choice as JSON tells it."""
        days = {"first": self.first, "last": self.last}
        return asdict(self) | {name: day and day.isoformat() for name, day in days.items()}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the auditor tried on an extract; one with findings is never made.

    Attributes
    ----------
    hidden : hidden numbers of the extract that were solved for
    relations : sums of the extract that were tried
    beside : the releases that were read together with it
    """

    hidden: int
    relations: int
    beside: tuple[str, ...]
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows of an extract, audited: what its files are made from."""

    choice: Choice
    tables: Mapping[str, pa.Table]
    verdict: Verdict
