"""Intervals of what is counted: proportions, counts and rates."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from tilannehuone.stats.interval import (
    Interval,
    checked_scale,
    counted_pair,
    interval_of,
    normal_quantile,
    refuse,
    tail_of,
)

EXACT_BELOW = 10
"""Counts under this get the exact interval, from this on Byar's."""


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
    x, n = counted_pair(numerator, denominator)
    refuse(x > n, "numerator exceeds denominator")
    z, p = normal_quantile(level), x / n
    centre = x + z * z / 2
    reach = z * np.sqrt(z * z / 4 + x * (1 - p))
    # (centre - reach) / (n + z²) without its cancellation where few are counted among many
    lower = x * p / (centre + reach)
    # at the end the limit is the end itself; rounding would miss it by an ulp
    upper = np.where(x == n, 1.0, (centre + reach) / (n + z * z))
    return interval_of(p, lower, upper)


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
    x, _ = counted_pair(count, 1.0)
    tail = tail_of(level)
    lower = np.where(x == 0, 0.0, special.gammaincinv(np.where(x == 0, 1.0, x), tail))
    return interval_of(x, lower, special.gammainccinv(x + 1, tail))


def byar(count: ArrayLike, level: float = 0.95) -> Interval:
    """Return a count with Byar's approximation of the exact Poisson interval.

    Its cube falls below zero for very few events at a high level (1 event at 99.8 %), and for none
    it is undefined; a count is not below zero, so the lower limit is then 0.

    References
    ----------
    Breslow N. E., Day N. E. (1987), Statistical Methods in Cancer Research II, p. 69.

    Examples
    --------
    >>> found = byar(10)
    >>> round(found.lower, 4), round(found.upper, 4)
    (4.7874, 18.3915)
    """
    x, _ = counted_pair(count, 1.0)
    z, above = normal_quantile(level), x + 1
    some = np.where(x == 0, 1.0, x)
    root = np.maximum(1 - 1 / (9 * some) - z / (3 * np.sqrt(some)), 0.0)
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return interval_of(x, x * root**3, upper)


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
    x, n = counted_pair(numerator, denominator)
    exact, approximate = exact_poisson(x, level), byar(x, level)
    is_few = x < EXACT_BELOW
    per = checked_scale(scale) / n
    lower = np.where(is_few, exact.lower, approximate.lower)
    upper = np.where(is_few, exact.upper, approximate.upper)
    return interval_of(x * per, lower * per, upper * per)


def proportion(
    numerator: ArrayLike, denominator: ArrayLike, level: float = 0.95, scale: float = 1.0
) -> Interval:
    """Return a proportion with Wilson's interval, times `scale` (100 gives percent).

    >>> found = proportion(9, 10, scale=100)
    >>> round(found.value, 1), round(found.lower, 1), round(found.upper, 1)
    (90.0, 59.6, 98.2)
    """
    found, scale = wilson(numerator, denominator, level), checked_scale(scale)
    return interval_of(found.value * scale, found.lower * scale, found.upper * scale)
