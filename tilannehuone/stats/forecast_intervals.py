"""How wide a forecast's interval is: what the same forecasts missed by before.

The spread of each step ahead comes from the series' own past errors, and while there are few,
from the size of its changes from a year before. By how many spreads the intervals must reach is
counted over all series of the panel, each error measured in the spread that was known when the
forecast was made; a small panel leans on what large collections of real series gave.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tilannehuone.stats.forecast_combine import SMALLEST, Record, Track, first_judged, from_scale
from tilannehuone.stats.forecast_models import Floats

SPREAD_MEMORY = 0.95
"""Weight that an error has against the next one in the spread."""

USUAL_SHARE = 0.8
"""Usual size of a combination's errors over a year ahead, in changes from the year before."""

USUAL_SEASONS = 0.5
"""Seasons of errors that the usual size counts for beside the series' own."""

ORIGINS = 8
"""Past forecasts a series that the reach is counted over."""

USUAL_REACH = (1.3, 2.25)
"""Spreads to the 80 and 95 % limits over 394 real series (docs/measured.md)."""

USUAL_WORTH = 200
"""Forecasts that the usual reach counts for beside the panel's own. Many, since a panel's series
share their good and bad years, and a series' past forecasts overlap."""

USUAL_GROWTH = 0.6
"""Power of the step that the squared errors usually grow with."""

USUAL_GROWTH_WORTH = 40
"""Forecasts that the usual growth counts for."""

FAR = 2.0
"""A panel's own reach counts as at most so many times the usual, and at least one so-manieth."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a panel of series taught: growth of the spread with the step, reach of the limits."""

    growth: Floats
    reach80: float
    reach95: float


def calibrate(records: Sequence[Record], m: int, h: int) -> Calibration:
    """Return the growth and reach that the past forecasts of a panel call for."""
    growth = _growth(records, m, h)
    pairs = [
        (np.abs(track.errors[o]) / spread_at(track, o, m, growth), np.full(h, track.weight))
        for record in records
        for track in record.tracks
        for o in _tested_origins(len(track.errors) - 1, m, h)
    ]
    if not pairs:
        return Calibration(growth, *USUAL_REACH)
    missed, weight = (np.concatenate(one) for one in zip(*pairs, strict=True))
    worth, usual = weight.sum() / h, np.array(USUAL_REACH)
    called_for = np.clip(_weighted_quantiles(missed, weight), usual / FAR, usual * FAR)
    reach = (worth * called_for + USUAL_WORTH * usual) / (worth + USUAL_WORTH)
    return Calibration(growth, float(reach[0]), float(reach[1]))


def quantiles(record: Record, m: int, calibration: Calibration) -> Floats:
    """Return point, 80 % and 95 % limits of the steps ahead, shape (5, h)."""
    lower95, lower80 = -calibration.reach95, -calibration.reach80
    found = np.zeros((5, len(calibration.growth)))
    for track in record.tracks:
        spread = spread_at(track, len(track.errors) - 1, m, calibration.growth)
        reach = np.array([0.0, lower80, -lower80, lower95, -lower95])[:, None]
        found += track.weight * from_scale(track.made[-1] + reach * spread, track.scale)
    return found


def spread_at(track: Track, origin: int, m: int, growth: Floats) -> Floats:
    """Return the spread of each step ahead from the errors known at an origin.

    Half of it is the step's own, half the mean over the steps along the panel's growth; a step
    that has not come true twice yet leans on the others alone. The fewer origins have been judged,
    the more the usual size counts.
    """
    first, h = first_judged(m), len(growth)
    by_step = np.arange(1, max(h, m) + 1) ** USUAL_GROWTH
    of_a_year = by_step[:h].mean() / by_step[:m].mean()
    usual = (USUAL_SHARE * track.changes[origin]) ** 2 * of_a_year * growth
    own = np.full(h, np.nan)
    for k in range(h):
        known = track.errors[first : max(origin - k, first), k]
        if len(known) > 1:
            worth = SPREAD_MEMORY ** np.arange(len(known) - 1, -1, -1)
            own[k] = worth @ known**2 / worth.sum()
    has = ~np.isnan(own)
    if not has.any():
        return np.sqrt(usual) + SMALLEST
    pooled = float(np.mean(own[has] / growth[has])) * growth
    mine = np.where(has, (pooled + own) / 2, pooled)
    judged, others = origin - first, USUAL_SEASONS * m
    spread: Floats = np.sqrt((judged * mine + others * usual) / (judged + others)) + SMALLEST
    return spread


def _weighted_quantiles(values: Floats, weight: Floats) -> Floats:
    """Return the 80 and 95 % quantiles of weighted values."""
    order = np.argsort(values, kind="stable")
    share = np.cumsum(weight[order]) - weight[order] / 2
    found: Floats = np.interp(np.array([0.8, 0.95]) * weight.sum(), share, values[order])
    return found


def _tested_origins(n: int, m: int, h: int) -> range:
    """Return the latest origins, a third of a horizon apart, whose forecasts have come true."""
    apart = max(h // 3, 1)
    return range(n - h, max(first_judged(m) + h // 2, n - h - ORIGINS * apart), -apart)


def _growth(records: Sequence[Record], m: int, h: int) -> Floats:
    """Return the mean squared error by step, of mean 1, over the panel and the usual one."""
    usual = np.arange(1, h + 1) ** USUAL_GROWTH
    logs = [np.log(usual / usual.mean())[None] * USUAL_GROWTH_WORTH]
    count = USUAL_GROWTH_WORTH
    for record in records:
        errors = record.tracks[0].errors[first_judged(m) :]
        if np.isfinite(errors[0]).all():
            squares = np.nanmean(errors[:-1] ** 2, axis=0)
            if squares.mean() > 0:
                logs.append(np.log(np.maximum(squares / squares.mean(), 1e-3))[None] * ORIGINS)
                count += ORIGINS
    growth: Floats = np.exp(np.concatenate(logs).sum(axis=0) / count)
    return growth
