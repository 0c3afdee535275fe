"""One fit of an interrupted series, its effects, and the same at other times."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tilannehuone.stats.interrupted_design import (
    MIN_BEFORE,
    MIN_FREEDOM,
    Series,
    terms_of,
    working,
)
from tilannehuone.stats.interrupted_noise import Fitted, fit_independent, fit_noise
from tilannehuone.stats.interrupted_result import Effect, Errors, Placebo, Season

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

STEP, TURN = 2, 3
"""Where the step and the change of trend stand among the terms."""

MOST_PLACEBOS = 5
PLACEBO_AFTER = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """What is fitted and how: the same for the true start and for placebo dates.

    `since` is the first time that shows the change; `used` tells the points that are fitted.
    """

    series: Series
    used: Bools
    since: float
    per_year: int
    season: Season
    harmonics: int
    with_slope: bool
    errors: Errors
    level: float
    is_ratio: bool

    @property
    def terms(self) -> Floats:
        """A row a period, used or not."""
        return terms_of(
            self.series.times,
            self.since,
            self.per_year,
            self.season,
            self.harmonics,
            self.with_slope,
        )

    @property
    def is_after(self) -> Bools:
        """Which periods may show the change."""
        return self.series.times >= self.since

    def fitted(self, columns: slice = slice(None)) -> Fitted:
        """Return the fit of all terms, or of some of them."""
        points = self.series.at(self.used)
        design = self.terms[self.used][:, columns]
        value, weight = working(points, design)
        if self.errors == "autocorrelated":
            return fit_noise(points.times, design, value, weight)
        is_chance = self.errors == "chance"
        return fit_independent(
            design, value, weight, is_normal=points.is_counts, is_chance=is_chance
        )

    def effects(self, fitted: Fitted, contrasts: Floats) -> list[Effect]:
        """Return effects of a fit, one a row of contrasts, in the reader's terms."""
        return fitted.effects(contrasts, self.level, is_ratio=self.is_ratio)


def change_at(terms: Floats, with_slope: bool) -> Floats:
    """Return what the change adds at each row of terms, as contrasts."""
    contrast = np.zeros_like(terms)
    kept = slice(STEP, TURN + 1 if with_slope else TURN)
    contrast[:, kept] = terms[:, kept]
    return contrast


def without_change(terms: Floats, with_slope: bool) -> Floats:
    """Return the terms as they would be had nothing changed."""
    return terms - change_at(terms, with_slope)


def trend_before(plan: Plan) -> Effect:
    """Return the slope a year of the points before the start alone."""
    early = replace(plan, used=plan.used & ~plan.is_after, season="none")
    return plan.effects(early.fitted(slice(0, STEP)), np.array([[0.0, 1.0]]))[0]


def placebo(plan: Plan) -> Placebo | None:
    """Return the steps at dates before the start, spread evenly; None where none has room.

    A step alone is looked for, in the points before the true start, with eight or more before
    each date and six after.
    """
    early = plan.used & ~plan.is_after
    when = plan.series.times[early]
    last = len(when) - PLACEBO_AFTER
    terms = plan.terms.shape[1] - plan.with_slope
    if last < MIN_BEFORE or len(when) < terms + MIN_FREEDOM:
        return None
    places = np.unique(np.linspace(MIN_BEFORE, last, MOST_PLACEBOS).round().astype(int))
    dates, effects = [], []
    for date in when[places]:
        tried = replace(plan, used=early, since=float(date), with_slope=False)
        design = tried.terms
        if np.linalg.matrix_rank(design[early]) == design.shape[1]:
            step = np.eye(design.shape[1])[[STEP]]
            dates.append(float(date))
            effects += plan.effects(tried.fitted(), step)
    return Placebo(tuple(dates), tuple(effects)) if dates else None
