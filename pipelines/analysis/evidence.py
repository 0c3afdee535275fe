"""What bears on the words of each series: its power, its chance signals, its obstacles."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipelines.analysis.shown import Cells, Floats
from tilannehuone.finding import Evidence, NewLevel, Recent, Seen
from tilannehuone.finding_evidence import Obstacle
from tilannehuone.periods import rolling_months
from tilannehuone.registry import Indicator
from tilannehuone.stats.power import Change, Detectability, detectability, false_alarm_probability
from tilannehuone.stats.rare import chart_for
from tilannehuone.stats.spc import MIN_POINTS, Panel, SpcResult
from tilannehuone.stats.spc_result import Mark, Side
from tilannehuone.stats.spc_suggest import suggest_rebase
from tilannehuone.stats.trend import (
    RecentTrend,
    SmallestChange,
    recent_trend,
    smallest_seen_change,
)

COUNTED = ("count", "rate", "distinct_rate", "proportion")
"""Kinds whose numerator is a number of cases, with the lattice and the spread of one."""

TESTED = ("rate", "proportion", "distinct_rate")
"""Kinds whose yearly values the five-point test is for."""

POINTS_OF_RECENT = 5
CHANCE_OF_RECENT = 0.002
"""The five-point test's own level: χ² over 9.5495."""


def evidence_of(
    cells: Cells, panel: Panel, results: Sequence[SpcResult], indicators: Mapping[str, Indicator]
) -> list[Evidence]:
    """Return the evidence of every series of a panel; `panel.values` are without their season."""
    centre, spread, points = _last_limits(cells, panel)
    mean = _mean_counts(cells, panel, indicators)
    seen = _seen(centre, spread, mean, points)
    chance = np.broadcast_to(false_alarm_probability(points, mean=mean), points.shape)
    is_seasonal = _changed(cells, panel)
    found = []
    for number, key in enumerate(cells.keys):
        indicator, result = indicators[key[0]], results[number]
        obstacle, longer = _obstacle(key[2], indicator, float(mean[number]), int(points[number]))
        told = result.variation is not None and obstacle is None
        recent = None if told or obstacle else _recent(cells, panel, number, indicator)
        found.append(
            Evidence(
                seen=seen[number] if told and not result.marks else None,
                recent=recent,
                new_level=_new_level(cells, panel, number, result) if told else None,
                chance=float(chance[number]) if told else CHANCE_OF_RECENT if recent else 0.0,
                seasonal=bool(is_seasonal[number]),
                obstacle=obstacle,
                longer=longer,
            )
        )
    return found


def _last_limits(cells: Cells, panel: Panel) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Return centre, mean moving range and known points of each series' last segment."""
    last = panel.segment[np.append(cells.starts[1:], len(cells.value)) - 1]
    limits = panel.limits
    return limits.centre[last], limits.mean_moving_range[last], limits.known[last]


def _mean_counts(cells: Cells, panel: Panel, indicators: Mapping[str, Indicator]) -> Floats:
    """Return the mean number of cases a period of each series' last segment.

    Of a proportion, the cases or the others, whichever are fewer. Infinite where nothing is
    counted (a mean, a median), as such values have no lattice.
    """
    means = np.full(len(cells.keys), np.inf)
    for number, key in enumerate(cells.keys):
        kind = indicators[key[0]].kind
        if kind not in COUNTED:
            continue
        first, stop = cells.bounds(number)
        begin = max(first, int(panel.starts[panel.segment[stop - 1]]))
        counts = cells.value[begin:stop] if kind == "count" else cells.numerator[begin:stop]
        mean = _mean(counts)
        if kind == "proportion":
            mean = min(mean, _mean(cells.denominator[begin:stop] - counts))
        means[number] = max(mean, 0.0)
    return means


def _mean(counts: Floats) -> float:
    known = counts[~np.isnan(counts)]
    return float(known.mean()) if len(known) else np.inf


def _seen(centre: Floats, spread: Floats, mean: Floats, points: NDArray[np.int64]) -> list[Seen]:
    """Return what each series could have seen: the weaker of a rise and a fall.

    From its own spread, or, where that is small by luck, from what so small counts must have.
    """
    level, width = np.abs(np.nan_to_num(centre)), np.nan_to_num(spread)
    few = np.minimum(mean, 1e6)
    step = np.zeros(len(level))
    periods = np.zeros(len(level))
    within = 0
    changes: tuple[Change, Change] = ("rise", "fall")
    for change in changes:
        for found in _both(level, width, few, points, change):
            step, within = np.maximum(step, found.step), found.within
            periods = np.maximum(periods, found.median_periods)
    return [
        Seen(
            step=float(one) if np.isfinite(one) else None,
            within=within,
            periods=int(round(when)) if np.isfinite(when) else None,
        )
        for one, when in zip(step.tolist(), periods.tolist(), strict=True)
    ]


def _both(
    level: Floats, width: Floats, few: Floats, points: NDArray[np.int64], change: Change
) -> tuple[Detectability, Detectability]:
    own = detectability(level, width, points=points, change=change)
    return own, detectability(few, points=points, change=change)


def _changed(cells: Cells, panel: Panel) -> NDArray[np.bool_]:
    """Return whether a season was taken out of each series."""
    differs = (panel.values != cells.value) & ~np.isnan(cells.value)
    if not len(differs):
        return np.zeros(0, bool)
    changed: NDArray[np.bool_] = np.logical_or.reduceat(differs, cells.starts)
    return changed


def _obstacle(
    period_type: str, indicator: Indicator, mean: float, points: int
) -> tuple[Obstacle | None, str | None]:
    """Return why no direction may be told of a series of enough points, and where to look.

    Too few cases are told of from 12 points, where limits would begin to be drawn.
    """
    if rolling_months(period_type) is not None:
        return "overlap", _longer_than(rolling_months(period_type) or 0)
    is_counted = indicator.kind in COUNTED and indicator.kind != "proportion"
    if not is_counted or points < MIN_POINTS or not np.isfinite(mean):
        return None, None
    choice = chart_for(mean, period_type)
    if choice.chart == "xmr":
        return None, None
    return "rare", choice.period_type if choice.chart == "longer_period" else None


def _longer_than(months: int) -> str:
    return "quarter" if months <= 3 else "half_year" if months <= 6 else "year"


def _recent(cells: Cells, panel: Panel, number: int, indicator: Indicator) -> Recent | None:
    """Return the five-point test of a yearly series, None where it cannot be made."""
    if cells.keys[number][2] != "year" or indicator.kind not in TESTED:
        return None
    first, stop = cells.bounds(number)
    begin = max(first, int(panel.starts[panel.segment[stop - 1]]))
    known = np.flatnonzero(~np.isnan(cells.value[begin:stop])) + begin
    if len(known) < POINTS_OF_RECENT:
        return None
    stretch = slice(begin, int(known[-1]) + 1)
    parts = (cells.value[stretch], cells.lower[stretch], cells.upper[stretch])
    found = recent_trend(*parts, direction=indicator.direction)
    if found.word is None:
        return None
    mark = _mark(found)
    count = float(cells.numerator[begin + found.positions[0]])
    if mark or not count > 0:
        return Recent(mark, None, None)
    seen = _smallest_seen(count)
    return Recent(None, seen.rise, seen.fall)


@cache
def _smallest_seen(count: float) -> SmallestChange:
    """Return what a series of this count could have seen; 0.1 s, and counts come again."""
    return smallest_seen_change(count)


def _mark(found: RecentTrend) -> Mark | None:
    if found.word == "no_significant_change" or found.kind is None:
        return None
    side: Side = "high" if found.word == "increasing" else "low"
    return Mark("recent_trend", side, found.kind, POINTS_OF_RECENT)


def _new_level(cells: Cells, panel: Panel, number: int, result: SpcResult) -> NewLevel | None:
    first, stop = cells.bounds(number)
    found = suggest_rebase(panel.values[first:stop], result)
    if found is None:
        return None
    return NewLevel(cells.period_start[first + found.start], found.length, found.side)
