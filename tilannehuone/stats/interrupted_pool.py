"""Several areas taken as one, so that a hidden cell of one does not move the whole."""

import warnings

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 200
CLOSE = 1e-10


def pooled_counts(counts: Floats, exposures: Floats) -> tuple[Floats, Floats]:
    """Return counts and exposures of the areas together, NaN where all are hidden.

    Where an area is hidden its share of the events, as its rate and the period's level foretell
    it (a two-way multiplicative fit), is taken off the exposure: the rate neither rises nor falls
    because a busy or quiet area is missing. Where all are known these are plain sums.

    Parameters
    ----------
    counts, exposures
        A row an area. NaN counts are hidden; an exposure that is NaN hides its count.

    Examples
    --------
    A busy area and a quiet one, the busy one hidden once:

    >>> counts = np.array([[80.0, np.nan, 80.0], [20.0, 20.0, 20.0]])
    >>> [one.round(6).tolist() for one in pooled_counts(counts, np.full((2, 3), 10.0))]
    [[100.0, 20.0, 100.0], [20.0, 4.0, 20.0]]
    """
    is_known = ~np.isnan(counts) & ~np.isnan(exposures)
    whole = _filled(exposures)
    seen = np.where(is_known, counts, 0.0)
    total = seen.sum(axis=0)
    at_risk = whole.sum(axis=0)
    if not is_known.all():
        rate = _rates(seen, np.where(is_known, whole, 0.0))
        expected = rate[:, np.newaxis] * whole
        at_risk = at_risk * _over((expected * is_known).sum(axis=0), expected.sum(axis=0))
    is_none = ~is_known.any(axis=0) | (at_risk <= 0)
    return np.where(is_none, np.nan, total), np.where(is_none, np.nan, at_risk)


def pooled_values(values: Floats, variances: Floats) -> tuple[Floats, Floats]:
    """Return the mean over areas and its variance, NaN where all are hidden.

    A hidden cell is taken to lie as far above or below the others as its area does elsewhere.

    >>> values = np.array([[8.0, np.nan, 8.0], [2.0, 4.0, 2.0]])
    >>> pooled_values(values, np.ones((2, 3)))[0].round(6).tolist()
    [5.0, 7.0, 5.0]
    """
    is_known = ~np.isnan(values) & ~np.isnan(variances)
    number = is_known.sum(axis=0)
    seen = np.where(is_known, values, np.nan)
    area = np.zeros(len(values))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of a period or area without any value
        for _ in range(ROUNDS):
            period = np.nanmean(seen - area[:, np.newaxis], axis=0)
            before, area = area, np.nan_to_num(np.nanmean(seen - period, axis=1))
            if np.abs(area - before).max() < CLOSE * (1 + np.abs(area).max()):
                break
        mean = np.nanmean(seen - area[:, np.newaxis], axis=0) + area.mean()
        spread = np.nansum(np.where(is_known, variances, np.nan), axis=0) / number**2
    return mean, np.where(number > 0, spread, np.nan)


def _rates(counts: Floats, exposures: Floats) -> Floats:
    """Return each area's rate in the two-way multiplicative fit to the known cells."""
    rate = np.ones(len(counts))
    for _ in range(ROUNDS):
        level = _over(counts.sum(axis=0), (rate[:, np.newaxis] * exposures).sum(axis=0))
        before, rate = rate, _over(counts.sum(axis=1), (exposures * level).sum(axis=1))
        if np.abs(rate - before).max() < CLOSE * (1 + rate.max()):
            break
    return rate


def _filled(exposures: Floats) -> Floats:
    """Return exposures with the area's mean where one is missing, 0 for an area without any."""
    is_known = ~np.isnan(exposures)
    mean = _over(np.where(is_known, exposures, 0.0).sum(axis=1), is_known.sum(axis=1).astype(float))
    return np.where(is_known, exposures, mean[:, np.newaxis])


def _over(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
