"""How often chance alone marks the latest point: the rows of three tables."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logit, xlogy

from bench.power_simulation import (
    Draw,
    Floats,
    batches,
    chance,
    chances_after,
    counts,
    marked_ends,
    normals,
)

INF = float("inf")
POINTS = (13, 14, 16, 18, 21, 24, 30, 36, 48, 72, 120, 240)
WIDE_MEANS = (10, 13, 17, 22, 30, 45, 70, 120, 300, 1000, INF)
BASELINES = (12, 16, 24, 36, 60, 120)
AFTER = [0, 1, 2, 3, 4, 5, 6, 7]
FEW_MEANS = (0.1, 0.25, 0.5, 0.7, 1, 1.4, 2, 3, 5, 10, 20, 50, INF)
CORRELATIONS = (-0.5, -0.25, 0, 0.1, 0.2, 0.4, 0.6, 0.8)
CORRELATED_MEANS = (0.5, 1, 2, 4, 10, 30, INF)
CORRELATED_POINTS = (13, 16, 24, 36, 60, 120, 240)

MARKS = 10_000
"""Marks to be seen for each chance: its relative standard error is then 1 %."""

FEWER_MARKS = 4_000
"""The same where rules of thumb would do (a fixed baseline, autocorrelation): 1.6 %."""

SERIES = 3_000_000
"""Series drawn for each number of points, over all means up to MOST."""

MOST = 14.0


def false_alarms() -> Iterator[str]:
    """Return P(latest point marked | no change) in percent, by mean count and points."""
    narrow = fine_means()
    columns = []
    for points in POINTS:
        rng = np.random.default_rng([1, points])
        few = by_totals(rng, narrow, points)
        draws = [around(rng, one, WIDE_MEANS) for one in WIDE_MEANS[1:]]
        columns.append([*few, *(chance(one, points, MARKS) for one in draws)])
    yield f"mean points {spaced(POINTS)}"
    for mean, row in zip([*narrow, *WIDE_MEANS[1:]], np.transpose(columns), strict=True):
        yield f"{mean:g} {decimals(100 * row)}"


def false_alarms_fixed() -> Iterator[str]:
    """Return what is added to the log odds of a false alarm by points since a baseline.

    The baseline alone sets the limits; beside it stands its own last point.
    """
    yield f"baseline mean after {spaced(AFTER)}"
    for baseline, mean in product(BASELINES, FEW_MEANS):
        rng = np.random.default_rng([2, baseline, FEW_MEANS.index(mean)])
        draw = around(rng, mean, FEW_MEANS)
        odds = logit(chances_after(draw, baseline, AFTER, FEWER_MARKS))
        yield f"{baseline} {mean:g} {decimals(odds - odds[0])}"


def false_alarms_correlated() -> Iterator[str]:
    """Return what autocorrelation adds to the log odds of a false alarm.

    Counts have no such model of a negative one; the normal distribution's stands for them.
    """
    yield f"correlation mean points {spaced(CORRELATED_POINTS)}"
    for correlation, mean in product(CORRELATIONS, CORRELATED_MEANS):
        row = np.zeros(len(CORRELATED_POINTS))
        if correlation:
            row = added_log_odds(correlation, mean if correlation > 0 else INF)
        yield f"{correlation:g} {mean:g} {decimals(row)}"


def added_log_odds(correlation: float, mean: float) -> Floats:
    return log_odds(correlation, mean) - log_odds(0, mean)


@cache
def log_odds(correlation: float, mean: float) -> Floats:
    place = CORRELATIONS.index(correlation), CORRELATED_MEANS.index(mean)
    rng = np.random.default_rng([3, *place])
    draw = around(rng, mean, CORRELATED_MEANS, correlation)
    found: Floats = logit([chance(draw, one, FEWER_MARKS) for one in CORRELATED_POINTS])
    return found


def fine_means() -> list[float]:
    """Return means from 0 to 10, six or eight to each whole number that a limit passes.

    A count is outside above mean + 3 √mean; where that passes a whole number, the chance leaps.
    """
    low = [0, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.13, 0.16, 0.2, 0.25, 0.3, 0.35]
    limits = np.append(np.arange(2.25, 10, 1 / 8), np.arange(10, 19.45, 1 / 6))
    return [*low, *np.round(mean_of_limit(limits), 3).tolist(), 10.0]


def mean_of_limit(limits: Floats) -> Floats:
    """Return the mean m for which m + 3 √m is the limit."""
    means: Floats = ((np.sqrt(9 + 4 * limits) - 3) / 2) ** 2
    return means


def by_totals(rng: np.random.Generator, means: list[float], points: int) -> list[float]:
    """Return the chance at each mean, from series of all means together.

    A Poisson series of a given total is distributed alike whatever its mean. So the share marked
    is taken for each total, and a mean weighs the totals by how likely they are under it.
    """
    tried = np.zeros(int(3 * MOST * points))
    marked = np.zeros_like(tried)
    for size in batches(points, SERIES):
        spread = rng.uniform(0, MOST + 3 * np.sqrt(MOST), size)
        drawn = counts(rng, mean_of_limit(spread), points)
        totals = drawn.sum(axis=1).astype(np.int64)
        tried += 2 * np.bincount(totals, minlength=len(tried))
        marked += np.bincount(totals, marked_ends(drawn), minlength=len(tried))
    seen = np.flatnonzero(tried)
    share = marked[seen] / tried[seen]
    return [float(np.average(share, weights=poisson(seen, one * points))) for one in means]


def poisson(values: NDArray[np.int64], mean: float) -> Floats:
    probabilities: Floats = np.exp(xlogy(values, mean) - mean - gammaln(values + 1))
    return probabilities


def around(
    rng: np.random.Generator, mean: float, means: Sequence[float], correlation: float = 0.0
) -> Draw:
    """Return a draw of series with means up to halfway to the neighbours of this one.

    Far nodes so hold the middle of what the chance leaps between.
    """
    if mean == INF:
        return lambda size, points: normals(rng, size, points, correlation)
    place = means.index(mean)
    before = means[place - 1] if place else mean
    after = means[place + 1] if means[place + 1] < INF else mean
    low, high = np.log(before * mean) / 2, np.log(mean * after) / 2
    return lambda size, points: counts(
        rng, np.exp(rng.uniform(low, high, size)), points, correlation
    )


def spaced(nodes: Sequence[float]) -> str:
    return " ".join(f"{one:g}" for one in nodes)


def decimals(row: Floats) -> str:
    return " ".join(f"{one:.3f}" for one in row)
