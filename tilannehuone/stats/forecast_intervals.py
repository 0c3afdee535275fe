"""How wide a forecast's interval is: what the same forecasts missed by before.

The spread of each step ahead comes from the series' own past errors. By how many spreads the
intervals must reach is counted over all series of the panel, each error measured in the spread
that was known when the forecast was made; a small panel leans on what large collections of real
series gave.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tilannehuone.stats.forecast_combine import SMALLEST, Record, Track, first_judged, from_scale
from tilannehuone.stats.forecast_models import Floats

SPREAD_MEMORY = 0.95
"""Weight that an error has against the next one in the spread."""

ORIGINS = 8
"""Past forecasts a series that the reach is counted over."""

USUAL_REACH = (1.36, 2.37)
"""Spreads to the 80 and 95 % limits over 394 real series (docs/measured.md)."""

USUAL_WORTH = 40
"""Forecasts that the usual figures count for beside the panel's own."""


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
    missed = []
    for record in records:
        for track in record.tracks:
            missed += [
                np.abs(track.errors[o]) / spread_at(track, o, m, growth)
                for o in _tested_origins(len(track.errors) - 1, m, h)
            ]
    own = np.concatenate(missed) if missed else np.empty(0)
    own = own[np.isfinite(own)]
    if not len(own):
        return Calibration(growth, *USUAL_REACH)
    worth, usual = len(own) / h, np.array(USUAL_REACH)
    called_for = np.clip(np.quantile(own, [0.8, 0.95]), usual / FAR, usual * FAR)
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
    that has not come true twice yet leans on the others alone.
    """
    first = first_judged(m)
    own = np.full(len(growth), np.nan)
    for k in range(len(growth)):
        known = track.errors[first : max(origin - k, first), k]
        if len(known) > 1:
            worth = SPREAD_MEMORY ** np.arange(len(known) - 1, -1, -1)
            own[k] = worth @ known**2 / worth.sum()
    has = ~np.isnan(own)
    if not has.any():
        return np.full(len(growth), np.nan)
    pooled = float(np.mean(own[has] / growth[has])) * growth
    spread: Floats = np.sqrt(np.where(has, (pooled + own) / 2, pooled)) + SMALLEST
    return spread


def _tested_origins(n: int, m: int, h: int) -> range:
    """Return the latest origins, a third of a horizon apart, whose forecasts have come true."""
    apart = max(h // 3, 1)
    return range(n - h, max(first_judged(m) + h // 2, n - h - ORIGINS * apart), -apart)


def _growth(records: Sequence[Record], m: int, h: int) -> Floats:
    """Return the mean squared error by step, of mean 1, over the panel and the usual one."""
    usual = np.log(np.arange(1, h + 1) ** 0.6)
    logs = [(usual - np.log(np.exp(usual).mean()))[None] * USUAL_WORTH]
    count = USUAL_WORTH
    for record in records:
        errors = record.tracks[0].errors[first_judged(m) :]
        if np.isfinite(errors[0]).all():
            squares = np.nanmean(errors[:-1] ** 2, axis=0)
            if squares.mean() > 0:
                logs.append(np.log(np.maximum(squares / squares.mean(), 1e-3))[None] * ORIGINS)
                count += ORIGINS
    growth: Floats = np.exp(np.concatenate(logs).sum(axis=0) / count)
    return growth
