"""XmR limits of many segments at once.

All series lie one after another in one flat array; `starts` holds the position where each segment
begins. A segment is a stretch of one series between rebases; nothing here looks across its edge.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Positions = NDArray[np.int64]

MIN_POINTS = 12
"""Fewest known points that set limits; with less, limits move with every point."""

XMR_FACTOR = 2.66
"""3 / d2 for moving ranges of two points, rounded as Wheeler prints it (d2 = 1.128)."""

NEAR_FACTOR = 2 * (XMR_FACTOR / 3)
"""Two thirds of the way from the centre to a limit."""

REACHES = np.array([[-XMR_FACTOR], [XMR_FACTOR], [-NEAR_FACTOR], [NEAR_FACTOR]])
"""From the centre to lower, upper, near lower and near upper, in mean moving ranges."""

SCREEN_FACTOR = 3.267
"""Upper limit of a moving range, in mean moving ranges (Montgomery's D4 for n = 2)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of each segment, in the unit of the values; NaN where a segment carries none."""

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    mean_moving_range: Floats
    points_used: Positions
    known: Positions
    constant: Bools


def segment_of_each(starts: Positions, size: int) -> Positions:
    """Return the number of the segment that each of `size` positions is in.

    >>> segment_of_each(np.array([0, 2]), 5)
    array([0, 0, 1, 1, 1])
    """
    return np.arange(len(starts)).repeat(segment_sizes(starts, size))


def segment_sizes(starts: Positions, size: int) -> Positions:
    """Return how many of `size` positions each segment has.

    >>> segment_sizes(np.array([0, 2]), 5)
    array([2, 3])
    """
    ends = np.empty_like(starts)
    ends[:-1] = starts[1:]
    ends[-1:] = size
    return ends - starts


def by_position(per_segment: NDArray[Any], sizes: Positions) -> NDArray[Any]:
    """Return what a segment has, at each of its positions (along the last axis).

    What is of one segment alone stays as it is: it broadcasts.
    """
    return per_segment if len(sizes) == 1 else per_segment.repeat(sizes, axis=-1)


def xmr_limits(
    values: Floats, starts: Positions, *, baseline: int | None = None, screen: bool = True
) -> Limits:
    """Return the limits of an XmR chart (individuals and moving ranges) for every segment.

    The centre is the mean of the known points, outliers included. Each limit lies 2.66 mean moving
    ranges from it, where a moving range is the absolute step between neighbours. Steps are used
    and not the standard deviation, because a lasting shift adds one large step while it would
    widen the deviation throughout.

    Parameters
    ----------
    values
        One flat array of all segments. NaN is a hidden or missing point: it counts in no mean,
        and no moving range reaches across it.
    starts
        Where each segment begins; the first is 0.
    baseline
        Only this many first known points of a segment set its limits. None: all of them.
    screen
        Drop, in one pass, every moving range that is not below 3.267 × their mean. Where that
        would leave no spread (a nearly constant series) nothing is dropped.

    Returns
    -------
    Limits
        Never clipped. A segment has none below 12 points used, without two known neighbours, or
        when its neighbours never differ though its points do (gaps hide the spread).

    References
    ----------
    Wheeler D. J. (2000), Understanding Variation, 2nd ed. Montgomery D. C. (2019), Introduction
    to Statistical Quality Control, 8th ed., §6.4. NHS England, Making Data Count.

    Examples
    --------
    >>> found = xmr_limits(np.array([10.0, 12.0] * 6), np.array([0]))
    >>> found.centre[0], found.lower[0], found.upper[0]
    (np.float64(11.0), np.float64(5.68), np.float64(16.32))
    """
    sizes = segment_sizes(starts, len(values))
    used = values if baseline is None else first_known(values, starts, baseline)
    rows = np.array((used, _steps(used, starts)))
    (centre, spread), (points_used, _) = means(rows, starts, sizes)
    if screen:
        spread = _screened(rows[1], spread, starts, sizes)
    has_spread = spread > 0
    constant = np.zeros(len(starts), bool)
    if np.count_nonzero(has_spread) < len(starts):
        lowest, highest = np.fmin.reduceat(used, starts), np.fmax.reduceat(used, starts)
        constant = lowest == highest
        np.copyto(centre, lowest, where=constant)

    unlimited = (points_used < MIN_POINTS) | ~(has_spread | constant)
    centre[unlimited] = spread[unlimited] = np.nan
    lower, upper, near_lower, near_upper = centre + REACHES * spread
    known = points_used if baseline is None else known_counts(values, starts)
    return Limits(
        centre,
        lower,
        upper,
        near_lower,
        near_upper,
        spread,
        points_used,
        known,
        constant,
    )


def first_known(values: Floats, starts: Positions, count: int) -> Floats:
    """Return the first `count` known values of each segment, NaN for all others."""
    is_known = ~np.isnan(values)
    so_far = np.cumsum(is_known)
    before = (so_far[starts] - is_known[starts]).repeat(segment_sizes(starts, len(values)))
    return np.where(so_far - before <= count, values, np.nan)


def _steps(values: Floats, starts: Positions) -> Floats:
    """Return the size of the step into each point; NaN where either end is unknown."""
    steps = np.empty_like(values)
    np.subtract(values[1:], values[:-1], out=steps[1:])
    steps[starts] = np.nan
    return np.abs(steps, out=steps)


def _screened(steps: Floats, spread: Floats, starts: Positions, sizes: Positions) -> Floats:
    """Return the mean of the steps that are no outliers, or `spread` where that leaves none."""
    outlying = steps >= by_position(SCREEN_FACTOR * spread, sizes)
    if not np.count_nonzero(outlying):
        return spread
    screened, _ = means(np.where(outlying, np.nan, steps), starts, sizes)
    return np.where(screened > 0, screened, spread)


def means(values: Floats, starts: Positions, sizes: Positions) -> tuple[Floats, Positions]:
    """Return mean and number of the known values of each segment (along the last axis).

    NaN for none. Summed in extended precision and corrected once, so that a point which lies on
    the centre is found there: the run test asks for strict sides.
    """
    is_known = values == values
    count = _sums(is_known.astype(np.int64), starts)
    wide = np.zeros(values.shape, np.longdouble)
    np.copyto(wide, values, where=is_known)
    with np.errstate(invalid="ignore"):
        first = _sums(wide, starts) / count
        away = wide - by_position(first, sizes)
        away[~is_known] = 0
        mean = first + _sums(away, starts) / count
    return mean.astype(np.float64), count


def known_counts(values: Floats, starts: Positions) -> Positions:
    """Return the number of known values of each segment."""
    return _sums((values == values).astype(np.int64), starts)


def _sums(values: NDArray[Any], starts: Positions) -> NDArray[Any]:
    """Return the sum of each segment, along the last axis."""
    found: NDArray[Any] = np.add.reduceat(values, starts, axis=-1)
    return found
