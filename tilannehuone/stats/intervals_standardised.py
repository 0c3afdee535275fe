"""Directly standardised rates: what the rate would be in a population of the standard's ages."""

import numpy as np
from numpy.typing import ArrayLike

from tilannehuone.stats.interval import Floats, Interval, checked_scale, interval_of, refuse
from tilannehuone.stats.intervals_counted import byar
from tilannehuone.stats.standards import Standard

STANDARDISED_FROM = 10
"""Fewest events in all that a standardised rate is told from."""


def directly_standardised(
    count: ArrayLike,
    population: ArrayLike,
    standard: Standard | ArrayLike,
    scale: float = 100_000,
    level: float = 0.95,
) -> Interval:
    """Return directly standardised rates per `scale`, with Dobson's interval by Byar's weights.

    The value is the mean of the strata's rates, weighted by the standard. Its interval is Byar's
    interval of the total count, moved to the value and stretched by the ratio of the two standard
    errors. It is not cut at zero: where one stratum of few events bears most of the weight the
    lower limit may be negative, as in the reference formulas, and a chart may clip its axis.

    Parameters
    ----------
    count
        Events by stratum, strata along the last axis; leading axes are areas, periods and so on.
    population
        Persons by stratum, likewise. Leading axes of the two broadcast.
    standard
        A `Standard`, or its weights as one row. Their sum does not matter.
    scale
        100 000 gives the rate per hundred thousand.

    Returns
    -------
    Interval
        In the shape of the leading axes; floats where there are none. Value and limits are NaN
        where a stratum is hidden or missing (NaN), never a sum of the known ones, and withheld
        (NaN as well) where fewer than ten events are counted in all: such a rate says next to
        nothing, and it may point at persons.

    Raises
    ------
    ValueError
        When a population is zero or negative, a count negative, a number infinite, the strata are
        not as many as the standard's, or the standard has no weight.

    References
    ----------
    Dobson A. J., Kuulasmaa K., Eberle E., Scherer J. (1991), Confidence intervals for weighted
    sums of Poisson parameters, Statistics in Medicine 10, 457–462. Ten events: Morris J. K. et
    al. (2018), Population Health Metrics 16. The formulas are those of calculate_dsr in the R
    package PHEindicatormethods 2.1.0, which however counts a missing stratum as zero events.

    Examples
    --------
    Two areas with the same rates by age, one of them young, have the same standardised rate:

    >>> found = directly_standardised([[30, 5], [3, 50]], [[3000, 1000], [300, 10_000]], [1, 1])
    >>> found.value.round(1).tolist()
    [750.0, 750.0]
    >>> one = directly_standardised([30, 5], [3000, 1000], [1, 1])
    >>> round(one.lower, 1), round(one.upper, 1)
    (490.8, 1083.7)
    """
    weights = (standard if isinstance(standard, Standard) else _unnamed(standard)).array
    x, n = _strata(count, population, len(weights))
    total_weight = weights.sum()
    per_event = weights / n / total_weight
    value = (x * per_event).sum(axis=-1)
    variance = (x * per_event**2).sum(axis=-1)
    total = x.sum(axis=-1)
    is_told = total >= STANDARDISED_FROM
    total = np.where(is_told, total, np.nan)
    found = byar(total, level)
    stretch = np.sqrt(variance / total)
    scale = checked_scale(scale)
    return interval_of(
        np.where(is_told, value, np.nan) * scale,
        (value + stretch * (found.lower - total)) * scale,
        (value + stretch * (found.upper - total)) * scale,
    )


def _strata(count: ArrayLike, population: ArrayLike, strata: int) -> tuple[Floats, Floats]:
    """Return both in one shape, strata last, or name what cannot be."""
    x, n = np.asarray(count, dtype=np.float64), np.asarray(population, dtype=np.float64)
    for one, name in ((x, "counts"), (n, "populations")):
        if one.ndim == 0 or one.shape[-1] != strata:
            found = one.shape[-1] if one.ndim else "no"
            raise ValueError(f"{name} have {found} strata, the standard {strata}")
    x, n = np.broadcast_arrays(x, n)
    refuse(np.isinf(x) | np.isinf(n), "a number is infinite")
    refuse(x < 0, "count is negative")
    refuse(n <= 0, "population is not positive")
    return x, n


def _unnamed(weights: ArrayLike) -> Standard:
    row = np.asarray(weights, dtype=np.float64)
    if row.ndim != 1:
        raise ValueError("a standard is one row of weights")
    return Standard("", tuple(str(n) for n in range(len(row))), tuple(row.tolist()))
