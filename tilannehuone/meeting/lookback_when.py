"""When an effect of a promise could be seen, and which effect: by the power of its series."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from typing import Literal

from tilannehuone.finding import Finding
from tilannehuone.periods import Anchor, add_months, next_start, period_end, period_start
from tilannehuone.stats.power import Change, detectability
from tilannehuone.stats.spc import XMR_FACTOR

Expected = Literal["up", "down"]

WITHIN = 6
"""Periods by which a change is asked to be seen at the latest, as in `stats.power`."""

USUAL_STEP = 0.2
"""The lasting change, as a share, whose median time to be seen is asked for first."""

CHANGES: dict[Expected, Change] = {"up": "rise", "down": "fall"}


@dataclass(frozen=True, slots=True)
class SeenFrom:
    """The first month (its first day) in which an effect could be seen, and which effect.

    `effect` is the smallest lasting change that could be seen by then, in the measure's unit;
    `share` the same as a share of the usual level.
    """

    month: date
    effect: float
    share: float


def seen_from(
    finding: Finding, expected: Expected, made_on: date, lag_days: int
) -> SeenFrom | None:
    """Return when an effect of a promise could be seen; None where that cannot be told.

    A lasting change of 20 % is typically seen after the median number of periods; where that is
    longer than six of them, the change that six show with a probability of 80 % is told instead
    (`tilannehuone.stats.power`). The first whole period after the promise is the first counted,
    and the month is one on whose first day the last one's figures are in.

    Parameters
    ----------
    finding
        Of the measure's series when the promise is made.
    lag_days
        Days from the end of a period until its figure is in.
    """
    told = _could_be_seen(finding, expected)
    if told is None or finding.newest_period is None or not finding.centre:
        return None
    periods, share = told
    start = first_after(finding.period_type, finding.newest_period, made_on)
    for _ in range(periods - 1):
        start = next_start(finding.period_type, start)
    known = period_end(finding.period_type, start) + timedelta(days=lag_days)
    month = known if known.day == 1 else add_months(known, 1)
    return SeenFrom(month, share * abs(finding.centre), share)


def first_after(period_type: str, of_series: date, made_on: date) -> date:
    """Return the first day of the first whole period after a promise.

    `of_series` is the start of any period of the series: it tells where half-years begin.
    """
    anchor: Anchor = "apr" if of_series.month in (4, 10) else "jan"
    start = period_start(period_type, made_on, anchor)
    return start if start == made_on else next_start(period_type, start)


def _could_be_seen(finding: Finding, expected: Expected) -> tuple[int, float] | None:
    """Return after how many periods which change could be seen, as a share of the level."""
    seen = finding.evidence.seen
    step, periods = (seen.step, seen.periods) if seen else _of_limits(finding, expected)
    if periods is not None and periods <= WITHIN:
        return periods, USUAL_STEP
    return None if step is None else (WITHIN, step)


def _of_limits(finding: Finding, expected: Expected) -> tuple[float | None, int | None]:
    """Return what a series with a signal could show, by its limits: evidence tells it not."""
    if finding.ladder != "signals" or finding.centre is None or finding.upper is None:
        return None, None
    spread = (finding.upper - finding.centre) / XMR_FACTOR
    found = detectability(
        abs(finding.centre), spread, points=finding.known, change=CHANGES[expected]
    )
    step, periods = float(found.step), float(found.median_periods)
    return (
        step if isfinite(step) else None,
        round(periods) if isfinite(periods) else None,
    )
