"""The sums of rounded numbers as rows over intervals: one programme for parts, wholes and rests.

Three numbers stand behind a variable of the structure: its numerator at `v`, for a proportion its
denominator at `V + v` and the rest, those who were not counted, at `2 V + v`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack

from tilannehuone.disclosure.intervals import SLACK, Tied
from tilannehuone.disclosure.relations import LAST, NOTHING, OPEN, SUM, UNION, Incidence
from tilannehuone.disclosure.structure import Structure

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Entries = tuple[Ints, Ints, Floats]


@dataclass(frozen=True, eq=False)
class Group:
    """One group of people over all variables: the interval each number is known to lie in.

    `loose_low`, `loose_high` are the ends that hold even where prints only stand.
    """

    low: Floats
    high: Floats
    loose_low: Floats
    loose_high: Floats
    exists: Bools
    shown: Bools


def believed_between(structure: Structure, group: Group) -> tuple[Ints, Bools]:
    """Return the kind of each family of sums, and which relations the intervals contradict.

    As with exact numbers (`relations.py`), but a relation agrees when some numbers within the
    intervals do. Intervals contradict little, so the strictest reading nearly always stands. The
    loose ends say which single relations are contradicted.
    """
    incidence = Incidence(structure, group.exists)
    kinds = _kinds(structure, group, incidence)
    mine = kinds[structure.family]
    wrong = np.zeros(len(structure.parent), dtype=bool)
    for kind, good in _agreeing(structure, group, incidence, loose=True).items():
        wrong |= (mine == kind) & ~good
    return kinds, wrong


def _agreeing(
    structure: Structure, group: Group, incidence: Incidence, *, loose: bool
) -> dict[int, Bools]:
    """Return for each kind which relations have numbers that fit it, the mildest kind first."""
    ends = (group.loose_low, group.loose_high) if loose else (group.low, group.high)
    low, high = (np.where(group.exists, one, 0.0) for one in ends)
    parent, last = structure.parent, np.maximum(incidence.last, 0)
    least, most = _children(incidence, low), _children(incidence, high)
    above = high[parent] >= least - SLACK
    below = low[parent] <= most + SLACK
    same = (low[parent] <= high[last] + SLACK) & (high[parent] >= low[last] - SLACK)
    largest = high[parent] >= incidence.children_max(low) - SLACK
    return {OPEN: above, UNION: below & largest, LAST: same, SUM: above & below}


def _kinds(structure: Structure, group: Group, incidence: Incidence) -> Ints:
    """Return the strictest kind that half of each family's printed relations agree with.

    By the loose ends if by the others they neither add up nor repeat their last one.
    """
    parent, last = structure.parent, np.maximum(incidence.last, 0)
    over_time = np.array([dimension == "time" for _, dimension, _ in structure.families], bool)
    unseen = incidence.children_sum((~group.shown).astype(float))
    whole = incidence.alive & group.shown[parent] & (unseen == 0)
    pair = incidence.alive & group.shown[parent] & group.shown[last] & (incidence.last >= 0)
    pair &= over_time[structure.family] & (incidence.count > 1)
    tight = _agreeing(structure, group, incidence, loose=False)
    wide = _agreeing(structure, group, incidence, loose=True)
    kinds = np.full(len(structure.families), NOTHING, dtype=np.int64)
    for kind, good in (*wide.items(), (LAST, tight[LAST]), (SUM, tight[SUM])):
        tried = pair if kind == LAST else whole
        trials = np.bincount(structure.family[tried], minlength=len(kinds))
        support = np.bincount(structure.family[tried & good], minlength=len(kinds))
        kinds[(2 * support >= np.maximum(trials, 1)) | ((kind == SUM) & (trials == 0))] = kind
    return kinds


def _children(incidence: Incidence, ends: Floats) -> Floats:
    """Return the sum of one end over the children of each relation; infinite if one is."""
    endless = ~np.isfinite(ends)
    total = incidence.children_sum(np.where(endless, 0.0, ends))
    return np.where(incidence.children_sum(endless.astype(float)) > 0, np.inf, total)


def sum_rows(structure: Structure, group: Group) -> tuple[csr_array, Bools]:
    """Return the rows of one group over the structure's variables, and which are equalities.

    The right side of every row is 0.
    """
    kinds, wrong = believed_between(structure, group)
    incidence = Incidence(structure, group.exists)
    kind = np.where(incidence.alive & ~wrong, kinds[structure.family], NOTHING)
    relation, child = incidence.relation, incidence.child
    ends = child == incidence.last[relation]
    plain = (kind[relation] == SUM) | (kind[relation] == OPEN) | ((kind[relation] == LAST) & ends)
    at_most = kind[relation] == UNION
    pairs = np.flatnonzero(at_most)
    count, parent = len(structure.parent), structure.parent
    used = np.flatnonzero(kind != NOTHING)
    sign = np.where(kind == UNION, -1.0, 1.0)
    in_rows = plain | at_most
    entries = (
        [relation[in_rows], child[in_rows], sign[relation[in_rows]]],
        [used, parent[used], -sign[used]],
        [count + pairs, child[pairs], np.ones(len(pairs))],
        [count + pairs, parent[relation[pairs]], -np.ones(len(pairs))],
    )
    row, number, value = (np.concatenate(part) for part in zip(*entries, strict=True))
    shape = (count + len(relation), structure.variables)
    rows = csr_array(coo_array((value, (row, number)), shape=shape))
    is_equal = np.zeros(shape[0], dtype=bool)
    is_equal[:count] = (kind == SUM) | (kind == LAST)
    kept = np.diff(rows.indptr) > 0
    return csr_array(rows[kept]), is_equal[kept]


def tied_groups(
    structure: Structure, parts: Group, wholes: Group, rests: Group, width: Floats, asked: Bools
) -> Tied:
    """Return the programme over numerators, denominators and rests; `rests.exists` says where.

    `width` and `asked` are over the variables. Only rows that an asked number stands in matter
    directly, but all are kept: what is asked of one may hang on others.
    """
    size = structure.variables
    tops, top_equal = sum_rows(structure, parts)
    bottoms, bottom_equal = sum_rows(structure, wholes)
    blocks = [
        _moved(tops, 0, size),
        _moved(bottoms, size, size),
        _split(np.flatnonzero(rests.exists), size),
        _within(np.flatnonzero(wholes.exists & ~rests.exists), size),
    ]
    rows = csr_array(vstack(blocks))
    is_equal = np.concatenate(
        [top_equal, bottom_equal, np.ones(blocks[2].shape[0], bool),
         np.zeros(blocks[3].shape[0], bool)]
    )  # fmt: skip
    groups = (parts, wholes, rests)
    return Tied(
        rows,
        np.zeros(rows.shape[0]),
        is_equal,
        np.concatenate([one.low for one in groups]),
        np.concatenate([one.high for one in groups]),
        np.tile(width, 3),
        np.concatenate([asked & one.exists for one in groups]),
        (
            np.concatenate([one.loose_low for one in groups]),
            np.concatenate([one.loose_high for one in groups]),
        ),
    )


def _moved(rows: csr_array, by: int, size: int) -> csr_array:
    flat = coo_array(rows)
    row, number = flat.coords
    return csr_array(coo_array((flat.data, (row, number + by)), shape=(rows.shape[0], 3 * size)))


def _split(which: Ints, size: int) -> csr_array:
    """Return whole - part - rest (= 0) of the variables `which`."""
    at = np.arange(len(which))
    number = np.concatenate([size + which, which, 2 * size + which])
    value = np.repeat([1.0, -1.0, -1.0], len(which))
    return csr_array(coo_array((value, (np.tile(at, 3), number)), shape=(len(at), 3 * size)))


def _within(which: Ints, size: int) -> csr_array:
    """Return part - whole (<= 0) of the variables `which`."""
    at = np.arange(len(which))
    number = np.concatenate([which, size + which])
    value = np.repeat([1.0, -1.0], len(which))
    return csr_array(coo_array((value, (np.tile(at, 2), number)), shape=(len(at), 3 * size)))
