"""A table of numbers over a few axes, read from text and interpolated between its nodes."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

HALFWAY = 10.0
"""The mean count that lies in the middle of the axis of means, which runs from 0 to infinity."""

LOGARITHMIC, SMALLEST = ("points", "baseline", "count"), 1e-3


@dataclass(frozen=True, slots=True)
class Grid:
    """Numbers at every combination of the nodes of some axes; nodes rise along each axis."""

    axes: dict[str, Floats]
    values: Floats

    def at(self, **coordinates: ArrayLike) -> Floats:
        """Return the numbers at coordinates, one for each axis; linear between nodes.

        Coordinates broadcast. Sizes are spaced by their logarithm, means by m / (m + 10): there an
        infinite mean (the normal distribution) is a node like any other. Beyond the table its edge
        holds; NaN gives NaN.
        """
        asked = [np.asarray(coordinates[name], np.float64) for name in self.axes]
        places = [
            _place(_spaced(name, nodes), _spaced(name, one))
            for (name, nodes), one in zip(self.axes.items(), asked, strict=True)
        ]
        total = np.zeros(np.broadcast_shapes(*(one.shape for one in asked)))
        for corner in product((0, 1), repeat=len(places)):
            pairs = list(zip(corner, places, strict=True))
            weight = np.ones(())
            for upper, (_, share) in pairs:
                weight = weight * (share if upper else 1 - share)
            total = total + weight * self.values[tuple(left + upper for upper, (left, _) in pairs)]
        return total


def read_grid(text: str) -> Grid:
    """Return the grid that a text holds.

    Its heading names the axes and ends with the nodes of the last one; each row begins with its
    nodes on the other axes, in rising order.

    >>> grid = read_grid('''
    ... mean points 10 20
    ... 0    0.1 0.2
    ... inf  0.3 0.4
    ... ''')
    >>> float(grid.at(mean=10, points=[10])[0]), float(grid.at(mean=np.inf, points=99))
    (0.2, 0.4)
    """
    heading, *lines = text.strip().splitlines()
    words = heading.split()
    names = [word for word in words if not word[0].isdigit()]
    rows = np.array([line.split() for line in lines], np.float64)
    axes = {name: np.unique(rows[:, place]) for place, name in enumerate(names[:-1])}
    axes[names[-1]] = np.array(words[len(names) :], np.float64)
    shape = [len(nodes) for nodes in axes.values()]
    return Grid(axes, rows[:, len(names) - 1 :].reshape(shape))


def _spaced(name: str, values: Floats) -> Floats:
    """Return positions along an axis, on the scale it is linear in."""
    if name in LOGARITHMIC:
        return np.log(np.maximum(values, SMALLEST))
    if name == "mean":
        return 1 - HALFWAY / (values + HALFWAY)
    return values


def _place(nodes: Floats, values: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Return the node to the left of each value, and the share of the way to the next."""
    left = np.clip(np.searchsorted(nodes, values, side="right") - 1, 0, len(nodes) - 2)
    share = (values - nodes[left]) / (nodes[left + 1] - nodes[left])
    return left, np.clip(share, 0, 1)
