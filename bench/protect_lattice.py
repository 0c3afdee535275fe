"""Synthetic tables of counts with every sum in them: areas in four levels, ages, nested periods.

Areas differ in size as towns do (lognormal), ages too; each month of each finest group is a
Poisson draw, and everything above is its sum. Most cells of the finest areas are small.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.int64]

SPANS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
YEARS, FIRST = 3, 2022
MEAN, SPREAD, AGE_SPREAD = 3.0, 2.0, 0.8
"""Mean count of a finest area, age and month, and how far areas and ages are apart (log scale)."""


@dataclass(frozen=True)
class Lattice:
    """How many areas stand on each level below the top one, and how many ages there are."""

    branch: tuple[int, int, int]
    ages: int


LATTICES = {
    "10^3": Lattice((2, 3, 4), 2),
    "10^4": Lattice((3, 10, 45), 2),
    "10^5": Lattice((6, 36, 420), 3),
    "10^6": Lattice((6, 50, 1100), 13),
}


def made(lattice: Lattice, seed: int = 1) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (cells, areas) of a lattice, as `build_structure` and `plan` take them."""
    draw = np.random.default_rng(seed)
    areas = pd.DataFrame(
        _tree(lattice.branch, draw), columns=["area_code", "area_type", "parent_code"]
    ).assign(valid_from=None, valid_to=None)
    finest = lattice.branch[-1]
    size, profile = draw.lognormal(0, SPREAD, finest), draw.lognormal(0, AGE_SPREAD, lattice.ages)
    rate = MEAN * np.outer(size / size.mean(), profile / profile.mean())
    months = draw.poisson(np.repeat(rate[:, :, None], 12 * YEARS, axis=2))
    return _cells(_upwards(_over_time(months), areas), areas, lattice.ages), areas


def _tree(
    branch: tuple[int, ...], draw: np.random.Generator
) -> Iterator[tuple[str, str, str | None]]:
    """Yield (code, type, parent): each level falls to the one above in random runs."""
    level = ["top"]
    yield "top", "level0", None
    for depth, count in enumerate(branch, start=1):
        cuts = np.sort(draw.choice(np.arange(1, count), len(level) - 1, replace=False))
        below = []
        for parent, run in zip(level, np.split(np.arange(count), cuts), strict=True):
            for number in run:
                below.append(f"{'xabc'[depth]}{number:05d}")
                yield below[-1], f"level{depth}", parent
        level = below


def _over_time(months: Ints) -> Ints:
    """Return all ages (the first) and each age, months first and then every longer period."""
    every = np.concatenate([months.sum(axis=1, keepdims=True), months], axis=1)
    areas, ages, count = every.shape
    spans = [
        every.reshape(areas, ages, count // length, length).sum(axis=3) for length in SPANS.values()
    ]
    return np.concatenate(spans, axis=2)


def _upwards(finest: Ints, areas: pd.DataFrame) -> Ints:
    """Return the counts of all areas, shape (areas, ages, periods), each the sum of those below."""
    whole = np.zeros((len(areas), *finest.shape[1:]), dtype=np.int64)
    whole[-len(finest) :] = finest
    at = {code: number for number, code in enumerate(areas["area_code"])}
    for number in range(len(areas) - 1, 0, -1):
        whole[at[areas["parent_code"].iloc[number]]] += whole[number]
    return whole


def _cells(counts: Ints, areas: pd.DataFrame, ages: int) -> pd.DataFrame:
    """Return one row a count with its keys."""
    starts = [(name, month) for name, n in SPANS.items() for month in range(0, 12 * YEARS, n)]
    day = np.datetime64(f"{FIRST}-01") + np.array([month for _, month in starts])
    area, age, period = (one.ravel() for one in np.indices(counts.shape))
    named = np.array(["all", *(f"age{number:02d}" for number in range(ages))])
    number = counts.ravel().astype(float)
    return pd.DataFrame(
        {
            "indicator_id": "count",
            "area_code": areas["area_code"].to_numpy()[area],
            "period_type": np.array([name for name, _ in starts])[period],
            "period_start": day.astype("datetime64[D]")[period],
            "breakdown": np.where(age == 0, "all", "age"),
            "category": named[age],
            "numerator": number,
            "denominator": np.nan,
            "value": number,
            "status": "ok",
        }
    )
