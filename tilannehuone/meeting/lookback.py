"""Looking back at a promise: when its effect could be seen, and what was seen then.

A promise names a measure and the direction it should take. In the first month in which a change
could be seen it comes back, with the curve cut at its day: limits rest on the values before it,
and the XmR tests (`tilannehuone.stats.spc`) mark those after it. What is told is the order of
things in time and nothing more.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from tilannehuone.meeting.lookback_when import Expected, SeenFrom, first_after, seen_from
from tilannehuone.periods import next_start, period_end
from tilannehuone.stats.season import MIN_MONTHS, school_year_factors
from tilannehuone.stats.spc import MIN_POINTS, SpcResult, analyse
from tilannehuone.stats.spc_result import Direction, Point, Side

__all__ = [
    "Curve",
    "CutPoint",
    "Expected",
    "LookBack",
    "SeenFrom",
    "Verdict",
    "first_after",
    "look_back",
    "seen_from",
]

Verdict = Literal["change_expected", "change_other_way", "no_change", "cannot_say"]

SIDES: dict[Expected, Side] = {"up": "high", "down": "low"}
LAST_BEFORE = 6
"""Known values before a promise that may belong to the stretch of seven that goes on after it."""

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Curve:
    """A series as published, oldest first, a value a period (None where it is not known).

    `breaks` are the days from which it is not comparable with what was before. `is_seasonal`
    tells that holiday months are divided by their usual share; `lag_days` after how many days a
    period's figure is in. `direction` is the way that is better. `has_limits` is False where XmR
    limits cannot be set at all: windows that overlap, too few cases.
    """

    period_type: str
    periods: tuple[date, ...]
    values: tuple[float | None, ...]
    breaks: tuple[date, ...] = ()
    is_seasonal: bool = False
    lag_days: int = 31
    direction: Direction = "context"
    has_limits: bool = True


@dataclass(frozen=True, slots=True)
class CutPoint:
    """A period of a cut curve: limits by what was before the promise, and what the tests mark."""

    point: Point
    centre: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


@dataclass(frozen=True, slots=True)
class LookBack:
    """What a curve shows after a promise, held against what it was before.

    `before` is the usual level before it and `after` the mean of what has come since, in the
    measure's unit, without the season; None where there is none. `effect` is the change that could
    have been seen, as a share of `before`. `first_after` is the first whole period after the
    promise. `had_begun` tells that a value shortly before it is marked already: what changed had
    begun by then, and nothing is said of what came after. `points` are of every period of the
    curve, empty where no limits can be set; those before a break have limits that are NaN.
    """

    verdict: Verdict
    expected: Expected
    made_on: date
    first_after: date
    before: float | None
    after: float | None
    effect: float | None
    had_begun: bool = False
    points: tuple[CutPoint, ...] = ()


def look_back(
    curve: Curve,
    expected: Expected,
    made_on: date,
    due: date | None = None,
    effect: float | None = None,
) -> LookBack:
    """Return what a curve shows after a promise, by the limits of what was before it.

    Parameters
    ----------
    due, effect
        What `seen_from` told when the promise was made: its month, and its effect in the
        measure's unit. Without them, that nothing is seen tells nothing.

    Notes
    -----
    The period that holds the promise is neither before nor after. It counts as unknown, which
    breaks every window: no signal after the promise leans on a value before it. Under 12 known
    values before the promise, or with a break after it, nothing can be said; nor where marks lie
    on both sides, or on the other one than the mean of what has come since.

    A change is told when any of the four tests marks any period after the promise, which is how
    `stats.power` counts what could be seen. Where nothing changes, six periods are said to have
    moved in the expected direction in 4 of 100 cases (simulated, Poisson 10 to 200, 36 periods
    before).
    """
    start = first_after(curve.period_type, curve.periods[0], made_on)
    cut = _cut(curve, start, made_on)
    before, after = (_mean(cut.values[one]) for one in (cut.is_before, cut.is_after))
    share = effect / abs(before) if effect is not None and before else None
    result = _analysed(curve, cut)
    had_begun = result is not None and _had_begun(result, cut)
    verdict: Verdict = "cannot_say"
    if result is not None and not any(made_on < one for one in curve.breaks):
        sides = {one.side for one in _chosen(result.points, cut.is_after) if one.side}
        is_told = share is not None and due is not None and _is_in(curve, cut, due)
        if not sides or (_lies(sides, before, after) and not had_begun):
            verdict = _verdict(sides, SIDES[expected], could_be_seen=is_told and not had_begun)
    points = () if result is None else _points(result, cut)
    return LookBack(verdict, expected, made_on, start, before, after, share, had_begun, points)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A curve cut at a promise: values without the season, what is before and after it."""

    values: Floats
    factors: Floats
    is_before: Bools
    is_after: Bools
    is_comparable: Bools

    @property
    def known_before(self) -> int:
        """How many values before the promise are known."""
        return int(np.sum(self.is_before & ~np.isnan(self.values)))


def _cut(curve: Curve, start: date, made_on: date) -> _Cut:
    values = np.array([np.nan if one is None else one for one in curve.values], np.float64)
    begun = max((one for one in curve.breaks if one <= made_on), default=date.min)
    is_after = np.array([one >= start for one in curve.periods], bool)
    is_before = np.array(
        [one >= begun and period_end(curve.period_type, one) < made_on for one in curve.periods],
        bool,
    )
    values[~(is_before | is_after)] = np.nan
    factors = _factors(curve, values, int(np.sum(is_before & ~np.isnan(values))))
    is_comparable = np.array([one >= begun for one in curve.periods], bool)
    return _Cut(values / factors, factors, is_before, is_after, is_comparable)


def _factors(curve: Curve, values: Floats, known_before: int) -> Floats:
    """Return the season's factors by the values before the promise; 1 where there is no season."""
    season = None
    months = [one.month for one in curve.periods]
    if curve.is_seasonal and curve.period_type == "month" and known_before >= MIN_MONTHS:
        season = school_year_factors(values, months, baseline=known_before)
    return np.ones(len(values)) if season is None else season.of(months)


def _analysed(curve: Curve, cut: _Cut) -> SpcResult | None:
    """Return the analysis whose limits rest on the values before the promise alone."""
    known = cut.known_before
    if not curve.has_limits or known < MIN_POINTS:
        return None
    result = analyse(cut.values, direction=curve.direction, baseline=known)
    return None if result.segments[0].centre is None else result


def _verdict(sides: set[Side], wanted: Side, *, could_be_seen: bool) -> Verdict:
    if sides:
        if len(sides) > 1:
            return "cannot_say"
        return "change_expected" if wanted in sides else "change_other_way"
    return "no_change" if could_be_seen else "cannot_say"


def _had_begun(result: SpcResult, cut: _Cut) -> bool:
    """Return whether what is marked after the promise is marked shortly before it already.

    That is the last known value before it on any side, or one of the last six on a side on which
    a later value is marked.
    """
    known = _chosen(result.points, cut.is_before & ~np.isnan(cut.values))
    later = {one.side for one in _chosen(result.points, cut.is_after) if one.side}
    is_last = bool(known) and known[-1].side is not None
    return is_last or any(one.side in later for one in known[-LAST_BEFORE:])


def _lies(sides: set[Side], before: float | None, after: float | None) -> bool:
    """Return whether the mean after the promise lies on the side that is marked."""
    if before is None or after is None:
        return False
    return ("high" if after > before else "low") in sides


def _is_in(curve: Curve, cut: _Cut, due: date) -> bool:
    """Return whether every figure is in that was to be looked at by the month `due`."""
    is_known = cut.is_after & ~np.isnan(cut.values)
    if not is_known.any():
        return False
    following = next_start(curve.period_type, _chosen(curve.periods, is_known)[-1])
    return period_end(curve.period_type, following) + timedelta(days=curve.lag_days) > due


def _points(result: SpcResult, cut: _Cut) -> tuple[CutPoint, ...]:
    """Return every point with its limits, the season put back as it is drawn."""
    limits = result.segments[0]
    bands = [limits.centre, limits.lower, limits.upper, limits.near_lower, limits.near_upper]
    factors = np.where(cut.is_comparable, cut.factors, np.nan)
    drawn = np.outer(factors, np.array(bands, np.float64)).tolist()
    return tuple(CutPoint(point, *row) for row, point in zip(drawn, result.points, strict=True))


def _chosen(things: tuple[Thing, ...], chosen: Bools) -> list[Thing]:
    return [one for one, is_chosen in zip(things, chosen, strict=True) if is_chosen]


def _mean(values: Floats) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None
