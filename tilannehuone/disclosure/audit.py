"""What can be computed of hidden numbers: their ranges under everything that is shown.

The question of the auditor, without any knowledge of how cells were hidden: given the sums that
hold and the numbers that stand in them, how low and how high can each hidden number be? A wide
range is proven by witnesses: two tables that agree with all that is shown, one with a low and one
with a high number, each checked row by row. A narrow one is proven by solving for its ends.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from tilannehuone.disclosure.block import COVER, FREE, LATENT, SMALL, Block, Found, met
from tilannehuone.disclosure.leaves import Reduced, reduce, words
from tilannehuone.disclosure.totals import System
from tilannehuone.disclosure.witness import witness

__all__ = ["COVER", "FREE", "LATENT", "SMALL", "Puzzle", "Ranges", "audit"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

WORKERS = 2


@dataclass(frozen=True, eq=False)
class Puzzle:
    """Hidden numbers x >= 0 and what is known of them: `equal @ x == total`, `most @ x <= limit`.

    `width` is k for each number, `need` one of FREE, LATENT, COVER, SMALL. With `known` the
    puzzle also holds the numbers that are shown (NaN where hidden) and the sums among them: then
    sums that say the same are told apart from sums that say more, and the answer comes sooner.
    A row with one -1 and else 1s is read as a total and its parts.
    """

    equal: csr_array
    total: Floats
    most: csr_array
    limit: Floats
    width: Floats
    need: Ints
    known: Floats | None = None


@dataclass(frozen=True, eq=False)
class Ranges:
    """Ranges that witnesses prove; each number can be at least as low and as high as said.

    `proven` says that the need is met. `exact` that low and high are known to be the very ends,
    or that no range beyond them is possible; what is neither was not settled within the effort.
    `dropped` marks rows (first of `equal`, then of `most`) that no table can satisfy with the
    others. `component` numbers the connected parts, -1 for what stands in no row.
    """

    low: Floats
    high: Floats
    proven: Bools
    exact: Bools
    dropped: Bools
    component: Ints


@dataclass(frozen=True, eq=False)
class Targets:
    """The numbers to be solved for, alike ones once; `of` is the target of each number or -1."""

    number: Ints
    of: Ints


def audit(puzzle: Puzzle, *, singles: int | None = None, workers: int | None = None) -> Ranges:
    """Return what anyone can compute of each hidden number, as far as its need asks.

    Parameters
    ----------
    puzzle : the hidden numbers of one or many tables
    singles : how many numbers of a component may be solved for one by one; None: all
    workers : threads over components, 2 by default; the answer does not depend on it

    Notes
    -----
    Linear programming; of counts being whole it uses that ranges end at whole numbers. Rows that
    contradict each other (delivered totals that do not add up) are dropped, those with the
    largest gap first, and reported.

    Examples
    --------
    A total less its shown children leaves 12 for two hidden cells:

    >>> pair = Puzzle(csr_array([[1.0, 1.0]]), np.array([12.0]), csr_array((0, 2)), np.empty(0),
    ...               np.array([5.0, 5.0]), np.array([SMALL, COVER]))
    >>> audit(pair).proven.tolist()
    [True, True]
    """
    numbers = len(puzzle.width)
    known = np.full(numbers, np.nan) if puzzle.known is None else puzzle.known
    need = np.where(np.isnan(known), puzzle.need, FREE)
    system = System(puzzle.equal, puzzle.total, puzzle.most, puzzle.limit, known)
    reduced = reduce(system)
    targets = _targets(reduced, puzzle, need)
    component = _components(reduced.rows)
    ranges = _Ranges(reduced, numbers, need, known)
    blocks = list(_blocks(reduced, targets, component, puzzle, need))
    wanted = min(WORKERS, os.cpu_count() or 1) if workers is None else workers
    with ThreadPoolExecutor(max(wanted, 1)) as pool:
        solved = pool.map(lambda one: witness(one.block, singles), blocks)
        for one, found in zip(blocks, solved, strict=True):
            ranges.add(one, found)
    return ranges.told(targets, puzzle, need, component)


@dataclass(frozen=True, eq=False)
class Part:
    """A block, and where its rows and numbers come from."""

    block: Block
    rows: Ints
    targets: Ints


class _Ranges:
    """The ranges while they are gathered from the parts a number lies in."""

    def __init__(self, reduced: Reduced, numbers: int, need: Ints, known: Floats) -> None:
        self.reduced, self.need, self.known = reduced, need, known
        self.low, self.high = np.zeros(numbers), np.where(reduced.free, np.inf, 0.0)
        self.exact = np.ones(numbers, dtype=bool)
        self.dropped: list[Ints] = [reduced.broken]

    def add(self, part: Part, found: Found) -> None:
        """Add what one part gives to each of its numbers."""
        self.low[part.targets] += found.low
        self.high[part.targets] += found.high
        self.exact[part.targets] &= found.lowest & found.highest
        self.dropped.append(self.reduced.origin[part.rows[found.dropped]])

    def told(self, targets: Targets, puzzle: Puzzle, need: Ints, component: Ints) -> Ranges:
        """Return the ranges of all numbers, those alike by the one that was solved for."""
        at = np.arange(len(need))
        at[targets.of >= 0] = targets.number[targets.of[targets.of >= 0]]
        base = self.reduced.base
        low, high, exact = self.low[at] + base, self.high[at] + base, self.exact[at]
        proven = met(need, low, high, puzzle.width)
        dropped = np.zeros(puzzle.equal.shape[0] + puzzle.most.shape[0], dtype=bool)
        dropped[np.concatenate(self.dropped).astype(np.int64)] = True
        touching = self.reduced.touching
        found = np.full(len(need), -1, dtype=np.int64)
        filled = np.diff(touching.indptr) > 0
        found[filled] = component[touching.indices[touching.indptr[:-1][filled]]]
        return Ranges(low, high, proven, exact, dropped, found)


def _targets(reduced: Reduced, puzzle: Puzzle, need: Ints) -> Targets:
    """Return the numbers to solve for: of those that cover the same classes, only the first."""
    asked = np.flatnonzero(need != FREE)
    touching, within = reduced.touching[asked], reduced.within[asked]
    level = np.where(need[asked] == COVER, 0.0, reduced.base[asked])
    keys = (
        words(csr_array(touching), 0),
        words(csr_array(within), 0),
        need[asked],
        puzzle.width[asked],
        level,
        reduced.free[asked],
    )
    order = np.lexsort((np.arange(len(asked)), *keys))
    fresh = np.ones(len(asked), dtype=bool)
    fresh[1:] = np.any([key[order][1:] != key[order][:-1] for key in keys], axis=0)
    of = np.full(len(need), -1, dtype=np.int64)
    of[asked[order]] = np.cumsum(fresh) - 1
    return Targets(asked[order][fresh], of)


def _components(rows: csr_array) -> Ints:
    """Return the connected part of each class: rows tie their classes together."""
    flat = coo_array(rows)
    row, one = flat.coords
    count = rows.shape[1]
    shape = (count + rows.shape[0],) * 2
    graph = csr_array((np.ones(len(one)), (one, count + row)), shape=shape)
    found = connected_components(graph, directed=False)[1][:count]
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def _blocks(
    reduced: Reduced, targets: Targets, component: Ints, puzzle: Puzzle, need: Ints
) -> Iterator[Part]:
    """Yield the parts, the largest first so that two workers end together."""
    rows, touching = reduced.rows, csr_array(reduced.touching[targets.number])
    row_component = component[rows.indices[rows.indptr[:-1]]] if rows.nnz else np.empty(0, int)
    entry_target = np.repeat(np.arange(len(targets.number)), np.diff(touching.indptr))
    entry_component = component[touching.indices]
    order = np.lexsort((entry_target, entry_component))
    by_row, by_class = (np.argsort(c, kind="stable") for c in (row_component, component))
    sizes = np.bincount(component)
    for one in np.argsort(-sizes, kind="stable"):
        picked = by_row[slice(*np.searchsorted(row_component[by_row], [one, one + 1]))]
        inside = by_class[slice(*np.searchsorted(component[by_class], [one, one + 1]))]
        mine = order[slice(*np.searchsorted(entry_component[order], [one, one + 1]))]
        at = np.unique(entry_target[mine])
        if not len(at):
            continue
        number = targets.number[at]
        within = csr_array(reduced.within[number][:, inside])
        block = Block(
            rows=csr_array(rows[picked][:, inside]),
            right=reduced.right[picked],
            is_equal=reduced.is_equal[picked],
            within=within,
            touching=csr_array(touching[at][:, inside]),
            width=puzzle.width[number],
            need=need[number],
            base=reduced.base[number],
            endless=reduced.free[number],
        )
        yield Part(block, picked, number)
