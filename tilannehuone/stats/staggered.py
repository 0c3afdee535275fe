"""Several starts at different times, against the areas that had not started then.

Two-way fixed effects take areas that have started already for a comparison, and so may turn an
effect around that grows with time (Goodman-Bacon 2021). Here each start has its own comparison:
the areas that never start, and those that had not yet.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from tilannehuone.stats.interrupted_result import Kind
from tilannehuone.stats.interval import tail_of
from tilannehuone.stats.staggered_input import amounts, panel_of
from tilannehuone.stats.staggered_result import Staggered, TooFewAreas
from tilannehuone.stats.staggered_told import told

MIN_NEVER = 5
"""Fewest areas that never start: of fewer nobody can tell how far an area strays by chance."""


def staggered_starts(
    values: ArrayLike,
    starts: Sequence[float | None],
    *,
    times: ArrayLike | None = None,
    kind: Kind = "counts",
    exposures: ArrayLike | None = None,
    variances: ArrayLike | None = None,
    longest_before: int = 12,
    longest_after: int = 24,
    transition: int = 0,
    level: float = 0.95,
    seed: int = 1,
    with_placebo: bool = True,
) -> Staggered:
    """Return the effects by time since start, by area and overall, with intervals.

    Parameters
    ----------
    values
        A row an area, a column a period, oldest first. NaN is hidden or missing and is left out.
    starts
        For each area the first period that may show the effect, in the unit of `times`; None (or
        NaN) for areas that never start.
    times
        When each period was, rising; by default 0, 1, 2 … periods.
    kind, exposures, variances
        As for `interrupted_series`; for counts effects are of the logarithm of the rate, with
        half an event added to each count.
    longest_before, longest_after
        How many periods before and after a start are told in `since_start`; the overall effect
        takes the periods to `longest_after`.
    transition
        Periods from the start on that are left out.
    level
        Of all intervals.
    seed
        Of the draw among the ways of placing the starts, where there are many.
    with_placebo
        False leaves out the same starts in other areas, which take hundreds of fits.

    Returns
    -------
    Staggered
        Assumption keys: `would_have_moved_alike`, `no_spillover`, `no_anticipation`,
        `same_measurement`, `known_start`, `areas_equally_restless`. Warning keys: `few_never`
        (under 10 areas that never start), `one_started`, `moved_apart_before`, `areas_left_out`,
        `few_events` (under 5 events a period and area), `points_left_out` (a tenth or more
        hidden).

    Raises
    ------
    TooFewAreas
        Under 5 areas that never start. It is a ValueError.
    ValueError
        When no area starts with 4 known periods before and 1 after, and for what cannot be, as in
        `interrupted_series`.

    Notes
    -----
    For effects see `tilannehuone.stats.staggered_weights`, for intervals
    `tilannehuone.stats.staggered_spread`.

    References
    ----------
    Callaway B., Sant'Anna P. H. C. (2021), Journal of Econometrics 225, 200–230. Goodman-Bacon A.
    (2021), ibid. 254–277.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> values = rng.normal(10, 0.5, (8, 24))
    >>> values[0, 10:] -= 2
    >>> values[1, 14:] -= 2
    >>> found = staggered_starts(values, [10, 14, *[None] * 6], kind="linear")
    >>> found.overall.lower < -2 < found.overall.upper < 0
    True
    """
    tail_of(level)
    amount, chance, events = amounts(values, exposures, variances, kind)
    panel = panel_of(amount, starts, times, longest_before, longest_after, transition)
    never = int(np.isinf(panel.starts).sum())
    if never < MIN_NEVER:
        raise TooFewAreas(never, MIN_NEVER)
    return told(panel, amount, chance, events, kind, level, seed if with_placebo else None)
