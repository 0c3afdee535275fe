"""XmR analysis of many series in one go: flat arrays in, flat arrays out.

A panel knows neither direction nor target: what is high or low is found first, whether that is
good is said afterwards (`tilannehuone.stats.spc`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from math import fsum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilannehuone.stats.spc_limits import (
    MIN_POINTS,
    Floats,
    Limits,
    Positions,
    segment_of_each,
    xmr_limits,
)
from tilannehuone.stats.spc_signals import SIGNALS, sides_by_test, stretch_lengths

NO_SIGNAL = len(SIGNALS)
"""Code of a point that no test marks; other codes count in SIGNALS."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Many analysed series, one after another.

    `series` holds where each series begins, `starts` where each segment does. `signal` and
    `side` are per point: a code into SIGNALS (NO_SIGNAL for none), and +1 high, -1 low or 0.
    `marks` holds the side each test gives each point, a row a test. The centre of a segment is
    `level` times the mean of its points: 1 for XmR, less for waits (`tilannehuone.stats.rare`).
    """

    values: Floats
    series: Positions
    starts: Positions
    segment: Positions
    limits: Limits
    marks: NDArray[np.int8]
    signal: NDArray[np.int8]
    side: NDArray[np.int8]
    level: float = 1.0

    def bounds(self, number: int) -> tuple[int, int]:
        """Return the first position of a series and the one after its last."""
        last = number + 1 == len(self.series)
        return int(self.series[number]), len(self.values) if last else int(self.series[number + 1])

    def steps_to(self, position: int, signal: str, centre: float | None = None) -> int:
        """Return how many points (of a trend: steps) of one side lead to a position.

        A run's sides are those of the segment's centre, or of another `centre`.
        """
        segment = self.segment[position]
        stretch = self.values[int(self.starts[segment]) : position + 1]
        level = self.limits.centre[segment] if centre is None else centre
        away = np.diff(stretch) if signal == "trend" else stretch - level
        sides = np.nan_to_num(np.sign(away)).astype(np.int8)
        return int(stretch_lengths(sides, np.zeros(1, np.int64))[-1])

    def centre_without(self, position: int) -> float:
        """Return the centre that the segment of a known position has without that point."""
        segment = self.segment[position]
        centre, used = float(self.limits.centre[segment]), int(self.limits.points_used[segment])
        if used < self.limits.known[segment]:
            return centre  # a baseline that the point may not be in
        first = int(self.starts[segment])
        last = int(segment) + 1 == len(self.starts)
        stretch = self.values[first : len(self.values) if last else int(self.starts[segment + 1])]
        others = np.delete(stretch, position - first)
        known = others[~np.isnan(others)].tolist()
        # from the values and not from the centre: equal values must have exactly their own mean
        mean = known[0] if min(known) == max(known) else fsum(known) / len(known)
        return self.level * mean


def analyse_panel(
    values: ArrayLike,
    series: ArrayLike,
    *,
    rebase: Iterable[int] = (),
    baseline: int | None = None,
    screen: bool = True,
) -> Panel:
    """Return limits and signals of every series of a panel.

    Parameters
    ----------
    values
        All series one after another, each oldest first; NaN where hidden or missing.
    series
        Where each series begins; the first is 0.
    rebase
        Positions in `values` that begin a new segment. One that is no position is an error.
    baseline, screen
        As for `tilannehuone.stats.spc_limits.xmr_limits`.

    Raises
    ------
    ValueError
        For infinite values, a rebase position outside the panel, or a baseline under 12 points.

    Examples
    --------
    >>> panel = analyse_panel([10.0, 12.0] * 8 + [20.0] + [5.0] * 13, [0, 17])
    >>> [SIGNALS[code] for code in panel.signal if code != NO_SIGNAL]
    ['outside']
    """
    flat = np.asarray(values, dtype=np.float64)
    first = np.asarray(series, dtype=np.int64)
    if flat.ndim != 1:
        raise ValueError("values lie in one dimension")
    is_infinite = np.isinf(flat)
    if np.count_nonzero(is_infinite):
        raise ValueError(f"value {int(is_infinite.argmax())} is infinite")
    if baseline is not None and baseline < MIN_POINTS:
        raise ValueError(f"a baseline has at least {MIN_POINTS} points, not {baseline}")
    starts = segment_starts(first, rebase, len(flat))
    limits = xmr_limits(flat, starts, baseline=baseline, screen=screen)
    return panel_of(flat, first, starts, limits)


def panel_of(
    values: Floats, series: Positions, starts: Positions, limits: Limits, level: float = 1.0
) -> Panel:
    """Return the panel of series whose segments have these limits: what the four tests mark."""
    segment = segment_of_each(starts, len(values))
    marks = sides_by_test(values, starts, segment, limits)
    signal, side = _first_marks(marks)
    return Panel(values, series, starts, segment, limits, marks, signal, side, level)


def segment_starts(series: Positions, rebase: Iterable[int], size: int) -> Positions:
    """Return where each segment begins: with a series, and at each position of `rebase`.

    Raises ValueError for a position that is none of the `size`.
    """
    positions = [int(one) for one in rebase]
    for one in positions:
        if not 0 <= one < size:
            raise ValueError(f"rebase at {one} is no period of the series")
    return np.array(sorted({*series.tolist(), *positions}) if size else [], np.int64)


def _first_marks(marks: NDArray[np.int8]) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Return the code of the first test that marks each point, and the side it gives.

    The sides of a point's tests are the digits of one number in base 3 (a side is -1, 0 or 1),
    which is looked up: a negative number counts from the end of the table.
    """
    number = _PLACES @ marks
    return _FIRST_SIGNAL[number], _FIRST_SIDE[number]


def _first_mark(sides: tuple[int, ...]) -> tuple[int, int]:
    found = ((code, side) for code, side in enumerate(sides) if side)
    return next(found, (NO_SIGNAL, 0))


_PLACES = np.array([3**place for place in range(len(SIGNALS))], np.int8)
_FIRST_SIGNAL, _FIRST_SIDE = np.zeros((2, 3 ** len(SIGNALS)), np.int8)
for _sides in product((-1, 0, 1), repeat=len(SIGNALS)):
    _at = _PLACES @ np.array(_sides, np.int8)
    _FIRST_SIGNAL[_at], _FIRST_SIDE[_at] = _first_mark(_sides)
