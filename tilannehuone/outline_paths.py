"""From rings of coordinates to short SVG paths: projected, fitted to a box, simplified.

Pure geometry. What is left out is smaller than an eye sees on a wall.
"""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.float64]
"""Points as rows of x and y, the last the same as the first."""

WIDTH = 1000.0
"""Of the box that the areas of one type share; its height follows."""

FINEST = 0.4
"""How far a simplified line may lie from the delivered one at the least, in units of the box."""
MOST_CHARACTERS = 200_000
"""Of all paths of an instance together: what a page loads at most for its maps."""
LEAST_RING = 3.0
"""A ring narrower and lower than this is left out, unless it is all there is of its area."""

DEGREES = (180.0, 90.0)


def paths_of(
    rings: Mapping[str, Collection[Ring]], area_types: Mapping[str, str]
) -> dict[str, str]:
    """Return the path of every area: absolute `M`, `L` and `Z`, with one decimal, for `evenodd`.

    Areas of one type share a box: x from 0 to 1000, y from 0 downwards. All are simplified alike,
    the more the longer the paths would be.
    """
    fitted = _fitted(rings, area_types)
    tolerance = FINEST
    while True:
        found = {code: _path(some, tolerance) for code, some in fitted.items()}
        if sum(map(len, found.values())) <= MOST_CHARACTERS or tolerance > WIDTH:
            return found
        tolerance *= 1.6


def simplified(ring: Ring, tolerance: float) -> Ring:
    """Return a ring with the fewest of its points that keep within `tolerance` (Douglas-Peucker).

    The ring is cut at its first point and at the one farthest from it, which both stay.

    >>> ring = np.array([[0, 0], [5, 0.1], [10, 0], [10, 10], [0, 10], [0, 0]], dtype=float)
    >>> simplified(ring, 0.5).tolist()
    [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]]
    """
    last = len(ring) - 1
    farthest = int(np.hypot(*(ring - ring[0]).T).argmax())
    keep = np.zeros(len(ring), dtype=bool)
    keep[[0, farthest, last]] = True
    todo = [(0, farthest), (farthest, last)]
    while todo:
        first, stop = todo.pop()
        if stop - first < 2:
            continue
        away = _distances(ring[first + 1 : stop], ring[first], ring[stop])
        worst = int(away.argmax())
        if away[worst] > tolerance:
            keep[first + 1 + worst] = True
            todo += [(first, first + 1 + worst), (first + 1 + worst, stop)]
    return ring[keep]


def _fitted(
    rings: Mapping[str, Collection[Ring]], area_types: Mapping[str, str]
) -> dict[str, list[Ring]]:
    """Return the rings in the shared box of their type."""
    by_type: dict[str, list[str]] = {}
    for code in rings:
        by_type.setdefault(area_types[code], []).append(code)
    found: dict[str, list[Ring]] = {}
    for codes in by_type.values():
        every = np.concatenate([ring for code in codes for ring in rings[code]])
        aspect = _aspect(every)
        low, high = every.min(axis=0), every.max(axis=0)
        wide, tall = (high - low) * (aspect, 1.0)
        scale = WIDTH / (wide or tall or 1.0)
        for code in codes:
            found[code] = [
                np.column_stack(
                    [(one[:, 0] - low[0]) * aspect * scale, (high[1] - one[:, 1]) * scale]
                )
                for one in rings[code]
            ]
    return found


def _aspect(points: Ring) -> float:
    """Return how much shorter a step of x is than one of y: 1 for plane coordinates.

    Degrees are taken as an equirectangular map at their mid latitude.
    """
    if (np.abs(points) > DEGREES).any():
        return 1.0
    middle = (points[:, 1].min() + points[:, 1].max()) / 2
    return float(np.cos(np.radians(middle)))


def _path(rings: Collection[Ring], tolerance: float) -> str:
    sizes = [float((one.max(axis=0) - one.min(axis=0)).max()) for one in rings]
    least = min(LEAST_RING, max(sizes))
    seen = [one for one, size in zip(rings, sizes, strict=True) if size >= least]
    return "".join(_drawn(simplified(one, tolerance)) for one in seen)


def _drawn(ring: Ring) -> str:
    """Return a closed ring; a point that rounds to the one before it is not repeated."""
    points = [f"{_short(x)} {_short(y)}" for x, y in ring[:-1]]
    steps = [one for n, one in enumerate(points) if n == 0 or one != points[n - 1]]
    return f"M{'L'.join(steps)}Z"


def _short(x: float) -> str:
    return f"{x:.1f}".removesuffix(".0").removeprefix("-" if round(x, 1) == 0 else "")


def _distances(points: Ring, start: NDArray[np.float64], end: NDArray[np.float64]) -> Ring:
    """Return how far points lie from the stretch between two others."""
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
    return np.hypot(*(points - start - share[:, None] * along).T)
