"""One connected part of a table as the auditor solves it: its rows, its numbers, what they need."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FREE, LATENT, COVER, SMALL = range(4)
"""What a number needs: nothing; a wide range or to be large; a wide range; from 0 up to k."""

SLACK = 1e-6
ROUNDS = 4
"""How often the bounds of one row are carried to the next before any programme is solved."""


@dataclass(frozen=True, eq=False)
class Block:
    """One connected part: its rows over classes, and the numbers that have a share in them.

    `within` and `touching` (numbers, classes) are the classes wholly and partly in each number;
    `base` what is shown of it; `endless` whether it also has a part that stands in no row.
    """

    rows: csr_array
    right: Floats
    is_equal: Bools
    within: csr_array
    touching: csr_array
    width: Floats
    need: Ints
    base: Floats
    endless: Bools


@dataclass(eq=False)
class Found:
    """What is known so far.

    The witnesses reach from `low` to `high`; `lowest` and `highest` say that nothing lies beyond.
    `narrow` numbers cannot reach as far as they need to, by their rows alone.
    """

    low: Floats
    high: Floats
    lowest: Bools
    highest: Bools
    narrow: Bools
    dropped: Bools
    is_whole: bool


def met(need: Ints, low: Floats, high: Floats, width: Floats) -> Bools:
    """Return whether each need is met by a range from at least `low` to at most `high`."""
    with np.errstate(invalid="ignore"):
        wide = high - low >= width - SLACK
    whole = (low <= SLACK) & (high >= width - SLACK)
    large = low >= width - SLACK
    found = np.where(need == SMALL, whole, wide | ((need == LATENT) & large))
    return np.asarray(found, dtype=bool) | (need == FREE)


def mark_narrow(block: Block, found: Found) -> tuple[Floats, Floats]:
    """Mark the numbers that single rows show to be too narrow; return the ranges rows leave.

    A number is at most what its row leaves for it, at least what the others of its row cannot be.
    """
    low, high = _bounds(block, found)
    least = block.within @ low
    most = np.where(block.endless, np.inf, block.touching @ high)
    found.narrow = ~met(block.need, least + block.base, most + block.base, block.width)
    found.narrow &= (least <= found.low + SLACK) & (most >= found.high - SLACK)
    return least, most


def _bounds(block: Block, found: Found) -> tuple[Floats, Floats]:
    """Return bounds of every class that each row gives by itself, carried on a few times."""
    size = block.rows.shape[1]
    signs = block.rows.data < 0
    row = np.repeat(np.arange(len(block.right)), np.diff(block.rows.indptr))
    plain = (np.bincount(row[signs], minlength=len(block.right)) == 0) & ~found.dropped
    entry = plain[row]
    row, column = row[entry], block.rows.indices[entry]
    weight = block.rows.data[entry]
    low, high = np.zeros(size), np.full(size, np.inf)
    equal = block.is_equal[row]
    for _ in range(ROUNDS):
        under = np.bincount(row, weights=weight * low[column], minlength=len(block.right))
        room = (block.right[row] - under[row]) / weight + low[column]
        np.minimum.at(high, column, np.maximum(room, 0.0))
        finite = np.where(np.isfinite(high), high, 1e15)
        over = np.bincount(row, weights=weight * finite[column], minlength=len(block.right))
        rest = (block.right[row] - over[row]) / weight + finite[column]
        np.maximum.at(low, column[equal], rest[equal])
    return low, np.maximum(low, high)
