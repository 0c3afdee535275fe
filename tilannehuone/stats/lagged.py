"""How two series go together at a lag, told honestly: neighbours alike tell less than they seem.

Association is no cause; two series that both rise go together whatever they are, so a straight
trend is taken out of each unless asked otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from tilannehuone.stats.interval import normal_quantile
from tilannehuone.stats.lagged_cleared import MIN_PAIRS, Trend, checked_pair

Floats = NDArray[np.float64]

By = Literal["linear", "rank"]

MIN_EFFECTIVE = 5.0
"""Fewest independent pairs an interval is told from; fewer are taken for as many."""

SHIFTS = 999


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation with its limits and p-value."""

    value: float
    lower: float
    upper: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Association:
    """How y goes with x so many periods earlier.

    `lag` is how many periods y comes after x (negative: before). `pairs` counts the periods known
    in both, `effective` the independent pairs they are worth. `linear` is Pearson's correlation,
    `rank` Spearman's.
    """

    lag: int
    pairs: int
    effective: float
    linear: Correlation
    rank: Correlation


@dataclass(frozen=True, slots=True)
class LagSearch:
    """Every lag tried, with what the search itself may make of chance.

    `tried` has all lags in order; `count` their number. `best` is the lag with the strongest
    correlation of `by`; `p_value` is that the strongest of so many lags is chance: adjusted for
    the search. The limits in `tried` are not adjusted.
    """

    tried: tuple[Association, ...]
    count: int
    best: Association
    by: By
    p_value: float
    shifts: int


def lagged_association(
    x: ArrayLike,
    y: ArrayLike,
    *,
    lag: int = 0,
    trend: Trend = "line",
    periods_per_year: int | None = None,
    level: float = 0.95,
) -> Association:
    """Return the correlation of y with x `lag` periods earlier.

    Parameters
    ----------
    x, y
        Two series over the same periods, oldest first, without gaps in time: NaN is hidden or
        missing.
    lag
        How many periods y follows x; declared before looking.
    trend
        What is taken out of each first: "line" a straight trend, "changes" takes the change from
        the period before, "none" nothing.
    periods_per_year
        Take out the mean of each place in the year too; None: nothing.
    level
        Of the intervals.

    Raises
    ------
    ValueError
        Under 12 pairs, for series that do not vary, shapes that differ, infinite numbers.

    Examples
    --------
    >>> wave = np.sin(np.arange(40))
    >>> found = lagged_association(wave, np.roll(wave, 2), lag=2)
    >>> found.pairs, round(found.linear.value, 1)
    (38, 1.0)
    """
    first, second = checked_pair(x, y, trend, periods_per_year)
    return _association(first, second, int(lag), normal_quantile(level))


def lag_search(
    x: ArrayLike,
    y: ArrayLike,
    lags: Sequence[int],
    *,
    by: By = "linear",
    trend: Trend = "line",
    periods_per_year: int | None = None,
    level: float = 0.95,
    seed: int = 1,
) -> LagSearch:
    """Return the correlations at all lags, and the chance that the strongest of them is nothing.

    Parameters
    ----------
    x, y, trend, periods_per_year, level
        As for `lagged_association`.
    lags
        All lags that are looked at.
    by
        Which correlation the search goes by.
    seed
        Of the random phases.

    Raises
    ------
    ValueError
        As `lagged_association`, and without lags or with one twice.
    """
    wanted = [int(one) for one in lags]
    if not wanted or len(set(wanted)) != len(wanted):
        raise ValueError("a search needs lags, each once")
    first, second = checked_pair(x, y, trend, periods_per_year)
    reach = normal_quantile(level)
    tried = tuple(_association(first, second, lag, reach) for lag in sorted(wanted))
    rng = np.random.default_rng(seed)
    own = [_strengths(first[np.newaxis], second, one, by)[0] for one in tried]
    best = tried[int(np.argmax(own))]
    drawn = _of_other_phase(first, rng)
    strongest = np.max([_strengths(drawn, second, one, by) for one in tried], axis=0)
    reached = int((strongest >= max(own) * (1 - 1e-9)).sum())
    return LagSearch(tried, len(tried), best, by, (1 + reached) / (1 + SHIFTS), SHIFTS)


def _association(x: Floats, y: Floats, lag: int, reach: float) -> Association:
    first, second = _pair(x, y, lag)
    if len(first) < MIN_PAIRS:
        raise ValueError(f"an association needs {MIN_PAIRS} pairs, got {len(first)} at lag {lag}")
    effective = effective_pairs(x, y, len(first))
    linear, rank = (_correlation(first, second, by) for by in ("linear", "rank"))
    # the variance of Fisher's z for ranks: Fieller, Hartley and Pearson (1957), Biometrika 44
    return Association(
        lag,
        len(first),
        effective,
        _told(linear, 1 / np.sqrt(effective - 3), reach),
        _told(rank, np.sqrt(1.06 / (effective - 3)), reach),
    )


def effective_pairs(x: Floats, y: Floats, pairs: int) -> float:
    """Return how many independent pairs two series are worth whose neighbours are alike.

    Autocorrelations are added up to a fifth of the series.

    References
    ----------
    Bartlett M. S. (1935), Journal of the Royal Statistical Society 98, 536–543; Pyper B. J.,
    Peterman R. M. (1998), Canadian Journal of Fisheries and Aquatic Sciences 55, 2127–2140.
    """
    lags = range(1, max(pairs // 5, 1) + 1)
    shared = sum((1 - k / pairs) * _auto(x, k) * _auto(y, k) for k in lags)
    return float(np.clip(pairs / max(1 + 2 * shared, 0.1), MIN_EFFECTIVE, pairs))


def _auto(x: Floats, lag: int) -> float:
    """Return the autocorrelation at a lag, unbiased for the pairs known."""
    products = x[lag:] * x[:-lag]
    return float(np.nanmean(products) / np.nanmean(x**2)) if np.isfinite(products).any() else 0.0


def _told(value: float, error: float, reach: float) -> Correlation:
    z = np.arctanh(np.clip(value, -1 + 1e-12, 1 - 1e-12))
    lower, upper = np.tanh(z - reach * error), np.tanh(z + reach * error)
    return Correlation(value, float(lower), float(upper), 2 * float(special.ndtr(-abs(z) / error)))


def _pair(x: Floats, y: Floats, lag: int) -> tuple[Floats, Floats]:
    """Return the values of both where known, y `lag` periods after x."""
    if abs(lag) >= len(x):
        return x[:0], y[:0]
    first = x[: len(x) - lag] if lag >= 0 else x[-lag:]
    second = y[lag:] if lag >= 0 else y[: len(y) + lag]
    both = ~np.isnan(first) & ~np.isnan(second)
    return first[both], second[both]


def _correlation(x: Floats, y: Floats, by: str) -> float:
    if by == "rank":
        x, y = stats.rankdata(x), stats.rankdata(y)
    a, b = x - x.mean(), y - y.mean()
    whole = float(np.sqrt((a @ a) * (b @ b)))
    if whole <= 0:
        raise ValueError("a series that does not vary goes with nothing")
    return float(np.clip(a @ b / whole, -1, 1))


def _strengths(x: Floats, y: Floats, tried: Association, by: By) -> Floats:
    """Return how strong a lag's correlation is for each row of x; more pairs count for more."""
    lag, size = tried.lag, len(y)
    first = x[:, : size - lag] if lag >= 0 else x[:, -lag:]
    second = y[lag:] if lag >= 0 else y[: size + lag]
    both = ~np.isnan(first[0]) & ~np.isnan(second)
    a, b = first[:, both], second[both]
    if by == "rank":
        a, b = stats.rankdata(a, axis=1), stats.rankdata(b)
    a, b = a - a.mean(axis=1, keepdims=True), b - b.mean()
    whole = np.sqrt((a**2).sum(axis=1) * float(b @ b))
    return np.asarray(np.abs(a @ b) / whole * np.sqrt(tried.pairs))


def _of_other_phase(x: Floats, rng: np.random.Generator) -> Floats:
    """Return series as alike to themselves as x, with nothing to do with y.

    The phases of x are drawn anew, its spectrum stays; unknown periods stay unknown, and stand at
    the mean meanwhile.

    References
    ----------
    Theiler J. et al. (1992), Physica D 58, 77–94. The strongest of all lags as the statistic:
    Westfall P. H., Young S. S. (1993), Resampling-Based Multiple Testing.
    """
    is_known = ~np.isnan(x)
    spectrum = np.abs(np.fft.rfft(np.where(is_known, x, 0.0)))
    turns = np.exp(2j * np.pi * rng.random((SHIFTS, len(spectrum))))
    drawn = np.fft.irfft(spectrum * turns, n=len(x), axis=1)
    return np.where(is_known, drawn, np.nan)
