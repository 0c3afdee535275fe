"""How well the slopes and joinpoints of a segmented trend are known.

A joinpoint that is estimated loosens the lines beside it: their slopes vary as if each line were
fitted on its own, without the points that joinpoints stand on (Feder 1975). So the variances come
from separate lines, the slopes themselves from the joined ones. The Joinpoint program's
parametric method is the same, to its last printed digit.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from tilannehuone.stats.trend_joinpoints import NOTHING, Search

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Errors:
    """Standard errors of slopes, a unit of time, and the degrees of freedom behind them.

    `average` is that of the slope between the fitted ends of the series, `independent` that of
    the mean of the slopes weighted by length, as if nothing tied them together.
    """

    slopes: Floats
    average: float
    independent: float
    freedom: int


def errors_of(times: Floats, values: Floats, weights: Floats, joinpoints: Floats) -> Errors:
    """Return the standard errors of the lines between joinpoints.

    References
    ----------
    Feder P. I. (1975), Annals of Statistics 3, 49–83. Lerman P. M. (1980), Applied Statistics 29,
    77–84. Average slope: Kim H.-J. et al. (2017), Statistics in Medicine 36, 3059–3074, their
    first method (Muggeo 2010 with t); `independent`: Clegg L. X. et al. (2009), Statistics in
    Medicine 28, 3670–3682.
    """
    edges = np.concatenate([[-np.inf], joinpoints, [np.inf]])
    inside = (times > edges[:-1, np.newaxis]) & (times < edges[1:, np.newaxis])
    part = weights * inside
    mass = part.sum(axis=1)
    middle, level = part @ times / mass, part @ values / mass
    aside, above = times - middle[:, np.newaxis], values - level[:, np.newaxis]
    spread = (part * aside**2).sum(axis=1)
    slopes = (part * aside * above).sum(axis=1) / spread
    squares = float((part * (above - slopes[:, np.newaxis] * aside) ** 2).sum())
    if squares < NOTHING * float(weights @ values**2):
        squares = 0.0
    freedom = int(inside.sum()) - 2 * len(slopes)
    variance = squares / freedom
    errors = np.sqrt(variance / spread)

    length = times[-1] - times[0]
    share = np.diff(np.concatenate([times[:1], joinpoints, times[-1:]])) / length
    independent = float(np.sqrt(share**2 @ errors**2))
    if not len(joinpoints):
        return Errors(errors, independent, independent, freedom)
    ends = [(0, times[0]), (-1, times[-1])]
    of_ends = sum(1 / mass[n] + (at - middle[n]) ** 2 / spread[n] for n, at in ends)
    return Errors(errors, float(np.sqrt(variance * of_ends)) / length, independent, freedom)


def joinpoint_limits(search: Search, size: int, level: float) -> list[tuple[float, float]]:
    """Return the limits of each joinpoint, as places of the grid.

    A place is inside while the best fit with the joinpoint there is not worse, by an F test for
    all joinpoints together, than the best fit of all; the limits are the first places outside.

    References
    ----------
    Lerman P. M. (1980), as above; the region and its ends are those of the Joinpoint program.
    """
    count = len(search.joinpoints)
    freedom = size - 2 * count - 2
    if not count:
        return []
    allowed = 1 + count * float(special.fdtri(count, freedom, level)) / freedom
    limits = []
    for costs in search.least:
        possible = np.flatnonzero(np.isfinite(costs))
        inside = np.flatnonzero(costs <= max(costs.min(), search.squares) * allowed)
        first = max(inside[0] - 1, possible[0])
        last = min(inside[-1] + 1, possible[-1])
        limits.append((float(search.grid[first]), float(search.grid[last])))
    return limits
