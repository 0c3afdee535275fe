"""Where a series stops being comparable with itself, and the target it is held against."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from pipelines.analysis.shown import Cells
from tilannehuone.events import Event
from tilannehuone.periods import period_end
from tilannehuone.registry import Indicator

SEGMENT_STARTS = ("break", "rebase")
"""Kinds of events that begin a new segment."""

KINDS_OF_ONE_PERIOD = ("count", "rate", "distinct_rate")
"""Kinds whose value grows with the length of the period: a monthly target is no yearly one."""


def rebases_of(
    cells: Cells, indicators: Mapping[str, Indicator], events: Sequence[Event]
) -> list[int]:
    """Return the cells that begin a new segment of their series.

    Breaks come from the indicator itself and from events of kind break or rebase that name the
    indicator and the area, or none. A date begins a segment at the first period that starts on
    or after it: a period that holds both sides of a break is left with what was before. A date
    after the last period begins nothing yet.
    """
    starting = [one for one in events if one.kind in SEGMENT_STARTS]
    found: list[int] = []
    for number, key in enumerate(cells.keys):
        days = break_days(indicators[key[0]], key[1], starting)
        if not days:
            continue
        first, stop = cells.bounds(number)
        positions = {bisect_left(cells.period_start, day, first, stop) for day in days}
        found += sorted(one for one in positions if one < stop)
    return found


def break_days(indicator: Indicator, area_code: str, events: Sequence[Event]) -> set[date]:
    """Return the days on which an indicator breaks in an area."""
    days = {one.date for one in indicator.breaks}
    for event in events:
        concerns_indicator = not event.indicators or indicator.id in event.indicators
        if concerns_indicator and (not event.areas or area_code in event.areas):
            days.add(event.date_from)
    return days


def target_of(cells: Cells, number: int, indicator: Indicator) -> float | None:
    """Return the target in force at the end of a series' latest known period; None for none.

    A target of a count or a rate is of the period the indicator is published by, and holds no
    series of another period.
    """
    period_type = cells.keys[number][2]
    if indicator.kind in KINDS_OF_ONE_PERIOD and period_type != indicator.period:
        return None
    first, stop = cells.bounds(number)
    known = np.flatnonzero(~np.isnan(cells.value[first:stop]))
    if not indicator.targets or not len(known):
        return None
    day = period_end(period_type, cells.period_start[first + int(known[-1])])
    in_force = [one for one in indicator.targets if one.since <= day]
    return max(in_force, key=lambda one: one.since).value if in_force else None
