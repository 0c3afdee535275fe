"""How far chance carries the effects of staggered starts, with few areas."""

from itertools import permutations
from math import factorial, prod

import numpy as np
from numpy.typing import NDArray
from scipy import special

from tilannehuone.stats.interrupted_noise import effect_of
from tilannehuone.stats.interrupted_result import Effect
from tilannehuone.stats.staggered_weights import Panel, weights_of_area

Floats = NDArray[np.float64]

MOST_WAYS = 199
"""Ways of placing the starts that are looked at."""

FEWEST_WAYS = 20
MOST_FREEDOM = 1e6
ROUNDS = 200


def residuals(values: Floats) -> Floats:
    """Return what area and period leave over, 0 where unknown (a two-way additive fit).

    >>> residuals(np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [[0.0, 0.0], [0.0, 0.0]]
    """
    is_known = ~np.isnan(values)
    rest = np.where(is_known, values, 0.0)
    by_area = np.maximum(is_known.sum(axis=1, keepdims=True), 1)
    by_period = np.maximum(is_known.sum(axis=0, keepdims=True), 1)
    for _ in range(ROUNDS):
        area = rest.sum(axis=1, keepdims=True) / by_area
        rest = np.where(is_known, rest - area, 0.0)
        period = rest.sum(axis=0, keepdims=True) / by_period
        rest = np.where(is_known, rest - period, 0.0)
        if np.abs(area).max() < 1e-12 * (1 + np.abs(rest).max()):
            break
    return rest


def variance_of(
    weights: Floats, rest: Floats, chance: Floats, never: NDArray[np.bool_]
) -> tuple[float, float]:
    """Return the variance of an effect, and the degrees of freedom it is known with.

    Each area's weights are laid over the residual series of every area that never starts, so that
    autocorrelation is in it whatever its form, and started areas, which are few, borrow their
    restlessness from the others. What chance makes of a cell (`chance`, its variance) is each
    area's own, so that a small area counts as the noisier.

    References
    ----------
    Conley T. G., Taber C. R. (2011), Review of Economics and Statistics 93, 113–125. Unequal
    sizes: Ferman B., Pinto C. (2019), ibid. 101, 452–467.
    """
    number = int(never.sum())
    laid = (weights @ rest[never].T) ** 2 * number / (number - 1)
    of_chance = weights**2 @ chance[never].T
    seen = float(laid.mean(axis=1).sum())
    beyond = max(seen - float(of_chance.mean(axis=1).sum()), 0.0)
    variance = beyond + float((weights**2 * chance).sum())
    more = (variance / seen) ** 2 if seen > 0 else 1.0
    return variance, min((number - 1) * max(more, 1.0), MOST_FREEDOM)


def effect_with(
    weights: Floats, values: Floats, known: tuple[float, float], level: float, is_ratio: bool
) -> Effect:
    """Return an effect with a t interval; `known` is its variance and degrees of freedom."""
    estimate = float((weights * np.nan_to_num(values)).sum())
    variance, freedom = known
    error = float(np.sqrt(variance))
    reach = float(special.stdtrit(freedom, (1 + level) / 2)) * error
    ratio = -abs(estimate) / error if error > 0 else (0.0 if estimate == 0 else -np.inf)
    numbers = estimate, error, estimate - reach, estimate + reach
    return effect_of(numbers, 2 * float(special.stdtr(freedom, ratio)), is_ratio=is_ratio)


def overall_weights(panel: Panel) -> tuple[Floats, dict[int, dict[int, Floats]]]:
    """Return the weights of the mean over areas of their mean effect, and each area's own."""
    each = {
        int(area): weights_of_area(panel, int(area))
        for area in np.flatnonzero(np.isfinite(panel.starts))
    }
    told = {area: cells for area, cells in each.items() if cells}
    if not told:
        return np.zeros(panel.is_known.shape), {}
    means = [np.mean(list(cells.values()), axis=0) for cells in told.values()]
    return np.asarray(np.mean(means, axis=0)), told


def placebo_in_space(
    panel: Panel, values: Floats, chance: Floats, seed: int
) -> tuple[float | None, int]:
    """Return how often the same starts elsewhere give as much, and the ways looked at.

    The true placing counts among the ways, so the chance is never 0.

    References
    ----------
    Abadie A., Diamond A., Hainmueller J. (2010), Journal of the American Statistical Association
    105, 493–505; MacKinnon J. G., Webb M. D. (2020), Journal of Econometrics 218, 435–450.
    """
    ways = number_of_ways(panel.starts)
    if ways < FEWEST_WAYS:
        return None, ways
    own = _size(panel, values, chance)
    looked = [_size(one, values, chance) for one in _placings(panel, ways, seed)]
    reached = sum(one >= own * (1 - 1e-9) for one in looked)
    return (1 + reached) / (1 + len(looked)), 1 + len(looked)


def number_of_ways(starts: Floats) -> int:
    """Return in how many ways the starts can be placed among the areas.

    >>> number_of_ways(np.array([3.0, 3.0, np.inf, np.inf]))
    6
    """
    counts = np.unique(starts, return_counts=True)[1]
    return factorial(len(starts)) // prod(factorial(int(one)) for one in counts)


def _placings(panel: Panel, ways: int, seed: int) -> list[Panel]:
    """Return the panel with its starts in other areas: all ways, or as many by chance."""
    starts = panel.starts
    if ways <= MOST_WAYS and len(starts) <= 8:
        every = {tuple(one) for one in permutations(starts.tolist())} - {tuple(starts.tolist())}
        placed = [np.array(one) for one in sorted(every)]
    else:
        rng = np.random.default_rng(seed)
        placed = [rng.permutation(starts) for _ in range(MOST_WAYS)]
    return [
        Panel(panel.is_known, panel.times, one, panel.before, panel.after, panel.transition)
        for one in placed
    ]


def _size(panel: Panel, values: Floats, chance: Floats) -> float:
    weights, _ = overall_weights(panel)
    scale = float(np.sqrt((weights**2 * chance).sum()))
    return abs(float((weights * np.nan_to_num(values)).sum())) / (scale or 1.0)
