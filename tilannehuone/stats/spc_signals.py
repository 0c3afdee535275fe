"""The four tests of an XmR chart, over many segments at once (flat arrays, as in `spc_limits`).

Each returns one side a point: +1 where it marks the point as high or rising, -1 as low or falling,
0 where it does not. An unknown point (NaN) is never marked and breaks every window it is in.
"""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tilannehuone.stats.spc_limits import Floats, Limits, Positions

Sides = NDArray[np.int8]

SIGNALS: tuple[Literal["outside", "trend", "two_in_three", "run"], ...] = (
    "outside",
    "trend",
    "two_in_three",
    "run",
)
"""Names of the tests; the first that marks a point names its signal."""

WINDOW = 7
"""Points of a run, and of a trend (six successive steps)."""


def sides_by_test(
    values: Floats, starts: Positions, segment: Positions, limits: Limits
) -> NDArray[np.int8]:
    """Return the sides that the four tests give, a row a test in the order of SIGNALS.

    `segment` is the number of the segment each point is in.

    >>> from tilannehuone.stats.spc_limits import xmr_limits
    >>> values, starts = np.array([10.0, 12.0] * 8 + [20.0]), np.array([0])
    >>> limits = xmr_limits(values, starts)
    >>> sides_by_test(values, starts, np.zeros(17, int), limits)[:, -2:].tolist()
    [[0, 1], [0, 0], [0, 0], [0, 0]]
    """
    if len(values) < WINDOW:  # no limits, and no room for a window
        return np.zeros((len(SIGNALS), len(values)), np.int8)
    centre = limits.centre[segment]
    on = beyond(values, centre, centre)
    outside = beyond(values, limits.lower[segment], limits.upper[segment])
    near = beyond(values, limits.near_lower[segment], limits.near_upper[segment])
    near[outside != 0] = 0
    rising = trend(values, starts)
    rising[np.isnan(centre)] = 0
    return np.stack([outside, rising, two_in_three(on, near, segment), run(on, starts)])


def beyond(values: Floats, lower: Floats, upper: Floats) -> Sides:
    """Return +1 strictly above `upper`, -1 strictly below `lower`, else (and for NaN) 0."""
    side: Sides = (values > upper).astype(np.int8) - (values < lower).astype(np.int8)
    return side


def trend(values: Floats, starts: Positions) -> Sides:
    """Return the direction of each point in 7 points that rise (fall) six times in succession.

    Where two trends meet, the point belongs to the one that goes on from it; only if the step out
    of it is a tie does the step into it decide.
    """
    into = np.zeros(len(values), np.int8)
    into[1:] = beyond(values[1:], values[:-1], values[:-1])
    into[starts] = 0
    in_trend = (into != 0) & (stretch_lengths(into, starts) >= WINDOW - 1)
    member = in_trend | _next(in_trend)
    direction = np.where(_next(member) & (_next(into) != 0), _next(into), into)
    return np.where(member, direction, np.int8(0))


def two_in_three(on: Sides, near: Sides, segment: Positions) -> Sides:
    """Return the side of each near point of three on one side of which two or more are near.

    `on` is the side of the centre, `near` that of a near line where the point is not outside.
    """
    first, second, third = slice(None, -2), slice(1, -1), slice(2, None)
    together = (segment[first] == segment[third]) & (on[first] != 0)
    together &= (on[first] == on[second]) & (on[second] == on[third])
    is_near = (near != 0).astype(np.int8)
    found = together & (is_near[first] + is_near[second] + is_near[third] >= 2)
    member = np.zeros(len(on), bool)
    for place in (first, second, third):
        member[place] |= found
    return np.where(member, near, np.int8(0))


def run(on: Sides, starts: Positions) -> Sides:
    """Return the side of each point in 7 successive points strictly on one side of the centre."""
    return np.where(stretch_lengths(on, starts) >= WINDOW, on, np.int8(0))


def stretch_lengths(sides: Sides, starts: Positions) -> Positions:
    """Return for each position the length of the stretch of equal sides it is in.

    A stretch ends where the side changes and where a segment does.

    >>> stretch_lengths(np.array([1, 1, -1, -1, -1], np.int8), np.array([0, 4]))
    array([2, 2, 2, 2, 1])
    """
    if not len(sides):
        return np.zeros(0, np.int64)
    begins = np.append(True, sides[1:] != sides[:-1])
    begins[starts] = True
    edges = np.flatnonzero(begins)
    lengths = np.diff(np.append(edges, len(sides)))
    return np.repeat(lengths, lengths)


def _next(values: NDArray[Any]) -> NDArray[Any]:
    """Return for each position what stands at the next; nothing stands after the last."""
    moved = np.zeros_like(values)
    moved[:-1] = values[1:]
    return moved
