"""What is left of a series once its trend and season are out."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Trend = Literal["line", "changes", "none"]

MIN_PAIRS = 12
"""Fewest points of each, and fewest pairs at a lag."""


def checked_pair(
    x: ArrayLike, y: ArrayLike, trend: Trend, per_year: int | None
) -> tuple[Floats, Floats]:
    """Return both series without trend and season, or say what cannot be."""
    first, second = (np.asarray(one, dtype=np.float64) for one in (x, y))
    if first.ndim != 1 or first.shape != second.shape:
        raise ValueError("both series are of the same periods")
    if np.isinf(first).any() or np.isinf(second).any():
        raise ValueError("a number is infinite")
    return _cleared(first, trend, per_year), _cleared(second, trend, per_year)


def _cleared(x: Floats, trend: Trend, per_year: int | None) -> Floats:
    """Return what is left of a series without trend, season and mean."""
    series = np.diff(x, prepend=np.nan) if trend == "changes" else x
    time = np.arange(len(series), dtype=np.float64)
    columns = [np.ones_like(time)]
    if trend == "line":
        columns.append(time - time.mean())
    year = per_year or 1
    columns += [(time % year == one).astype(float) for one in range(1, year)]
    design, is_known = np.column_stack(columns), ~np.isnan(series)
    if is_known.sum() < MIN_PAIRS:
        raise ValueError(f"an association needs {MIN_PAIRS} pairs, got {int(is_known.sum())}")
    found = np.linalg.lstsq(design[is_known], series[is_known], rcond=None)[0]
    rest = series - design @ found
    if np.nanmax(np.abs(rest)) <= 1e-10 * (1 + np.nanmax(np.abs(series))):
        raise ValueError("a series that does not vary goes with nothing")
    return np.asarray(rest)
