"""The four tests of an XmR chart, over many segments at once (flat arrays, as in `spc_limits`).

Each returns one side a point: +1 where it marks the point as high or rising, -1 as low or falling,
0 where it does not. An unknown point (NaN) is never marked and breaks every window it is in.
"""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tilannehuone.stats.spc_limits import (
    Bools,
    Floats,
    Limits,
    Positions,
    by_position,
    segment_sizes,
)

Sides = NDArray[np.int8]

SIGNALS: tuple[Literal["outside", "trend", "two_in_three", "run"], ...] = (
    "outside",
    "trend",
    "two_in_three",
    "run",
)
"""Names of the tests; the first that marks a point names its signal."""

HIGH, LOW = (np.int8(side).tobytes() for side in (1, -1))
"""A side as the one byte it is in memory."""

NEAR_WEIGHT = np.int8(4)
"""A point counts 1 on its side of the centre and 4 more beyond the near line: three points reach
11 only if all are on one side and two of them near."""

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
    sizes = segment_sizes(starts, len(values))
    uppers = by_position(np.array((limits.centre, limits.near_upper, limits.upper)), sizes)
    lowers = by_position(np.array((limits.centre, limits.near_lower, limits.lower)), sizes)
    on, near, outside = beyond(values, lowers, uppers)
    near *= outside == 0
    rising = trend(values, starts)
    if np.count_nonzero(rising):
        rising *= uppers[0] == uppers[0]  # no centre, no words
    return np.array((outside, rising, two_in_three(on, near, segment), run(on, starts)))


def beyond(values: Floats, lower: Floats, upper: Floats) -> Sides:
    """Return +1 strictly above `upper`, -1 strictly below `lower`, else (and for NaN) 0."""
    side: Sides = (values > upper).view(np.int8) - (values < lower).view(np.int8)
    return side


def trend(values: Floats, starts: Positions) -> Sides:
    """Return the direction of each point in 7 points that rise (fall) six times in succession.

    Where two trends meet, the point belongs to the one that goes on from it; only if the step out
    of it is a tie does the step into it decide.
    """
    into = np.zeros(len(values), np.int8)
    into[1:] = beyond(values[1:], values[:-1], values[:-1])
    into[starts] = 0
    in_trend = in_stretch(into, starts, WINDOW - 1)
    if not np.count_nonzero(in_trend):
        return np.zeros(len(values), np.int8)
    member = in_trend | _next(in_trend)
    direction = np.where(_next(member) & (_next(into) != 0), _next(into), into)
    return direction * member


def two_in_three(on: Sides, near: Sides, segment: Positions) -> Sides:
    """Return the side of each near point of three on one side of which two or more are near.

    `on` is the side of the centre, `near` that of a near line where the point is not outside.
    """
    weight = on + NEAR_WEIGHT * near
    found = np.abs(weight[:-2] + weight[1:-1] + weight[2:]) >= 3 + 2 * NEAR_WEIGHT
    found &= segment[:-2] == segment[2:]
    member = np.zeros(len(on), bool)
    member[:-2] = found
    member[1:-1] |= found
    member[2:] |= found
    return near * member


def run(on: Sides, starts: Positions) -> Sides:
    """Return the side of each point in 7 successive points strictly on one side of the centre."""
    return on * in_stretch(on, starts, WINDOW)


def in_stretch(sides: Sides, starts: Positions, least: int) -> Bools:
    """Return whether each position is in a stretch of at least `least` equal sides, +1 or -1."""
    signs = sides.tobytes()
    if HIGH * least not in signs and LOW * least not in signs:  # as most often, and soon told
        return np.zeros(len(sides), bool)
    return (sides != 0) & (stretch_lengths(sides, starts) >= least)


def stretch_lengths(sides: Sides, starts: Positions) -> Positions:
    """Return for each position the length of the stretch of equal sides it is in.

    A stretch ends where the side changes and where a segment does.

    >>> stretch_lengths(np.array([1, 1, -1, -1, -1], np.int8), np.array([0, 4]))
    array([2, 2, 2, 2, 1])
    """
    begins = np.empty(len(sides), bool)
    np.not_equal(sides[1:], sides[:-1], out=begins[1:])
    begins[starts] = True
    lengths = segment_sizes(begins.nonzero()[0], len(sides))
    return lengths.repeat(lengths)


def _next(values: NDArray[Any]) -> NDArray[Any]:
    """Return for each position what stands at the next; nothing stands after the last."""
    moved = np.zeros_like(values)
    moved[:-1] = values[1:]
    return moved
