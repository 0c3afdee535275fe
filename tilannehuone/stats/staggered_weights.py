"""Effects of staggered starts as weighted sums of the areas' values.

Every effect here is linear in the values, so it is a matrix of weights, a row an area and a
column a period; each row sums to nothing, and so does each column.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

MIN_BEFORE = 4
"""Fewest periods known before a start, in the area and in each area it is held against."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Which cells are known, when each period was, when each area starts (infinite: never).

    `before` and `after` are how many periods around a start are looked at; `transition` how many
    from the start on are not.
    """

    is_known: Bools
    times: Floats
    starts: Floats
    before: int
    after: int
    transition: int

    def since(self, area: int) -> Floats:
        """Return the periods since an area's start: negative before."""
        return self.times - self.starts[area]

    def is_told(self, area: int) -> Bools:
        """Return the periods after the start that count for its effect."""
        since = self.since(area)
        is_inside = (since >= self.transition) & (since <= self.after)
        return self.is_known[area] & is_inside


def weights_of_area(panel: Panel, area: int, *, is_before: bool = False) -> dict[int, Floats]:
    """Return the weights of an area's effect at each period (by its column).

    The change of the area from its mean before the start, less that of each area that is known
    then and has not started; both means are over the periods known in both. With `is_before` the
    periods before the start are told, each against the others before it.

    References
    ----------
    Callaway B., Sant'Anna P. H. C. (2021), Journal of Econometrics 225, 200–230, with not yet
    treated areas as the comparison; the mean of all periods before for their last one.
    """
    since = panel.since(area)
    early = panel.is_known & (since < 0) & panel.is_known[area]
    wanted = panel.is_known[area] & (since < 0) & (since >= -panel.before)
    told: dict[int, Floats] = {}
    for column in np.flatnonzero(wanted if is_before else panel.is_told(area)):
        base = early.copy()
        base[:, column] = False
        found = _held_against(panel, area, int(column), base)
        if found is not None:
            told[int(column)] = found
    return told


def drift_weights(panel: Panel, area: int) -> Floats | None:
    """Return the weights of what came between the first and second half before the start."""
    since = panel.since(area)
    early = np.flatnonzero(panel.is_known[area] & (since < 0) & (since >= -2 * panel.before))
    if len(early) < 2 * MIN_BEFORE:
        return None
    half = len(early) // 2
    late = np.isin(np.arange(len(since)), early[half:])
    base = panel.is_known & np.isin(np.arange(len(since)), early[:half])
    found = [_held_against(panel, area, int(one), base) for one in np.flatnonzero(late)]
    told = [one for one in found if one is not None]
    return np.mean(told, axis=0) if told else None


def _held_against(panel: Panel, area: int, column: int, base: Bools) -> Floats | None:
    """Return the weights of one cell's change from `base`; None where nothing can be held to it."""
    number = base.sum(axis=1)
    now = max(panel.times[column], panel.starts[area])  # none that starts before it does
    is_free = panel.is_known[:, column] & (panel.starts > now) & (number >= MIN_BEFORE)
    is_free[area] = False
    count = int(is_free.sum())
    if not count:
        return None
    mean = base[is_free] / number[is_free][:, np.newaxis] / count
    weights = np.zeros(panel.is_known.shape)
    weights[is_free] = mean
    weights[is_free, column] -= 1 / count
    weights[area] = -mean.sum(axis=0)
    weights[area, column] += 1
    return weights
