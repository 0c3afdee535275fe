"""An interval, and what every interval's formula asks of the numbers it is given."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]
Number = float | Floats


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and its limits, all in one unit."""

    value: Number
    lower: Number
    upper: Number


def interval_of(value: Number, lower: Number, upper: Number) -> Interval:
    """Return an interval of floats where all parts are scalars, else of arrays."""
    parts = (value, lower, upper)
    if all(np.ndim(one) == 0 for one in parts):
        return Interval(*(float(one) for one in parts))
    return Interval(*(np.asarray(one, dtype=np.float64) for one in parts))


def tail_of(level: float) -> float:
    """Return what a level leaves on each side, 0.025 for 0.95; refuse what is no level."""
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    return (1 - level) / 2


def normal_quantile(level: float) -> float:
    """Return how many standard errors a two-sided level reaches, 1.96 for 0.95."""
    return float(special.ndtri(1 - tail_of(level)))


def checked_scale(scale: float) -> float:
    """Return the scale, or refuse what values cannot be multiplied by."""
    if not 0 < scale < float("inf"):
        raise ValueError(f"a scale is a positive number, not {scale}")
    return scale


def counted_pair(numerator: ArrayLike, denominator: ArrayLike) -> tuple[Floats, Floats]:
    """Return both as arrays of one shape, or name the first cell that cannot be."""
    x, n = np.broadcast_arrays(
        np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    )
    refuse(np.isinf(x) | np.isinf(n), "a number is infinite")
    refuse(x < 0, "numerator is negative")
    refuse(n <= 0, "denominator is not positive")
    return x, n


def refuse(wrong: NDArray[np.bool_], what: str) -> None:
    """Raise a ValueError that names the first cell where `wrong` holds.

    A cell of one row is named by its position, of a table by all its positions.

    >>> refuse(np.array([[False, False], [True, False]]), "numerator is negative")
    Traceback (most recent call last):
    ValueError: cell (1, 0): numerator is negative
    """
    if not wrong.any():
        return
    places = tuple(int(axis[0]) for axis in np.nonzero(np.atleast_1d(wrong)))
    raise ValueError(f"cell {places[0] if len(places) == 1 else places}: {what}")
