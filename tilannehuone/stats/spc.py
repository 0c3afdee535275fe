"""Statistical process control: what changed in a series of periods, and whether that is good.

XmR charts as NHS England's Making Data Count draws them. Otherwise decided here: a missing value
breaks a window, a constant series has limits and no signal, a nearly constant one is not screened,
12 points carry limits and 13 words, and a sign of the opposite is told beside the first.

`analyse` is for one series, `analyse_panel` with `result_of` for thousands at once. Both are the
same computation; alone, a series pays numpy's cost of a call a hundred times, in a panel of
thousands next to nothing.
"""

from collections.abc import Iterable
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilannehuone.stats.spc_limits import MIN_POINTS, NEAR_FACTOR, SCREEN_FACTOR, XMR_FACTOR
from tilannehuone.stats.spc_panel import NO_SIGNAL, Panel, analyse_panel
from tilannehuone.stats.spc_result import (
    MIN_POINTS_FOR_WORDS,
    Direction,
    Mark,
    Point,
    Segment,
    Side,
    Signal,
    SpcResult,
    assurance,
    kind_of,
)
from tilannehuone.stats.spc_signals import SIGNALS, WINDOW

__all__ = [
    "MIN_POINTS",
    "MIN_POINTS_FOR_WORDS",
    "NEAR_FACTOR",
    "SCREEN_FACTOR",
    "XMR_FACTOR",
    "Mark",
    "Panel",
    "Point",
    "Segment",
    "SpcResult",
    "analyse",
    "analyse_panel",
    "kind_of",
    "result_of",
]


def analyse(
    values: ArrayLike,
    *,
    direction: Direction,
    target: float | None = None,
    rebase: Iterable[int] = (),
    baseline: int | None = None,
    screen: bool = True,
) -> SpcResult:
    """Return limits, signals and icons of the XmR chart of one series.

    Parameters
    ----------
    values
        One value a period, oldest first, all in one unit. NaN is a hidden or missing period: it
        counts in no mean, no moving range reaches across it, and it breaks every window.
    direction
        `up` or `down` is better; `context` judges nothing and has no assurance.
    target
        In the unit of the values; not rounded.
    rebase
        Positions where a new segment begins, the position being its first.
    baseline
        Only this many first known points of each segment set its limits (at least 12).
    screen
        Drop moving ranges that are outliers themselves before the limits are set.

    Returns
    -------
    SpcResult
        A segment under 12 known points has no limits, and its points no signals. Variation and
        assurance need 13 in the last segment, else they are None.

    Raises
    ------
    ValueError
        For an unknown direction, infinite values or target, a rebase position that is no period,
        a baseline under 12 points. Two rows for one period are for the caller to refuse.

    References
    ----------
    See `tilannehuone.stats.spc_limits.xmr_limits`. Signals: NHS England, Making Data Count.

    Examples
    --------
    Sixteen quiet months and a leap, where more is better:

    >>> found = analyse([10.0, 12.0] * 8 + [40.0], direction="up", target=9.0)
    >>> found.points[-1], found.variation, found.assurance
    (Point(signal='outside', side='high', kind='improvement'), 'improvement', 'hit_or_miss')
    """
    flat = np.asarray(values, dtype=np.float64)
    starts = [0] if flat.size else []
    panel = analyse_panel(flat, starts, rebase=rebase, baseline=baseline, screen=screen)
    if not starts:
        return SpcResult((), (), None, None, None)
    return result_of(panel, 0, direction=direction, target=target)


def result_of(
    panel: Panel, number: int, *, direction: Direction, target: float | None = None
) -> SpcResult:
    """Return the result of series `number` of a panel; positions count from its start."""
    if direction not in ("up", "down", "context"):
        raise ValueError(f"direction is up, down or context, not {direction!r}")
    if target is not None and not isfinite(target):
        raise ValueError("a target is a finite number")
    first, stop = panel.bounds(number)
    found = _POINTS[direction][panel.signal[first:stop], panel.side[first:stop]]
    points = tuple(found.tolist())
    numbers = range(int(panel.segment[first]), int(panel.segment[stop - 1]) + 1)
    segments = tuple(_segment(panel, one, first, stop) for one in numbers)
    known = (~np.isnan(panel.values[first:stop])).nonzero()[0]
    latest = int(known[-1]) if len(known) else None

    last = segments[-1]
    if last.known < MIN_POINTS_FOR_WORDS or last.centre is None or latest is None:
        return SpcResult(segments, points, None, None, latest)
    marks = _marks(panel, first + latest, direction)
    is_constant = bool(panel.limits.constant[numbers[-1]]) and last.points_used == last.known
    assured = assurance(last, target, direction, is_constant=is_constant)
    return SpcResult(segments, points, points[latest].kind, assured, latest, marks)


def _segment(panel: Panel, number: int, first: int, stop: int) -> Segment:
    limits, starts = panel.limits, panel.starts
    end = int(starts[number + 1]) if number + 1 < len(starts) else stop
    columns = (
        limits.centre,
        limits.lower,
        limits.upper,
        limits.near_lower,
        limits.near_upper,
        limits.mean_moving_range,
    )
    found = [float(one[number]) for one in columns]
    centre, lower, upper, near_lower, near_upper, spread = [
        None if one != one else one for one in found
    ]
    return Segment(
        start=int(starts[number]) - first,
        stop=min(end, stop) - first,
        centre=centre,
        lower=lower,
        upper=upper,
        near_lower=near_lower,
        near_upper=near_upper,
        mean_moving_range=spread,
        points_used=int(limits.points_used[number]),
        known=int(limits.known[number]),
    )


def _marks(panel: Panel, position: int, direction: Direction) -> tuple[Mark, ...]:
    """Return the deciding mark of the latest point, and the first that says the opposite.

    A point outside the limits ends the run or trend before it; when that said the opposite it is
    told too.
    """
    side = int(panel.side[position])
    if side == 0:
        return ()
    code = int(panel.signal[position])
    first = _mark(panel, position, code, side, direction)
    against = np.flatnonzero(panel.marks[:, position] == -side)
    if len(against):
        return first, _mark(panel, position, int(against[0]), -side, direction)
    earlier = _ended_stretch(panel, position, -side) if first.signal == "outside" else None
    if earlier is None:
        return (first,)
    signal, length = earlier
    return first, Mark(signal, _side(-side), kind_of(-side, direction), length, is_earlier=True)


def _mark(panel: Panel, position: int, code: int, side: int, direction: Direction) -> Mark:
    signal = SIGNALS[code]
    length = panel.steps_to(position, signal) if signal in ("trend", "run") else 0
    return Mark(signal, _side(side), kind_of(side, direction), length)


def _ended_stretch(panel: Panel, position: int, side: int) -> tuple[Signal, int] | None:
    """Return the trend or run on a side that ends just before an outlier, and its length.

    The outlier draws the centre towards itself and can make a run of all that came before it.
    Such a run is no shift: it has to hold against the centre without the outlier.
    """
    before = position - 1
    if before < panel.starts[panel.segment[position]]:
        return None
    if panel.marks[SIGNALS.index("trend"), before] == side:
        return "trend", panel.steps_to(before, "trend")
    centre = panel.centre_without(position)
    length = panel.steps_to(before, "run", centre)
    is_run = length >= WINDOW and (panel.values[before] - centre) * side > 0
    return ("run", length) if is_run else None


def _side(side: int) -> Side:
    return "high" if side > 0 else "low"


def _every_point(direction: Direction) -> NDArray[Any]:
    """Return the points that can be, a row a signal (NO_SIGNAL the last) and a column a side.

    The columns are 0, 1 and -1: a side is its own index.
    """
    points = np.full((NO_SIGNAL + 1, 3), Point(None, None, "common"), object)
    for code, signal in enumerate(SIGNALS):
        for side in (1, -1):
            points[code, side] = Point(signal, _side(side), kind_of(side, direction))
    return points


_POINTS = {one: _every_point(one) for one in ("up", "down", "context")}
