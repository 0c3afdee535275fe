"""Words against a benchmark, and areas like one's own: truth tables, worked cases and laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.stats.comparison import (
    compare_with_benchmark,
    group_mean,
    similar_areas,
)
from tilannehuone.stats.intervals import Interval, proportion, rate

NAN = math.nan

NARROW, WIDE = Interval(5.0, 4.0, 6.0), Interval(5.0, 3.0, 7.0)

WORDS = [
    (2.9, "clearly_better", "clearly_worse", "clearly_higher"),
    (3.0, "better", "worse", "higher"),
    (3.9, "better", "worse", "higher"),
    (4.0, "similar", "similar", "similar"),
    (5.0, "similar", "similar", "similar"),
    (6.0, "similar", "similar", "similar"),
    (6.1, "worse", "better", "lower"),
    (7.0, "worse", "better", "lower"),
    (7.1, "clearly_worse", "clearly_better", "clearly_lower"),
]


@pytest.mark.parametrize(("benchmark", "up", "down", "context"), WORDS)
def test_a_benchmark_on_a_limit_is_inside(benchmark, up, down, context):
    found = [
        compare_with_benchmark(NARROW, WIDE, benchmark, direction=one)
        for one in ("up", "down", "context")
    ]

    assert found == [up, down, context]


def test_many_areas_are_compared_at_once():
    count = [[2, 40], [9, NAN]]
    narrow, wide = rate(count, 100), rate(count, 100, level=0.998)

    found = compare_with_benchmark(narrow, wide, [0.1, 0.2], direction="down")

    assert found.tolist() == [["better", "clearly_worse"], ["similar", None]]


@pytest.mark.parametrize("part", ["value", "lower", "upper"])
@pytest.mark.parametrize("hidden", [0, 1])
def test_what_is_unknown_has_no_word(part, hidden):
    whole = [{"value": 5.0, "lower": 4.0, "upper": 6.0} for _ in range(2)]
    whole[hidden][part] = NAN

    narrow, wide = (Interval(**one) for one in whole)
    assert compare_with_benchmark(narrow, wide, 9.0, direction="up") is None


def test_an_unknown_benchmark_has_no_word():
    assert compare_with_benchmark(NARROW, WIDE, NAN, direction="up") is None


def test_what_cannot_be_compared_is_an_error():
    with pytest.raises(ValueError, match=r"cell 0: the 99.8 % interval does not hold the 95 %"):
        compare_with_benchmark(WIDE, NARROW, 5.0, direction="up")
    with pytest.raises(ValueError, match="cell 1: the benchmark is infinite"):
        compare_with_benchmark(NARROW, WIDE, [5.0, math.inf], direction="up")
    with pytest.raises(ValueError, match="direction is up, down or context, not 'left'"):
        compare_with_benchmark(NARROW, WIDE, 5.0, direction="left")


@given(st.integers(0, 400), st.integers(1, 400), st.floats(0, 1))
def test_what_is_good_upward_is_bad_downward(x, n, benchmark):
    x = min(x, n)
    intervals = proportion(x, n), proportion(x, n, 0.998)

    up = compare_with_benchmark(*intervals, benchmark, direction="up")
    down = compare_with_benchmark(*intervals, benchmark, direction="down")
    turned = {"better": "worse", "worse": "better"}
    assert down == "_".join(turned.get(one, one) for one in up.split("_"))


@given(st.integers(0, 400), st.integers(1, 400), st.floats(0, 1), st.floats(0, 1))
def test_a_farther_benchmark_never_softens_the_word(x, n, one, other):
    x = min(x, n)
    intervals = proportion(x, n), proportion(x, n, 0.998)
    ladder = ["clearly_lower", "lower", "similar", "higher", "clearly_higher"]

    low, high = (
        ladder.index(compare_with_benchmark(*intervals, against, direction="context"))
        for against in sorted((one, other))
    )
    assert low >= high


TABLE = [[1.0, 10.0], [2.0, 10.0], [4.0, 30.0], [1.0, 20.0], [NAN, 10.0]]


def test_the_nearest_come_first_by_a_worked_distance():
    # means 2 and 17.5 over the four whole areas; variances 6/4 and 275/4
    found = similar_areas(TABLE, 0)

    expected = [1 / math.sqrt(1.5), 10 / math.sqrt(68.75)]
    expected.append(math.sqrt(9 / 1.5 + 400 / 68.75))
    assert found.positions == (1, 3, 2)
    assert found.distances == pytest.approx(expected, rel=1e-12)
    assert (found.weights, found.compared, found.left_out) == ((1.0, 1.0), 3, (4,))


def test_weights_decide_what_near_means():
    found = similar_areas(TABLE, 0, weights=[9, 1], count=2)

    assert found.positions == (3, 1)
    assert found.distances == pytest.approx([10 / math.sqrt(68.75), 3 / math.sqrt(1.5)])
    assert found.weights == (9.0, 1.0)


def test_an_area_that_lacks_a_variable_has_none_like_it():
    found = similar_areas(TABLE, 4)

    assert (found.positions, found.distances, found.left_out) == ((), (), (4,))


def test_a_variable_that_is_the_same_everywhere_tells_nothing():
    found = similar_areas([[0.1, 1.0], [0.1, 2.0], [0.1, 4.0]], 0)

    assert found.positions == (1, 2)
    assert np.isfinite(found.distances).all()
    assert found.distances == similar_areas([[1.0], [2.0], [4.0]], 0).distances


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: similar_areas([1.0, 2.0], 0), "a table of areas by variables"),
        (lambda: similar_areas(TABLE, 5), "there is no area 5 among 5"),
        (lambda: similar_areas(TABLE, 0, count=0), "at least one area is asked for, not 0"),
        (lambda: similar_areas(TABLE, 0, weights=[1]), "2 variables need 2 weights"),
        (lambda: similar_areas(TABLE, 0, weights=[1, -1]), "cell 1: a weight is zero or more"),
        (lambda: similar_areas(TABLE, 0, weights=[0, 0]), "a variable weighs more than zero"),
        (lambda: similar_areas([[math.inf]], 0), r"cell \(0, 0\): a number is infinite"),
        (lambda: group_mean([1.0], [1]), "there is no area 1 among 1"),
        (lambda: group_mean([1.0], [0, 0]), "area 0 is in the group twice"),
        (lambda: group_mean([[1.0]], [0]), "values are one row"),
    ],
)
def test_a_group_that_cannot_be_is_an_error(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()


areas = st.integers(2, 8).flatmap(
    lambda n: st.lists(
        st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)),
        min_size=n,
        max_size=n,
    )
)


@given(areas, st.sampled_from([0.5, 4.0, 1000.0]), st.integers(-9, 9))
def test_units_do_not_decide_who_is_near(rows, factor, shift):
    table = np.array(rows, dtype=float)
    moved = table * [factor, 1, 1] + [shift, 0, 0]

    before, after = (similar_areas(one, 0, count=len(table)) for one in (table, moved))
    assert sorted(after.positions) == sorted(before.positions)
    assert after.distances == pytest.approx(before.distances, rel=1e-9, abs=1e-9)


@given(areas)
def test_nearness_is_mutual_and_own_is_not_among_the_others(rows):
    there = similar_areas(rows, 0, count=len(rows))
    back = similar_areas(rows, there.positions[0], count=len(rows))

    assert 0 not in there.positions
    assert list(there.distances) == sorted(there.distances)
    assert back.distances[back.positions.index(0)] == pytest.approx(there.distances[0])


@given(areas)
def test_an_area_left_out_moves_nothing(rows):
    with_gap = [*rows, (1.0, NAN, 3.0)]
    before, after = (similar_areas(one, 0) for one in (rows, with_gap))

    assert (after.positions, after.distances) == (before.positions, before.distances)
    assert after.left_out == (len(rows),)


def test_a_group_mean_says_how_many_of_how_many():
    found = group_mean([4.0, NAN, 8.0, 100.0], [0, 1, 2])
    assert (found.value, found.known, found.of) == (6.0, 2, 3)

    nobody = group_mean([4.0, NAN], [1])
    assert math.isnan(nobody.value)
    assert (nobody.known, nobody.of) == (0, 1)
    assert group_mean([4.0], []).of == 0
