"""Confidence intervals of proportions, counts, rates and means.

Scalars give floats, arrays broadcast and give arrays. NaN (hidden or missing) in gives NaN out.
What cannot be (a negative count, nobody to count among, more counted than there are) is an error
that names the cell, so that no NaN of our own making reaches a chart.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Number = float | NDArray[np.float64]

EXACT_BELOW = 10
"""Counts under this get the exact interval, from this on Byar's."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and its limits, all in one unit."""

    value: Number
    lower: Number
    upper: Number


def wilson(numerator: ArrayLike, denominator: ArrayLike, level: float = 0.95) -> Interval:
    """Return a proportion (0 to 1) with Wilson's score interval, no continuity correction.

    It stays inside 0 to 1 and keeps its coverage where the proportion is near either end or the
    group is small; the textbook ± interval does neither.

    Raises
    ------
    ValueError
        When a denominator is zero or negative, or a numerator negative or above its denominator.

    References
    ----------
    Wilson E. B. (1927), JASA 22, 209–212. Newcombe R. (1998), Statistics in Medicine 17, 857–872.

    Examples
    --------
    >>> found = wilson(81, 263)
    >>> round(found.value, 4), round(found.lower, 4), round(found.upper, 4)
    (0.308, 0.2553, 0.3662)
    """
    x, n = _pair(numerator, denominator)
    _refuse(x > n, "numerator exceeds denominator")
    z, p = _z(level), x / n
    centre = x + z * z / 2
    reach = z * np.sqrt(z * z / 4 + x * (1 - p))
    # at the ends the limit is the end itself; rounding would miss it by an ulp
    lower = np.where(x == 0, 0.0, (centre - reach) / (n + z * z))
    upper = np.where(x == n, 1.0, (centre + reach) / (n + z * z))
    return _interval(p, lower, upper)


def exact_poisson(count: ArrayLike, level: float = 0.95) -> Interval:
    """Return a count with its exact Poisson interval, from the chi-square distribution.

    References
    ----------
    Garwood F. (1936), Biometrika 28, 437–442.

    Examples
    --------
    >>> found = exact_poisson(5)
    >>> round(found.lower, 4), round(found.upper, 4)
    (1.6235, 11.6683)
    """
    x, _ = _pair(count, 1.0)
    tail = (1 - _checked(level)) / 2
    lower = np.where(x > 0, special.gammaincinv(np.where(x > 0, x, 1.0), tail), 0.0)
    return _interval(x, np.where(np.isnan(x), np.nan, lower), special.gammainccinv(x + 1, tail))


def byar(count: ArrayLike, level: float = 0.95) -> Interval:
    """Return a count with Byar's approximation of the exact Poisson interval.

    References
    ----------
    Breslow N. E., Day N. E. (1987), Statistical Methods in Cancer Research II, p. 69.

    Examples
    --------
    >>> found = byar(10)
    >>> round(found.lower, 4), round(found.upper, 4)
    (4.7874, 18.3915)
    """
    x, _ = _pair(count, 1.0)
    z, above = _z(level), x + 1
    some = np.where(x > 0, x, 1.0)
    lower = some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return _interval(x, np.where(x == 0, 0.0, np.where(np.isnan(x), np.nan, lower)), upper)


def rate(
    numerator: ArrayLike, denominator: ArrayLike = 1.0, scale: float = 1.0, level: float = 0.95
) -> Interval:
    """Return events per `scale` of the denominator; exact below 10 events, Byar's from 10.

    Several events of one child count each, so the numerator may exceed the denominator.

    Parameters
    ----------
    numerator
        Number of events.
    denominator
        Population, or time at risk; taken as known without error. 1 leaves a plain count.
    scale
        1000 gives the rate per thousand.

    Raises
    ------
    ValueError
        When a denominator is zero or negative, or a numerator negative.

    Examples
    --------
    >>> found = rate(65, 100, scale=100)
    >>> round(found.value, 2), round(found.lower, 2), round(found.upper, 2)
    (65.0, 50.16, 82.85)
    """
    x, n = _pair(numerator, denominator)
    exact, approximate = exact_poisson(x, level), byar(x, level)
    is_few = x < EXACT_BELOW
    per = scale / n
    lower = np.where(is_few, exact.lower, approximate.lower)
    upper = np.where(is_few, exact.upper, approximate.upper)
    return _interval(x * per, lower * per, upper * per)


def proportion(
    numerator: ArrayLike, denominator: ArrayLike, level: float = 0.95, scale: float = 1.0
) -> Interval:
    """Return a proportion with Wilson's interval, times `scale` (100 gives percent).

    >>> found = proportion(9, 10, scale=100)
    >>> round(found.value, 1), round(found.lower, 1), round(found.upper, 1)
    (90.0, 59.6, 98.2)
    """
    found = wilson(numerator, denominator, level)
    return _interval(found.value * scale, found.lower * scale, found.upper * scale)


def mean(values: ArrayLike, level: float = 0.95) -> Interval:
    """Return the mean of observations with Student's t interval; NaN are left out.

    Raises
    ------
    ValueError
        When fewer than two observations are known: one says nothing of its own spread.

    Examples
    --------
    >>> found = mean([4.0, 6.0, 8.0])
    >>> round(found.value, 3), round(found.lower, 3), round(found.upper, 3)
    (6.0, 1.032, 10.968)
    """
    x = np.asarray(values, dtype=np.float64).ravel()
    x = x[~np.isnan(x)]
    if len(x) < 2:
        raise ValueError(f"a mean's interval needs 2 observations, got {len(x)}")
    if np.isinf(x).any():
        raise ValueError("an observation is infinite")
    centre, freedom = float(x.mean()), len(x) - 1
    quantile = float(special.stdtrit(freedom, 1 - (1 - _checked(level)) / 2))
    reach = quantile * float(x.std(ddof=1)) / float(np.sqrt(len(x)))
    return Interval(centre, centre - reach, centre + reach)


def _z(level: float) -> float:
    return float(special.ndtri(1 - (1 - _checked(level)) / 2))


def _checked(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    return level


def _pair(
    numerator: ArrayLike, denominator: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both as arrays of one shape, or name the first cell that cannot be."""
    x, n = np.broadcast_arrays(
        np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    )
    _refuse(np.isinf(x) | np.isinf(n), "a number is infinite")
    _refuse(x < 0, "numerator is negative")
    _refuse(n <= 0, "denominator is not positive")
    return x, n


def _refuse(wrong: NDArray[np.bool_], what: str) -> None:
    if wrong.any():
        cell = int(np.flatnonzero(wrong)[0])
        raise ValueError(f"cell {cell}: {what}")


def _interval(value: Number, lower: Number, upper: Number) -> Interval:
    parts = (value, lower, upper)
    if all(np.ndim(one) == 0 for one in parts):
        return Interval(*(float(one) for one in parts))
    return Interval(*(np.asarray(one, dtype=np.float64) for one in parts))
