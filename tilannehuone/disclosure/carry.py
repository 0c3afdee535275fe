"""How a correction of one number reaches the sums above it, level by level.

A sum may have several splits: its areas, its months, its ages. A correction is carried up one of
them, the one in which most is known: a part that readers have never seen may hide a correction of
its own, and a part whose split does not quite add up may miss one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tilannehuone.disclosure.structure import Structure

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

TOLERANCE = 1e-6
DIMENSIONS = {"time": 0, "area": 1, "category": 2}
"""Of equally known splits the earlier one is taken."""
DEEPEST = 64


@dataclass(frozen=True, eq=False)
class Relations:
    """The sums among the rows of a table that corrections may be carried up.

    Attributes
    ----------
    parent : shape (relations,), the row that is the total
    children : shape (relations, rows), 1 where the row is a part of the total
    adds : shape (relations, 2), whether numerators, denominators add up there as a rule
    whole : shape (relations, 2), whether all numbers of the sum are present
    exact : shape (relations, 2), whether the parts come to the total
    level : shape (rows,), how many sums deep a row's parts go; 0 for the finest cells
    rank : shape (relations,), order of the dimensions
    """

    parent: Ints
    children: csr_array
    adds: Bools
    whole: Bools
    exact: Bools
    level: Ints
    rank: Ints

    def below(self, marked: Bools) -> Bools:
        """Return the numbers of `marked`, shape (rows, 2), and all their parts, and theirs."""
        while True:
            reached = self.children.T @ marked[self.parent].astype(float) > 0
            if not (reached & ~marked).any():
                return marked
            marked = marked | reached


@dataclass(frozen=True, eq=False)
class Step:
    """One level: its rows, and for each of the two parts the rows with the split that carries."""

    rows: Ints
    carriers: tuple[tuple[Ints, csr_array], tuple[Ints, csr_array]]


def additive_relations(structure: Structure, numbers: Floats, additive: Bools) -> Relations:
    """Return the relations along which corrections add up.

    Parameters
    ----------
    numbers : shape (rows, 2), exact numerators and denominators; NaN where there is none
    additive : shape (rows,), whether the measure counts what can be added

    Notes
    -----
    Nothing declares whether denominators add over time: the exact numbers tell. A family carries
    when in at least half of its sums the total is no less than its parts (more: an unknown area).
    """
    rows = structure.cells
    shape = (len(structure.parent), structure.variables)
    ones = np.ones(len(structure.child))
    every = csr_array((ones, structure.child, structure.start), shape=shape)
    latent = (every[:, rows:] @ np.ones(structure.variables - rows)) > 0
    inside = ~latent & (structure.parent < rows)
    inside[inside] = additive[structure.parent[inside]]
    children, parent = every[inside][:, :rows], structure.parent[inside]
    family = structure.family[inside]

    filled = np.nan_to_num(numbers)
    total, parts = filled[parent], children @ filled
    lacking = children @ (~np.isfinite(numbers)).astype(float)
    whole = np.isfinite(numbers)[parent] & (lacking == 0)
    slack = TOLERANCE * np.maximum(1.0, total)
    adds = _believed(whole & (total + parts > 0), total >= parts - slack, family)
    dimension = np.array([DIMENSIONS[one] for _, one, _ in structure.families], dtype=np.int64)
    kept = adds.any(axis=1)
    return Relations(
        parent=parent[kept],
        children=children[kept],
        adds=adds[kept],
        whole=whole[kept],
        exact=(whole & (np.abs(total - parts) <= slack))[kept],
        level=_levels(parent[kept], children[kept], rows),
        rank=dimension[family[kept]],
    )


def _believed(tried: Bools, good: Bools, family: Ints) -> Bools:
    """Return for each relation and part whether its family adds up; untried ones do."""
    found = np.zeros(tried.shape, dtype=bool)
    for part in (0, 1):
        trials = np.bincount(family, weights=tried[:, part])
        support = np.bincount(family, weights=(tried & good)[:, part])
        found[:, part] = (2 * support >= trials)[family]
    return found


def _levels(parent: Ints, children: csr_array, rows: int) -> Ints:
    """Return the level of every row: one more than the highest of its parts."""
    level = np.zeros(rows, dtype=np.int64)
    for _ in range(DEEPEST):
        raised = level.copy()
        highest = np.maximum.reduceat(level[children.indices], children.indptr[:-1], dtype=np.int64)
        np.maximum.at(raised, parent, highest + 1)
        if (raised == level).all():
            break
        level = raised
    return level


def carrying_steps(relations: Relations, seen: Bools, mute: Bools) -> tuple[list[Step], Floats]:
    """Return the levels in order, and how much of each number's correction is unknown.

    Parameters
    ----------
    seen : rows whose number readers have seen: their correction is known
    mute : rows hidden from readers before: theirs is not

    Returns
    -------
    The steps from the finest level up, and blindness of shape (rows, 2): 0 where all is known.
    """
    blind = np.repeat((mute & ~seen).astype(float)[:, None], 2, axis=1)
    above = relations.level[relations.parent]
    none = (np.array([], dtype=np.int64), relations.children[:0])
    steps = [Step(np.flatnonzero(relations.level == 0), (none, none))]
    for level in range(1, int(relations.level.max(initial=0)) + 1):
        mine = np.flatnonzero(above == level)
        load = relations.children[mine] @ blind + ~relations.exact[mine]
        found = []
        for part in (0, 1):
            usable = relations.adds[mine, part]
            best = _best(relations, mine[usable], load[usable, part])
            rows = relations.parent[best.index]
            blind[rows, part] = np.where(seen[rows], 0.0, best.load)
            found.append((rows, relations.children[best.index]))
        rows = np.flatnonzero(relations.level == level)
        steps.append(Step(rows, (found[0], found[1])))
    return steps, blind


@dataclass(frozen=True, eq=False)
class _Best:
    index: Ints
    load: Floats


def _best(relations: Relations, which: Ints, load: Floats) -> _Best:
    """Return for each parent its relation with the least unknown."""
    parent = relations.parent[which]
    order = np.lexsort((relations.rank[which], load, parent))
    _, first = np.unique(parent[order], return_index=True)
    return _Best(which[order][first], load[order][first])
