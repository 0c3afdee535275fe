"""Values in a few classes of about equally many areas, for the shades of a map.

Only values that are shown are put in classes, so no limit of a class tells of a hidden one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

MOST_CLASSES = 5


@dataclass(frozen=True, slots=True)
class Shade:
    """One class: `number` is 1 for the smallest values; `low` and `high` are values in it."""

    number: int
    low: float
    high: float
    codes: tuple[str, ...]


def shades(values: Mapping[str, float]) -> tuple[Shade, ...]:
    """Return the classes of the values, the smallest first; equal values share a class.

    They are cut at the fifths of the values; fewer areas than that make fewer classes, spread over
    the same five shades.

    >>> found = shades({"a": 1.0, "b": 2.0, "c": 3.0, "d": 3.0, "e": 9.0, "f": 9.5})
    >>> [(one.number, one.codes) for one in found]
    [(1, ('a', 'b')), (2, ('c', 'd')), (4, ('e',)), (5, ('f',))]
    """
    if not values:
        return ()
    ordered = np.sort(np.array(list(values.values()), dtype=np.float64))
    few = min(MOST_CLASSES, len(np.unique(ordered)))
    inner = np.quantile(ordered, np.arange(1, few) / few)
    spread = np.rint(np.linspace(1, MOST_CLASSES, few)).astype(int) if few > 1 else np.array([3])
    of: dict[int, list[str]] = {}
    for code, one in values.items():
        of.setdefault(int(spread[int((one > inner).sum())]), []).append(code)
    return tuple(
        Shade(number, *_ends([values[code] for code in codes]), tuple(codes))
        for number, codes in sorted(of.items())
    )


def _ends(values: list[float]) -> tuple[float, float]:
    return min(values), max(values)
