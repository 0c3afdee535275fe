"""When a series seems to have found a new level: a suggestion, which a person confirms.

New limits are never set silently. The suggestion becomes a rebase only when a person writes it
into `events.yaml` with its day and the reason: without a known reason the old limits stay, for
they are what the shift is seen against.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tilannehuone.stats.spc_limits import MIN_POINTS
from tilannehuone.stats.spc_result import Side, SpcResult

MIN_STRETCH = 8
"""Fewest points of a new level: one more than the run that is a signal."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Where a new segment could begin.

    `start` is the position of the new level's first point, `length` the number of its points up
    to the latest known one, `side` where they lie from the centre of what was before.
    """

    start: int
    length: int
    side: Side


def suggest_rebase(values: ArrayLike, result: SpcResult) -> Suggestion | None:
    """Return where the series seems to have taken a new level, or None.

    It has when its latest 8 or more successive points lie strictly on one side of the centre of
    the last segment, and 12 known points of that segment lie before them, so that both levels can
    have limits. The centre is the chart's own, as the reader sees it. Unless a baseline fixes it,
    the new points are in it and draw it towards themselves, so that the shift is larger than it
    looks: the test errs towards silence.

    Parameters
    ----------
    values
        Those that `result` was made from (divided by the season, if it has one). A hidden or
        missing period, NaN, breaks the stretch as it breaks a run; those after the latest known
        point do not matter.
    result
        Of `tilannehuone.stats.spc.analyse` or `result_of`.

    Returns
    -------
    Suggestion or None
        None also where the last segment has no limits. Whether the new level has settled, and
        why it came, is for a person to judge.

    References
    ----------
    NHS England, Making Data Count (when to recalculate limits).

    Examples
    --------
    >>> from tilannehuone.stats.spc import analyse
    >>> values = [12.0, 10.0] * 10 + [13.0, 14.0] * 4
    >>> suggest_rebase(values, analyse(values, direction="up"))
    Suggestion(start=20, length=8, side='high')
    """
    if result.latest is None:
        return None
    last = result.segments[-1]
    if last.centre is None or last.lower is None:
        return None
    away = np.asarray(values, dtype=np.float64)[last.start : result.latest + 1] - last.centre
    side = np.sign(away[-1])
    breaking = np.flatnonzero(~(away * side > 0))
    begin = int(breaking[-1]) + 1 if len(breaking) else 0
    length = len(away) - begin
    before = np.count_nonzero(~np.isnan(away[:begin]))
    if length < MIN_STRETCH or before < MIN_POINTS:
        return None
    return Suggestion(last.start + begin, length, "high" if side > 0 else "low")
