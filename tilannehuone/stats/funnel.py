"""The funnel: areas of different sizes against their common level, and how far chance reaches."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tilannehuone.stats.benchmark import Word, checked_direction, worded
from tilannehuone.stats.funnel_limits import (
    Kind,
    Limits,
    adjusted_limits,
    funnel_limits,
    standard_error,
    unit_variance,
)
from tilannehuone.stats.interval import Floats, checked_scale, counted_pair, refuse
from tilannehuone.stats.spc_result import Direction

WINSORISED = 0.1
"""The share of z-scores drawn in to its edge at either end before their spread is told."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """Areas against their common level. Rows are by area, in the order given, NaN where unknown.

    `baseline`, `value`, and all limits are in the unit of the values, times `scale`; `tau2` is a
    variance of the unscaled values. `limits` know chance only, `adjusted` the spread between
    areas too. `outer` are the lines to draw: `limits`, and where areas are overdispersed the wider
    of the two. `words` say for each area on which side of them it lies, None where unknown.
    """

    kind: Kind
    scale: float
    baseline: float
    known: int
    value: Floats
    limits: Limits
    z: Floats
    phi: float
    tau2: float
    adjusted_z: Floats
    adjusted: Limits
    outer: Limits
    words: tuple[Word | None, ...]

    @property
    def is_overdispersed(self) -> bool:
        """Whether areas differ more than chance alone would make them; said beside the funnel."""
        return self.phi > 1

    @property
    def flagged(self) -> tuple[int, ...]:
        """Positions of the areas strictly beyond the 95 % lines."""
        return tuple(n for n, word in enumerate(self.words) if word not in (None, "similar"))

    @property
    def lower95(self) -> Floats:
        """The lower 95 % limit of chance alone."""
        return self.limits.lower95

    @property
    def upper95(self) -> Floats:
        """The upper 95 % limit of chance alone."""
        return self.limits.upper95

    @property
    def lower998(self) -> Floats:
        """The lower 99.8 % limit of chance alone."""
        return self.limits.lower998

    @property
    def upper998(self) -> Floats:
        """The upper 99.8 % limit of chance alone."""
        return self.limits.upper998

    def curve(self, denominators: ArrayLike) -> Limits:
        """Return the lines to draw at any row of denominators; at the areas' own, `outer`."""
        baseline = self.baseline / self.scale
        limits = funnel_limits(baseline, denominators, self.kind, scale=self.scale)
        if not self.is_overdispersed:
            return limits
        adjusted = adjusted_limits(baseline, denominators, self.kind, self.tau2, scale=self.scale)
        return _wider(limits, adjusted)


def funnel(
    numerator: ArrayLike,
    denominator: ArrayLike,
    *,
    kind: Kind,
    scale: float = 1.0,
    direction: Direction = "context",
) -> Funnel:
    """Return the funnel of areas: their common level, its limits, and which areas lie beyond.

    The baseline is Σ numerator / Σ denominator over the areas where both are known. Limits are
    those of `funnel_limits`. z = (value − baseline)/s untransformed, s the standard error of an
    area at the baseline. Areas usually differ beyond chance (overdispersion): φ is the mean of the
    squared z-scores, each drawn in to their 10th and 90th percentiles (interpolated linearly, type
    7), and the variance between areas by moments is

        τ² = max(0, (Iφ − (I − 1)) / (Σw − Σw²/Σw)),  w = 1/s², I known areas,

    adjusted z = (value − baseline)/√(s² + τ²), adjusted limits baseline ± quantile·√(s² + τ²).

    Words use the lines in `outer`. When φ > 1 an area must lie beyond the limits of chance and the
    adjusted ones both: adjusted limits are normal, and where few events are expected they alone
    would mark more than chance allows. So an overdispersed funnel never marks an area that a
    plain one would not. On a line is not beyond it.

    Parameters
    ----------
    numerator, denominator
        One row each, an area a place; NaN is hidden or missing.
    kind
        `proportion` (at most all of the denominator) or `rate` (events, any number of them).
    scale
        1000 gives values and limits per thousand.
    direction
        Which way is better, for the words; `context` says higher and lower.

    Returns
    -------
    Funnel
        With no known area the baseline, φ and τ² are NaN. With one, or with no events at all,
        φ and τ² are 0: nothing varies.

    Raises
    ------
    ValueError
        For a negative numerator, a denominator not positive, a proportion above its whole, an
        infinite number, an unknown kind or direction.

    References
    ----------
    Spiegelhalter D. J. (2005), Handling over-dispersion of performance indicators, Quality and
    Safety in Health Care 14, 347–351; and see `funnel_limits`. φ and τ² as in the R package
    FunnelPlotR, whose transforms (arcsine among them, which wraps at small n) are not used.

    Examples
    --------
    >>> found = funnel([12, 30, 9, 70, 22], [200, 400, 180, 500, 390], kind="proportion", scale=100)
    >>> round(found.baseline, 2), round(found.phi, 2), round(found.tau2, 5)
    (8.56, 2.83, 0.00062)
    >>> found.lower95.round(2).tolist(), found.adjusted.lower95.round(2).tolist()
    ([4.68, 5.82, 4.48, 6.11, 5.79], [2.34, 2.98, 2.21, 3.11, 2.96])
    >>> found.words  # the fourth, of 14 %, lies beyond the limits of chance, not the adjusted ones
    ('similar', 'similar', 'similar', 'similar', 'similar')
    """
    checked_direction(direction)
    x, n = _known_pairs(numerator, denominator, kind)
    known, value = int(np.count_nonzero(~np.isnan(x))), x / n
    baseline = float(np.nansum(x) / np.nansum(n)) if known else np.nan
    limits = funnel_limits(baseline, n, kind, scale=checked_scale(scale))
    z = _z(value, baseline, standard_error(baseline, n, kind))
    phi = _dispersion(z)
    tau2 = _between(phi, n, unit_variance(baseline, kind))
    error = np.sqrt(standard_error(baseline, n, kind) ** 2 + tau2)
    adjusted = adjusted_limits(baseline, n, kind, tau2, scale=scale)
    outer = _wider(limits, adjusted) if phi > 1 else limits
    return Funnel(
        kind=kind,
        scale=scale,
        baseline=baseline * scale,
        known=known,
        value=value * scale,
        limits=limits,
        z=z,
        phi=phi,
        tau2=tau2,
        adjusted_z=_z(value, baseline, error),
        adjusted=adjusted,
        outer=outer,
        words=_words(value * scale, outer, direction),
    )


def _known_pairs(numerator: ArrayLike, denominator: ArrayLike, kind: Kind) -> tuple[Floats, Floats]:
    """Return both as one row each, NaN in both where either is unknown."""
    x, n = counted_pair(numerator, denominator)
    if x.ndim != 1:
        raise ValueError("a funnel takes one row of areas")
    if kind == "proportion":
        refuse(x > n, "numerator exceeds denominator")
    unknown = np.isnan(x) | np.isnan(n)
    return np.where(unknown, np.nan, x), np.where(unknown, np.nan, n)


def _z(value: Floats, baseline: float, error: Floats) -> Floats:
    """Return standardised differences; where nothing can vary every value is the baseline."""
    return (value - baseline) / np.where(error == 0, 1.0, error)


def _dispersion(z: Floats) -> float:
    """Return φ, the mean square of the winsorised z-scores."""
    z = z[~np.isnan(z)]
    if not len(z):
        return np.nan
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    return float(np.mean(np.clip(z, low, high) ** 2))


def _between(phi: float, denominators: Floats, variance: float) -> float:
    """Return τ² by the method of moments, unscaled."""
    n = denominators[~np.isnan(denominators)]
    if len(n) < 2 or variance == 0:
        return 0.0 if len(n) else np.nan
    weights = n / variance
    spare = weights.sum() - (weights**2).sum() / weights.sum()
    return max(0.0, float((len(n) * phi - (len(n) - 1)) / spare))


def _wider(one: Limits, other: Limits) -> Limits:
    return Limits(
        lower95=np.minimum(one.lower95, other.lower95),
        upper95=np.maximum(one.upper95, other.upper95),
        lower998=np.minimum(one.lower998, other.lower998),
        upper998=np.maximum(one.upper998, other.upper998),
    )


def _words(value: Floats, lines: Limits, direction: Direction) -> tuple[Word | None, ...]:
    found = worded(
        value < lines.lower95,
        value < lines.lower998,
        value > lines.upper95,
        value > lines.upper998,
        np.isnan(value),
        direction,
    )
    return tuple(found.tolist())
