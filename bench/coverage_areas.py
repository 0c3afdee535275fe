"""Model areas with a planted change beside others, and how often intervals hold it."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.coverage_series import (
    Row,
    autoregression,
    counts_of,
    held,
    holds,
    path_of,
)
from tilannehuone.stats.interrupted import interrupted_series
from tilannehuone.stats.staggered import staggered_starts

Floats = NDArray[np.float64]

PANELS = (
    ("3 of 10 areas, AR(1) 0.4", (20, 26, 32), 7, 40, 0.4, False),
    ("1 of 6 areas, AR(1) 0.4", (24,), 5, 36, 0.4, False),
    ("2 of 7 areas, AR(1) 0.7", (24, 28), 5, 48, 0.7, False),
    ("6 of 20 areas, AR(1) 0.6", (20, 24, 28, 30, 36, 40), 14, 60, 0.6, False),
    ("3 of 10 areas, counts of 6 to 60", (20, 26, 32), 7, 40, 0.4, True),
)
"""Name, starts, areas that never start, periods, autocorrelation, whether counts."""

PANELS_ELSEWHERE = (
    ("2 of 9 areas, AR(1) 0.3", (18, 30), 7, 44, 0.3, False),
    ("4 of 14 areas, AR(1) 0.5", (20, 24, 30, 34), 10, 50, 0.5, False),
    ("3 of 9 areas, counts of 10 to 40", (22, 26, 30), 6, 44, 0.3, True),
)
"""The same of panels by which no setting was chosen."""


def controlled_rows(number: int) -> Iterator[Row]:
    """Yield shares for a model area against six others that share its shocks."""
    for name, mean, dispersion, strength in (
        ("Poisson 30 against 6 × 30, 36 + 12", 30, 1.0, 0.0),
        ("Poisson 8 against 6 × 30, 36 + 12", 8, 1.0, 0.0),
        ("dispersion 3, neighbours 0.4, shared shocks", 50, 3.0, 0.6),
    ):
        path, average = path_of(36, 12, 12, "none")
        plain = np.zeros_like(path)
        rng, told = np.random.default_rng(1), []
        for _ in range(number):
            shared = 0.15 * autoregression(rng, len(path), 0.7)
            model = counts_of(rng, path + shared, mean, dispersion, strength)
            others = np.array(
                [counts_of(rng, plain + shared, 30, dispersion, strength) for _ in range(6)]
            )
            found = interrupted_series(model, start=36, comparison=others, checks=False)
            told.append(held(found, average))
        yield name, list(np.mean(told, axis=0))


def staggered_rows(number: int) -> Iterator[Row]:
    """Yield shares for effects that grow with time and differ between areas."""
    yield from _panel_rows(number, PANELS)


def staggered_elsewhere(number: int) -> Iterator[Row]:
    """Yield the same of panels by which nothing was set."""
    yield from _panel_rows(number, PANELS_ELSEWHERE)


def _panel_rows(number: int, panels: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    for name, starts, never, periods, strength, is_counts in panels:
        areas = len(starts) + never
        effect = np.zeros((areas, periods))
        for area, start in enumerate(starts):
            effect[area, start:] = -0.01 * (1 + np.arange(periods - start)) * (1 + area % 2)
        truth = float(
            np.mean(
                [effect[area, g : min(g + 25, periods)].mean() for area, g in enumerate(starts)]
            )
        )
        sizes = np.linspace(6, 60, areas)[:, np.newaxis]
        rng, told = np.random.default_rng(1), []
        for _ in range(number):
            shock = 0.1 * autoregression(rng, periods, 0.5)
            own = np.array([autoregression(rng, periods, strength) for _ in range(areas)])
            level = shock + 0.1 * own + effect
            values = rng.poisson(sizes * np.exp(level)).astype(float) if is_counts else level
            found = staggered_starts(
                values,
                [*starts, *[None] * never],
                kind="counts" if is_counts else "linear",
                with_placebo=False,
            )
            is_marked = found.before is not None and found.before.is_clear
            told.append([holds(found.overall, truth), is_marked])
        yield name, list(np.mean(told, axis=0))
