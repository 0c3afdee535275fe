"""The school-year season: services fall in the holiday months, and that is no signal.

Each holiday month has one multiplicative factor, estimated on the baseline. The series is divided
by it before limits are set, and limits are drawn multiplied by it again::

    season = school_year_factors(values, months)
    factor = season.of(months) if season else np.ones(len(values))
    found = analyse(values / factor, direction="down")
    upper = found.segments[0].upper * factor

Without it the holidays widen the limits: a step of 20 % in a count of 50 a month, which falls by
30 % in July and December, shows in 9 months (median) instead of 5, and often never.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilannehuone.stats.spc_limits import Floats, Positions, first_known, segment_of_each

MONTHS = range(1, 13)
HOLIDAYS = (7, 12)
"""July and December."""

MIN_MONTHS = 24
"""Fewest known months of the baseline that a season is estimated from."""

MIN_OF_A_MONTH = 2
"""Fewest known values of one holiday month: of one alone, the factor would explain all."""

NEIGHBOURS = tuple(step for step in range(-3, 4) if step)
"""Where the ordinary months lie that a holiday month is held against."""

CLOSED_BELOW = 0.1
"""A factor under this is of a service that is closed, not quiet: dividing by it would make one
chance event into an outlier."""


@dataclass(frozen=True, slots=True)
class Season:
    """The factors of the holiday months of one series, month (1–12) to factor.

    `left_out` holds the holiday months that have no usable factor. `months_used` counts the known
    months that the factors rest on.
    """

    factors: Mapping[int, float]
    months_used: int
    left_out: tuple[int, ...] = ()

    def of(self, months: ArrayLike) -> Floats:
        """Return the factor of each position: 1 for ordinary months, NaN for those left out."""
        by_month = np.ones(13)
        for month, factor in self.factors.items():
            by_month[month] = factor
        by_month[list(self.left_out)] = np.nan
        return by_month[np.asarray(months, dtype=np.int64)]


@dataclass(frozen=True, slots=True)
class SeasonPanel:
    """The seasons of many series, one after another.

    `by_position` is the factor to divide each value by: 1 in ordinary months and in series
    without a season, NaN in holiday months that are left out. `factors` has a row a series and a
    column a holiday, NaN where there is none; `months_used` counts each series' known months.
    """

    by_position: Floats
    factors: Floats
    holidays: tuple[int, ...]
    months_used: Positions


def school_year_factors(
    values: ArrayLike,
    months: ArrayLike,
    *,
    holidays: Sequence[int] = HOLIDAYS,
    baseline: int | None = None,
) -> Season | None:
    """Return the factors of one series' holiday months; None where they cannot be told yet.

    A holiday month's factor is the sum of its values over the sum of what those months would have
    been: the mean of the ordinary months up to three before and three after each. Because each
    holiday is held against its own neighbours on both sides, a step or slow trend in the series
    is not taken for a season; a ratio of sums, and not a mean of ratios, keeps a small year from
    weighing as much as a large one.

    Parameters
    ----------
    values
        One value a month, oldest first, none negative. NaN is hidden or missing, and counts in
        nothing.
    months
        The calendar month of each value, 1–12. Every month stands there, known or not.
    holidays
        The calendar months that have a factor.
    baseline
        Only this many first known months are estimated from (at least 24). None: all.

    Returns
    -------
    Season or None
        None under 24 known months: such a series is analysed as it is, and has no season yet.
        A holiday month is left out (`Season.left_out`; its values become NaN and so have no
        limits and no signals) when it is known fewer than twice, when all around it is zero, and
        when its factor is under 0.1, as when the service is closed: nothing can be divided by 0.

    Raises
    ------
    ValueError
        For negative or infinite values, months that are none or do not follow each other, and a
        baseline under 24.

    Notes
    -----
    A factor that rests on two values explains part of their chance away, so limits come out a
    little narrow: with a baseline of 24 months (Poisson 50, limits fixed) chance marks 5 % of
    quiet months instead of 4, with 60 months 2.9 instead of 2.7 (simulated).

    References
    ----------
    After the ratio to moving average of classical decomposition (Makridakis S., Wheelwright S.,
    Hyndman R. (1998), Forecasting, 3rd ed., §3.4), with the holidays left out of the average.

    Examples
    --------
    >>> year = [50, 50, 50, 50, 50, 50, 35, 50, 50, 50, 50, 40]
    >>> season = school_year_factors(year * 3, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] * 3)
    >>> season
    Season(factors={7: 0.7, 12: 0.8}, months_used=36, left_out=())
    >>> season.of([6, 7, 8])
    array([1. , 0.7, 1. ])
    """
    size = np.size(values)
    panel = school_year_panel(
        values, months, [0] if size else [], holidays=holidays, baseline=baseline
    )
    return season_of(panel, 0) if size else None


def season_of(panel: SeasonPanel, number: int) -> Season | None:
    """Return the season of series `number` of a panel, None under 24 known months."""
    months_used = int(panel.months_used[number])
    if months_used < MIN_MONTHS:
        return None
    told = dict(zip(panel.holidays, panel.factors[number].tolist(), strict=True))
    factors = {month: factor for month, factor in told.items() if factor == factor}
    return Season(factors, months_used, tuple(month for month in told if month not in factors))


def school_year_panel(
    values: ArrayLike,
    months: ArrayLike,
    series: ArrayLike,
    *,
    holidays: Sequence[int] = HOLIDAYS,
    baseline: int | None = None,
) -> SeasonPanel:
    """Return the seasons of every series of a panel, as `school_year_factors` has them of one.

    Parameters
    ----------
    values, months
        All series one after another, each oldest first.
    series
        Where each series begins; the first is 0.
    holidays, baseline
        As for `school_year_factors`.

    Examples
    --------
    >>> year = [50.0] * 6 + [35.0] + [50.0] * 5
    >>> months = list(range(1, 13))
    >>> panel = school_year_panel(year * 3 + year, months * 4, [0, 36])
    >>> panel.by_position[[6, 42]], panel.factors[0], season_of(panel, 1)
    (array([0.7, 1. ]), array([0.7, 1. ]), None)
    """
    flat = np.asarray(values, dtype=np.float64)
    month = np.asarray(months, dtype=np.int64)
    starts = np.asarray(series, dtype=np.int64)
    chosen = tuple(holidays)
    number = segment_of_each(starts, len(flat))
    _refuse(flat, month, number, chosen, baseline)

    known = flat if baseline is None else first_known(flat, starts, baseline)
    column = np.full(13, -1)
    column[list(chosen)] = np.arange(len(chosen))
    at = (column[month] >= 0).nonzero()[0]
    cell = number[at] * len(chosen) + column[month[at]]
    is_used = ~np.isnan(known)
    months_used = np.bincount(number[is_used], minlength=len(starts))
    level = _neighbouring_level(np.where(column[month] >= 0, np.nan, known), at, number)
    factors = _ratios(known[at], level, cell, len(starts) * len(chosen))
    is_long = months_used >= MIN_MONTHS
    factors = np.where(is_long[:, None], factors.reshape(len(starts), len(chosen)), np.nan)

    by_position = np.ones(len(flat))
    by_position[at] = np.where(is_long[number[at]], factors.ravel()[cell], 1.0)
    return SeasonPanel(by_position, factors, chosen, months_used)


def _neighbouring_level(ordinary: Floats, at: Positions, number: Positions) -> Floats:
    """Return the mean of the known ordinary months around each holiday, NaN for none."""
    total, count = np.zeros(len(at)), np.zeros(len(at))
    for step in NEIGHBOURS:
        near = np.clip(at + step, 0, len(ordinary) - 1)
        value = np.where(number[near] == number[at], ordinary[near], np.nan)
        value[near != at + step] = np.nan  # beyond either end of the panel
        is_known = ~np.isnan(value)
        total[is_known] += value[is_known]
        count += is_known
    return np.divide(total, count, out=np.full(len(at), np.nan), where=count > 0)


def _ratios(values: Floats, level: Floats, cell: Positions, cells: int) -> Floats:
    """Return sum of values over sum of levels of each cell, NaN where that is no factor."""
    used = ~np.isnan(values) & ~np.isnan(level)
    seen = np.bincount(cell[used], values[used], minlength=cells)
    expected = np.bincount(cell[used], level[used], minlength=cells)
    count = np.bincount(cell[used], minlength=cells)
    factor = np.divide(seen, expected, out=np.full(cells, np.nan), where=expected > 0)
    return np.where((count >= MIN_OF_A_MONTH) & (factor >= CLOSED_BELOW), factor, np.nan)


def _refuse(
    values: Floats,
    months: Positions,
    number: Positions,
    holidays: tuple[int, ...],
    baseline: int | None,
) -> None:
    if values.ndim != 1 or months.shape != values.shape:
        raise ValueError("a season takes one month a value, both in one dimension")
    if not holidays or len(set(holidays)) != len(holidays) or not set(holidays) <= set(MONTHS):
        raise ValueError(f"holidays are different months from 1 to 12, not {holidays}")
    if baseline is not None and baseline < MIN_MONTHS:
        raise ValueError(f"a season's baseline has at least {MIN_MONTHS} months, not {baseline}")
    _name((values < 0) | np.isinf(values), "a value with a season is finite and not negative")
    _name((months < 1) | (months > 12), "a month is from 1 to 12")
    is_next = ((months[1:] - months[:-1]) % 12 == 1) | (number[1:] != number[:-1])
    _name(np.append(False, ~is_next), "a month follows the one before it")


def _name(wrong: NDArray[np.bool_], rule: str) -> None:
    if wrong.any():
        raise ValueError(f"cell {int(wrong.argmax())}: {rule}")
