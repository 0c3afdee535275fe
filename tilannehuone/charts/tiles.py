"""Areas as equal tiles: grouped by the area above, in the order of the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, sqrt

WIDENESS = 1.9
"""How many times more tiles lie beside than above each other in one group."""
LEAST, MOST = 3, 5
"""Tiles beside each other: names stay readable in them."""


@dataclass(frozen=True, slots=True)
class Block:
    """The areas under one parent; `parent` is None for those that have none."""

    parent: str | None
    codes: tuple[str, ...]


def blocks(places: Iterable[tuple[str, str | None]]) -> tuple[Block, ...]:
    """Return areas by their parent, from pairs of an area and a parent in the register's order.

    An area of several parents stands under its first.

    >>> blocks([("a", "P"), ("b", "Q"), ("c", "P"), ("a", "Q")])
    (Block(parent='P', codes=('a', 'c')), Block(parent='Q', codes=('b',)))
    """
    of: dict[str | None, list[str]] = {}
    seen: set[str] = set()
    for code, parent in places:
        if code not in seen:
            seen.add(code)
            of.setdefault(parent, []).append(code)
    return tuple(Block(parent, tuple(codes)) for parent, codes in of.items())


def columns(count: int) -> int:
    """Return how many tiles lie beside each other where there are `count` in all.

    >>> [columns(one) for one in (1, 5, 17, 60)]
    [3, 4, 5, 5]
    """
    return min(MOST, max(LEAST, ceil(sqrt(count * WIDENESS))))
