"""The words of a comparison: how an area stands to a benchmark, and how surely."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilannehuone.stats.interval import Interval, refuse
from tilannehuone.stats.spc_result import Direction

Word = Literal[
    "similar",
    "better",
    "worse",
    "clearly_better",
    "clearly_worse",
    "higher",
    "lower",
    "clearly_higher",
    "clearly_lower",
]
Words = NDArray[np.object_]

LADDERS: dict[Direction, tuple[Word, ...]] = {
    "up": ("clearly_worse", "worse", "similar", "better", "clearly_better"),
    "down": ("clearly_better", "better", "similar", "worse", "clearly_worse"),
    "context": ("clearly_lower", "lower", "similar", "higher", "clearly_higher"),
}
"""The word of every step from far below to far above, by which way is better."""


def compare_with_benchmark(
    interval95: Interval,
    interval998: Interval,
    benchmark: ArrayLike,
    *,
    direction: Direction,
) -> Word | None | Words:
    """Return in a word how a value stands to a benchmark.

    A benchmark inside the 95 % interval is `similar`, and a limit belongs to the inside. Outside
    it the value is better or worse, and clearly so where the 99.8 % interval leaves the benchmark
    out as well. Where no way is better the value is higher or lower.

    Parameters
    ----------
    interval95, interval998
        The same value with its limits at the two levels, of any function in `intervals`.
    benchmark
        In the unit of the value, taken as known without error: the network, the county, the city.
    direction
        `up` or `down` is better; `context` judges nothing.

    Returns
    -------
    word
        A word's id, or None where the value, a limit or the benchmark is hidden or missing. For
        arrays, which broadcast, an array of such.

    Raises
    ------
    ValueError
        For an unknown direction, an infinite benchmark, and where the 99.8 % interval does not
        hold the 95 % one (they have changed places).

    References
    ----------
    OHID, Fingertips public health technical guidance: comparing with a benchmark.

    Examples
    --------
    >>> from tilannehuone.stats.intervals import proportion
    >>> narrow, wide = proportion(30, 200), proportion(30, 200, level=0.998)
    >>> compare_with_benchmark(narrow, wide, 0.12, direction="down")
    'similar'
    >>> compare_with_benchmark(narrow, wide, [0.10, 0.30], direction="down").tolist()
    ['worse', 'clearly_better']
    """
    checked_direction(direction)
    parts = [
        np.asarray(one, dtype=np.float64)
        for interval in (interval95, interval998)
        for one in (interval.value, interval.lower, interval.upper)
    ]
    *parts, against = np.broadcast_arrays(*parts, np.asarray(benchmark, dtype=np.float64))
    value, lower95, upper95, wide_value, lower998, upper998 = parts
    refuse(np.isinf(against), "the benchmark is infinite")
    is_held = ~((lower998 > lower95) | (upper998 < upper95))
    refuse(~is_held, "the 99.8 % interval does not hold the 95 % one")
    unknown = np.isnan(value) | np.isnan(wide_value) | np.isnan(against)
    for one in (lower95, upper95, lower998, upper998):
        unknown |= np.isnan(one)
    low, high = (upper95 < against), (lower95 > against)
    far_low, far_high = (upper998 < against), (lower998 > against)
    found = worded(low, far_low, high, far_high, unknown, direction)
    return found.item() if found.ndim == 0 else found


def worded(
    low: NDArray[np.bool_],
    far_low: NDArray[np.bool_],
    high: NDArray[np.bool_],
    far_high: NDArray[np.bool_],
    unknown: NDArray[np.bool_],
    direction: Direction,
) -> Words:
    """Return the word of each area from which lines it lies beyond, None where unknown."""
    step = 2 + high.astype(int) + (high & far_high) - low - (low & far_low)
    words = np.array([*LADDERS[direction], None], dtype=object)
    return np.asarray(words[np.where(unknown, len(words) - 1, step)], dtype=object)


def checked_direction(direction: Direction) -> Direction:
    """Return the direction, or refuse one that is none."""
    if direction not in LADDERS:
        raise ValueError(f"direction is up, down or context, not {direction!r}")
    return direction
