"""Rare events: charts of the waits between them, and when to use one.

A count with a mean under 3 a period has no useful limits: the lower one lies below zero, and chance
marks one chart in twenty or more. Such a count is summed to a longer period, or what is charted is
the wait: cases between events (g chart) or days between events (t chart).

**The dates of single events are never published.** They can point at a person. So these charts are
for an analyst's own series, read on their own machine, and for measures whose events are not
persons (a break in the phone service, a late data delivery). A release falls back to a longer
period instead.

`direction` is that of the wait: when the event is bad, a longer wait is better and it is `up`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from tilannehuone.stats.rare_charts import g_chart, t_chart
from tilannehuone.stats.spc_limits import Floats

__all__ = ["Choice", "chart_for", "days_between", "g_chart", "longer_period", "t_chart"]

MIN_MEAN = 3.0
"""Smallest mean count of a period that XmR limits are set for."""

LONGER = ("week", "month", "quarter", "half_year", "year")
MONTHS_IN = {"week": 12 / (365.25 / 7), "month": 1, "quarter": 3, "half_year": 6, "year": 12}

Chart = Literal["xmr", "longer_period", "rare"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which chart a count is for, and the period it is charted by.

    `mean` is the mean count of that period. `rare` has the period it came with: waits have none.
    """

    chart: Chart
    period_type: str
    mean: float


def chart_for(
    mean_per_period: float, period_type: str = "month", *, has_dates: bool = False
) -> Choice:
    """Return the chart for a count of events with this mean.

    Parameters
    ----------
    mean_per_period
        Mean count of a period.
    period_type
        `week`, `month`, `quarter`, `half_year` or `year`.
    has_dates
        The date of every event is at hand (the analyst's own series).

    Returns
    -------
    Choice
        `xmr` from a mean of 3. Below it `rare` (g or t chart) with the dates; without them
        `longer_period`, the shortest whose mean is at least 3, or `rare` when not even a year's
        is: then only the days between events could tell, and the level alone is shown.

    Examples
    --------
    >>> chart_for(4.0), chart_for(1.2)
    (Choice(chart='xmr', period_type='month', mean=4.0), \
Choice(chart='longer_period', period_type='quarter', mean=3.5999999999999996))
    >>> chart_for(1.2, has_dates=True).chart, chart_for(0.1).chart
    ('rare', 'rare')
    """
    if not 0 <= mean_per_period < np.inf:
        raise ValueError(f"a mean count is zero or more, not {mean_per_period}")
    longer: str | None = period_type
    if has_dates and mean_per_period < MIN_MEAN:
        longer = None
    while longer is not None:
        mean = mean_per_period * (MONTHS_IN[_known(longer)] / MONTHS_IN[period_type])
        if mean >= MIN_MEAN:
            return Choice("xmr" if longer == period_type else "longer_period", longer, mean)
        longer = longer_period(longer)
    return Choice("rare", _known(period_type), mean_per_period)


def longer_period(period_type: str) -> str | None:
    """Return the next longer type of period, None after the year.

    >>> [longer_period(one) for one in ("week", "month", "quarter", "half_year", "year")]
    ['month', 'quarter', 'half_year', 'year', None]
    """
    at = LONGER.index(_known(period_type)) + 1
    return LONGER[at] if at < len(LONGER) else None


def _known(period_type: str) -> str:
    if period_type not in LONGER:
        raise ValueError(f"a period is one of {', '.join(LONGER)}, not {period_type!r}")
    return period_type


def days_between(dates: Sequence[date] | ArrayLike) -> Floats:
    """Return the days between successive events, 0 for two on one day.

    The events may come in any order. The days since the last one are no wait yet.

    >>> days_between([date(2025, 1, 1), date(2025, 3, 1), date(2025, 1, 11)])
    array([10., 49.])
    """
    days = np.asarray(dates, dtype="datetime64[D]")
    if np.isnat(days).any():
        raise ValueError(f"cell {int(np.isnat(days).argmax())}: an event has no date")
    return np.diff(np.sort(days.ravel())).astype(np.float64)
