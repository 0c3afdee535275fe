"""When a step shows: the rows of the tables of medians and of steps seen in time."""

from collections.abc import Iterator
from functools import cache, partial
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bench.power_chance import INF, spaced
from bench.power_simulation import Floats, counts, normals, periods_to_signal

POINTS = (13, 18, 24, 36, 60, 120)
MEANS = (0.25, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 14, 20, 30, 50, 100, 300, 1000, INF)
SHARES = (0, 1.5, 3, 4.5, 6, 8, 10, 12, 15, 18, 20, 22, 25, 30, 40, 60, 80, 100)
"""Steps tried, in percent of the greatest: 8 standard deviations, or a fall to nothing."""

GREATEST = 8.0
SERIES = 20_000
HORIZON, WITHIN, PROBABILITY = 80, 6, 0.8
NEVER = 99.0


def medians() -> Iterator[str]:
    """Return the median periods to the first mark on the step's side, by its size."""
    yield f"direction points mean share {spaced(SHARES)}"
    for case in product((-1, 1), POINTS, MEANS):
        row = np.minimum.accumulate(shown(*case)[0])
        yield f"{spaced(case)} {' '.join(f'{one:.{int(one < 20)}f}' for one in row)}"


def steps() -> Iterator[str]:
    """Return the step, in standard deviations, that shows in 6 periods with 80 %; 99 for none."""
    yield f"direction mean points {spaced(POINTS)}"
    for direction, mean in product((-1, 1), MEANS):
        row = [step_seen(direction, points, mean) for points in POINTS]
        yield f"{direction} {mean:g} {' '.join(f'{one:.3f}' for one in row)}"


def step_seen(direction: int, points: int, mean: float) -> float:
    known = np.maximum.accumulate(shown(direction, points, mean)[1])
    if known[-1] < PROBABILITY:
        return NEVER
    share = np.interp(PROBABILITY, known, np.array(SHARES) / 100)
    return float(share) * greatest(direction, mean)


def greatest(direction: int, mean: float) -> float:
    """Return the greatest step tried, in standard deviations: a count falls to 0 at most."""
    return GREATEST if direction > 0 else min(GREATEST, float(np.sqrt(mean)))


@cache
def shown(direction: int, points: int, mean: float) -> tuple[list[float], list[float]]:
    """Return, for each step tried, the median period it shows in and P(shown in 6 periods)."""
    rng = np.random.default_rng([4, direction + 1, points, MEANS.index(mean)])
    middle, known = [], []
    for share in SHARES:
        step = direction * greatest(direction, mean) * share / 100
        baseline = level(rng, mean, 0.0, points, SERIES)
        after = partial(level, rng, mean, step, 1)
        seen = periods_to_signal(baseline, after, direction, HORIZON)
        middle.append(median(seen))
        known.append(float(np.mean(seen <= WITHIN)))
    return middle, known


def level(rng: np.random.Generator, mean: float, step: float, points: int, size: int) -> Floats:
    """Return series of a mean moved by a step in standard deviations."""
    if mean == INF:
        return normals(rng, size, points) + step
    after = max(mean + step * np.sqrt(mean), 0.0)
    return counts(rng, np.full(size, after), points)


def median(periods: NDArray[np.int64]) -> float:
    """Return the median between whole periods: where the share seen, joined up, crosses a half."""
    share = np.cumsum(np.bincount(periods, minlength=HORIZON + 2)) / len(periods)
    after = int(np.searchsorted(share, 0.5))
    if after > HORIZON:
        return float(HORIZON)
    return float(after - 1 + (0.5 - share[after - 1]) / (share[after] - share[after - 1]))
