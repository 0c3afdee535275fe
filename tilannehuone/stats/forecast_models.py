"""The models a forecast is combined from.

Each takes a series `x` (n values, oldest first, none missing), its season length `m` and a horizon
`h`, and returns an array (n + 1, h): row o holds the forecasts of x[o], x[o + 1] … made from x[:o]
alone, so that the last row is the forecast and every other row a test of the model. Rows from
which nothing can be forecast are NaN. The first three seasons set the starting values.

All of a model's settings run side by side in one pass over the series: no optimiser, and the past
forecasts that calibrate the intervals cost nothing more.
"""

from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MODELS = ("smoothing", "smoothing_long", "reverting", "seasonal_steps", "theta")
"""What is combined, in the order of `all_models`."""

SHORT_MEMORY, LONG_MEMORY = 0.93, 0.99
"""Weight that an error of a period ago has against one of now, when settings are judged."""

_TINY = 1e-12

SMALLEST = 1e-300
"""Keeps a ratio of two zeros one, without weight beside any other number."""


def all_models(x: Floats, m: int, h: int) -> Floats:
    """Return the forecasts of every model, shape (models, n + 1, h), in the order of MODELS."""
    short, long = smoothing(x, m, h)
    return np.stack([short, long, reverting(x, m, h), seasonal_steps(x, m, h), theta(x, m, h)])


def seasonal_naive(x: Floats, m: int, h: int) -> Floats:
    """Return what stood a season before each period to come.

    >>> seasonal_naive(np.array([1.0, 2, 3, 4]), 2, 3)[-1]
    array([3., 4., 3.])
    """
    n = len(x)
    found = np.full((n + 1, h), np.nan)
    origins = np.arange(m, n + 1)
    found[m:] = x[origins[:, None] - m + np.arange(h) % m]
    return found


def smoothing(x: Floats, m: int, h: int) -> tuple[Floats, Floats]:
    """Return exponential smoothing with damped trend and season, settings averaged.

    Every setting of level, trend, damping and season runs; each origin's forecast is their mean,
    weighted by likelihood of the one-step errors so far. Given twice: judged with short memory,
    and with long.

    References
    ----------
    Hyndman R. J. et al. (2008), Forecasting with Exponential Smoothing, ch. 2. Averaging:
    Kolassa S. (2011), International Journal of Forecasting 27, 238–251.
    """
    alpha, beta, phi, gamma = _smoothing_settings()
    first, slope, season = _starting_values(x, m)
    level = np.full(len(alpha), first)
    trend = np.where(phi > 0, slope, 0.0)
    seasonal = np.where(gamma >= 0, season[:, None], 0.0)
    reach = np.cumsum(phi ** np.arange(1, h + 1)[:, None], axis=0)
    gain = np.maximum(gamma, 0.0) * (1 - alpha)
    made = np.empty((len(x) + 1, h, len(alpha)))
    for o in range(len(x) + 1):
        made[o] = level + reach * trend + seasonal[(o + np.arange(h)) % m]
        if o < len(x):
            error = x[o] - made[o, 0]
            level = level + phi * trend + alpha * error
            trend = phi * trend + alpha * beta * error
            seasonal[o % m] += gain * error
    short, long = (_averaged(made, x, m, memory) for memory in (SHORT_MEMORY, LONG_MEMORY))
    return short, long


def reverting(x: Floats, m: int, h: int) -> Floats:
    """Return a level that is drawn back to its long mean, plus season; settings averaged.

    What smoothing lacks: a disturbance that fades.
    """
    settings = product((0.5, 0.7, 0.85, 0.95), (0.1, 0.25, 0.45, 0.7, 0.95), (-1, 0, 0.08, 0.25))
    rho, alpha, gamma = np.array(list(settings)).T
    _, _, season = _starting_values(x, m)
    mean = np.full(len(rho), x[:m].mean())
    away = np.zeros(len(rho))
    seasonal = np.where(gamma >= 0, season[:, None], 0.0)
    fading = rho ** np.arange(1, h + 1)[:, None]
    gain = np.maximum(gamma, 0.0) * (1 - alpha)
    made = np.empty((len(x) + 1, h, len(rho)))
    for o in range(len(x) + 1):
        made[o] = mean + fading * away + seasonal[(o + np.arange(h)) % m]
        if o < len(x):
            error = x[o] - made[o, 0]
            away = rho * away + alpha * error
            mean = mean + error * (1 - alpha) * max(1 / (o + m), 0.01)
            seasonal[o % m] += gain * error
    return _averaged(made, x, m, 0.95)


def seasonal_steps(x: Floats, m: int, h: int, ridge: float = 15.0) -> Floats:
    """Return last year's value plus an autoregression of the change from a year before.

    Three lags, fitted anew at every origin by ridge regression: with little data the change is
    held to be small, and what is carried on of it fades.
    """
    n, lags = len(x), 3
    first = m + lags
    found = np.full((n + 1, h), np.nan)
    if n <= first:
        return found
    steps = np.concatenate([np.zeros(m), x[m:] - x[:-m]])
    rows = np.arange(first, n)
    known = np.stack([steps[rows - lag] for lag in range(1, lags + 1)], axis=1)
    squares = _running_sum(known[:, :, None] * known[:, None, :])
    products = _running_sum(known * steps[rows, None])
    origins = np.arange(first, n + 1)
    spread = np.cumsum(steps**2)[origins - 1] / (origins - m)
    penalty = (ridge * spread + SMALLEST)[:, None, None] * np.eye(lags)
    carried = np.linalg.solve(squares + penalty, products[:, :, None])[:, :, 0]
    carried[:6] = (0.5, 0.0, 0.0)  # too little to fit: half of the change goes on
    recent = np.stack([steps[origins - lag] for lag in range(1, lags + 1)], axis=1)
    ahead = np.zeros((len(origins), h))
    for k in range(h):
        ahead[:, k] = np.sum(carried * recent, axis=1)
        recent = np.column_stack([ahead[:, k], recent[:, :-1]])
        before = x[origins - m + k] if k < m else found[first:, k - m]
        found[first:, k] = before + ahead[:, k]
    return found


def theta(x: Floats, m: int, h: int, seasons: int = 5) -> Floats:
    """Return simple smoothing with half the slope of the last seasons, plus a fixed season.

    References
    ----------
    Assimakopoulos V., Nikolopoulos K. (2000), International Journal of Forecasting 16, 521–530;
    as smoothing with drift: Hyndman R. J., Billah B. (2003), ibid. 19, 287–290.
    """
    n = len(x)
    found = np.full((n + 1, h), np.nan)
    origins = np.arange(2 * m, n + 1)
    if not len(origins):
        return found
    season = _fixed_seasons(x, m, origins)
    plain = x - season[:, np.arange(n) % m]
    drift = _recent_slopes(plain, origins, seasons * m) / 2
    alpha = np.array([0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.95])
    level = np.repeat(plain[:, :1], len(alpha), axis=1)
    loss = np.zeros_like(level)
    for t in range(1, n):
        runs = (origins > t)[:, None]
        error = plain[:, t, None] - level - drift[:, None]
        loss = np.where(runs, loss * 0.98 + error**2, loss)
        level = np.where(runs, level + drift[:, None] + alpha * error, level)
    best = np.take_along_axis(level, np.argmin(loss, axis=1)[:, None], axis=1)
    ahead = drift[:, None] * np.arange(1, h + 1)
    found[2 * m :] = (
        best + ahead + np.take_along_axis(season, (origins[:, None] + np.arange(h)) % m, axis=1)
    )
    return found


def _smoothing_settings() -> Floats:
    """Return level, trend, damping and season of each setting; -1 is no season, 0 no trend."""
    trends = [(0.0, 0.0), *product((0.03, 0.1, 0.3), (0.8, 0.9, 0.97, 1.0))]
    levels = (0.02, 0.06, 0.12, 0.2, 0.35, 0.5, 0.7, 0.9)
    settings = [
        (alpha, beta, phi, gamma)
        for alpha, gamma, (beta, phi) in product(levels, (-1, 0, 0.05, 0.15, 0.35), trends)
        if (beta, phi) != (0.3, 1.0)  # a quick trend that never fades runs away
    ]
    return np.array(settings).T


def _starting_values(x: Floats, m: int) -> tuple[float, float, Floats]:
    """Return level, slope a period and season of the first (at most three) seasons."""
    seasons = min(3, len(x) // m)
    if seasons < 2:
        return float(x[:m].mean()), 0.0, np.zeros(m)
    table = x[: seasons * m].reshape(seasons, m)
    means = table.mean(axis=1)
    slope = float(means[-1] - means[0]) / (m * (seasons - 1))
    moments = np.arange(seasons * m)
    line = means.mean() + slope * (moments - moments.mean())
    season = (x[: seasons * m] - line).reshape(seasons, m).mean(axis=0)
    return float(line[0]) - slope, slope, season - season.mean()


def _averaged(made: Floats, x: Floats, m: int, memory: float) -> Floats:
    """Return the settings' mean forecast at each origin, by likelihood of their past errors."""
    squares = (x[:, None] - made[:-1, 0]) ** 2
    squares[:m] = 0.0
    losses = np.zeros((len(x) + 1, squares.shape[1]))
    for t, now in enumerate(squares):
        losses[t + 1] = memory * losses[t] + now
    count = np.maximum(np.arange(len(x) + 1) - m, 0)
    worth = (1 - memory**count) / (1 - memory)
    losses += _TINY * losses.max(axis=1, keepdims=True) + SMALLEST
    likelihood = -0.5 * worth[:, None] * np.log(losses / losses.min(axis=1, keepdims=True))
    weights = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    mean: Floats = np.einsum("ohp,op->oh", made, weights)
    return mean


def _running_sum(values: Floats) -> Floats:
    """Return the sums of all rows before each, and at last of all."""
    return np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])


def _fixed_seasons(x: Floats, m: int, origins: NDArray[np.int64]) -> Floats:
    """Return at each origin the mean deviation of each season's place from a moving year."""
    width = m + 1 - m % 2
    weights = np.full(width, 1 / m)
    if m % 2 == 0:
        weights[[0, -1]] /= 2
    middle = np.convolve(x, weights, "valid")
    places = np.arange(len(middle)) + width // 2
    away = np.zeros((len(middle), m))
    away[np.arange(len(middle)), places % m] = x[places] - middle
    is_place = np.zeros_like(away)
    is_place[np.arange(len(middle)), places % m] = 1
    known = origins - width + 1
    season = _running_sum(away)[known] / np.maximum(_running_sum(is_place)[known], 1)
    return season - season.mean(axis=1, keepdims=True)


def _recent_slopes(plain: Floats, origins: NDArray[np.int64], window: int) -> Floats:
    """Return the least-squares slope of the last values before each origin (a row each)."""
    slopes = np.empty(len(origins))
    for row, o in enumerate(origins):
        stretch = plain[row, max(o - window, 0) : o]
        moments = np.arange(len(stretch)) - (len(stretch) - 1) / 2
        slopes[row] = moments @ stretch / (moments @ moments)
    return slopes
