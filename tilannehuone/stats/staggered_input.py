"""What staggered starts are asked with, checked."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilannehuone.stats.interrupted_input import checked_times
from tilannehuone.stats.interrupted_result import Kind
from tilannehuone.stats.interval import refuse
from tilannehuone.stats.staggered_weights import Panel

Floats = NDArray[np.float64]

HALF = 0.5
"""Added to each count before the logarithm (Anscombe F. J. 1948, Biometrika 35, 246–254)."""


def amounts(
    values: ArrayLike, exposures: ArrayLike | None, variances: ArrayLike | None, kind: Kind
) -> tuple[Floats, Floats, float | None]:
    """Return what is compared, what chance makes of each cell, and the mean count a cell."""
    amount = np.asarray(values, dtype=np.float64)
    given = exposures if kind == "counts" else variances
    if (variances if kind == "counts" else exposures) is not None:
        raise ValueError("exposures belong to counts, variances to values")
    beside = np.ones_like(amount) if given is None else np.asarray(given, dtype=np.float64)
    if amount.ndim != 2 or beside.shape != amount.shape:
        raise ValueError("values are a row an area, each cell with its exposure or variance")
    refuse(np.isinf(amount) | np.isinf(beside), "a number is infinite")
    refuse((amount < 0) & (kind == "counts"), "a count is negative")
    refuse((amount <= 0) & (kind == "log"), "a value that is not positive has no logarithm")
    refuse(beside <= 0, "an exposure or variance is not positive")
    amount = np.where(np.isnan(beside), np.nan, amount)
    if kind == "counts":
        return _log_rates(amount, beside)
    chance = np.zeros_like(amount) if given is None else np.nan_to_num(beside)
    if kind == "log":
        return np.log(amount), np.nan_to_num(chance / amount**2), None
    return amount, chance, None


def _log_rates(counts: Floats, exposures: Floats) -> tuple[Floats, Floats, float]:
    """Return logarithms of rates, their variance as the area's own rate has it, and the mean."""
    is_known = ~np.isnan(counts)
    at_risk = np.where(is_known, exposures, 0.0)
    seen = np.nansum(counts, axis=1)
    rate = np.divide(seen, at_risk.sum(axis=1), out=np.zeros_like(seen), where=seen > 0)
    expected = rate[:, np.newaxis] * at_risk
    mean = float(expected[is_known].mean()) if is_known.any() else 0.0
    return np.log((counts + HALF) / exposures), 1 / (expected + HALF) * is_known, mean


def panel_of(
    values: Floats,
    starts: Sequence[float | None],
    times: ArrayLike | None,
    before: int,
    after: int,
    transition: int,
) -> Panel:
    """Return which cells are known and when areas start; None or NaN is never."""
    when = checked_times(times, values.shape[1])
    start = np.array([np.nan if one is None else one for one in starts], dtype=np.float64)
    if start.shape != (len(values),):
        raise ValueError("each area has a start, or None")
    if min(before, after) < 1 or transition < 0:
        raise ValueError("longest_before and longest_after are 1 or more, transition not negative")
    start = np.where(np.isnan(start) | (start > when[-1]), np.inf, start)
    return Panel(~np.isnan(values), when, start, before, after, transition)
