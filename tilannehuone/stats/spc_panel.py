"""XmR analysis of many series in one go: flat arrays in, flat arrays out.

A panel knows neither direction nor target: what is high or low is found first, whether that is
good is said afterwards (`tilannehuone.stats.spc`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

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
    `marks` holds the side each test gives each point, a row a test.
    """

    values: Floats
    series: Positions
    starts: Positions
    segment: Positions
    limits: Limits
    marks: NDArray[np.int8]
    signal: NDArray[np.int8]
    side: NDArray[np.int8]

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
        return (centre * used - float(self.values[position])) / (used - 1)


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
    if np.isinf(flat).any():
        raise ValueError(f"value {int(np.flatnonzero(np.isinf(flat))[0])} is infinite")
    if baseline is not None and baseline < MIN_POINTS:
        raise ValueError(f"a baseline has at least {MIN_POINTS} points, not {baseline}")
    starts = _starts(first, rebase, len(flat))
    limits = xmr_limits(flat, starts, baseline=baseline, screen=screen)
    segment = segment_of_each(starts, len(flat))
    marks = sides_by_test(flat, starts, segment, limits)
    signal, side = _first_marks(marks)
    return Panel(flat, first, starts, segment, limits, marks, signal, side)


def _starts(series: Positions, rebase: Iterable[int], size: int) -> Positions:
    positions = np.asarray(list(rebase), dtype=np.int64)
    wrong = positions[(positions < 0) | (positions >= size)]
    if len(wrong):
        raise ValueError(f"rebase at {int(wrong[0])} is no period of the series")
    if not size:
        return np.empty(0, np.int64)
    return np.union1d(series, positions)


def _first_marks(marks: NDArray[np.int8]) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Return the code of the first test that marks each point, and the side it gives."""
    marked = np.vstack([marks != 0, np.ones((1, marks.shape[1]), bool)])
    signal = np.argmax(marked, axis=0).astype(np.int8)
    sides = np.vstack([marks, np.zeros((1, marks.shape[1]), np.int8)])
    return signal, sides[signal, np.arange(marks.shape[1])]
