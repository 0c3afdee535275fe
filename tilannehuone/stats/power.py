"""What an XmR chart could have seen, and what it shows by chance alone.

Nothing is simulated here. `bench.power_tables` drew up tables once, from series run through the
product's own tests, and these functions interpolate in them; only a change of the XmR rules asks
for new ones. Scalars give floats and arrays broadcast. NaN in (hidden or missing) gives NaN out.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilannehuone.stats.chance import (
    chance_of_any,
    expected_signals,
    false_alarm_probability,
    refuse,
)
from tilannehuone.stats.power_tables import Grid, table
from tilannehuone.stats.spc_result import MIN_POINTS_FOR_WORDS

__all__ = [
    "Detectability",
    "chance_of_any",
    "detectability",
    "expected_signals",
    "false_alarm_probability",
    "median_periods_to_signal",
]

Floats = NDArray[np.float64]
Number = float | Floats
Change = Literal["rise", "fall"]

D2 = 1.128
"""Mean moving range of neighbouring normal points, in standard deviations."""

WITHIN, PROBABILITY, USUAL_STEP = 6, 0.8, 0.2

LONGEST = 60
"""Periods beyond which a median is not told."""

SIDES: dict[Change, int] = {"rise": 1, "fall": -1}
GREATEST: dict[Change, float] = {"rise": 2.0, "fall": 1.0}
"""Steps beyond these are not told: to three times the centre, or to nothing."""

TRIED = 8.0
"""The greatest step in the table of medians, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Detectability:
    """What a series would have shown, had it changed.

    `step` is the lasting change, as a share of the centre (0.25 = 25 %), that is marked within
    `within` periods with this `probability`; inf when no rise up to 200 %, or fall to nothing, is.
    `median_periods` is the median period in which a change of 20 % is first marked; inf when over
    60. A mark on the other side than the change does not count.
    """

    step: Number
    median_periods: Number
    change: Change = "rise"
    within: int = WITHIN
    probability: float = PROBABILITY


def detectability(
    centre: ArrayLike,
    mean_moving_range: ArrayLike | None = None,
    *,
    points: ArrayLike = 24,
    change: Change = "rise",
) -> Detectability:
    """Return what a series that shows no change could have seen.

    Parameters
    ----------
    centre
        Of the series' limits. Without a moving range: the mean count a period, of a rate too.
    mean_moving_range
        In the unit of the centre. The points are then taken as normal with standard deviation
        `mean_moving_range` / 1.128; without it, as Poisson counts.
    points
        Known points that set the limits. Under 13 nothing is told: both answers are inf. Over 120
        counts as 120.
    change
        `rise` or `fall`. They differ for small counts, whose lower limit lies below nothing.

    Returns
    -------
    Detectability
        A larger mean count never needs a larger step or more periods. Both are inf for a centre
        of 0, which has no relative step, and for a mean count under 0.25.

    Raises
    ------
    ValueError
        For an unknown change, a negative count, moving range or number of points, or an infinite
        number.

    Notes
    -----
    So many random points set limits, which stay. Then the mean steps, and the first period is
    noted whose own point any of the four tests marks on the side of the step; the tests' windows
    reach back before it. 20,000 series for each mean, number of points and step, fixed seeds: a
    standard error of 0.3 percentage points in a probability, of 0.15 periods in a median of 15.
    Between nodes the step told was marked in time with a probability of 0.80 to 0.83, and medians
    were within a period. Below a mean of about 3 chance marks so often that it shortens medians:
    the longest of any larger mean is told there. Such counts are for longer periods or another
    chart anyway.

    Examples
    --------
    Twenty a month over two years:

    >>> found = detectability(20)
    >>> round(found.step, 2), found.median_periods
    (0.38, 8.0)
    """
    if change not in SIDES:
        raise ValueError(f"change is rise or fall, not {change!r}")
    level, spread, known = _checked(centre, mean_moving_range, points)
    step = _step(level, spread, known, SIDES[change])
    step = np.where(step > GREATEST[change], np.inf, step)
    periods = _periods(level, spread, known, SIDES[change] * USUAL_STEP)
    return Detectability(
        _told(step, level, spread, known), _told(periods, level, spread, known), change
    )


def median_periods_to_signal(
    centre: ArrayLike,
    mean_moving_range: ArrayLike | None = None,
    *,
    step: float = USUAL_STEP,
    points: ArrayLike = 24,
) -> Number:
    """Return the median period in which a step is first marked on its side; inf when over 60.

    `step` is a share of the centre, from -1 (nothing left). All else is as for `detectability`.

    >>> [median_periods_to_signal(50, step=step) for step in (0.2, 0.5, -0.2)]
    [5.0, 1.0, 5.0]
    """
    if not -1 <= step < np.inf:
        raise ValueError(f"a step is a share of the centre and not below -1, not {step}")
    level, spread, known = _checked(centre, mean_moving_range, points)
    return _told(_periods(level, spread, known, step), level, spread, known)


def _step(level: Floats, spread: Floats | None, known: Floats, side: int) -> Floats:
    if spread is None:
        grid = _count_steps(side)
        beyond = np.maximum(level / grid.axes["count"][-1], 1)
        return np.exp(grid.at(count=level, points=known)) / np.sqrt(beyond)
    standardised = table("steps").at(direction=side, mean=np.inf, points=known)
    return _ratio(standardised * spread / D2, np.abs(level))


def _periods(level: Floats, spread: Floats | None, known: Floats, step: float) -> Floats:
    deviation = np.sqrt(level) if spread is None else spread / D2
    share = 100 / TRIED * _ratio(abs(step) * np.abs(level), deviation)
    found = _normal_medians(_side(step)).at(points=known, share=share)
    if spread is None:
        grid = _count_medians(step)
        as_count = grid.at(count=level, points=known)
        is_many = level > grid.axes["count"][-1]
        found = np.where(is_many, np.minimum(found, as_count), as_count)
    periods = np.ceil(np.exp(found).round(9))
    return np.where(periods > LONGEST, np.inf, periods)


@cache
def _normal_medians(side: int) -> Grid:
    """Return the logarithm of the median periods to a step, by points and step."""
    grid = _medians()
    points, shares = grid.axes["points"], grid.axes["share"]
    found = grid.at(direction=side, points=points[:, None], mean=np.inf, share=shares)
    return Grid({"points": points, "share": shares}, found)


@lru_cache(maxsize=64)
def _count_medians(step: float) -> Grid:
    """Return the logarithm of the median periods to one step, by mean count and points."""
    grid, side = _medians(), _side(step)
    means, points = grid.axes["mean"][:-1], grid.axes["points"]
    deviations = np.sqrt(means)
    greatest = np.full(len(means), TRIED) if side > 0 else np.minimum(TRIED, deviations)
    share = 100 * abs(step) * deviations / greatest
    found = grid.at(direction=side, points=points, mean=means[:, None], share=share[:, None])
    return Grid({"count": means, "points": points}, _held(found))


def _medians() -> Grid:
    grid = table("medians")
    return Grid(grid.axes, np.log(grid.values))


@cache
def _count_steps(side: int) -> Grid:
    """Return the logarithm of the relative step seen in time, by mean count and points."""
    grid = table("steps")
    means, points = grid.axes["mean"][:-1], grid.axes["points"]
    standardised = grid.at(direction=side, mean=means[:, None], points=points)
    relative = np.log(standardised / np.sqrt(means)[:, None])
    return Grid({"count": means, "points": points}, _held(relative))


def _held(values: Floats) -> Floats:
    """Return a table in which a larger mean (along the first axis) never has a larger number."""
    return np.maximum.accumulate(values[::-1])[::-1]


def _side(step: float) -> int:
    return 1 if step >= 0 else -1


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, inf where the whole is 0."""
    shape = np.broadcast_shapes(np.shape(part), np.shape(whole))
    with np.errstate(over="ignore"):
        return np.divide(part, whole, out=np.full(shape, np.inf), where=whole != 0)


def _told(found: Floats, level: Floats, spread: Floats | None, known: Floats) -> Number:
    """Return numbers with inf for what is not told: a centre of 0, too few events or points."""
    is_silent = (level == 0) | (known < MIN_POINTS_FOR_WORDS)
    if spread is None:
        is_silent = is_silent | (level < table("steps").axes["mean"][0])
    told = np.where(is_silent, np.inf, found)
    return told if told.ndim else float(told)


def _checked(
    centre: ArrayLike, mean_moving_range: ArrayLike | None, points: ArrayLike
) -> tuple[Floats, Floats | None, Floats]:
    level, known = np.asarray(centre, np.float64), np.asarray(points, np.float64)
    refuse(np.isinf(level), "a centre is infinite")
    refuse(known < 0, "a number of points is negative")
    if mean_moving_range is None:
        refuse(level < 0, "a mean count is negative")
        return level, None, known
    spread = np.asarray(mean_moving_range, np.float64)
    refuse(spread < 0, "a mean moving range is negative")
    refuse(np.isinf(spread), "a mean moving range is infinite")
    return level, spread, known
