"""Laws of the solver: what it calls proven every table allows, what it calls told no table does."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lattice import K, lattice, ranges
from scipy.sparse import csr_array, vstack

from tilannehuone.disclosure.audit import COVER, FREE, SMALL, Puzzle, audit

AREAS = {"C1": ["m1", "m2"], "C2": ["m3"]}
PERIODS = ("month", "quarter")
MOST = 16

draws = st.integers(0, 2**32 - 1).map(np.random.default_rng)
shares = st.sampled_from([0.2, 0.4, 0.6, 0.8])


def sums_of(made):
    """Return every way in which a cell is the sum of other cells of its own split, found anew."""
    sets = [frozenset(np.flatnonzero(row)) for row in made]
    cells = range(len(sets))
    found = []
    for parent in cells:
        inside = [one for one in cells if sets[one] < sets[parent]]
        for count in (2, 3):
            for parts in itertools.combinations(inside, count):
                union = frozenset().union(*(sets[one] for one in parts))
                if union == sets[parent] and sum(len(sets[one]) for one in parts) == len(union):
                    found.append((parent, parts))
    rows = np.zeros((len(found), len(sets)))
    for row, (parent, parts) in enumerate(found):
        rows[row, parent] = -1
        rows[row, list(parts)] = 1
    return csr_array(rows)


def whole(rows, values, hidden, need=COVER):
    """Return the puzzle that also holds what is shown."""
    size = len(values)
    return Puzzle(rows, np.zeros(rows.shape[0]), csr_array((0, size)), np.empty(0),
                  np.full(size, float(K)), np.where(hidden, need, FREE),
                  np.where(hidden, np.nan, values))  # fmt: skip


def bare(rows, values, hidden, need=COVER):
    """Return the puzzle over what is hidden, all that is shown moved to the right."""
    touched = np.asarray(np.abs(rows[:, hidden]).sum(axis=1)).ravel() > 0
    right = -(rows[:, ~hidden] @ values[~hidden])
    size = int(hidden.sum())
    return Puzzle(csr_array(rows[touched][:, hidden]), right[touched], csr_array((0, size)),
                  np.empty(0), np.full(size, float(K)), np.full(size, need))  # fmt: skip


def told(table, hidden):
    values = table.cells["value"].to_numpy()
    which = np.flatnonzero(hidden)
    ends = np.array(ranges(table.made, values, ~hidden, which))
    return np.ceil(ends[:, 0] - 1e-6), np.floor(ends[:, 1] + 1e-6)


@settings(max_examples=25, deadline=None)
@given(draws, shares, st.sampled_from([1, 2]), st.sampled_from([2.0, 6.0]))
def test_it_proves_what_another_solver_allows_and_nothing_else(draw, share, categories, mean):
    table = lattice(draw.poisson(mean, (3, 3, categories)), AREAS, PERIODS)
    values = table.cells["value"].to_numpy()
    hidden = draw.random(len(values)) < share
    hidden[0] = True
    rows = sums_of(table.made)

    low, high = told(table, hidden)
    found = audit(whole(rows, values, hidden))

    assert (found.proven[hidden] == (high - low >= K)).all()
    assert (audit(bare(rows, values, hidden)).proven == found.proven[hidden]).all()
    narrow = hidden & ~found.proven
    assert found.exact[narrow].all()
    assert found.low[narrow] == pytest.approx(low[~found.proven[hidden]])
    assert found.high[narrow] == pytest.approx(high[~found.proven[hidden]])


@settings(max_examples=15, deadline=None)
@given(draws, shares)
def test_a_small_number_is_proven_when_it_can_be_nobody_and_can_be_k(draw, share):
    table = lattice(draw.poisson(3.0, (3, 3, 1)), AREAS, PERIODS)
    values = table.cells["value"].to_numpy()
    hidden = draw.random(len(values)) < share
    hidden[0] = True

    low, high = told(table, hidden)
    found = audit(whole(sums_of(table.made), values, hidden, SMALL))

    assert (found.proven[hidden] == ((low <= 0) & (high >= K))).all()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=4, max_size=4), draws, shares)
def test_every_table_of_whole_numbers_is_tried(counts, draw, share):
    """Two towns by two months with all their sums: the solver against plain enumeration."""
    table = lattice(np.array(counts).reshape(2, 2, 1), {"C": ["m1", "m2"]}, ("month",))
    values = table.cells["value"].to_numpy()
    hidden = draw.random(len(values)) < share
    hidden[0] = True
    groups = np.array(list(itertools.product(range(MOST), repeat=4)))
    sums = groups @ table.made.T
    fits = sums[(sums[:, ~hidden] == values[~hidden]).all(axis=1)]

    found = audit(whole(sums_of(table.made), values, hidden))

    wide = fits.max(axis=0) - fits.min(axis=0) >= K
    assert (found.proven[hidden] == wide[hidden]).all()


@settings(max_examples=10, deadline=None)
@given(draws)
def test_more_hidden_is_never_more_told(draw):
    table = lattice(draw.poisson(4.0, (3, 3, 2)), AREAS, PERIODS)
    values = table.cells["value"].to_numpy()
    rows = sums_of(table.made)
    few = draw.random(len(values)) < 0.4
    many = few | (draw.random(len(values)) < 0.3)

    before, after = (audit(whole(rows, values, one)).proven for one in (few, many))

    assert (after[few] | ~before[few]).all()


@settings(max_examples=10, deadline=None)
@given(draws)
def test_the_answer_depends_neither_on_workers_nor_on_order(draw):
    table = lattice(draw.poisson(4.0, (3, 3, 2)), AREAS, PERIODS)
    values = table.cells["value"].to_numpy()
    hidden = draw.random(len(values)) < 0.5
    rows = sums_of(table.made)
    twice = csr_array(vstack([rows, rows[::-1]]))

    alone, both, mirrored = (
        audit(whole(rows, values, hidden), workers=1),
        audit(whole(rows, values, hidden), workers=2),
        audit(whole(twice, values, hidden)),
    )

    assert (alone.low == both.low).all()
    assert (alone.high == both.high).all()
    assert (alone.proven == mirrored.proven).all()
