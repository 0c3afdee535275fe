"""Intervals of what is observed one by one: a mean and a median."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from tilannehuone.stats.interval import Floats, Interval, tail_of

MEDIAN_FROM = 10
"""Fewest known observations a median is told from; fewer carry no 99.8 % interval."""


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
    x, tail = _known(values), tail_of(level)
    if len(x) < 2:
        raise ValueError(f"a mean's interval needs 2 observations, got {len(x)}")
    centre, freedom = float(x.mean()), len(x) - 1
    quantile = float(special.stdtrit(freedom, 1 - tail))
    reach = quantile * float(x.std(ddof=1)) / float(np.sqrt(len(x)))
    return Interval(centre, centre - reach, centre + reach)


def median(values: ArrayLike, level: float = 0.95) -> Interval:
    """Return the median of observations with its binomial order-statistic interval.

    The limits are observations themselves: the k-th from either end, k the largest for which
    fewer than k of n fair coins fall heads with a probability of at most half of what the level
    leaves. So the interval holds the median with at least the level whatever the distribution,
    and it need not be symmetric. Of 10 observations it is the 2nd and the 9th at 95 %, the
    smallest and the largest at 99.8 %. NaN are left out.

    Raises
    ------
    ValueError
        When fewer than ten observations are known (a median of them is withheld), or too few for
        the level to have any limits.

    References
    ----------
    Conover W. J. (1999), Practical Nonparametric Statistics, 3rd ed., §3.2. Hahn G. J., Meeker
    W. Q. (1991), Statistical Intervals, ch. 5.

    Examples
    --------
    >>> median([7, 1, 9, 3, 8, 2, 12, 4, 6, 30, 5])
    Interval(value=6.0, lower=2.0, upper=12.0)
    """
    x, tail = np.sort(_known(values)), tail_of(level)
    if len(x) < MEDIAN_FROM:
        raise ValueError(f"a median needs {MEDIAN_FROM} observations, got {len(x)}")
    heads = np.arange(len(x) // 2 + 1)
    rank = int(np.count_nonzero(special.bdtr(heads, len(x), 0.5) <= tail))
    if rank == 0:
        raise ValueError(f"{len(x)} observations are too few for a level of {level}")
    return Interval(float(np.median(x)), float(x[rank - 1]), float(x[-rank]))


def _known(values: ArrayLike) -> Floats:
    x = np.asarray(values, dtype=np.float64).ravel()
    x = x[~np.isnan(x)]
    if np.isinf(x).any():
        raise ValueError("an observation is infinite")
    return x
