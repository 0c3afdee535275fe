"""What an interrupted time series finds: frozen results."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["counts", "log", "linear"]
Season = Literal["none", "factors", "harmonics"]
Errors = Literal["autocorrelated", "independent", "chance"]


class TooFewPoints(ValueError):
    """The series is too short for an interval that could be trusted.

    `before` and `after` are the known points on each side, `needed_before` and `needed_after` the
    fewest that are taken.
    """

    def __init__(self, before: int, after: int, needed_before: int, needed_after: int) -> None:
        self.before, self.after = before, after
        self.needed_before, self.needed_after = needed_before, needed_after
        super().__init__(
            f"an interrupted series needs {needed_before} known points before and {needed_after} "
            f"after, got {before} and {after}"
        )


class TooFewEvents(ValueError):
    """There are too few events on a side of the start for a ratio.

    `events` is the least of the sums before and after, of the model areas and of the comparison;
    `needed` the fewest that are taken.
    """

    def __init__(self, events: int, needed: int) -> None:
        self.events, self.needed = events, needed
        super().__init__(f"a ratio needs {needed} events on each side, got {events}")


@dataclass(frozen=True, slots=True)
class Effect:
    """One estimate with its limits.

    `estimate`, its standard error and limits are of the logarithm for counts and logarithms, of
    the values themselves where they were fitted as they are. `ratio` and `percent` (-12.0 is 12 %
    less) with their limits are None without logarithms.
    """

    estimate: float
    standard_error: float
    lower: float
    upper: float
    p_value: float
    ratio: float | None
    ratio_lower: float | None
    ratio_upper: float | None

    @property
    def percent(self) -> float | None:
        """The ratio as a percent change."""
        return None if self.ratio is None else 100 * (self.ratio - 1)

    @property
    def percent_lower(self) -> float | None:
        """Lower limit of `percent`."""
        return None if self.ratio_lower is None else 100 * (self.ratio_lower - 1)

    @property
    def percent_upper(self) -> float | None:
        """Upper limit of `percent`."""
        return None if self.ratio_upper is None else 100 * (self.ratio_upper - 1)

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no change."""
        return self.lower > 0 or self.upper < 0


@dataclass(frozen=True, slots=True)
class Influence:
    """The point without which the estimate would move most.

    `time` is the point, `without` the estimate of the average effect without it (as
    `Effect.estimate`), `moved` by how many standard errors it moved.
    """

    time: float
    without: float
    moved: float


@dataclass(frozen=True, slots=True)
class Placebo:
    """The same analysis at times before the start, where nothing is known to have happened.

    `times` are the dates tried, `effects` the level change found at each, from the points before
    the true start alone; `clear` counts those whose interval leaves out no change. One in twenty
    is chance.
    """

    times: tuple[float, ...]
    effects: tuple[Effect, ...]

    @property
    def clear(self) -> int:
        """How many of the dates tried show a change."""
        return sum(one.is_clear for one in self.effects)


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What tells whether the fit may be believed.

    `lag_one` is the correlation of neighbouring residuals, `ljung_box` the p-value that no lag to
    `ljung_box_lags` has any, of what is left once the estimated autocorrelation is taken out
    (with independent errors: of the residuals themselves). `correlation` is the autocorrelation
    the intervals allow for, averaged over what the series leaves possible; 0 where taken as
    independent. `dispersion` is the residual variance over that of pure chance (Poisson,
    binomial or the given variances); None without any such. `before_trend` is the difference of
    slopes a year before the start between model areas and comparison, None without comparison.
    `influence` and `placebo` are None where too few points are left for them.
    """

    points_before: int
    points_after: int
    lag_one: float
    ljung_box: float
    ljung_box_lags: int
    correlation: float
    dispersion: float | None
    before_trend: Effect | None
    influence: Influence | None
    placebo: Placebo | None


@dataclass(frozen=True, slots=True)
class Interrupted:
    """All that was found at one start in one series, or against comparison areas.

    `level` is the step at the start, `slope` the change of slope a year (None when asked for no
    slope), `average` the mean difference from the counterfactual over the known points after,
    `last` that of the last of them. Of one series they are changes; against a comparison
    differences of changes.

    The series have one place a period of the input: `observed` is what was fitted (a rate of
    `per` 1 for counts; pooled over the model areas; None where hidden or left out), `expected`
    the fit, `counterfactual` from the start on what the fit expects without the change, with
    limits of that mean (not of single points). Against a comparison, `counterfactual` follows
    what happened there.
    `used` tells the periods that were fitted.

    `assumptions` and `warnings` are keys; the texts are the page's.
    """

    level: Effect
    slope: Effect | None
    average: Effect
    last: Effect
    observed: tuple[float | None, ...]
    expected: tuple[float | None, ...]
    counterfactual: tuple[float | None, ...]
    counterfactual_lower: tuple[float | None, ...]
    counterfactual_upper: tuple[float | None, ...]
    used: tuple[bool, ...]
    diagnostics: Diagnostics
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    kind: Kind
    errors: Errors
    start: float
    model_areas: int
    comparison_areas: int
