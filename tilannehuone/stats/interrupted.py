"""Interrupted time series: what changed in level and slope at a known time.

One series before and after a start, or model areas against comparison areas. It tells how far the
series went from where it was going; a cause it cannot tell: something else may have happened at
the same time, which is what the comparison areas, the placebo dates and the assumptions are for.
"""

import numpy as np
from numpy.typing import ArrayLike

from tilannehuone.stats.interrupted_design import check_enough, series_of
from tilannehuone.stats.interrupted_fit import Plan
from tilannehuone.stats.interrupted_input import checked_settings, checked_times, group
from tilannehuone.stats.interrupted_result import Errors, Interrupted, Kind, Season
from tilannehuone.stats.interrupted_told import Asked, told


def interrupted_series(
    values: ArrayLike,
    *,
    start: float,
    times: ArrayLike | None = None,
    periods_per_year: int = 12,
    kind: Kind = "counts",
    exposures: ArrayLike | None = None,
    variances: ArrayLike | None = None,
    comparison: ArrayLike | None = None,
    comparison_exposures: ArrayLike | None = None,
    comparison_variances: ArrayLike | None = None,
    season: Season = "none",
    harmonics: int = 2,
    with_slope: bool = True,
    transition: int = 0,
    left_out: ArrayLike = (),
    errors: Errors = "autocorrelated",
    level: float = 0.95,
    checks: bool = True,
) -> Interrupted:
    """Return the change of level and slope at a start, with intervals, counterfactual and checks.

    Parameters
    ----------
    values
        One value a period, oldest first; or a row an area, then the areas are taken together.
        Counts for `kind` "counts". NaN is hidden or missing and is left out.
    start
        The first period that may show the change, in the unit of `times`.
    times
        When each period was, rising whole numbers; by default 0, 1, 2 … periods.
    periods_per_year
        12 for months, 4 for quarters. A period's place in the year is its time modulo this.
    kind
        "counts": log-linear quasi-Poisson, or against a comparison the share of the model areas in
        each period's events (quasi-binomial, which is Poisson given what both had in common).
        "log": logarithms of the values. "linear": the values as they are.
    exposures
        For counts: persons or person-time, of the shape of `values`; by default all alike.
    variances
        For "log" and "linear": the variance of each value (its standard error squared); points
        weigh by the inverse. By default all weigh the same.
    comparison, comparison_exposures, comparison_variances
        The same for the comparison: a series or a row an area, over the same periods.
    season
        "factors": one for each place in the year; "harmonics": `harmonics` pairs of sine and
        cosine. Against a comparison the season that both share has gone already.
    with_slope
        False looks for a step alone, as where few points are after.
    transition
        Periods from the start on that are left out; the change is then told from the first after
        them.
    left_out
        Further times that are left out, as of an epidemic.
    errors
        "independent" gives the plain quasi-likelihood or least-squares interval and "chance" that
        of Poisson (binomial; the given variances) alone, which published examples print; both are
        too narrow where neighbours are alike.
    level
        Of all intervals.
    checks
        False leaves out influence and placebo, which fit the series again many times.

    Returns
    -------
    Interrupted
        Assumption keys: `no_other_change`, `trend_goes_on`, `same_measurement`, `known_start`;
        `season_repeats` with a season; `comparison_untouched`, `would_have_moved_alike` with a
        comparison. Warning keys: `autocorrelation_left`, `overdispersed`, `few_after` (under 12
        points after), `one_point_decides`, `placebo_marks`, `trends_differ_before`,
        `points_left_out` (a tenth or more hidden), `few_events`, `independent_errors`,
        `short_for_season` (under two years before), `correlation_strong`.

    Raises
    ------
    TooFewPoints
        Under 8 known points before, 4 after (6 with a slope), or under 8 more points than the fit
        has terms. It is a ValueError.
    TooFewEvents
        Under 10 events on a side of the start. It is a ValueError.
    ValueError
        For what cannot be: shapes that differ, times that do not rise, negative counts, exposures
        or variances that are not positive, values without a logarithm, a season of the year
        without periods in it.

    Notes
    -----
    Against a comparison the two are one series, of the ratio or the difference, so that shocks
    they share are gone and the rest may be autocorrelated in any strength; for intervals see
    `tilannehuone.stats.interrupted_noise`. Hidden cells are usually the small ones, so a series
    with many of them is of the larger values.

    References
    ----------
    Wagner A. K. et al. (2002), Journal of Clinical Pharmacy and Therapeutics 27, 299–309; Lopez
    Bernal J., Cummins S., Gasparrini A. (2017, 2018), International Journal of Epidemiology 46,
    348–355 and 47, 2082–2093 (controls). Intervals of short series: Turner S. L. et al. (2021),
    BMC Medical Research Methodology 21, 181.

    Examples
    --------
    A fifth less from the 25th month on:

    >>> counts = [50.0, 46, 54, 52, 48, 50] * 4 + [40.0, 37, 43, 41, 39, 40] * 2
    >>> found = interrupted_series(counts, start=24, with_slope=False)
    >>> round(found.level.percent), found.level.is_clear, found.counterfactual[-1] > 45
    (-20, True, True)
    """
    checked_settings(periods_per_year, season, harmonics, transition, level)
    size = np.atleast_2d(np.asarray(values, dtype=np.float64)).shape[1]
    when = checked_times(times, size)
    model = group(values, exposures, variances, kind, size)
    other = (
        None
        if comparison is None
        else group(comparison, comparison_exposures, comparison_variances, kind, size)
    )
    series = series_of(when, model, other, kind)
    since = float(start + transition)
    is_wanted = ~((when >= start) & (when < since)) & ~np.isin(when, np.asarray(left_out))
    plan = Plan(
        series,
        is_wanted & series.is_known,
        since,
        periods_per_year,
        season,
        harmonics,
        with_slope,
        errors,
        level,
        is_ratio=kind != "linear",
    )
    check_enough(series, plan.used, since, plan.terms, with_slope)
    has_chance = kind == "counts" or variances is not None
    return told(Asked(plan, model, other, kind, float(start), is_wanted, has_chance, checks))
