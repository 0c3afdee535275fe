"""The outlines of a release as a map is drawn from them: where they lie, where words fit in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
GRID = 25
"""Places tried in each direction for the middle of an outline."""
EDGE = 9
"""Points tried along each side of a box of words."""
PULL = 0.08
"""How much nearer to a border a middle may be for each step nearer to the centre of gravity."""
MARGIN = 0.012
"""Of the larger side of a map, left free around it."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where drawings lie: the left upper corner and the size."""

    left: float
    top: float
    width: float
    height: float

    @property
    def written(self) -> str:
        """The box as an SVG viewBox."""
        return f"{self.left:.1f} {self.top:.1f} {self.width:.1f} {self.height:.1f}"


@dataclass(frozen=True, slots=True)
class Outline:
    """One area: its path as delivered, its rings, and the place where words fit best."""

    path: str
    rings: tuple[Points, ...]
    x: float
    y: float

    def holds(self, width: float, height: float) -> bool:
        """Return whether a box of this size around the middle lies inside the outline."""
        sides = np.linspace(-0.5, 0.5, EDGE)
        ends = np.full(EDGE, 0.5)
        across = np.concatenate([sides, sides, ends, -ends]) * width + self.x
        down = np.concatenate([ends, -ends, sides, sides]) * height + self.y
        return bool(_inside(self.rings, np.column_stack([across, down])).all())


def outline(path: str) -> Outline:
    """Return an outline from path data of absolute M, L and Z, as the table `shapes` holds it.

    >>> square = outline("M0 0L10 0L10 10L0 10Z")
    >>> round(square.x), round(square.y), square.holds(6, 6), square.holds(12, 2)
    (5, 5, True, False)
    """
    rings = tuple(
        np.array(NUMBERS.findall(one), dtype=np.float64).reshape(-1, 2)
        for one in path.split("Z")
        if one
    )
    x, y = _middle(rings)
    return Outline(path, rings, x, y)


def around(outlines: Iterable[Outline]) -> Box:
    """Return the box around all outlines, with a margin."""
    every = np.concatenate([ring for one in outlines for ring in one.rings])
    low, high = every.min(axis=0), every.max(axis=0)
    wide, tall = (float(one) for one in high - low)
    free = MARGIN * max(wide, tall, 1.0)
    return Box(float(low[0]) - free, float(low[1]) - free, wide + 2 * free, tall + 2 * free)


def _middle(rings: Sequence[Points]) -> tuple[float, float]:
    """Return the place inside that is far from all borders and yet central, among a grid's."""
    largest = max(rings, key=lambda one: float(np.prod(one.max(axis=0) - one.min(axis=0))))
    low, high = largest.min(axis=0), largest.max(axis=0)
    steps = (np.arange(GRID) + 0.5) / GRID
    across, down = np.meshgrid(*(low[n] + steps * (high[n] - low[n]) for n in (0, 1)))
    tried = np.column_stack([across.ravel(), down.ravel()])
    inside = tried[_inside(rings, tried)]
    if not len(inside):
        centre = (low + high) / 2
        return float(centre[0]), float(centre[1])
    off_centre = np.hypot(*(inside - inside.mean(axis=0)).T)
    best = inside[int((_from_border(rings, inside) - PULL * off_centre).argmax())]
    return float(best[0]), float(best[1])


def _inside(rings: Sequence[Points], tried: Points) -> NDArray[np.bool_]:
    """Return which places lie inside: a ray to the right crosses the borders an odd number."""
    start, end = _borders(rings)
    x, y = tried[:, :1], tried[:, 1:]
    spans = (start[:, 1] > y) != (end[:, 1] > y)
    rise = np.where(start[:, 1] == end[:, 1], 1.0, end[:, 1] - start[:, 1])
    crossing = start[:, 0] + (y - start[:, 1]) / rise * (end[:, 0] - start[:, 0])
    return np.asarray((spans & (x < crossing)).sum(axis=1) % 2 == 1)


def _from_border(rings: Sequence[Points], tried: Points) -> NDArray[np.float64]:
    """Return how far each place is from the nearest stretch of border."""
    start, end = _borders(rings)
    along = end - start
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    away = tried[:, None, :] - start
    share = np.clip((away * along).sum(axis=2) / length, 0, 1)
    nearest = np.hypot(*np.moveaxis(away - share[:, :, None] * along, 2, 0)).min(axis=1)
    return np.asarray(nearest)


def _borders(rings: Sequence[Points]) -> tuple[Points, Points]:
    """Return where every stretch of border begins and ends."""
    after = [np.roll(one, -1, axis=0) for one in rings]
    return np.concatenate(list(rings)), np.concatenate(after)
