"""Areas like one's own: nearest by declared variables, with the distance told."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tilannehuone.stats.interval import Floats, refuse


@dataclass(frozen=True, slots=True)
class SimilarAreas:
    """The areas nearest to one, nearest first, and what "near" meant.

    `positions` and `distances` go together, as do `weights` and the variables. `compared` areas
    were candidates, the area itself not among them; `left_out` are the positions of those that
    lack a variable.
    """

    positions: tuple[int, ...]
    distances: tuple[float, ...]
    weights: tuple[float, ...]
    compared: int
    left_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The mean of a group's known values, and of how many of how many it is."""

    value: float
    known: int
    of: int


def similar_areas(
    variables: ArrayLike,
    position: int,
    *,
    weights: ArrayLike | None = None,
    count: int = 5,
) -> SimilarAreas:
    """Return the areas most like the one at a position.

    Each variable is standardised (less its mean, over its standard deviation with n below the
    line) over the areas that have all variables, so that neither units nor an area left out move
    anything. The distance of two areas is √Σ weight·difference², in standard deviations. A
    variable that is the same everywhere tells no two areas apart.

    Parameters
    ----------
    variables
        Areas × variables. An area with a NaN (hidden or missing) is left out and counted.
    position
        The row of the area to find others for. Lacking a variable itself, it has none.
    weights
        One for each variable, zero or more; all one when not given.
    count
        How many to return at most. Of equally near ones the first in order.

    Raises
    ------
    ValueError
        When the variables are no table or infinite, the position is no row, a weight is negative
        or no number, all weights are zero or not as many as variables, or the count is under 1.

    Examples
    --------
    Residents and the share of children, the second weighing double:

    >>> table = [[9000, 21.0], [8000, 24.0], [24000, 20.5], [9500, 20.0], [7000, float("nan")]]
    >>> found = similar_areas(table, 0, weights=[1, 2], count=2)
    >>> found.positions, [round(one, 2) for one in found.distances]
    ((3, 2), [0.91, 2.32])
    >>> found.compared, found.left_out
    (3, (4,))
    """
    table = np.asarray(variables, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("variables are a table of areas by variables")
    refuse(np.isinf(table), "a number is infinite")
    if not 0 <= position < len(table):
        raise ValueError(f"there is no area {position} among {len(table)}")
    if count < 1:
        raise ValueError(f"at least one area is asked for, not {count}")
    heavy = _weights(weights, table.shape[1])

    is_whole = np.asarray(~np.isnan(table).any(axis=1))
    others = np.flatnonzero(is_whole & (np.arange(len(table)) != position))
    left_out = tuple(np.flatnonzero(~is_whole).tolist())
    weighed = tuple(heavy.tolist())
    if not is_whole[position]:
        return SimilarAreas((), (), weighed, 0, left_out)
    scores = _standardised(table, is_whole)
    distances = np.sqrt(((scores[others] - scores[position]) ** 2) @ heavy)
    nearest = np.argsort(distances, kind="stable")[:count]
    return SimilarAreas(
        positions=tuple(others[nearest].tolist()),
        distances=tuple(distances[nearest].tolist()),
        weights=weighed,
        compared=len(others),
        left_out=left_out,
    )


def group_mean(values: ArrayLike, positions: Sequence[int]) -> GroupMean:
    """Return the plain mean of the values at the positions, NaN (hidden, missing) left out.

    With none known the value is NaN.

    Raises
    ------
    ValueError
        When a position is no value's or comes twice, or a value is infinite.

    Examples
    --------
    >>> group_mean([4.0, 9.0, float("nan"), 6.0], [0, 2, 3])
    GroupMean(value=5.0, known=2, of=3)
    """
    row = np.asarray(values, dtype=np.float64)
    if row.ndim != 1:
        raise ValueError("values are one row")
    refuse(np.isinf(row), "a number is infinite")
    for order, one in enumerate(positions):
        if not 0 <= one < len(row):
            raise ValueError(f"there is no area {one} among {len(row)}")
        if one in positions[:order]:
            raise ValueError(f"area {one} is in the group twice")
    chosen = row[list(positions)] if len(positions) else np.empty(0)
    known = chosen[~np.isnan(chosen)]
    value = float(known.mean()) if len(known) else np.nan
    return GroupMean(value, len(known), len(chosen))


def _weights(weights: ArrayLike | None, variables: int) -> Floats:
    if weights is None:
        return np.ones(variables)
    heavy = np.asarray(weights, dtype=np.float64)
    if heavy.shape != (variables,):
        raise ValueError(f"{variables} variables need {variables} weights")
    refuse(~(np.isfinite(heavy) & (heavy >= 0)), "a weight is zero or more")
    if not heavy.any():
        raise ValueError("a variable weighs more than zero")
    return heavy


def _standardised(table: Floats, is_whole: NDArray[np.bool_]) -> Floats:
    """Return z-scores by the areas that have all variables; 0 where a variable never varies."""
    whole = table[is_whole]
    # a spread told by range, as rounding leaves equal numbers a tiny standard deviation
    varies = whole.max(axis=0) > whole.min(axis=0)
    spread = np.where(varies, whole.std(axis=0), 1.0)
    return np.where(varies, (table - whole.mean(axis=0)) / spread, 0.0)
