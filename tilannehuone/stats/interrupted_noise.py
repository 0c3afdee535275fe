"""How well an effect is known when neighbouring points are alike by an unknown amount.

The likelihood of a short series hardly tells how alike neighbours are, and an interval that takes
the estimate for the truth is too narrow. So every strength of autocorrelation is tried, each
gives its own t interval, and they are averaged by how likely the series makes them.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from tilannehuone.stats.interrupted_result import Effect

Floats = NDArray[np.float64]

STRENGTHS = np.append(np.round(np.arange(-0.5, 0.95, 0.1), 1), 0.95)
"""Correlations of neighbours that are tried."""

SHARES = (0.8, 1.0)
"""How much of a point's noise goes on to the next at all: 1 is a pure autoregression; counts of
a level that wanders have chance of their own besides."""

SMALL = 0.15
"""Under this strength the two shares tell nothing apart."""

TILT = 0.2
"""The weight given beforehand to a strength r is exp(TILT * r), against the pull of short series
towards none; half as much again under 0.15, half at 0.95. Set by the measured coverage."""

BISECTIONS = 34
UNLIKELY = 1e-5
"""A noise that has less of the weight than this is left out."""

LARGEST_EXPONENT = 700.0


@dataclass(frozen=True, slots=True)
class Fitted:
    """Estimates under each noise that was tried, with the weight of each.

    A row a noise: `estimates` of the terms, `covariances` of them. `freedom` None takes the
    normal distribution. `white` and `design` are residuals and design freed from the likeliest
    noise, `passing` what frees them; `correlation` is the mean correlation of neighbours.
    """

    weights: Floats
    estimates: Floats
    covariances: Floats
    freedom: int | None
    white: Floats
    design: Floats
    passing: Floats
    correlation: float

    def mean(self, contrast: Floats) -> Floats:
        """Return the estimate of each row of contrasts."""
        return np.asarray(contrast @ (self.weights @ self.estimates))

    def limits(self, contrasts: Floats, level: float) -> tuple[Floats, Floats]:
        """Return lower and upper limits of each row of contrasts."""
        at, error = (np.tile(one, (1, 2)) for one in self._parts(contrasts))
        tail = (1 - level) / 2
        found = self._quantile(at, error, np.repeat([tail, 1 - tail], len(contrasts)))
        return found[: len(contrasts)], found[len(contrasts) :]

    def effects(self, contrasts: Floats, level: float, *, is_ratio: bool) -> list[Effect]:
        """Return the estimate of each row of contrasts with its interval."""
        at, error = self._parts(contrasts)
        mean = self.mean(contrasts)
        spread = np.sqrt(self.weights @ (error**2 + (at - mean) ** 2))
        under = self._below(at, error, np.zeros(len(contrasts)))
        numbers = zip(mean, spread, *self.limits(contrasts, level), strict=True)
        return [
            effect_of(
                (float(one[0]), float(one[1]), float(one[2]), float(one[3])),
                2 * float(min(below, 1 - below)),
                is_ratio=is_ratio,
            )
            for one, below in zip(numbers, under, strict=True)
        ]

    def _parts(self, contrasts: Floats) -> tuple[Floats, Floats]:
        at = self.estimates @ contrasts.T
        squares = np.einsum("ci,kij,cj->kc", contrasts, self.covariances, contrasts, optimize=True)
        return at, np.sqrt(np.maximum(squares, np.finfo(float).tiny))

    def _below(self, at: Floats, error: Floats, place: Floats) -> Floats:
        ratio = (place - at) / error
        if self.freedom is None:
            return np.asarray(self.weights @ special.ndtr(ratio))
        return np.asarray(self.weights @ special.stdtr(self.freedom, ratio))

    def _quantile(self, at: Floats, error: Floats, part: Floats) -> Floats:
        tail = special.ndtri(part) if self.freedom is None else special.stdtrit(self.freedom, part)
        each = at + tail * error
        if len(each) == 1:
            return np.asarray(each[0])
        low, high = each.min(axis=0), each.max(axis=0)
        ratios, below = _table(self.freedom)
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            is_under = self.weights @ np.interp((middle - at) / error, ratios, below) < part
            low, high = np.where(is_under, middle, low), np.where(is_under, high, middle)
        return np.asarray((low + high) / 2)


@lru_cache(maxsize=64)
def _table(freedom: int | None) -> tuple[Floats, Floats]:
    """Return t's distribution function in steps so fine that lines between them do."""
    ratios = np.sinh(np.linspace(-9, 9, 16384))
    below = special.ndtr(ratios) if freedom is None else special.stdtr(freedom, ratios)
    return ratios, below


def effect_of(
    numbers: tuple[float, float, float, float], p_value: float, *, is_ratio: bool
) -> Effect:
    """Return an effect from estimate, standard error and limits, with ratios where they are logs.

    >>> round(effect_of((-0.112, 0.0174, -0.146, -0.078), 1e-10, is_ratio=True).ratio, 3)
    0.894
    """
    estimate, _, lower, upper = numbers
    ratios = (
        [float(np.exp(min(one, LARGEST_EXPONENT))) for one in (estimate, lower, upper)]
        if is_ratio
        else (None, None, None)
    )
    return Effect(*numbers, p_value, *ratios)


def fit_noise(times: Floats, design: Floats, values: Floats, weights: Floats) -> Fitted:
    """Return estimates that allow for autocorrelation of any strength.

    Parameters
    ----------
    times
        Whole numbers, rising; a gap between them weakens the correlation as its length says.
    design, values, weights
        A row a point. Weights are inverse variances up to a factor.

    Notes
    -----
    Noise has the correlation s·r^|gap| between points, r of `STRENGTHS` and s of `SHARES` (1
    where r is small). Terms and variance have the flat prior of reference
    analysis, so given r and s the terms follow t, and the weight of r and s is their restricted
    (REML) likelihood. Measured coverage: docs/statistics.md.

    References
    ----------
    Zellner A., Tiao G. C. (1964), Journal of the American Statistical Association 59, 763–778.
    Harville D. A. (1974), Biometrika 61, 383–385 (the restricted likelihood as a marginal one).
    """
    noises, prior, neighbours = _noises(times)
    root = np.sqrt(weights)[:, np.newaxis]
    joined = root * np.column_stack([design, values])
    size, terms = design.shape
    passing = np.linalg.cholesky(noises)
    free = np.linalg.solve(passing, np.broadcast_to(joined, (len(noises), *joined.shape)))
    products = free.transpose(0, 2, 1) @ free
    inverse = np.linalg.inv(products[:, :terms, :terms])
    found = (inverse @ products[:, :terms, terms:])[..., 0]
    rest = products[:, terms, terms] - (found * products[:, :terms, terms]).sum(axis=1)
    rest = np.maximum(rest, np.finfo(float).tiny)
    freedom = size - terms
    likely = (
        np.log(prior)
        - np.log(np.diagonal(passing, axis1=1, axis2=2)).sum(axis=1)
        + np.linalg.slogdet(inverse)[1] / 2
        - freedom / 2 * np.log(rest)
    )
    share = np.exp(likely - likely.max())
    share /= share.sum()
    best = int(likely.argmax())
    kept = share > UNLIKELY
    white, whitened = free[best, :, terms], free[best, :, :terms]
    return Fitted(
        share[kept] / share[kept].sum(),
        found[kept],
        (inverse * (rest / freedom)[:, np.newaxis, np.newaxis])[kept],
        freedom,
        white - whitened @ found[best],
        whitened,
        np.linalg.solve(passing[best], np.diag(root[:, 0])),
        float(share @ neighbours),
    )


def fit_independent(
    design: Floats, values: Floats, weights: Floats, *, is_normal: bool, is_chance: bool = False
) -> Fitted:
    """Return plain weighted least squares.

    `is_normal` takes 1.96 and not t, as GLM programs do; `is_chance` takes the weights for the
    inverse variances themselves, so that nothing is estimated from the residuals.
    """
    root = np.sqrt(weights)[:, np.newaxis]
    whitened, aim = root * design, root[:, 0] * values
    inverse = np.linalg.inv(whitened.T @ whitened)
    found = inverse @ whitened.T @ aim
    white = aim - whitened @ found
    freedom = len(values) - design.shape[1]
    return Fitted(
        np.ones(1),
        found[np.newaxis],
        np.asarray(inverse * (1.0 if is_chance else white @ white / freedom))[np.newaxis],
        None if is_normal or is_chance else freedom,
        white,
        whitened,
        np.diag(root[:, 0]),
        0.0,
    )


def _noises(times: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the correlation matrices tried, their prior weights and neighbours' correlation."""
    gap = np.abs(times[:, np.newaxis] - times).astype(np.int64)
    tried = [
        (strength, share)
        for strength in STRENGTHS
        for share in (SHARES if strength > SMALL else (1.0,))
    ]
    strength, share = (np.array(one) for one in zip(*tried, strict=True))
    powers = strength[:, np.newaxis] ** np.arange(gap.max() + 1)
    matrices = (share[:, np.newaxis] * powers)[:, gap]
    matrices[:, np.arange(len(times)), np.arange(len(times))] = 1.0
    prior = np.exp(TILT * strength) / np.where(strength > SMALL, len(SHARES), 1)
    prior *= np.where(np.abs(strength) < SMALL, 1.5, np.where(strength > 0.92, 0.5, 1.0))
    return matrices, prior, strength * share
