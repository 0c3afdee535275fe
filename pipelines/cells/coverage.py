"""What was delivered: so that no row is read as zero only where a row could have been.

Time: a source of events covers the months between the first and last row of each of its files, so
a month without a file is a hole and a quiet month inside one is zero. An aggregate source covers
the base periods it has rows for. Area: a source covers the areas it ever names (or `covers:`); a
parent is covered when all children of one kind are.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pandas as pd

from pipelines.engines.engine import Engine
from pipelines.naming import raw_table
from tilannehuone.areas import ALWAYS
from tilannehuone.errors import Fault, RegistryError
from tilannehuone.periods import period_end, period_start, periods_between
from tilannehuone.registry import Indicator, Part
from tilannehuone.sources import Source

LATE_HORIZON = timedelta(days=366)
"""An extract that stopped coming is listed as late for a year; after that the series has ended."""


@dataclass(frozen=True)
class Coverage:
    """Base periods a part's source delivered, and where it did not.

    `holes` has one row an area that has no data from a day to a day: area_code, hole_from, hole_to.
    """

    grain: str
    covered: tuple[date, ...]
    holes: pd.DataFrame

    def expected(self, indicator: Indicator, as_of: date) -> tuple[date, date] | None:
        """Return the first and last day a measure's periods should lie between; None if nothing.

        The last is the end of the delivered data, or of what was due by `as_of` and is late.
        """
        if not self.covered:
            return None
        delivered = period_end(self.grain, self.covered[-1])
        due = as_of - timedelta(days=indicator.lag_days + 1)
        return self.covered[0], max(delivered, min(due, delivered + LATE_HORIZON))


def coverage_of(
    working: duckdb.DuckDBPyConnection,
    engine: Engine,
    part: Part,
    source: Source,
    indicator: Indicator,
    areas: pd.DataFrame,
    as_of: date,
) -> Coverage:
    """Return what the part's source delivered, in whole base periods that had ended by `as_of`."""
    if source.shape == "events":
        grain = "week" if indicator.period == "week" else "month"
        periods = _event_periods(engine, part, source, grain, indicator.cohort_days)
    else:
        grain, periods = _aggregate_periods(working, part, source, indicator)
    ended = tuple(sorted(one for one in periods if period_end(grain, one) < as_of))
    return Coverage(grain, ended, _holes(engine, part.source, source, areas))


def event_day(part: Part, source: Source, cohort_days: int) -> str:
    """Return the SQL of the day that places an event; a cohort counts when its window closes."""
    column = f'"{part.date or source.date}"'
    return f"({column} + {cohort_days})" if cohort_days else column


def _event_periods(engine: Engine, part: Part, source: Source, grain: str, shift: int) -> set[date]:
    covered: set[date] = set()
    for first, last in engine.days(part.source, event_day(part, source, 0)):
        if first is not None and last is not None:
            covered.update(periods_between(grain, first, last))
    if not shift or not covered:
        return covered
    days = timedelta(days=shift)
    shifted = periods_between(grain, min(covered), max(covered) + days)
    return {
        one
        for one in shifted
        if period_start(grain, one - days) in covered
        and period_start(grain, period_end(grain, one) - days) in covered
    }


def _aggregate_periods(
    working: duckdb.DuckDBPyConnection, part: Part, source: Source, indicator: Indicator
) -> tuple[str, set[date]]:
    rows = working.cursor().execute(
        f"select distinct period_type, period_start from {raw_table(part.source)}"
    )
    grain: str
    found: dict[str, set[date]] = {}
    for kind, start in rows.fetchall():
        found.setdefault(kind, set()).add(start)
    period = source.period
    if period is not None and period.type is not None:
        grain = period.type
    elif period is not None and period.roll_up and len(found) > 1:
        raise RegistryError(
            Fault("mixed_periods", {"source": part.source, "types": ", ".join(sorted(found))})
        )
    else:
        grain = indicator.period if indicator.period in found else next(iter(found), "month")
    return grain, found.get(grain, set())


def _holes(engine: Engine, name: str, source: Source, areas: pd.DataFrame) -> pd.DataFrame:
    rows = [(area, *ALWAYS) for area in _never_delivered(engine, name, source, areas)]
    for gap in source.gaps:
        rows += [(area, gap.start, gap.end) for area in _touched(gap.areas, areas)]
    return pd.DataFrame(rows, columns=["area_code", "hole_from", "hole_to"])


def _never_delivered(engine: Engine, name: str, source: Source, areas: pd.DataFrame) -> set[str]:
    every = set(areas["area_code"])
    if "all" in source.covers:
        return set()
    delivered = set(engine.values(name, "area_code")) | set(source.covers)
    if not source.area.roll_up:
        return every - delivered
    children: dict[str, dict[str, list[str]]] = {}
    columns = ["parent_code", "area_type", "area_code"]
    for parent, kind, code in areas[columns].itertuples(index=False):
        if parent is not None:
            children.setdefault(parent, {}).setdefault(kind, []).append(code)

    def is_covered(code: str) -> bool:
        kinds = children.get(code, {}).values()
        return code in delivered or any(all(map(is_covered, kind)) for kind in kinds)

    return {code for code in every if not is_covered(code)}


def _touched(codes: tuple[str, ...], areas: pd.DataFrame) -> set[str]:
    """Return the areas of a gap with all above and below them; no codes means every area."""
    if not codes:
        return set(areas["area_code"])
    links = areas[["area_code", "parent_code"]].dropna().itertuples(index=False)
    pairs = [(child, parent) for child, parent in links]
    up, down = set(codes), set(codes)
    for _ in range(len(pairs)):
        more_up = {parent for child, parent in pairs if child in up} - up
        more_down = {child for child, parent in pairs if parent in down} - down
        if not more_up and not more_down:
            break
        up, down = up | more_up, down | more_down
    return up | down
