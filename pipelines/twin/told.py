"""What a release tells of its extent: which periods, areas and categories have cells at all.

Numbers are not read: two releases of equal extent have equal twins, whatever stands in them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from tilannehuone.periods import period_end

SPANS = """
    select indicator_id, min(period_start), max(period_start) from cells
    join indicators using (indicator_id)
    where status not in ('x', 'o') and period_type = indicators.period and breakdown = 'all'
    group by all"""
AREAS = """
    select distinct indicator_id, area_code from cells
    where status not in ('x', 'z') order by all"""
CATEGORIES = """
    select distinct breakdown, category from cells where breakdown <> 'all' order by all"""
PERIODS = "select indicator_id, period from indicators"
LATEST = "select period_type, max(period_start) from cells group by all"


@dataclass(frozen=True, slots=True)
class Extent:
    """Of a release: from when to when, where and in which categories its measures have cells."""

    spans: dict[str, tuple[date, date]]  # indicator -> first and last day
    areas: dict[str, frozenset[str]]  # indicator -> codes
    categories: dict[str, tuple[str, ...]]  # column of a breakdown -> its categories
    closed_on: date  # the day after the last period that has cells


def extent_of(release: Path) -> Extent:
    """Return the extent that a release publishes."""
    with duckdb.connect(str(release), read_only=True) as reader:
        periods = dict(reader.execute(PERIODS).fetchall())
        spans = {
            name: (first, period_end(periods[name], last))
            for name, first, last in reader.execute(SPANS).fetchall()
        }
        areas: dict[str, set[str]] = {}
        for name, code in reader.execute(AREAS).fetchall():
            areas.setdefault(name, set()).add(code)
        categories: dict[str, list[str]] = {}
        for column, category in reader.execute(CATEGORIES).fetchall():
            categories.setdefault(column, []).append(category)
        ends = [period_end(grain, last) for grain, last in reader.execute(LATEST).fetchall()]
    return Extent(
        spans,
        {name: frozenset(codes) for name, codes in areas.items()},
        {column: tuple(found) for column, found in categories.items()},
        max(ends) + timedelta(days=1),
    )
