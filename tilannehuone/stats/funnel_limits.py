"""The lines of a funnel: how far from the baseline chance alone takes an area of a given size."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from tilannehuone.stats.interval import Floats, checked_scale, normal_quantile, refuse

Kind = Literal["proportion", "rate"]

LEVELS = (0.95, 0.998)
TAILS = (0.025, 0.001)
HALVINGS = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """The four lines of a funnel at a row of denominators, in the unit of the values."""

    lower95: Floats
    upper95: Floats
    lower998: Floats
    upper998: Floats


def funnel_limits(
    baseline: float, denominators: ArrayLike, kind: Kind, *, scale: float = 1.0
) -> Limits:
    """Return the limits between which areas at the baseline stay, chance alone at work.

    Proportions have the limits at which an area's Wilson interval just reaches the baseline:
    baseline ± z·√(baseline·(1 − baseline)/n), cut at 0 and 1. These are the values that
    calculate_funnel_limits of the R package PHEindicatormethods gives. They are approximate: where
    fewer than some five cases are expected they let a single case through too easily.

    Rates have the exact Poisson limits of the expected count E = baseline·n, over n. The upper
    limit is the x where P(X ≥ x) = 0.025 (0.001), the lower where P(X ≤ x) = 0.025 (0.001), X
    Poisson with mean E and both probabilities read between whole counts through the gamma
    function: P(X ≥ x) is the regularised P(x, E), P(X ≤ x) is Q(x + 1, E). Where even zero events
    are likelier than that, the lower limit is 0. It is the same curve on which that package
    places its points, by whole counts instead of denominators.

    Notes
    -----
    Strictly beyond exact limits lies no more than chance allows. P(X ≥ x) falls as x grows, so a
    count k is above the upper limit exactly when P(X ≥ k) < 0.025. Let c be the smallest such
    count: then some count above the limit is seen with a probability of P(X ≥ c) < 0.025. The
    lower side is the same, so together under 5 % (0.2 %) at every E however small, and usually
    well under, as counts are whole. The chi-square interval around E, often drawn instead, has no
    such bound: of areas that expect 4.1 events it marks 8 % as low.

    Parameters
    ----------
    baseline
        Events per one of the denominator, unscaled.
    denominators
        One row; NaN (hidden or missing) gives NaN.
    kind
        `proportion` (at most all of the denominator) or `rate` (events, any number of them).
    scale
        Multiplies the limits; 1000 gives them per thousand.

    Raises
    ------
    ValueError
        When a denominator is not positive or infinite, the baseline not possible for its kind.

    References
    ----------
    Spiegelhalter D. J. (2005), Funnel plots for comparing institutional performance, Statistics
    in Medicine 24, 1185–1202. OHID, Fingertips public health technical guidance.

    Examples
    --------
    >>> found = funnel_limits(0.2, [100, 400], "proportion")
    >>> found.lower95.round(4).tolist(), found.upper95.round(4).tolist()
    ([0.1216, 0.1608], [0.2784, 0.2392])
    >>> found = funnel_limits(0.01, [1000], "rate", scale=1000)
    >>> found.lower95.round(3).tolist(), found.upper95.round(3).tolist()
    ([3.834], [17.127])
    """
    n, scale = _denominators(denominators), checked_scale(scale)
    _checked_baseline(baseline, kind)
    if kind == "proportion":
        return _normal(baseline, standard_error(baseline, n, kind), kind, scale)
    counts = _poisson_counts(baseline * n)
    return Limits(*(one / n * scale for one in counts))


def adjusted_limits(
    baseline: float, denominators: ArrayLike, kind: Kind, tau2: float, *, scale: float = 1.0
) -> Limits:
    """Return limits that allow for areas differing beyond chance, by a variance of `tau2`.

    baseline ± z·√(s² + τ²), s the standard error of an area at the baseline; cut at 0 and, for a
    proportion, at 1. With a τ² of 0 they are the normal limits. See `funnel` for τ².
    """
    n, scale = _denominators(denominators), checked_scale(scale)
    _checked_baseline(baseline, kind)
    if tau2 < 0:
        raise ValueError(f"tau2 is zero or more, not {tau2}")
    return _normal(baseline, np.sqrt(standard_error(baseline, n, kind) ** 2 + tau2), kind, scale)


def standard_error(baseline: float, denominators: Floats, kind: Kind) -> Floats:
    """Return the standard error of an area's value when it is at the baseline, unscaled."""
    return np.sqrt(unit_variance(baseline, kind) / denominators)


def unit_variance(baseline: float, kind: Kind) -> float:
    """Return the variance of one unit of the denominator: binomial, or Poisson for a rate."""
    return baseline * (1 - baseline) if kind == "proportion" else baseline


def _normal(baseline: float, error: Floats, kind: Kind, scale: float) -> Limits:
    most = 1.0 if kind == "proportion" else np.inf
    lines = [
        np.clip(baseline + side * normal_quantile(level) * error, 0.0, most) * scale
        for level in LEVELS
        for side in (-1, 1)
    ]
    return Limits(*lines)


def _poisson_counts(expected: Floats) -> Floats:
    """Return the four limits of Poisson counts, a row each: lower and upper, 95 % then 99.8 %.

    With x the shape a of the gamma function, both limits solve P(a, E) = p: the upper has p = tail
    and a = x, the lower p = 1 - tail and a = x + 1. P falls in a, so halving finds the root.
    """
    wanted = np.array([[1 - TAILS[0]], [TAILS[0]], [1 - TAILS[1]], [TAILS[1]]])
    low = np.zeros((4, len(expected)))
    high = low + expected + 10 * np.sqrt(expected) + 10
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        is_below = special.gammainc(middle, expected) > wanted
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    counts = (low + high) / 2
    counts[::2] = np.maximum(counts[::2] - 1, 0.0)
    return counts


def _denominators(denominators: ArrayLike) -> Floats:
    n = np.asarray(denominators, dtype=np.float64)
    if n.ndim != 1:
        raise ValueError("denominators are one row")
    refuse(np.isinf(n), "a number is infinite")
    refuse(n <= 0, "denominator is not positive")
    return n


def _checked_baseline(baseline: float, kind: Kind) -> None:
    if kind not in ("proportion", "rate"):
        raise ValueError(f"kind is proportion or rate, not {kind!r}")
    most = 1.0 if kind == "proportion" else np.inf
    if baseline < 0 or baseline > most or baseline == np.inf:
        raise ValueError(f"a {kind} has no baseline of {baseline}")
