"""The five-point recent trend of an annual series, as Fingertips computes it.

For annual rates and proportions with an interval, where a chart of limits would need thirteen
years. Periods must be independent of each other (no rolling years) and without a break in how
they were counted; both are for the caller to see to. `recent_trends` does many series at once.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilannehuone.stats.spc_result import Direction, Kind, kind_of

Floats = NDArray[np.float64]
Word = Literal["increasing", "decreasing", "no_significant_change"]
Reason = Literal["few_points", "gap", "no_width"]

POINTS = 5
"""Points the test is for: the latest ones, whatever the length of the series."""

INTERVAL_WIDTH = 3.92
"""Standard errors in a 95 % interval; the source's rounding of 2 × 1.959964."""

CHI_SQUARE = 9.54953570608324
"""What the statistic has to exceed: the 99.8 % point of chi-square, one degree of freedom."""

NOTHING = 1e-12
"""A slope under this part of the largest value is rounding, and has no sign."""

REASONS: tuple[Reason | None, ...] = (None, "few_points", "gap", "no_width")
TESTED = 0

_STEPS = np.arange(POINTS, dtype=np.float64)
_LEAVE_OUT = np.vstack([np.ones(POINTS), 1 - np.eye(POINTS)])
"""Weights of the six fits: all five points, then each time all but one."""


@dataclass(frozen=True, slots=True)
class RecentTrend:
    """What the five latest points say.

    `slope` and `standard_error` are in the unit of the values a period. `agrees` tells whether
    the slope keeps its sign whichever point is left out: a trend of one point is none. `kind`
    is good or bad as for a chart of limits, `common` where nothing changed. `positions` are the
    periods used, oldest first.

    Where nothing can be computed all is None, () and a `reason`: `few_points` under five known
    periods, `gap` where one among the five latest is unknown, `no_width` where an interval is a
    point, as in figures rounded too far: such a value would outweigh all others.
    """

    word: Word | None
    kind: Kind | None = None
    slope: float | None = None
    standard_error: float | None = None
    chi_square: float | None = None
    agrees: bool | None = None
    positions: tuple[int, ...] = ()
    reason: Reason | None = None


def recent_trend(
    values: ArrayLike, lower: ArrayLike, upper: ArrayLike, *, direction: Direction
) -> RecentTrend:
    """Return whether the five latest periods of a series rise or fall more than chance.

    A line is fitted through the five points, each weighted by how well it is known. It is called
    a change when the slope differs from none at the 99.8 % level and keeps its sign when any one
    point is left out.

    Parameters
    ----------
    values
        One value a period, oldest first. NaN is a hidden or missing period: at the end it is
        passed over, among the five latest known ones it leaves nothing to say.
    lower, upper
        Limits of the 95 % interval of each value, in its unit. NaN makes the period unknown.
    direction
        `up` or `down` is better; `context` judges nothing.

    Raises
    ------
    ValueError
        For an unknown direction, arrays of different lengths, infinite numbers, or a lower limit
        above its upper one.

    Notes
    -----
    SE = (upper − lower) / 3.92, weights 1 / SE², slope by weighted least squares on the number of
    the period, its standard error 1 / √Σw(t − t̄)² from the weights alone (not from the
    residuals), χ² = (slope / standard error)² against 9.5495. Without a sign a slope agrees with
    none, so that a flat line with one outlier is no trend either way round.

    References
    ----------
    OHID, Fingertips technical guidance: Trend markers. The statistic of FingertipsNext
    (`TrendMarkerCalculator`) and of PHEindicatormethods (`assign_trend_markers`), whose handling
    of gaps and of slopes without a sign is followed.

    Examples
    --------
    Measles vaccination in one English region, 2020 to 2024, from the test data of FingertipsNext:

    >>> values = [92.6254, 92.3221, 90.8708, 90.017, 90.1013]
    >>> lower = [92.4168, 92.1072, 90.6358, 89.7694, 89.8578]
    >>> upper = [92.8288, 92.5315, 91.1004, 90.2594, 90.3396]
    >>> found = recent_trend(values, lower, upper, direction="up")
    >>> found.word, found.kind, round(found.slope, 3), round(found.chi_square, 1)
    ('decreasing', 'concern', -0.741, 418.5)
    """
    rows = [np.asarray(one, dtype=np.float64) for one in (values, lower, upper)]
    if any(one.ndim != 1 for one in rows):
        raise ValueError("values, lower and upper lie in one dimension")
    return recent_trends(*(one[np.newaxis] for one in rows), direction=direction)[0]


def recent_trends(
    values: ArrayLike, lower: ArrayLike, upper: ArrayLike, *, direction: Direction
) -> tuple[RecentTrend, ...]:
    """Return the recent trend of many series, one a row; otherwise as `recent_trend`.

    >>> flat = [[3.0] * 5, [3.0, 4.0, 5.0, 6.0, 7.0]]
    >>> low, high = np.array(flat) - 0.5, np.array(flat) + 0.5
    >>> [one.word for one in recent_trends(flat, low, high, direction="context")]
    ['no_significant_change', 'increasing']
    """
    if direction not in ("up", "down", "context"):
        raise ValueError(f"direction is up, down or context, not {direction!r}")
    x, low, high = _checked(values, lower, upper)
    known = ~np.isnan(x + low + high)
    found = [RecentTrend(None, reason="few_points")] * len(x)
    if x.shape[1] < POINTS:
        return tuple(found)
    # the last known period ends the window; periods after it are passed over
    latest = x.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    window = np.maximum(latest - POINTS + 1, 0)[:, np.newaxis] + np.arange(POINTS)
    row = np.arange(len(x))[:, np.newaxis]
    reasons = _reasons(known, known[row, window], (low == high)[row, window])
    tested = np.flatnonzero(reasons == TESTED)
    take = row[tested], window[tested]
    slope, error, agrees = five_point(x[take], (high[take] - low[take]) / INTERVAL_WIDTH)
    for at in np.flatnonzero(reasons != TESTED):
        found[at] = RecentTrend(None, reason=REASONS[reasons[at]])
    for n, at in enumerate(tested):
        used = tuple(window[at].tolist())
        found[at] = _result(float(slope[n]), float(error[n]), bool(agrees[n]), used, direction)
    return tuple(found)


def five_point(values: Floats, errors: Floats) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return slope, its standard error and whether all leave-one-out slopes share its sign.

    Both arrays end in an axis of five points; errors are positive standard errors.

    >>> slope, error, agrees = five_point(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), np.ones(5))
    >>> float(slope), round(float(error), 6), bool(agrees)
    (1.0, 0.316228, True)
    """
    # relative to the best known point: 1 / SE² of a tiny error would overflow
    best = errors.min(axis=-1, keepdims=True)
    weights = _LEAVE_OUT * ((best / errors) ** 2)[..., np.newaxis, :]
    middle = (weights * _STEPS).sum(axis=-1) / weights.sum(axis=-1)
    lever = weights * (_STEPS - middle[..., np.newaxis])
    spread = (lever * (_STEPS - middle[..., np.newaxis])).sum(axis=-1)
    y = values[..., np.newaxis, :]
    rise = (lever * (y - values[..., np.newaxis, :1])).sum(axis=-1)
    size = np.abs(lever).sum(axis=-1) * np.abs(values).max(axis=-1, keepdims=True)
    sign = np.where(np.abs(rise) > NOTHING * size, np.sign(rise), 0.0)
    agrees = (sign[..., 0] != 0) & (sign == sign[..., :1]).all(axis=-1)
    slope = np.where(sign[..., 0] == 0, 0.0, rise[..., 0] / spread[..., 0])
    return slope, best[..., 0] / np.sqrt(spread[..., 0]), agrees


def _result(
    slope: float, error: float, agrees: bool, used: tuple[int, ...], direction: Direction
) -> RecentTrend:
    chi_square = (slope / error) ** 2
    side = int(np.sign(slope)) if chi_square > CHI_SQUARE and agrees else 0
    words: dict[int, Word] = {-1: "decreasing", 0: "no_significant_change", 1: "increasing"}
    kind = kind_of(side, direction)
    return RecentTrend(words[side], kind, slope, error, chi_square, agrees, used)


def _reasons(
    known: NDArray[np.bool_], in_window: NDArray[np.bool_], no_width: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """Return for each row the place in REASONS of what keeps it from being tested."""
    few, gap = known.sum(axis=1) < POINTS, ~in_window.all(axis=1)
    return np.select([few, gap, no_width.any(axis=1)], [1, 2, 3], default=TESTED)


def _checked(
    values: ArrayLike, lower: ArrayLike, upper: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    x, low, high = (np.asarray(one, dtype=np.float64) for one in (values, lower, upper))
    if not x.shape == low.shape == high.shape or x.ndim != 2:
        raise ValueError("values, lower and upper have one shape")
    wrong = {
        "a number is infinite": np.isinf(x) | np.isinf(low) | np.isinf(high),
        "the lower limit is above the upper": low > high,
    }
    for what, cells in wrong.items():
        if cells.any():
            series, cell = (int(one[0]) for one in np.nonzero(cells))
            place = f"cell {cell}" if len(x) == 1 else f"series {series}, cell {cell}"
            raise ValueError(f"{place}: {what}")
    return x, low, high
