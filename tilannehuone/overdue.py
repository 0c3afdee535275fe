"""Which sources should have delivered by a day and have not: as the quality page tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from tilannehuone import store, store_regions
from tilannehuone.cadence import late_since
from tilannehuone.registry import Indicator

REGIONS = "select region from regions order by region"


@dataclass(frozen=True, slots=True, order=True)
class Overdue:
    """A source that is late, or in a network room a region, and the first day it was due by."""

    source: str
    due: date


def sources_of(release: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the sources that measures are counted from; in a network room the regions."""
    told = _regions(release) or [source for source, _ in _measures(release).values()]
    return sorted(set(told))


def overdue(release: duckdb.DuckDBPyConnection, today: date) -> list[Overdue]:
    """Return the sources that are late on a day, by the measures that are counted from them.

    A measure of which nothing was ever delivered makes nobody late: nobody knows since when.
    """
    first: dict[str, date] = {}
    for source, due in _late(release, today):
        first[source] = min(due, first.get(source, due))
    return sorted(Overdue(source, due) for source, due in first.items())


def _late(release: duckdb.DuckDBPyConnection, today: date) -> Iterator[tuple[str, date]]:
    measures, regions = _measures(release), _regions(release)
    asked = [(one, store_regions.REGION_FRESHNESS, {"region": one}) for one in regions]
    for region, sql, named in asked or [("", store.FRESHNESS, {})]:
        for row in store.fetch(release, sql, **named).to_dict("records"):
            source, lag_days = measures[row["indicator_id"]]
            newest = row["latest_period"]
            if not isinstance(newest, datetime) or newest != newest:  # nothing delivered: NaT
                continue
            due = late_since(row["period_type"], newest.date(), "ok", lag_days, today)
            if due is not None:
                yield region or source, due


def _measures(release: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, int]]:
    """Return the source each measure is counted from, and the days it may take."""
    found = store.fetch(release, store.INDICATORS)["definition"]
    told = [Indicator.model_validate_json(one) for one in found]
    return {one.id: (one.numerator.source, one.lag_days) for one in told}


def _regions(release: duckdb.DuckDBPyConnection) -> list[str]:
    if not store.has_table(release, "regions"):
        return []
    return [str(one) for one in store.fetch(release, REGIONS)["region"]]
