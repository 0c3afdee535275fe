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
    return np.repeat(np.arange(len(starts)), np.diff(np.append(starts, size)))


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
    segment = segment_of_each(starts, len(values))
    is_known = ~np.isnan(values)
    used = is_known if baseline is None else _first_known(is_known, starts, segment, baseline)

    centre, points_used = _means(values, used, starts)
    lowest = _reduce(np.minimum, np.where(used, values, np.inf), starts)
    constant = lowest == _reduce(np.maximum, np.where(used, values, -np.inf), starts)
    centre = np.where(constant, lowest, centre)
    spread = _mean_moving_range(values, used, starts, segment, screen)

    limited = (points_used >= MIN_POINTS) & (constant | (spread > 0))
    centre, spread = np.where(limited, centre, np.nan), np.where(limited, spread, np.nan)
    reach, near = XMR_FACTOR * spread, NEAR_FACTOR * spread
    sides = (centre - reach, centre + reach, centre - near, centre + near)
    known = _reduce(np.add, is_known.astype(np.int64), starts)
    return Limits(centre, *sides, spread, points_used, known, constant)


def _first_known(is_known: Bools, starts: Positions, segment: Positions, count: int) -> Bools:
    """Mark the first `count` known points of each segment."""
    so_far = np.cumsum(is_known)
    before: Positions = so_far[starts] - is_known[starts]
    marked: Bools = is_known & (so_far - before[segment] <= count)
    return marked


def _mean_moving_range(
    values: Floats, used: Bools, starts: Positions, segment: Positions, screen: bool
) -> Floats:
    """Return the mean step between used neighbours; NaN where there is none, 0 if constant."""
    steps = np.full(len(values), np.nan)
    steps[1:] = np.abs(np.diff(values))
    is_step = used & np.roll(used, 1)
    is_step[starts] = False
    spread, _ = _means(steps, is_step, starts)
    if not screen:
        return spread
    kept = is_step & (steps < SCREEN_FACTOR * spread[segment])
    screened, _ = _means(steps, kept, starts)
    return np.where(screened > 0, screened, spread)


def _means(values: Floats, chosen: Bools, starts: Positions) -> tuple[Floats, Positions]:
    """Return mean and number of the chosen values of each segment, NaN for none.

    Summed in extended precision and corrected once, so that a point which lies on the centre is
    found there: the run test asks for strict sides.
    """
    count = _reduce(np.add, chosen.astype(np.int64), starts)
    wide = np.where(chosen, values, 0).astype(np.longdouble)
    with np.errstate(invalid="ignore"):
        first = _reduce(np.add, wide, starts) / count
        away = np.where(chosen, wide - first[segment_of_each(starts, len(values))], 0)
        mean = first + _reduce(np.add, away, starts) / count
    return mean.astype(np.float64), count


def _reduce(how: np.ufunc, values: NDArray[Any], starts: Positions) -> NDArray[Any]:
    if not len(starts):
        return np.empty(0, values.dtype)
    reduced: NDArray[Any] = how.reduceat(values, starts)
    return reduced
