"""What a segmented trend finds: frozen results, and a line with its intervals."""

from dataclasses import dataclass

import numpy as np
from scipy import special

LARGEST_EXPONENT = 700.0
"""What the exponential still has a number for."""


@dataclass(frozen=True, slots=True)
class Joinpoint:
    """A place where the trend changes, and its limits, in the unit of the times."""

    time: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class TrendSegment:
    """One line of the trend, between the times `start` and `stop`.

    `slope`, its standard error and limits are a unit of time, of the logarithm of the values (of
    the values themselves where they were fitted as they are). `apc` is the annual percent change
    with its limits (-6.9 is 6.9 % less each year), None without logarithms. `p_value` tests that
    the line is level.
    """

    start: float
    stop: float
    slope: float
    standard_error: float
    slope_lower: float
    slope_upper: float
    p_value: float
    apc: float | None
    apc_lower: float | None
    apc_upper: float | None


@dataclass(frozen=True, slots=True)
class SegmentedTrend:
    """All that was found in one series.

    `average` is the average from the first known point to the last; its annual percent change is
    the AAPC. `fitted` is the trend at each period, in the unit of the values; None before the
    first known point and after the last.
    """

    joinpoints: tuple[Joinpoint, ...]
    segments: tuple[TrendSegment, ...]
    average: TrendSegment
    fitted: tuple[float | None, ...]
    points_used: int
    degrees_of_freedom: int

    @property
    def aapc(self) -> float | None:
        """Average annual percent change over the whole series; its limits are in `average`."""
        return self.average.apc


@dataclass(frozen=True, slots=True)
class Reading:
    """How slopes are told: the level of intervals, their distribution, and the unit of a year.

    `freedom` None is the normal distribution; `periods_per_year` None tells no percent.
    """

    level: float
    freedom: int | None
    periods_per_year: float | None

    def segment(self, start: float, stop: float, slope: float, error: float) -> TrendSegment:
        """Return a line with its intervals.

        >>> found = Reading(0.95, 8, 1.0).segment(2010, 2019, 0.05, 0.01)
        >>> round(found.apc, 2), round(found.apc_lower, 2), round(found.apc_upper, 2)
        (5.13, 2.73, 7.58)
        """
        reach = self._quantile((1 + self.level) / 2) * error
        limits = slope - reach, slope + reach
        return TrendSegment(
            float(start),
            float(stop),
            float(slope),
            float(error),
            float(limits[0]),
            float(limits[1]),
            self._p_value(slope, error),
            *(self._percent(one) for one in (slope, *limits)),
        )

    def _quantile(self, part: float) -> float:
        if self.freedom is None:
            return float(special.ndtri(part))
        return float(special.stdtrit(self.freedom, part))

    def _p_value(self, slope: float, error: float) -> float:
        if error == 0:  # a perfect fit
            return 1.0 if slope == 0 else 0.0
        ratio = -abs(slope) / error
        if self.freedom is None:
            return 2 * float(special.ndtr(ratio))
        return 2 * float(special.stdtr(self.freedom, ratio))

    def _percent(self, slope: float) -> float | None:
        if self.periods_per_year is None:
            return None
        # a line of two noisy points may have no upper limit to speak of, yet no infinite one
        return 100 * float(np.expm1(min(slope * self.periods_per_year, LARGEST_EXPONENT)))
