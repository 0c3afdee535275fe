"""Quiet and stepped series by the hundred thousand, read by the product's own XmR tests.

Only what the latest point is marked by counts. The last three points decide the two-in-three
test and the last seven the others, so the tests run over seven points, against limits set apart.
"""

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from tilannehuone.stats.spc_limits import (
    NEAR_FACTOR,
    SCREEN_FACTOR,
    XMR_FACTOR,
    Limits,
    xmr_limits,
)
from tilannehuone.stats.spc_signals import WINDOW, sides_by_test

Floats = NDArray[np.float64]
Draw = Callable[[int, int], Floats]
"""Draws so many series of so many points."""

BATCH_POINTS = 400_000


def counts(
    rng: np.random.Generator, means: Floats, points: int, correlation: float = 0.0
) -> Floats:
    """Return Poisson series, one for each mean.

    With a correlation each event of a period stays for the next with that probability (INAR(1)):
    every point is Poisson, and neighbours correlate so.
    """
    if correlation == 0:
        return rng.poisson(means[:, None], (len(means), points)).astype(np.float64)
    series = np.empty((points, len(means)), np.int64)
    series[0] = rng.poisson(means)
    for place in range(1, points):
        stay = rng.binomial(series[place - 1], correlation)
        series[place] = stay + rng.poisson((1 - correlation) * means)
    return np.ascontiguousarray(series.T, np.float64)


def normals(rng: np.random.Generator, size: int, points: int, correlation: float = 0.0) -> Floats:
    """Return standard normal series, of first-order autoregression."""
    series = rng.standard_normal((points, size))
    for place in range(1, points if correlation else 0):
        series[place] *= np.sqrt(1 - correlation**2)
        series[place] += correlation * series[place - 1]
    return np.ascontiguousarray(series.T)


def own_limits(series: Floats) -> Limits:
    """Return each series' limits, from all of its points.

    As `xmr_limits` for full rows, in a tenth of its time; the first rows are compared with it.
    """
    size, points = series.shape
    centre, steps = series.mean(axis=1), np.abs(np.diff(series))
    spread = steps.mean(axis=1)
    kept = steps < SCREEN_FACTOR * spread[:, None]
    screened = (steps * kept).sum(axis=1) / np.maximum(kept.sum(axis=1), 1)
    spread = np.where(screened > 0, screened, spread)
    reach, near = XMR_FACTOR * spread, NEAR_FACTOR * spread
    lines = (centre, centre - reach, centre + reach, centre - near, centre + near, spread)
    whole = np.full(size, points)
    limits = Limits(*lines, whole, whole, spread == 0)
    check = min(size, 20)
    told = xmr_limits(series[:check].ravel(), np.arange(check) * points)
    for one in fields(limits):
        np.testing.assert_allclose(
            getattr(limits, one.name)[:check], getattr(told, one.name), rtol=1e-9, atol=1e-12
        )
    return limits


def latest_sides(series: Floats, limits: Limits) -> NDArray[np.int8]:
    """Return the sides that the four tests give the last point of each series, a row a test."""
    size, last = len(series), slice(WINDOW - 1, None, WINDOW)
    latest = np.ascontiguousarray(series[:, -WINDOW:]).ravel()
    starts, segment = np.arange(size) * WINDOW, np.arange(size).repeat(WINDOW)
    return sides_by_test(latest, starts, segment, limits)[:, last]


def is_marked(series: Floats, limits: Limits) -> NDArray[np.bool_]:
    """Return whether any test marks the last point of each series."""
    return np.asarray(latest_sides(series, limits).any(axis=0))


def marked_ends(series: Floats) -> NDArray[np.int64]:
    """Return how many of both ends of each series are marked.

    A series without change is as likely backwards, where its first point is the latest.
    """
    limits = own_limits(series)
    return is_marked(series, limits).astype(np.int64) + is_marked(series[:, ::-1], limits)


def batches(points: int, total: int = 1) -> list[int]:
    """Return how many series to draw at a time, at least `total` in all."""
    size = BATCH_POINTS // points
    return [size] * -(-total // size)


def chance(draw: Draw, points: int, marks: int) -> float:
    """Return the share of latest points marked, from as many series as it takes for `marks`."""
    (size,) = batches(points)
    found = tried = 0
    while found < marks:
        found += int(marked_ends(draw(size, points)).sum())
        tried += 2 * size
    return found / tried


def chances_after(draw: Draw, baseline: int, after: list[int], marks: int) -> Floats:
    """Return the share of points marked, so many after a baseline that alone sets the limits."""
    (size,) = batches(baseline + max(after))
    found, tried = np.zeros(len(after)), 0
    while found.min() < marks:
        series = draw(size, baseline + max(after))
        limits = own_limits(series[:, :baseline])
        found += [is_marked(series[:, : baseline + one], limits).sum() for one in after]
        tried += size
    return found / tried


def periods_to_signal(
    baseline: Floats, after: Callable[[int], Floats], side: int, horizon: int
) -> NDArray[np.int64]:
    """Return in which period each series' latest point is first marked on a side.

    The limits are the baseline's and stay; the windows of the tests reach back into it. `after`
    draws one period of so many series. What takes longer than the horizon gets horizon + 1.
    """
    limits, latest = own_limits(baseline), baseline[:, 1 - WINDOW :]
    waiting = np.arange(len(baseline))
    seen = np.full(len(baseline), horizon + 1)
    for period in range(1, horizon + 1):
        latest = np.column_stack([latest[:, 1 - WINDOW :], after(len(waiting))])
        marked = (latest_sides(latest, limits) == side).any(axis=0)
        seen[waiting[marked]] = period
        waiting, latest = waiting[~marked], latest[~marked]
        if not len(waiting):
            break
        kept = {one.name: getattr(limits, one.name)[~marked] for one in fields(limits)}
        limits = replace(limits, **kept)
    return seen
