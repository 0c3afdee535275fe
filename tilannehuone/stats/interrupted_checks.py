"""What tells whether an interrupted series may be believed, computed from its fit."""

import numpy as np
from numpy.typing import NDArray
from scipy import special

from tilannehuone.stats.interrupted_noise import Fitted
from tilannehuone.stats.interrupted_result import Diagnostics, Influence

Floats = NDArray[np.float64]

LJUNG_BOX_ALARM = 0.01
OVERDISPERSED = 2.0
STRONG = 0.55
"""Neighbours more alike than this: measured intervals hold the truth in 91–94 of 100."""

ONE_POINT = 1.0
"""How many standard errors one point alone may move the effect."""

FEW_AFTER = 12
MANY_HIDDEN = 0.1
FEW_EVENTS = 5.0
"""Fewest events a period, on average, for which the intervals were measured."""


def neighbour_correlation(residuals: Floats, times: Floats) -> float:
    """Return the correlation of residuals one period apart, 0 where there are no neighbours.

    >>> round(neighbour_correlation(np.array([1.0, -1.0, 1.0, -1.0]), np.arange(4.0)), 2)
    -1.0
    """
    is_next = np.diff(times) == 1
    variance = float(residuals @ residuals) / len(residuals)
    if not is_next.any() or variance <= 0:
        return 0.0
    return float((residuals[1:] * residuals[:-1])[is_next].mean() / variance)


def ljung_box(residuals: Floats, fitted: int) -> tuple[float, int]:
    """Return the p-value that residuals are not autocorrelated, and the lags it looks at.

    `fitted` is the number of autocorrelations that were taken out already.

    References
    ----------
    Ljung G. M., Box G. E. P. (1978), Biometrika 65, 297–303; lags as Hyndman R., Athanasopoulos G.
    (2021), Forecasting, 3rd ed., §5.4.
    """
    size = len(residuals)
    lags = max(min(10, size // 5), fitted + 1)
    squares = float(residuals @ residuals)
    if squares <= 0:
        return 1.0, lags
    found = [float(residuals[k:] @ residuals[:-k]) / squares for k in range(1, lags + 1)]
    sum_of = size * (size + 2) * sum(r**2 / (size - k) for k, r in enumerate(found, start=1))
    return float(special.chdtrc(lags - fitted, sum_of)), lags


def influence(fitted: Fitted, times: Floats, contrast: Floats, error: float) -> Influence:
    """Return the point without which the effect moves most, under the likeliest noise.

    Leaving a point out is giving it a term of its own.

    References
    ----------
    Cook R. D., Weisberg S. (1982), Residuals and Influence in Regression, §2.2.
    """
    design, white, alone = fitted.design, fitted.white, fitted.passing
    back = np.linalg.pinv(design)
    rest = alone - design @ (back @ alone)
    mass = (rest**2).sum(axis=0)
    is_told = mass > 1e-9 * (alone**2).sum(axis=0)  # not the only point of its season
    gain = np.divide(rest.T @ white, mass, out=np.zeros_like(mass), where=is_told)
    moved = -(contrast @ back @ alone) * gain
    most = int(np.abs(moved).argmax())
    without = float(fitted.mean(contrast[np.newaxis, :])[0] + moved[most])
    return Influence(float(times[most]), without, float(moved[most]) / error)


def warnings_of(
    found: Diagnostics, hidden: float, events: float | None, season_years: float | None
) -> tuple[str, ...]:
    """Return the keys of all that the reader is warned of.

    `hidden` is the share of periods that are hidden or missing, `events` the mean count a period
    (None: no counts), `season_years` the years before the start (None: no season).
    """
    before = found.before_trend
    tried = found.placebo
    told = {
        "few_after": found.points_after < FEW_AFTER,
        "few_events": events is not None and events < FEW_EVENTS,
        "points_left_out": hidden >= MANY_HIDDEN,
        "short_for_season": season_years is not None and season_years < 2,
        "overdispersed": found.dispersion is not None and found.dispersion > OVERDISPERSED,
        "correlation_strong": found.correlation > STRONG,
        "autocorrelation_left": found.ljung_box < LJUNG_BOX_ALARM,
        "one_point_decides": found.influence is not None and abs(found.influence.moved) > ONE_POINT,
        "placebo_marks": tried is not None and tried.clear >= min(2, len(tried.times)),
        "trends_differ_before": before is not None and before.is_clear,
    }
    return tuple(key for key, is_so in told.items() if is_so)
