"""Series of one area with a planted change, and how often intervals hold it."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tilannehuone.stats.interrupted import interrupted_series
from tilannehuone.stats.interrupted_result import Effect, Interrupted
from tilannehuone.stats.lagged import lagged_association
from tilannehuone.stats.trend import segmented_trend

Floats = NDArray[np.float64]
Row = tuple[str, list[float]]

STEP, TREND, TURN = -0.15, 0.03, -0.06
"""Planted, of logarithms: 14 % less at once, 3 % more a year before, 6 % a year less after."""

COUNTED = (
    ("Poisson 30 a month, 36 + 12", 36, 12, 12, 30, 1.0, 0.0, "none"),
    ("Poisson 5 a month, 24 + 12", 24, 12, 12, 5, 1.0, 0.0, "none"),
    ("dispersion 3, 48 + 24, harmonics", 48, 24, 12, 50, 3.0, 0.0, "harmonics"),
    ("dispersion 3, neighbours 0.4, 60 + 36, months", 60, 36, 12, 50, 3.0, 0.6, "factors"),
    ("dispersion 4, neighbours 0.45, 36 + 12", 36, 12, 12, 50, 4.0, 0.6, "none"),
    ("dispersion 4, neighbours 0.6, 36 + 12", 36, 12, 12, 50, 4.0, 0.8, "none"),
)
"""Name, points before and after, periods a year, mean, dispersion, autocorrelation of the level."""

COUNTED_ELSEWHERE = (
    ("Poisson 15 a month, 30 + 18", 30, 18, 12, 15, 1.0, 0.0, "none"),
    ("Poisson 60 a quarter, 20 + 8", 20, 8, 4, 60, 1.0, 0.0, "none"),
    ("dispersion 2, neighbours 0.3, 48 + 12", 48, 12, 12, 40, 2.0, 0.45, "none"),
    ("dispersion 2, 36 + 24, harmonics", 36, 24, 12, 20, 2.0, 0.0, "harmonics"),
    ("dispersion 3, neighbours 0.2, 72 + 24, months", 72, 24, 12, 80, 3.0, 0.3, "factors"),
    ("dispersion 5, neighbours 0.3, 30 + 18", 30, 18, 12, 100, 5.0, 0.4, "none"),
)
"""The same of scenarios by which no setting was chosen."""

VALUED = (
    ("normal, 36 + 12", 36, 12, 12, 0.0, "none"),
    ("AR(1) 0.4, 24 + 12", 24, 12, 12, 0.4, "none"),
    ("AR(1) 0.6, 36 + 12", 36, 12, 12, 0.6, "none"),
    ("AR(1) 0.4, 60 + 36, months", 60, 36, 12, 0.4, "factors"),
    ("normal, 16 + 8 quarters, season", 16, 8, 4, 0.0, "factors"),
    ("AR(1) 0.4, 16 + 8 quarters", 16, 8, 4, 0.4, "none"),
)


VALUED_ELSEWHERE = (
    ("normal, 24 + 24", 24, 24, 12, 0.0, "none"),
    ("AR(1) 0.3, 48 + 12, months", 48, 12, 12, 0.3, "factors"),
    ("AR(1) 0.5, 30 + 12", 30, 12, 12, 0.5, "none"),
    ("AR(1) 0.2, 20 + 12 quarters, season", 20, 12, 4, 0.2, "factors"),
    ("AR(1) 0.7, 48 + 24", 48, 24, 12, 0.7, "none"),
)
"""Name, points before and after, periods a year, autocorrelation, season: chosen by none either."""


def autoregression(rng: np.random.Generator, size: int, strength: float) -> Floats:
    """Return normal noise of variance 1 whose neighbours correlate so."""
    noise = rng.standard_normal(size)
    for place in range(1, size):
        noise[place] *= np.sqrt(1 - strength**2)
        noise[place] += strength * noise[place - 1]
    return noise


def path_of(before: int, after: int, per_year: int, season: str) -> tuple[Floats, float]:
    """Return the planted logarithms, and the true average effect."""
    time = np.arange(before + after, dtype=np.float64)
    late = time >= before
    year = (time - before) / per_year
    effect = late * (STEP + TURN * year)
    wave = 0.0 if season == "none" else 0.1 * np.cos(2 * np.pi * time / per_year)
    return TREND * year + effect + wave, float(effect[late].mean())


def counts_of(
    rng: np.random.Generator, path: Floats, mean: float, dispersion: float, strength: float
) -> Floats:
    """Return counts whose level wanders so that their variance is `dispersion` times the mean."""
    spread = np.log1p((dispersion - 1) / mean)
    level = np.sqrt(spread) * autoregression(rng, len(path), strength) - spread / 2
    return rng.poisson(mean * np.exp(path + level)).astype(np.float64)


def holds(effect: Effect | None, truth: float) -> bool:
    """Tell whether an interval holds the truth."""
    return effect is not None and effect.lower <= truth <= effect.upper


def held(found: Interrupted, average: float) -> list[bool]:
    """Tell which of level, slope and average are held."""
    return [
        holds(found.level, STEP),
        holds(found.slope, TURN),
        holds(found.average, average),
    ]


def interrupted_rows(number: int) -> Iterator[Row]:
    """Yield each scenario's shares of intervals that hold the truth."""
    yield from _counted_rows(number, COUNTED)
    yield from _valued_rows(number, VALUED)


def interrupted_elsewhere(number: int) -> Iterator[Row]:
    """Yield the same of scenarios by which nothing was set."""
    yield from _counted_rows(number, COUNTED_ELSEWHERE)
    yield from _valued_rows(number, VALUED_ELSEWHERE)


def _counted_rows(number: int, scenarios: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    for name, before, after, per_year, mean, dispersion, strength, season in scenarios:
        path, average = path_of(before, after, per_year, season)
        rng = np.random.default_rng(1)
        found = [
            interrupted_series(
                counts_of(rng, path, mean, dispersion, strength),
                start=before,
                periods_per_year=per_year,
                season=season,  # type: ignore[arg-type]
                checks=False,
            )
            for _ in range(number)
        ]
        yield name, list(np.mean([held(one, average) for one in found], axis=0))


def _valued_rows(number: int, scenarios: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    for name, before, after, per_year, strength, season in scenarios:
        path, average = path_of(before, after, per_year, season)
        rng = np.random.default_rng(1)
        found = [
            interrupted_series(
                np.exp(path + 0.1 * autoregression(rng, len(path), strength)),
                start=before,
                periods_per_year=per_year,
                kind="log",
                season=season,  # type: ignore[arg-type]
                checks=False,
            )
            for _ in range(number)
        ]
        yield name, list(np.mean([held(one, average) for one in found], axis=0))


def joinpoint_rows(number: int) -> Iterator[Row]:
    """Yield how often a planted bend, its slopes and the average are held, where one is found."""
    for size, at, before, after, noise in (
        (23, 11, 1.9, -6.9, 0.04),
        (16, 8, 4.0, -6.0, 0.03),
        (30, 20, 2.0, -4.0, 0.05),
        (40, 20, 1.0, -3.0, 0.05),
    ):
        time = np.arange(size, dtype=np.float64)
        slopes = np.log1p([before / 100, after / 100])
        path = slopes[0] * np.minimum(time, at) + slopes[1] * np.maximum(time - at, 0)
        mean = 100 * np.expm1((path[-1] - path[0]) / (size - 1))
        rng, told, straight = np.random.default_rng(1), [], 0
        for _ in range(number):
            found = segmented_trend(200 * np.exp(path + rng.normal(0, noise, size)))
            if len(found.joinpoints) != 1:
                straight += 1
                continue
            point, (first, second), whole = found.joinpoints[0], found.segments, found.average
            told.append(
                [
                    point.lower <= at <= point.upper,
                    first.apc_lower <= before <= first.apc_upper,  # type: ignore[operator]
                    second.apc_lower <= after <= second.apc_upper,  # type: ignore[operator]
                    whole.apc_lower <= mean <= whole.apc_upper,
                ]
            )
        share = 100 * len(told) / number
        name = f"{size} years, {before} % to {after} %, noise {noise:.0%}, one found {share:.0f} %"
        yield name, list(np.mean(told, axis=0))


def lagged_rows(number: int) -> Iterator[Row]:
    """Yield how often the intervals of a correlation at lag 2 hold the truth."""
    for size, strength, truth in (
        (40, 0.0, 0.0),
        (40, 0.5, 0.0),
        (40, 0.5, 0.6),
        (60, 0.7, 0.0),
        (60, 0.0, 0.6),
        (60, 0.9, 0.0),
    ):
        rng, told = np.random.default_rng(1), []
        for _ in range(number):
            x, other = (autoregression(rng, size + 2, strength) for _ in range(2))
            y = truth * x + np.sqrt(1 - truth**2) * other
            found = lagged_association(x[2:], y[:-2], lag=2)
            rank = 6 / np.pi * np.arcsin(truth / 2)
            told.append(
                [
                    found.linear.lower <= truth <= found.linear.upper,
                    found.rank.lower <= rank <= found.rank.upper,
                ]
            )
        yield f"{size} points, AR(1) {strength}, true {truth}", list(np.mean(told, axis=0))
