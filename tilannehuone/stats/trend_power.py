"""What the five-point recent trend can see: its power, and the smallest change it would find.

Computed for a series of five yearly Poisson counts, without simulation: the first three moments
of the test's statistic by Gauss quadrature over the counts (three points a year, exact for
polynomials of the fifth degree), then a normal distribution with its skewness corrected. The
sign test of the trend is left out; it takes away less than 0.2 percentage points. Measured
against 40,000 simulated series a case, for counts of 1 to 1,000 and yearly changes of −50 to
+100 %, the power is at most 2 percentage points off, and at most 1 from a count of 20.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from tilannehuone.stats.intervals import rate
from tilannehuone.stats.trend_recent import CHI_SQUARE, INTERVAL_WIDTH, POINTS, five_point

Floats = NDArray[np.float64]

CRITICAL = float(np.sqrt(CHI_SQUARE))

LARGEST_FALL = -0.6
LARGEST_RISE = 10.0
"""Yearly changes beyond these are not looked for: with a steeper fall nothing is left to count,
and the power goes down again."""

_NODES = 3
_COMBINATIONS = np.array(list(product(range(_NODES), repeat=POINTS)))


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """The smallest yearly fall and rise that would be seen, as parts of the count (0.1 is 10 %).

    The fall is negative. None where no fall or rise would be seen with the power asked for.
    """

    fall: float | None
    rise: float | None


def recent_trend_power(count: float, annual_change: float = 0.1) -> float:
    """Return the probability that five yearly counts are called a recent trend.

    Parameters
    ----------
    count
        Expected count of the first year. The power of a rate is that of its count; of a
        proportion it is at least that.
    annual_change
        Growth a year as a part: 0.1 is 10 % more each year, -0.1 10 % less, 0 gives the
        probability of a false alarm.

    Returns
    -------
    float
        Between 0 and 1, for the interval that `tilannehuone.stats.intervals.rate` gives.

    Raises
    ------
    ValueError
        For a count that is not positive, or a fall of 100 % or more.

    References
    ----------
    Golub G. H., Welsch J. H. (1969), Mathematics of Computation 23, 221–230 (the quadrature).

    Examples
    --------
    >>> [round(recent_trend_power(count), 2) for count in (20, 50, 100, 200)]
    [0.04, 0.2, 0.56, 0.94]
    """
    if not (np.isfinite(count) and count > 0):
        raise ValueError(f"a count is a positive number, not {count}")
    if not (np.isfinite(annual_change) and annual_change > -1):
        raise ValueError(f"an annual change is above -1 (-100 %), not {annual_change}")
    expected = count * (1 + annual_change) ** np.arange(POINTS)
    counts, parts = (np.array(one) for one in zip(*map(_poisson_nodes, expected), strict=True))
    found = rate(counts)
    errors = (np.asarray(found.upper) - found.lower) / INTERVAL_WIDTH
    at = np.arange(POINTS), _COMBINATIONS
    slope, error, _ = five_point(counts[at], errors[at])
    return _beyond(slope / error, parts[at].prod(axis=1))


def smallest_seen_change(count: float, power: float = 0.8) -> SmallestChange:
    """Return the yearly fall and rise that a series of this count would show as a trend.

    It belongs to every "no significant change": what would have been seen, had it been there.

    Parameters
    ----------
    count
        Expected count of the first year.
    power
        Probability with which the change is to be seen.

    Raises
    ------
    ValueError
        For a count that is not positive, or a power not between 0.01 and 1.

    Examples
    --------
    >>> found = smallest_seen_change(100)
    >>> round(found.fall, 3), round(found.rise, 3)
    (-0.138, 0.12)
    """
    if not 0.01 <= power < 1:
        raise ValueError(f"a power lies between 0.01 and 1, not {power}")
    return SmallestChange(
        fall=_first_seen(count, power, np.log1p(LARGEST_FALL)),
        rise=_first_seen(count, power, np.log1p(LARGEST_RISE)),
    )


def _first_seen(count: float, power: float, limit: float) -> float | None:
    """Return the change nearest to none that has the power, looking as far as a log ratio."""

    def missing(log_ratio: float) -> float:
        return recent_trend_power(count, float(np.expm1(log_ratio))) - power

    # half of what equal weights would need, then ever further
    before, step = 0.0, float(np.sign(limit)) * 0.5 * CRITICAL / np.sqrt(10 * count)
    while abs(before) < abs(limit):
        at = float(np.clip(before + step, min(limit, 0.0), max(limit, 0.0)))
        if missing(at) >= 0:
            return float(np.expm1(optimize.brentq(missing, before, at, xtol=1e-10)))
        before, step = at, step * 1.2
    return None


def _poisson_nodes(expected: float) -> tuple[Floats, Floats]:
    """Return counts and probabilities that share five moments with the Poisson distribution."""
    order = np.arange(_NODES)
    beside = np.sqrt(expected * order[1:])
    jacobi = np.diag(order + expected) + np.diag(beside, 1) + np.diag(beside, -1)
    counts, vectors = np.linalg.eigh(jacobi)
    return counts, vectors[0] ** 2


def _beyond(statistic: Floats, probability: Floats) -> float:
    """Return how often a nearly normal statistic exceeds its critical value, either way."""
    mean = float(probability @ statistic)
    spread = float(np.sqrt(probability @ (statistic - mean) ** 2))
    skewness = float(probability @ ((statistic - mean) / spread) ** 3)

    def below(value: float) -> float:
        z = (value - mean) / spread
        density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
        return float(special.ndtr(z) - skewness / 6 * (z * z - 1) * density)

    return float(np.clip(1 - below(CRITICAL) + below(-CRITICAL), 0, 1))
