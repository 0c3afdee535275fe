"""The four tests of an XmR chart, over many segments at once (flat arrays, as in `spc_limits`).

Each returns one side a point: +1 where it marks the point as high or rising, -1 as low or falling,
0 where it does not. An unknown point (NaN) is never marked and breaks every window it is in.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tilannehuone.stats.spc_limits import Bools, Floats, Limits, Positions, segment_of_each

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


def side_of_centre(values: Floats, starts: Positions, limits: Limits) -> Sides:
    """Return +1 strictly above the centre, -1 strictly below, 0 on it or unknown."""
    centre = limits.centre[segment_of_each(starts, len(values))]
    return _side(values > centre, values < centre)


def outside(values: Floats, starts: Positions, limits: Limits) -> Sides:
    """Return the side of each point strictly beyond a limit."""
    segment = segment_of_each(starts, len(values))
    return _side(values > limits.upper[segment], values < limits.lower[segment])


def near(values: Floats, starts: Positions, limits: Limits) -> Sides:
    """Return the side of each point strictly beyond a near line but not outside."""
    segment = segment_of_each(starts, len(values))
    beyond = _side(values > limits.near_upper[segment], values < limits.near_lower[segment])
    return np.where(outside(values, starts, limits) == 0, beyond, np.int8(0))


def trend(values: Floats, starts: Positions, limits: Limits) -> Sides:
    """Return the direction of each point in 7 points that rise (fall) six times in succession.

    Where two trends meet, the point belongs to the one that goes on from it; only if the step out
    of it is a tie does the step into it decide.
    """
    into = _steps(values, starts)
    lengths = stretch_lengths(into, starts)
    counted = np.where(lengths >= WINDOW - 1, into, np.int8(0))
    out = np.append(counted[1:], np.int8(0))[: len(values)]
    member = (counted != 0) | (out != 0)
    next_member = np.append(member[1:], False)[: len(values)]
    step_out = np.append(into[1:], np.int8(0))[: len(values)]
    direction = np.where(next_member & (step_out != 0), step_out, into)
    has_limits = ~np.isnan(limits.centre)[segment_of_each(starts, len(values))]
    return np.where(member & has_limits, direction, np.int8(0))


def two_in_three(values: Floats, starts: Positions, limits: Limits) -> Sides:
    """Return the side of each near point of three on one side of which two or more are near."""
    on = side_of_centre(values, starts, limits)
    close = near(values, starts, limits)
    segment = segment_of_each(starts, len(values))
    first, second, third = slice(None, -2), slice(1, -1), slice(2, None)
    together = (segment[first] == segment[third]) & (on[first] != 0)
    together &= (on[first] == on[second]) & (on[second] == on[third])
    is_near = (close != 0).astype(np.int8)
    found = together & (is_near[first] + is_near[second] + is_near[third] >= 2)
    member = np.zeros(len(values), bool)
    for place in (first, second, third):
        member[place] |= found
    return np.where(member, close, np.int8(0))


def run(values: Floats, starts: Positions, limits: Limits) -> Sides:
    """Return the side of each point in 7 successive points strictly on one side of the centre."""
    on = side_of_centre(values, starts, limits)
    return np.where(stretch_lengths(on, starts) >= WINDOW, on, np.int8(0))


def sides_by_test(values: Floats, starts: Positions, limits: Limits) -> NDArray[np.int8]:
    """Return the sides that the four tests give, a row a test in the order of SIGNALS.

    >>> from tilannehuone.stats.spc_limits import xmr_limits
    >>> values, starts = np.array([10.0, 12.0] * 8 + [20.0]), np.array([0])
    >>> sides_by_test(values, starts, xmr_limits(values, starts))[:, -2:].tolist()
    [[0, 1], [0, 0], [0, 0], [0, 0]]
    """
    if len(values) < 3:  # no limits, and no room for a window
        return np.zeros((len(SIGNALS), len(values)), np.int8)
    every = (outside, trend, two_in_three, run)
    return np.stack([test(values, starts, limits) for test in every])


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


def _steps(values: Floats, starts: Positions) -> Sides:
    """Return the sign of the step into each point; 0 into the first of a segment or a gap."""
    into = np.zeros(len(values), np.int8)
    into[1:] = _side(values[1:] > values[:-1], values[1:] < values[:-1])
    into[starts] = 0
    return into


def _side(high: Bools, low: Bools) -> Sides:
    return high.astype(np.int8) - low.astype(np.int8)
