"""The charts of waits between rare events: g (cases or whole days) and t (time).

See `tilannehuone.stats.rare` for when, and for what they may not be used.
"""

from collections.abc import Iterable
from dataclasses import replace
from math import copysign, log

import numpy as np
from numpy.typing import ArrayLike

from tilannehuone.stats.spc import analyse, result_of
from tilannehuone.stats.spc_limits import (
    MIN_POINTS,
    Bools,
    Floats,
    Limits,
    Positions,
    first_known,
    known_counts,
    means,
    segment_sizes,
)
from tilannehuone.stats.spc_panel import panel_of, segment_starts
from tilannehuone.stats.spc_result import Direction, Segment, SpcResult

POWER = 3.6
"""Exponential waits to the power of 1 / 3.6 are nearly normal (Nelson 1994)."""

MEDIAN_WAIT = log(2)
"""The median of an exponential wait, and nearly that of a geometric one, in means."""


def g_chart(
    counts_between: ArrayLike,
    *,
    direction: Direction,
    target: float | None = None,
    rebase: Iterable[int] = (),
    baseline: int | None = None,
) -> SpcResult:
    """Return limits, signals and icons of a g chart: cases, or whole days, between events.

    Limits are the mean ± 3 × sqrt(mean × (mean + 1)), from the geometric distribution of the
    number of cases without the event before one with it. The lower limit is always below zero and
    marks nothing: that events come more often shows as a run. The centre is the median, ln 2 ×
    mean, because 63 % of the waits of a steady process are shorter than their mean, and runs below
    it would come by chance in one window of 25. So chance marks the latest of 24 waits in some
    2.5 % of charts (simulated; around the mean it would be 4.5 %, in a t chart it is 1.5 %).

    Parameters
    ----------
    counts_between
        Whole numbers, oldest first; 0 when one event follows the other. NaN is unknown.
    direction
        Of the wait: `up` when the event is bad.
    target, rebase, baseline
        As for `tilannehuone.stats.spc.analyse`.

    Returns
    -------
    SpcResult
        As of `analyse`, with limits from 12 waits and words from 13. `mean_moving_range` is None.

    Raises
    ------
    ValueError
        For a number that is negative, infinite or not whole, and as `analyse` does.

    References
    ----------
    Benneyan J. C. (2001), Health Care Management Science 4, 305–318. Provost L. P., Murray S. K.
    (2011), The Health Care Data Guide, p. 228 (the centre).

    Examples
    --------
    >>> found = g_chart([10, 14, 12, 8] * 4 + [60], direction="up").segments[0]
    >>> round(found.centre, 2), round(found.upper, 2)
    (9.62, 57.0)
    """
    values = _waits(counts_between)
    _refuse(values != np.floor(values), values, "a number of cases is whole; use a t chart")
    if not len(values):
        return analyse(values, direction=direction, target=target)
    if baseline is not None and baseline < MIN_POINTS:
        raise ValueError(f"a baseline has at least {MIN_POINTS} points, not {baseline}")
    series = np.zeros(1, np.int64)
    starts = segment_starts(series, rebase, len(values))
    limits = _geometric_limits(values, starts, baseline)
    panel = panel_of(values, series, starts, limits, MEDIAN_WAIT)
    return result_of(panel, 0, direction=direction, target=target)


def _geometric_limits(values: Floats, starts: Positions, baseline: int | None) -> Limits:
    used = values if baseline is None else first_known(values, starts, baseline)
    mean, points_used = means(used, starts, segment_sizes(starts, len(values)))
    mean[points_used < MIN_POINTS] = np.nan
    deviation = np.sqrt(mean * (mean + 1))
    return Limits(
        centre=MEDIAN_WAIT * mean,
        lower=mean - 3 * deviation,
        upper=mean + 3 * deviation,
        near_lower=mean - 2 * deviation,
        near_upper=mean + 2 * deviation,
        mean_moving_range=np.full(len(starts), np.nan),
        points_used=points_used,
        known=known_counts(values, starts),
        constant=deviation == 0,
    )


def t_chart(
    days_between: ArrayLike,
    *,
    direction: Direction,
    target: float | None = None,
    rebase: Iterable[int] = (),
    baseline: int | None = None,
    screen: bool = True,
) -> SpcResult:
    """Return limits, signals and icons of a t chart: time between events.

    Waits to the power of 1 / 3.6 are nearly normal. They get an XmR chart with all its tests, whose
    lines are then raised to 3.6 again. The centre is so the median wait, nearly.

    Parameters
    ----------
    days_between
        In days or another unit, oldest first. NaN is unknown.
    direction
        Of the wait: `up` when the event is bad.
    target, rebase, baseline, screen
        As for `tilannehuone.stats.spc.analyse`; the target in the unit of the waits.

    Returns
    -------
    SpcResult
        As of `analyse`, lines in the unit of the waits. A lower limit that the transformed chart
        has below zero stays below zero and marks nothing. `mean_moving_range` is None.

    Raises
    ------
    ValueError
        For a wait that is zero (two events at once: a g chart of whole days has room for them),
        negative or infinite, and as `analyse` does.

    References
    ----------
    Nelson L. S. (1994), Journal of Quality Technology 26, 239–240 (the power). Montgomery D. C.
    (2019), Introduction to Statistical Quality Control, 8th ed., ch. 7.

    Examples
    --------
    >>> found = t_chart([20.0, 35.0] * 8 + [400.0], direction="up")
    >>> found.points[-1].signal, round(found.segments[0].upper, 1)
    ('outside', 109.3)
    """
    values = _waits(days_between)
    _refuse(values == 0, values, "two events at once; use a g chart")
    bar = None if target is None else _signed_power(target, 1 / POWER)
    found = analyse(
        values ** (1 / POWER),
        direction=direction,
        target=bar,
        rebase=rebase,
        baseline=baseline,
        screen=screen,
    )
    return replace(found, segments=tuple(_in_days(one) for one in found.segments))


def _in_days(segment: Segment) -> Segment:
    return replace(
        segment,
        centre=_back(segment.centre),
        lower=_back(segment.lower),
        upper=_back(segment.upper),
        near_lower=_back(segment.near_lower),
        near_upper=_back(segment.near_upper),
        mean_moving_range=None,
    )


def _back(line: float | None) -> float | None:
    return None if line is None else _signed_power(line, POWER)


def _signed_power(x: float, power: float) -> float:
    """Return the power of the size of x with its sign: below zero the order is kept too."""
    return copysign(abs(x) ** power, x)


def _waits(values: ArrayLike) -> Floats:
    waits = np.asarray(values, dtype=np.float64)
    if waits.ndim != 1:
        raise ValueError("waits lie in one dimension")
    _refuse((waits < 0) | np.isinf(waits), waits, "a wait is finite and not negative")
    return waits


def _refuse(wrong: Bools, values: Floats, rule: str) -> None:
    found = wrong & ~np.isnan(values)
    if found.any():
        raise ValueError(f"cell {int(found.argmax())}: {rule}")
