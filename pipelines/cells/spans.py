"""Which periods a measure publishes, and which base periods of its data each one holds."""

from collections.abc import Collection
from datetime import date, timedelta

import pandas as pd

from tilannehuone.periods import next_start, period_end, period_start, periods_between
from tilannehuone.registry import Indicator

COARSER = {
    "week": ["week", "year"],
    "month": ["month", "quarter", "half_year", "year"],
    "quarter": ["quarter", "half_year", "year"],
    "half_year": ["half_year", "year"],
    "year": ["year"],
}

COLUMNS = ["period_type", "period_start", "base_start"]


def published_types(indicator: Indicator) -> list[str]:
    """Return the period types of a measure, finest first; a rolling window replaces its month."""
    types = COARSER[indicator.period]
    if indicator.rolling:
        return [f"rolling{indicator.rolling}", *types[types.index("month") + 1 :]]
    return types


def published_spans(indicator: Indicator, first: date, last: date) -> pd.DataFrame:
    """Return every whole published period within `first`..`last` (days, inclusive).

    Columns: period_type, period_start, period_end.
    """
    rows = []
    for kind in published_types(indicator):
        start = period_start(kind, first, indicator.half_year_anchor)
        if start < first:
            start = next_start(kind, start)
        while start <= last and period_end(kind, start) <= last:
            rows.append((kind, start, period_end(kind, start)))
            start = next_start(kind, start)
    return pd.DataFrame(rows, columns=["period_type", "period_start", "period_end"])


def base_of_spans(spans: pd.DataFrame, grain: str, anchor: str, *, last_only: bool) -> pd.DataFrame:
    """Return the base periods each span holds: columns period_type, period_start, base_start.

    `last_only` is for stocks, whose state at the end of the span counts. A span finer than the
    grain holds, for a stock, the base period that its last day falls in; a flow cannot be cut
    finer than it was delivered, and the span then holds nothing.
    """
    rows = []
    for kind, start, end in spans.itertuples(index=False):
        held = _whole_periods(kind, start, end, grain, anchor)
        if last_only:
            held = held[-1:] or [period_start(grain, end, anchor)]  # type: ignore[arg-type]
        rows += [(kind, start, base) for base in held]
    return pd.DataFrame(rows, columns=COLUMNS)


def delivered_spans(spans: pd.DataFrame) -> pd.DataFrame:
    """Return each span as its own base, for data delivered at every grain."""
    return spans[["period_type", "period_start"]].assign(base_start=spans["period_start"])


def carried(based: pd.DataFrame, covered: Collection[date], years: int) -> pd.DataFrame:
    """Return `based` with a missing yearly state replaced by the latest of so many years before."""
    known = set(covered)

    def latest(base: date) -> date:
        back = (base.replace(year=base.year - n) for n in range(years + 1))
        return next((one for one in back if one in known), base)

    return based.assign(base_start=[latest(one) for one in based["base_start"]])


def _whole_periods(kind: str, start: date, end: date, grain: str, anchor: str) -> list[date]:
    if grain == "week" and kind == "year":
        # the ISO year: the weeks whose Thursday falls in it
        weeks = periods_between("week", start - timedelta(days=7), end)
        return [day for day in weeks if (day + timedelta(days=3)).year == start.year]
    inside = periods_between(grain, start, end, anchor)  # type: ignore[arg-type]
    return [one for one in inside if one >= start and period_end(grain, one) <= end]
