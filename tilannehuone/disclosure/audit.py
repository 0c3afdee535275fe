"""What can be computed of hidden numbers: their ranges under everything that is shown.

The question of the auditor, without any knowledge of how cells were hidden: given the sums that
hold and the numbers that stand in them, how low and how high can each hidden number be? A wide
range is proven by witnesses: two tables that agree with all that is shown, one with a low and one
with a high number. One linear programme gives witnesses for thousands of numbers at once, so a
number is solved for by itself only when no common witness served it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack
from scipy.sparse.csgraph import connected_components

from tilannehuone.disclosure.programme import Block
from tilannehuone.disclosure.witness import witness_block

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FREE, LATENT, COVER, SMALL = range(4)
"""What a number needs: nothing; a wide range or to be large; a wide range; from 0 up to k."""

BLOCK = 6000
"""Components are solved together up to so many numbers."""


@dataclass(frozen=True, eq=False)
class Puzzle:
    """Hidden numbers x >= 0 and what is known of them: `equal @ x == total`, `most @ x <= limit`.

    `width` is k for each number, `need` one of FREE, LATENT, COVER, SMALL.
    """

    equal: csr_array
    total: Floats
    most: csr_array
    limit: Floats
    width: Floats
    need: Ints


@dataclass(frozen=True, eq=False)
class Ranges:
    """Ranges that witnesses prove; each number can be at least as low and as high as said.

    `proven` says that the need is met. `exact` that low and high are the very ends. `dropped`
    marks rows (first of `equal`, then of `most`) that no table can satisfy with the others.
    `component` numbers the connected parts.
    """

    low: Floats
    high: Floats
    proven: Bools
    exact: Bools
    dropped: Bools
    component: Ints


def audit(puzzle: Puzzle, *, singles: int | None = None) -> Ranges:
    """Return what anyone can compute of each hidden number, as far as its need asks.

    Parameters
    ----------
    puzzle : the hidden numbers of one or many tables
    singles : how many numbers of a component may be solved for one by one; None: all

    Notes
    -----
    Linear: that counts are whole numbers is not used. Rows that contradict each other (delivered
    totals that do not add up) are dropped, those with the largest gap first, and reported.

    Examples
    --------
    A total less its shown children leaves 12 for two hidden cells:

    >>> pair = Puzzle(csr_array([[1.0, 1.0]]), np.array([12.0]), csr_array((0, 2)), np.empty(0),
    ...               np.array([5.0, 5.0]), np.array([SMALL, COVER]))
    >>> audit(pair).proven.tolist()
    [True, True]
    """
    numbers = len(puzzle.width)
    rows = csr_array(vstack([puzzle.equal, puzzle.most]))
    component = _components(rows, numbers)
    low, high = np.zeros(numbers), np.full(numbers, np.inf)
    proven, exact = puzzle.need == FREE, np.zeros(numbers, dtype=bool)
    dropped = np.zeros(rows.shape[0], dtype=bool)
    tied = np.bincount(rows.indices, minlength=numbers) > 0
    proven |= ~tied
    equal_rows = puzzle.equal.shape[0]
    right = np.concatenate([puzzle.total, puzzle.limit])
    row_component = _row_components(rows, component)
    for inside, picked in _blocks(component, row_component, tied, puzzle.need):
        part = csr_array(rows[picked][:, inside])
        is_equal = picked < equal_rows
        block = Block(
            part,
            right[picked],
            is_equal,
            component[inside],
            puzzle.width[inside],
            puzzle.need[inside],
        )
        found = witness_block(block, singles)
        low[inside], high[inside] = found.low, found.high
        proven[inside], exact[inside] = found.proven, found.exact
        dropped[picked[found.dropped]] = True
    return Ranges(low, high, proven, exact, dropped, component)


def _components(rows: csr_array, numbers: int) -> Ints:
    """Return the connected part of each number: rows tie their numbers together."""
    flat = coo_array(rows)
    relation, number = flat.coords
    shape = (numbers + rows.shape[0],) * 2
    graph = csr_array((np.ones(len(number)), (number, numbers + relation)), shape=shape)
    return np.asarray(connected_components(graph, directed=False)[1][:numbers], dtype=np.int64)


def _row_components(rows: csr_array, component: Ints) -> Ints:
    """Return the component of each row; -1 for a row without hidden numbers."""
    filled = np.diff(rows.indptr) > 0
    found = np.full(rows.shape[0], -1, dtype=np.int64)
    found[filled] = component[rows.indices[rows.indptr[:-1][filled]]]
    return found


def _blocks(
    component: Ints, row_component: Ints, tied: Bools, need: Ints
) -> Iterator[tuple[Ints, Ints]]:
    """Yield (numbers, rows) of components packed together, skipping those that need nothing."""
    asks = np.zeros(int(component.max(initial=-1)) + 1, dtype=bool)
    asks[component[tied & (need != FREE)]] = True
    sizes = np.bincount(component, minlength=len(asks)) * asks
    number_order, row_order = (np.argsort(c, kind="stable") for c in (component, row_component))
    sorted_numbers, sorted_rows = component[number_order], row_component[row_order]
    bunch: list[int] = []
    wanted = np.flatnonzero(asks)
    for at, one in enumerate(wanted):
        bunch.append(int(one))
        following = sizes[wanted[at + 1]] if at + 1 < len(wanted) else np.inf
        if sizes[bunch].sum() + following > BLOCK:
            yield (
                _members(number_order, sorted_numbers, bunch),
                _members(row_order, sorted_rows, bunch),
            )
            bunch = []


def _members(order: Ints, sorted_keys: Ints, bunch: list[int]) -> Ints:
    """Return the positions whose component is one of `bunch`."""
    first = np.searchsorted(sorted_keys, bunch, side="left")
    last = np.searchsorted(sorted_keys, bunch, side="right")
    spans = [order[a:b] for a, b in zip(first, last, strict=True)]
    return np.concatenate(spans).astype(np.int64)
