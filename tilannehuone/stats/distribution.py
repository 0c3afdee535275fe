"""How areas' values are spread: quantiles and shares, with the number behind them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

FEWEST_FOR_QUARTILES = 4


@dataclass(frozen=True, slots=True)
class Distribution:
    """The spread of known values.

    `known` counts them, `unknown` the hidden and missing. `values` are sorted; `shares[i]` is the
    share of known values at or under `values[i]`. `quantiles` are minimum, lower quartile,
    median, upper quartile and maximum; quartiles are None under 4 known values, all under 1.
    """

    known: int
    unknown: int
    values: tuple[float, ...]
    shares: tuple[float, ...]
    quantiles: tuple[float | None, ...]


def distribution(values: ArrayLike) -> Distribution:
    """Return the spread of areas' values; NaN is hidden or missing.

    Raises
    ------
    ValueError
        For an infinite number or more than one dimension.

    References
    ----------
    Quartiles: Hyndman R., Fan Y. (1996), American Statistician 50, 361–365, their type 7.

    Examples
    --------
    >>> found = distribution([4, 1, 3, np.nan, 2])
    >>> found.quantiles, found.shares, found.unknown
    ((1.0, 1.75, 2.5, 3.25, 4.0), (0.25, 0.5, 0.75, 1.0), 1)
    """
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1 or np.isinf(x).any():
        raise ValueError("a distribution is of finite values in one row")
    known = np.sort(x[~np.isnan(x)])
    size = len(known)
    if not size:
        return Distribution(0, x.size, (), (), (None,) * 5)
    low, first, middle, third, high = (
        float(one) for one in np.quantile(known, [0, 0.25, 0.5, 0.75, 1])
    )
    is_many = size >= FEWEST_FOR_QUARTILES
    shares = np.searchsorted(known, known, side="right") / size
    return Distribution(
        size,
        x.size - size,
        tuple(known.tolist()),
        tuple(shares.tolist()),
        (low, first if is_many else None, middle, third if is_many else None, high),
    )
