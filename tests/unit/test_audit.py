"""The solver's answers against sums small enough to do by hand."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from tilannehuone.disclosure.audit import COVER, FREE, LATENT, SMALL, Puzzle, audit


def puzzle(equal, total, need, most=None, limit=(), k=5.0):
    size = len(need)
    rows = csr_array((0, size)) if most is None else csr_array(np.array(most, float))
    return Puzzle(csr_array(np.array(equal, float)), np.array(total, float), rows,
                  np.array(limit, float), np.full(size, k), np.array(need))  # fmt: skip


def test_one_hidden_number_in_a_sum_is_computed():
    found = audit(puzzle([[1]], [3], [SMALL]))

    assert not found.proven[0]
    assert found.low[0] == found.high[0] == pytest.approx(3)


def test_two_that_share_four_are_both_known_to_be_small():
    found = audit(puzzle([[1, 1]], [4], [SMALL, SMALL]))

    assert not found.proven.any()
    assert found.high == pytest.approx([4, 4])


def test_two_that_share_five_are_protected():
    assert audit(puzzle([[1, 1]], [5], [SMALL, SMALL])).proven.all()


def test_crossing_sums_that_look_safe_alone_are_solved_together():
    """a+b=9, b+c=9, a+c=4: each sum has two hidden members, yet all three are exact."""
    found = audit(puzzle([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [9, 9, 4], [SMALL, COVER, SMALL]))

    assert not found.proven.any()
    assert found.low == pytest.approx([2, 7, 2])


def test_a_large_latent_number_may_be_known_but_a_large_hidden_cell_may_not():
    found = audit(puzzle([[1, 0], [0, 1]], [50, 50], [LATENT, COVER]))

    assert found.proven.tolist() == [True, False]


def test_a_limit_bounds_a_number_from_above():
    found = audit(puzzle(np.zeros((0, 1)), [], [SMALL], most=[[1]], limit=[4]))

    assert not found.proven[0]
    assert found.high[0] == pytest.approx(4)


def test_a_number_in_no_sum_can_be_anything():
    found = audit(puzzle([[1, 0]], [30], [FREE, SMALL]))

    assert found.proven.all()


def test_contradicting_sums_are_left_out_and_said():
    found = audit(puzzle([[1, 1], [1, 1], [1, 1]], [20, 20, 26], [SMALL, SMALL]))

    assert found.dropped.tolist() == [False, False, True]
    assert found.proven.all()


def test_components_are_solved_apart():
    found = audit(puzzle([[1, 1, 0, 0], [0, 0, 1, 1]], [30, 2], [SMALL] * 4))

    assert found.proven.tolist() == [True, True, False, False]
    assert len(set(found.component.tolist())) == 2


def test_nothing_hidden_is_nothing_to_find():
    nothing = Puzzle(csr_array((0, 0)), np.empty(0), csr_array((0, 0)), np.empty(0),
                     np.empty(0), np.empty(0, dtype=np.int64))  # fmt: skip

    assert audit(nothing).proven.shape == (0,)


def test_what_was_not_settled_is_neither_proven_nor_told():
    """The three sums again, but nothing may be solved for by itself: bounds alone do not tell."""
    three = puzzle([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [12, 12, 12], [SMALL, COVER, SMALL])
    rushed, asked = audit(three, singles=0), audit(three)

    assert not rushed.proven.any()
    assert not rushed.exact.any()
    assert asked.exact.all()
    assert asked.high == pytest.approx([6, 6, 6])


def test_what_is_shown_may_be_part_of_the_puzzle():
    """41 = 20 + 18 + x and the same by another split: x is 3, and one sum says what the other."""
    rows = csr_array([[1.0, 1, 1, -1, 0, 0], [0, 0, 0, -1, 1, 1]])
    known = np.array([20, 18, np.nan, 41, 30, 11.0])
    found = audit(Puzzle(rows, np.zeros(2), csr_array((0, 6)), np.empty(0), np.full(6, 5.0),
                         np.array([FREE, FREE, COVER, FREE, FREE, FREE]), known))  # fmt: skip

    assert found.proven.tolist() == [True, True, False, True, True, True]
    assert (found.low[2], found.high[2]) == (3, 3)
    assert found.exact[2]


def test_sums_that_run_in_a_circle_are_still_solved():
    rows = csr_array([[-1.0, 1, 1], [1, -1, 1]])  # a = b + c and b = a + c: c is nobody
    found = audit(Puzzle(rows, np.zeros(2), csr_array((0, 3)), np.empty(0), np.full(3, 5.0),
                         np.full(3, COVER)))  # fmt: skip

    assert found.proven.tolist() == [True, True, False]
    assert found.high[2] == pytest.approx(0)


def test_ranges_end_at_whole_numbers():
    """2x + y = 9 with y at most 5: x is 2 to 4.5, so 2 to 4."""
    found = audit(puzzle([[2, 1]], [9], [COVER, FREE], most=[[0, 1]], limit=[5], k=3))

    assert (found.low[0], found.high[0]) == (2, 4)
    assert not found.proven[0]
