"""What an interrupted series is fitted with: which points, which terms, which working values."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tilannehuone.stats.interrupted_pool import pooled_counts, pooled_values
from tilannehuone.stats.interrupted_result import Kind, Season, TooFewEvents, TooFewPoints

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MIN_BEFORE = 8
MIN_AFTER = 4
MIN_AFTER_SLOPE = 6
MIN_FREEDOM = 8
"""Fewest points beyond the terms; with fewer the noise is anyone's guess."""

MIN_EVENTS = 10
"""Fewest events on each side: with fewer a log ratio is far from normal."""

ROUNDS = 60
CLOSE = 1e-11


@dataclass(frozen=True, slots=True)
class Group:
    """One area or several as one: counts with exposures, or values with variances.

    For "log" `amount` is the logarithm. NaN is unknown.
    """

    amount: Floats
    beside: Floats
    areas: int

    def shown(self, kind: Kind) -> Floats:
        """Return what a reader would see: a rate, or the value."""
        if kind == "counts":
            return np.asarray(self.amount / self.beside)
        return np.exp(self.amount) if kind == "log" else self.amount


def group_of(amounts: Floats, beside: Floats, kind: Kind) -> Group:
    """Return areas, a row each, as one."""
    if kind == "counts":
        pool = pooled_counts(amounts, beside)
    elif kind == "log":
        pool = pooled_values(np.log(amounts), beside / amounts**2)
    else:
        pool = pooled_values(amounts, beside)
    return Group(*pool, len(amounts))


@dataclass(frozen=True, slots=True)
class Series:
    """What is fitted at each period: `aim` on the scale of the terms, NaN where unknown.

    For counts `events` of `total` (None: without a comparison) are held against `offset`, the
    logarithm of the exposures or of their ratio; else `aim` has inverse variances `weights`.
    """

    times: Floats
    offset: Floats
    aim: Floats
    weights: Floats
    total: Floats | None
    is_counts: bool

    @property
    def is_known(self) -> Bools:
        """Which periods are neither hidden nor missing."""
        return ~np.isnan(self.aim)

    def at(self, points: Bools) -> "Series":
        """Return the series at some of its points."""
        total = None if self.total is None else self.total[points]
        return Series(
            self.times[points],
            self.offset[points],
            self.aim[points],
            self.weights[points],
            total,
            self.is_counts,
        )


def series_of(times: Floats, model: Group, comparison: Group | None, kind: Kind) -> Series:
    """Return what is fitted: the model areas, or the model areas against the comparison."""
    flat = np.ones_like(times)
    if kind == "counts":
        offset = np.log(model.beside)
        if comparison is None:
            return Series(times, offset, model.amount, flat, None, is_counts=True)
        total = model.amount + comparison.amount
        counts = np.where(total > 0, model.amount, np.nan)
        return Series(times, offset - np.log(comparison.beside), counts, flat, total, True)
    aim, variance = model.amount, model.beside
    if comparison is not None:
        aim, variance = aim - comparison.amount, variance + comparison.beside
    return Series(times, np.zeros_like(times), aim, 1 / variance, None, is_counts=False)


def terms_of(
    times: Floats, since: float, per_year: int, season: Season, harmonics: int, with_slope: bool
) -> Floats:
    """Return level, trend a year, step and (with a slope) change of trend, then the season."""
    year = (times - since) / per_year
    is_after = (times >= since).astype(np.float64)
    columns = [np.ones_like(times), year, is_after]
    if with_slope:
        columns.append(is_after * year)
    place = np.mod(times, per_year)
    if season == "factors":
        columns += [(place == one).astype(np.float64) for one in range(1, per_year)]
    if season == "harmonics":
        for one in range(1, harmonics + 1):
            angle = 2 * np.pi * one * place / per_year
            columns.append(np.cos(angle))
            if 2 * one < per_year:  # at half a cycle a period the sine is nothing
                columns.append(np.sin(angle))
    return np.column_stack(columns)


def check_enough(
    series: Series, used: Bools, since: float, terms: Floats, with_slope: bool
) -> None:
    """Refuse a series that is too short or too sparse for the terms."""
    is_after = series.times >= since
    before, after = int((used & ~is_after).sum()), int((used & is_after).sum())
    needed_after = MIN_AFTER_SLOPE if with_slope else MIN_AFTER
    needed = max(MIN_BEFORE, terms.shape[1] + MIN_FREEDOM - max(after, needed_after))
    if before < needed or after < needed_after:
        raise TooFewPoints(before, after, needed, needed_after)
    if np.linalg.matrix_rank(terms[used]) < terms.shape[1]:
        raise ValueError("the known points cannot tell the season from the change")
    if not series.is_counts:
        return
    sides = [series.aim[used & one].sum() for one in (is_after, ~is_after)]
    if series.total is not None:
        rest = series.total - series.aim
        sides += [rest[used & one].sum() for one in (is_after, ~is_after)]
    if min(sides) < MIN_EVENTS:
        raise TooFewEvents(int(min(sides)), MIN_EVENTS)


def working(series: Series, terms: Floats) -> tuple[Floats, Floats]:
    """Return working values without the offset, and weights, that least squares fits.

    For counts these are of the quasi-likelihood at its maximum: Poisson, or binomial with a
    total, by iterated weighted least squares.

    References
    ----------
    McCullagh P., Nelder J. A. (1989), Generalized Linear Models, 2nd ed., §2.5 and §9.
    """
    if not series.is_counts:
        return series.aim, series.weights
    total = series.total
    start = series.aim + 0.5
    eta = np.log(start) if total is None else np.log(start / (total - series.aim + 0.5))
    for _ in range(ROUNDS):
        mean, weight = _mean(eta, total)
        value = eta + (series.aim - mean) / weight - series.offset
        root = np.sqrt(weight)
        found = np.linalg.lstsq(root[:, np.newaxis] * terms, root * value, rcond=None)[0]
        before, eta = eta, np.clip(terms @ found + series.offset, -30, 30)
        if np.abs(eta - before).max() < CLOSE:
            break
    mean, weight = _mean(eta, total)
    return eta + (series.aim - mean) / weight - series.offset, weight


def _mean(eta: Floats, total: Floats | None) -> tuple[Floats, Floats]:
    if total is None:
        mean = np.exp(eta)
        return mean, mean
    share = 1 / (1 + np.exp(-eta))
    return total * share, total * share * (1 - share)
