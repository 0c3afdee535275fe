"""The release plan: which curves are offered in which year, so that what is offered can be read.

A curve that would be mostly holes serves nobody, and each of its shown points has to be paid for
with other hidden ones. So a series (measure, area, grain, category) is offered for a whole year or
not at all: it is, where at most `TAU` of its points are small. A complete year is judged by
itself; a year still running by the 24 closed months before its end. A series that was offered, or
was not, in an earlier release stays so for that year.

Protection may withdraw a series: when it has to hide more points than the rule of the plan allows
small ones. Else the public plan would tell which hidden points are large: an offered year of four
quarters has no small one, so a hidden one would be known to be k or more.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tilannehuone.disclosure.spans import LENGTHS

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

TAU = 0.20
"""At most this share of a series' points in a year may be small; 0.2 leaves 80 % to read."""
MOSTLY = 0.5
"""What was offered before stays so until more than this share is hidden."""
YEARS = 2
"""A running year is judged by the months of so many years."""
KEYS = ["indicator_id", "area_code", "period_type", "breakdown", "category"]


@dataclass(frozen=True, eq=False)
class SeriesPlan:
    """The series of a table, one a year, and whether each is offered.

    Attributes
    ----------
    of : shape (cells,), the number of the series of each cell
    size : shape (series,), how many of its points have numbers
    readable : shape (series,), at most `TAU` of the points are small
    offered : shape (series,), the series is planned to be shown
    spare : shape (series,), how many points may be hidden before the series is withdrawn
    """

    of: Ints
    size: Ints
    readable: Bools
    offered: Bools
    spare: Floats

    def count(self, hidden: Bools) -> Floats:
        """Return how many of its points each series hides, shape (series,)."""
        return np.asarray(
            np.bincount(self.of, weights=hidden, minlength=len(self.size)), dtype=float
        )

    def lost(self, hidden: Bools) -> Bools:
        """Return which series hide so much that nobody can read them, shape (series,)."""
        return np.asarray((self.count(hidden) > self.spare) | (self.size == 0), dtype=bool)


def plan_series(
    cells: pd.DataFrame, small: Bools, known: Bools, before: Floats | None = None
) -> SeriesPlan:
    """Return the plan of a table.

    Parameters
    ----------
    cells : the keys of the cells
    small : cells that must be hidden for themselves
    known : cells that have numbers
    before : 1-dimensional float, as an earlier release planned: 1 offered, 0 not, NaN new

    Examples
    --------
    >>> months = pd.date_range("2025-01-01", periods=12, freq="MS")
    >>> keys = dict(indicator_id="a", area_code="X", period_type="month", breakdown="all")
    >>> cells = pd.DataFrame(dict(period_start=months, category="all") | keys)
    >>> plan_series(cells, np.arange(12) < 3, np.ones(12, bool)).offered.tolist()
    [False]
    """
    start = pd.to_datetime(cells["period_start"])
    year = start.dt.year.to_numpy(dtype=np.int64)
    curve = _numbered(cells)
    first = int(year.min(initial=0))
    span = int(year.max(initial=0)) - first + 1
    codes, of = np.unique(curve * span + (year - first), return_inverse=True)
    count = len(codes)
    size = np.bincount(of[known], minlength=count).astype(np.int64)
    few = np.asarray(np.bincount(of, weights=small & known, minlength=count), dtype=float)
    longer, longer_few = _with_year_before(codes, span, size, few)
    length = cells["period_type"].map(LENGTHS).fillna(0).to_numpy(dtype=float)
    each = np.zeros(count)
    each[of] = length
    full = np.where(each > 0, np.floor(12 / np.maximum(each, 1) + 1e-9), 52)
    running = size < np.maximum(full, 1)
    share = np.where(running, longer_few / np.maximum(longer, 1), few / np.maximum(size, 1))
    readable = (share <= TAU + 1e-9) & (size > 0)
    offered, kept = _frozen(of, readable, before)
    most = np.maximum(size, np.maximum(full, 1))
    spare = np.floor(np.where(kept, MOSTLY, TAU) * most + 1e-9)
    return SeriesPlan(of.astype(np.int64), size, readable, offered, spare)


def _numbered(cells: pd.DataFrame) -> Ints:
    """Return a number for each distinct combination of the keys of a series."""
    found = np.zeros(len(cells), dtype=np.int64)
    for key in KEYS:
        part, names = pd.factorize(cells[key])
        found = np.unique(found * (len(names) + 1) + part, return_inverse=True)[1]
    return found.astype(np.int64)


def _with_year_before(
    codes: Ints, span: int, size: Ints, few: Floats
) -> tuple[NDArray[np.int64], Floats]:
    """Return points and small points of each series together with its year before."""
    longer, longer_few = size.copy(), few.copy()
    for back in range(1, YEARS):
        at = np.searchsorted(codes, codes - back)
        at = np.minimum(at, len(codes) - 1)
        same = (codes[at] == codes - back) & (codes % span >= back)
        longer += np.where(same, size[at], 0)
        longer_few += np.where(same, few[at], 0.0)
    return longer, longer_few


def _frozen(of: Ints, readable: Bools, before: Floats | None) -> tuple[Bools, Bools]:
    """Return the plan with what was published kept as it was, and what was offered before."""
    offered, kept = readable.copy(), np.zeros(len(readable), dtype=bool)
    if before is not None:
        told = np.isfinite(before)
        offered[of[told]] = before[told] > 0
        kept[of[told]] = before[told] > 0
    return offered, kept
