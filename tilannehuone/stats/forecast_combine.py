"""One series: the models combined by how well they have forecast it, on the scale that fits it.

The scale decides the intervals' shape. On the logarithm they are lopsided and grow with the
level, on the values themselves they do neither, and the square root lies between, as counts do.
"""

from dataclasses import dataclass

import numpy as np

from tilannehuone.stats.forecast_models import Floats, all_models, seasonal_naive

MEMORY = 0.97
"""Weight that a forecast error has against the next one, when models are weighted by theirs."""

SHARPNESS = 4
"""Power of a model's mean error that its weight falls with."""

SCALE_SHARPNESS = 2.0
"""Power of the likelihood that a scale's weight grows with."""

LEAST_WEIGHT = 0.01
"""A scale that weighs less is left out: where it fits badly, its limits can be anything."""

TIE = 1.2
"""How many times the seasonal naive's mean error the combination's must be to lose to it. One
series' past tells two equals apart badly: up to here the combination mostly wins what comes
(docs/measured.md)."""

WIDEST = 1e5
"""How many times the lowest value the highest may be for a logarithm to be tried."""

SMALLEST = 1e-12


@dataclass(frozen=True, slots=True)
class Track:
    """The combination's forecasts on one scale, shape (n + 1, h), and their errors.

    Row o is of origin o (x[:o] known); an error is value minus forecast, NaN where the value is
    yet to come. `weight` is the scale's in the series' forecast. `changes` has for each origin the
    root mean square of the changes from a season before it, NaN where there is none.
    """

    scale: str
    weight: float
    made: Floats
    errors: Floats
    changes: Floats


@dataclass(frozen=True, slots=True)
class Record:
    """What the models made of one series; `beats_naive` is the verdict of its past, up to TIE."""

    tracks: tuple[Track, ...]
    beats_naive: bool


def first_judged(m: int) -> int:
    """Return the first origin whose forecast is judged: the models need 2½ seasons before it."""
    return 2 * m + m // 2


def record_of(values: Floats, m: int, h: int) -> Record:
    """Return the combined forecasts of a series from every origin, on each scale that fits it."""
    names = scales_of(values)
    scaled = [to_scale(values, name) for name in names]
    pairs = [_combined(x, m, h) for x in scaled]
    errors = [errors_of(x, made) for x, (made, _) in zip(scaled, pairs, strict=True)]
    weights = _scale_weights(values, names, errors, m)
    tracks = tuple(
        Track(name, float(weight), made, error, _changes(x, m))
        for name, weight, x, (made, _), error in zip(
            names, weights, scaled, pairs, errors, strict=True
        )
        if weight > 0
    )
    best = int(np.argmax(weights))
    mine, naive = recent_loss(errors[best], m)[-1], pairs[best][1]
    return Record(tracks, bool(mine < TIE * naive))


def scales_of(values: Floats) -> tuple[str, ...]:
    """Return the scales a series may be forecast on."""
    if values.min() < 0:
        return ("plain",)
    has_log = values.min() > values.max() / WIDEST
    return ("log", "root", "plain") if has_log else ("root", "plain")


def to_scale(values: Floats, scale: str) -> Floats:
    """Return the values on a scale."""
    if scale == "log":
        return np.log(values)
    return np.sqrt(values) if scale == "root" else values


def from_scale(values: Floats, scale: str) -> Floats:
    """Return values of a scale as they were; what lies below a root's zero is zero."""
    if scale == "log":
        return np.exp(values)
    return np.maximum(values, 0.0) ** 2 if scale == "root" else values


def errors_of(x: Floats, made: Floats) -> Floats:
    """Return value minus forecast for every origin and step, NaN where no value is known."""
    n, h = len(x), made.shape[1]
    ahead = np.arange(n + 1)[:, None] + np.arange(h)
    values = np.concatenate([x, np.full(h + 1, np.nan)])[ahead]
    errors: Floats = values - made
    return errors


def recent_loss(errors: Floats, m: int) -> Floats:
    """Return the mean absolute error known at each origin, the latest weighing most.

    A period's error is the mean over the steps at which it was forecast. NaN before there is any.
    """
    n, h = len(errors) - 1, errors.shape[1]
    first = first_judged(m)
    total, worth = np.full(n + 1, np.nan), 0.0
    running = 0.0
    for target in range(n):
        steps = np.arange(max(min(h, target - first + 1), 0))
        running, worth = running * MEMORY, worth * MEMORY
        if len(steps):
            running += float(np.abs(errors[target - steps, steps]).mean())
            worth += 1
            total[target + 1] = running / worth
    return total


def _combined(x: Floats, m: int, h: int) -> tuple[Floats, float]:
    """Return the weighted mean of the models, and the latest loss of the seasonal naive."""
    made = all_models(x, m, h)
    losses = np.stack([recent_loss(errors_of(x, one), m) for one in made])
    naive = recent_loss(errors_of(x, seasonal_naive(x, m, h)), m)
    with np.errstate(invalid="ignore"):
        weights = (losses + SMALLEST) ** -float(SHARPNESS)
        weights = np.where(np.isnan(losses).any(axis=0), 1.0, weights)
    weights /= weights.sum(axis=0)
    combined: Floats = np.einsum("kohs,ko->oh", made[..., None], weights)
    return combined, float(naive[-1])


def _scale_weights(values: Floats, names: tuple[str, ...], errors: list[Floats], m: int) -> Floats:
    """Return the weight of each scale: how likely it makes the series' own past errors.

    Errors are taken as normal on their scale, and the density is that of the values themselves,
    so that scales compare. Four steps ahead stand for all.
    """
    n, h = len(values), errors[0].shape[1]
    first = first_judged(m)
    steps = range(0, h, max(h // 4, 1))
    highest = max(float(values.max()), SMALLEST)
    smallest = float(np.min(values, where=values > highest / WIDEST, initial=highest))
    likelihood = np.zeros(len(names))
    for number, (name, error) in enumerate(zip(names, errors, strict=True)):
        for k in steps:
            known = error[first : n - k, k]
            if len(known) > 1:
                spread = float(np.mean(known**2)) + SMALLEST
                slope = _log_slope(values[first + k :], name, smallest)
                likelihood[number] -= 0.5 * len(known) * np.log(spread) + float(slope.sum())
    likelihood *= SCALE_SHARPNESS / len(steps)
    weights = np.exp(likelihood - likelihood.max())
    weights /= weights.sum()
    weights[weights < LEAST_WEIGHT] = 0.0
    return weights / weights.sum()


def _log_slope(values: Floats, scale: str, smallest: float) -> Floats:
    """Return the logarithm of the values' change for a change on the scale.

    At zero a root has no slope: there it is taken at a quarter of the smallest value above.
    """
    if scale == "log":
        return np.log(values)
    if scale == "root":
        return np.log(2 * np.sqrt(np.maximum(values, smallest / 4)))
    return np.zeros(len(values))


def _changes(x: Floats, m: int) -> Floats:
    """Return at each origin the root mean square of the changes from a season before it."""
    found = np.full(len(x) + 1, np.nan)
    squares = np.cumsum((x[m:] - x[:-m]) ** 2)
    found[m + 1 :] = np.sqrt(squares / np.arange(1, len(squares) + 1))
    return found
