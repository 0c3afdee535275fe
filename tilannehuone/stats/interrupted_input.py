"""What an interrupted series is asked with, checked."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilannehuone.stats.interrupted_design import Group, group_of
from tilannehuone.stats.interrupted_result import Kind, Season
from tilannehuone.stats.interval import refuse, tail_of

Floats = NDArray[np.float64]


def checked_settings(
    per_year: int, season: Season, harmonics: int, transition: int, level: float
) -> None:
    """Refuse settings that cannot be."""
    tail_of(level)
    if per_year < 1 or transition < 0:
        raise ValueError("periods_per_year is 1 or more and transition not negative")
    if season != "none" and per_year < 2:
        raise ValueError("a year of one period has no season")
    if season == "harmonics" and not 1 <= harmonics <= per_year // 2:
        raise ValueError(f"a year of {per_year} periods has 1 to {per_year // 2} harmonics")


def checked_times(times: ArrayLike | None, size: int) -> Floats:
    """Return the times of the periods, whole and rising."""
    when = np.asarray(range(size) if times is None else times, dtype=np.float64)
    if when.shape != (size,):
        raise ValueError("values and times are of one length")
    refuse(~np.isfinite(when) | (when != np.round(when)), "a time is not a whole number")
    refuse(np.append(False, np.diff(when) <= 0), "times do not rise")
    return when


def group(
    values: ArrayLike,
    exposures: ArrayLike | None,
    variances: ArrayLike | None,
    kind: Kind,
    size: int,
) -> Group:
    """Return the areas of one side as one, or name the first cell that cannot be."""
    if exposures is not None and kind != "counts":
        raise ValueError("exposures belong to counts, variances to values")
    if variances is not None and kind == "counts":
        raise ValueError("exposures belong to counts, variances to values")
    amount = np.atleast_2d(np.asarray(values, dtype=np.float64))
    given = exposures if kind == "counts" else variances
    if given is None:  # all weigh the same, on the scale that is fitted
        given = amount**2 if kind == "log" else np.ones_like(amount)
    beside = np.atleast_2d(np.asarray(given, dtype=np.float64))
    if amount.ndim != 2 or amount.shape[1] != size or beside.shape != amount.shape:
        raise ValueError("all series have one length, and each its exposures or variances")
    refuse(np.isinf(amount) | np.isinf(beside), "a number is infinite")
    refuse((amount < 0) & (kind == "counts"), "a count is negative")
    refuse((amount <= 0) & (kind == "log"), "a value that is not positive has no logarithm")
    refuse(beside <= 0, "an exposure or variance is not positive")
    return group_of(amount, beside, kind)
