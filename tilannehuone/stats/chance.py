"""How often an XmR chart marks its latest point though nothing has changed."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilannehuone.stats.power_tables import table
from tilannehuone.stats.spc_limits import MIN_POINTS
from tilannehuone.stats.spc_result import MIN_POINTS_FOR_WORDS

Floats = NDArray[np.float64]


def false_alarm_probability(
    points: ArrayLike,
    *,
    mean: ArrayLike | None = None,
    autocorrelation: ArrayLike = 0.0,
    baseline: ArrayLike | None = None,
) -> float | Floats:
    """Return the probability that any test marks the latest point of an unchanged series.

    Summed over the charts of a page (`expected_signals`) it tells how many signals chance alone
    would give there.

    Parameters
    ----------
    points
        Known points since the last rebase or break, which set the limits (screening on). Under 13
        nothing is told, so the probability is 0; over 240 counts as 240.
    mean
        Expected count a period, of a rate too: its numerator has the few possible values that
        matter. None or inf: a normal series. A mean of 0 is a constant series without signals.
        The series' own centre will do: sums over charts are then right within a tenth from a
        mean of 1, and up to a quarter too high at 0.5.
    autocorrelation
        Between neighbouring points, when known; taken as -0.5 to 0.8.
    baseline
        Where only so many first points set the limits: their number, at least 12. Points after it
        do not widen the limits, and are marked more often. None: all points set them.

    Returns
    -------
    float or array
        Arguments broadcast; NaN (hidden or missing) gives NaN.

    Raises
    ------
    ValueError
        For a negative number of points or mean, an autocorrelation not between -1 and 1, or a
        baseline under 12 points.

    Notes
    -----
    From tables that `bench.power_tables` drew up with fixed seeds and the product's own tests,
    linear between nodes. To a mean of 10 there are six to eight nodes for each whole number that
    an upper limit passes, because a limit just under one is passed far more often than one just
    over it; 3 million series for each of 12 lengths. Above 10 a node holds the middle of its
    surroundings, from 10,000 marks. The relative standard error is 1 % at a node; between nodes
    2 % of simulated values apart, at most 8 % (means under 1, 17 to 20 points). A fixed baseline
    and autocorrelation add to the log odds, from 4,000 marks a node: most within 5 %, at most
    16 %. Autocorrelated series are AR(1), counts INAR(1).

    Examples
    --------
    >>> [round(false_alarm_probability(24, mean=mean), 3) for mean in (1, 3, 10, None)]
    [0.056, 0.026, 0.019, 0.016]
    """
    known, level, correlation = (
        np.asarray(one, np.float64)
        for one in (points, np.inf if mean is None else mean, autocorrelation)
    )
    refuse(known < 0, "a number of points is negative")
    refuse(level < 0, "a mean count is negative")
    refuse(np.abs(correlation) >= 1, "an autocorrelation is not between -1 and 1")
    limiting = known if baseline is None else _limiting(known, baseline)
    found = table("false_alarms").at(points=limiting, mean=level) / 100
    added = np.zeros(())
    if baseline is not None:
        fixed = table("false_alarms_fixed")
        added = added + fixed.at(baseline=limiting, mean=level, after=known - limiting)
    if correlation.any():
        correlated = table("false_alarms_correlated")
        added = added + correlated.at(correlation=correlation, points=limiting, mean=level)
    odds = found / (1 - found) * np.exp(added)
    found = odds / (1 + odds)
    found = np.where(known < MIN_POINTS_FOR_WORDS, 0 * found, found)
    return found if found.ndim else float(found)


def expected_signals(probabilities: ArrayLike) -> float:
    """Return how many signals chance alone gives; a chart not told of (NaN) gives none.

    >>> round(expected_signals([0.016] * 48), 2)
    0.77
    """
    return float(np.nansum(np.asarray(probabilities, np.float64)))


def chance_of_any(probabilities: ArrayLike) -> float:
    """Return the probability that chance gives at least one signal, charts being independent.

    Charts of an area and of its parts are not: then it is lower.

    >>> round(chance_of_any([0.016] * 48), 2)
    0.54
    """
    quiet = 1 - np.asarray(probabilities, np.float64)
    return float(1 - np.nanprod(quiet))


def _limiting(known: Floats, baseline: ArrayLike) -> Floats:
    """Return how many points set the limits: the first ones, or all when they are fewer."""
    first = np.asarray(baseline, np.float64)
    refuse(first < MIN_POINTS, f"a baseline has fewer than {MIN_POINTS} points")
    return np.minimum(known, first)


def refuse(wrong: NDArray[np.bool_], what: str) -> None:
    """Raise an error that names the first cell that cannot be."""
    if wrong.any():
        raise ValueError(f"cell {int(np.flatnonzero(wrong)[0])}: {what}")
