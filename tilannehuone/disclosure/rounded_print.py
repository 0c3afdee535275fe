"""What is printed of a count, anew and after an earlier print, and what each print says of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ends = tuple[Floats, Floats]


@dataclass(frozen=True, eq=False)
class Seen:
    """What readers saw last of each row of the cells.

    Attributes
    ----------
    count, whole : shape (rows,), the printed parts; NaN where none was printed
    hidden : shape (rows,), cells that were hidden since, or always
    """

    count: Floats
    whole: Floats
    hidden: Bools


def nothing_seen(rows: int) -> Seen:
    """Return what readers saw before the first release."""
    return Seen(np.full(rows, np.nan), np.full(rows, np.nan), np.zeros(rows, dtype=bool))


def rounded(x: Floats, base: Floats) -> Floats:
    """Return the nearest multiple of `base`, ties going down; NaN stays NaN.

    Examples
    --------
    >>> rounded(np.array([0.0, 5, 6, 15, 16]), np.array(10.0)).tolist()
    [0.0, 0.0, 10.0, 10.0, 20.0]
    """
    return np.asarray(base * np.maximum(np.ceil(x / base - 0.5), 0.0), dtype=float)


def onward(x: Floats, before: Floats, base: Floats) -> Floats:
    """Return what is printed after `before`: the same while `x` is within one base of it.

    Else the nearest multiple that is two bases away at least: a step of one base would say that
    the count lies within the half base just outside, which is less than k wide. NaN before: the
    nearest multiple.

    Examples
    --------
    >>> x = np.array([10.0, 30, 31, 46, 9, 0, 14])
    >>> onward(x, np.array([20.0] * 6 + [np.nan]), np.array(10.0)).tolist()
    [20.0, 20.0, 40.0, 50.0, 0.0, 0.0, 10.0]
    """
    nearest = rounded(x, base)
    moved = np.where(
        x > before, np.maximum(nearest, before + 2 * base), np.minimum(nearest, before - 2 * base)
    )
    stands = np.abs(x - before) <= base
    return np.where(np.isnan(before), nearest, np.where(stands, before, moved))


def interval(printed: Floats, base: Floats) -> Ends:
    """Return the least and the greatest whole number whose nearest multiple is `printed`.

    Examples
    --------
    >>> [ends.tolist() for ends in interval(np.array([0.0, 10, 20]), np.array(10.0))]
    [[0.0, 6.0, 16.0], [5.0, 15.0, 25.0]]
    """
    low = np.where(printed > 0, np.floor(printed - base / 2) + 1, 0.0)
    return low, np.floor(printed + base / 2)


def around(printed: Floats, base: Floats) -> Ends:
    """Return the ends of what a number may be that is, or only still stands, printed so."""
    return np.maximum(printed - base, 0.0), printed + base


def since(printed: Floats, before: Floats, base: Floats) -> Ends:
    """Return what a reader of both prints knows of the number; see `onward`.

    Examples
    --------
    20 was printed before: it stands, or moves on by two bases up or down.

    >>> ends = since(np.array([20.0, 40, 0, 50, 10]), np.array([20.0] * 4 + [np.nan]), np.array(10))
    >>> [one.tolist() for one in ends]
    [[10.0, 31.0, 0.0, 46.0, 6.0], [30.0, 45.0, 9.0, 55.0, 15.0]]
    """
    low, high = interval(printed, base)
    wide_low, wide_high = around(printed, base)
    low = np.where(printed - before == 2 * base, before + base + 1, low)
    high = np.where(before - printed == 2 * base, before - base - 1, high)
    stands = printed == before
    return np.where(stands, wide_low, low), np.where(stands, wide_high, high)
