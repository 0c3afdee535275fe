"""What a segmented trend keeps to: laws, gaps, refusals, and how seldom it is wrong."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.stats.trend import segmented_trend
from tilannehuone.stats.trend_joinpoints import searches, sum_of_squares

NAN = math.nan

series = st.integers(7, 22).flatmap(
    lambda size: st.lists(st.floats(20, 200), min_size=size, max_size=size)
)


def noise(seed, size, spread=0.05):
    return np.random.default_rng(seed).normal(0, spread, size)


def bent(seed, size=16, place=8, first=0.05, second=-0.06, spread=0.02):
    t = np.arange(size)
    path = first * np.minimum(t, place) + second * np.maximum(t - place, 0)
    return 80 * np.exp(path + noise(seed, size, spread))


def slopes(found):
    return [one.slope for one in found.segments]


def limits(found):
    return [(one.lower, one.upper) for one in found.joinpoints]


seeds = st.integers(0, 500)


@given(seeds, st.integers(-50, 3000))
def test_shifting_time_shifts_the_joinpoints_and_changes_nothing_else(seed, shift):
    here = segmented_trend(bent(seed))
    there = segmented_trend(bent(seed), times=np.arange(16) + shift)

    assert [one.time + shift for one in here.joinpoints] == [one.time for one in there.joinpoints]
    assert slopes(there) == pytest.approx(slopes(here), rel=1e-7, abs=1e-9)
    assert there.average.apc_lower == pytest.approx(here.average.apc_lower, rel=1e-7)


@given(seeds, st.sampled_from([0.001, 0.5, 12345.0]))
def test_the_unit_of_the_values_changes_no_percent(seed, scale):
    one, other = segmented_trend(bent(seed)), segmented_trend(bent(seed) * scale)

    assert limits(other) == limits(one)
    assert slopes(other) == pytest.approx(slopes(one), rel=1e-7, abs=1e-9)
    assert other.aapc == pytest.approx(one.aapc, rel=1e-7, abs=1e-9)


@given(seeds)
def test_reversing_time_turns_the_slopes_round(seed):
    onward, back = segmented_trend(bent(seed)), segmented_trend(bent(seed)[::-1])

    assert [15 - one.time for one in back.joinpoints][::-1] == [
        one.time for one in onward.joinpoints
    ]
    assert [-one for one in slopes(back)][::-1] == pytest.approx(slopes(onward), rel=1e-7, abs=1e-9)
    errors = [[one.standard_error for one in found.segments] for found in (onward, back)]
    assert errors[1][::-1] == pytest.approx(errors[0], rel=1e-7)


@given(seeds, st.sampled_from([0.25, 3.0, 1e4]))
def test_only_the_ratio_of_weights_matters(seed, scale):
    weights = np.random.default_rng(seed).uniform(0.5, 2, 16)
    one = segmented_trend(bent(seed), weights=weights)
    other = segmented_trend(bent(seed), weights=weights * scale)

    assert limits(other) == limits(one)
    assert other.average.apc_upper == pytest.approx(one.average.apc_upper, rel=1e-7)


@given(seeds)
def test_variances_weigh_logarithms_by_the_relative_error(seed):
    values = bent(seed)
    by_variance = segmented_trend(values, variances=values)  # of Poisson counts
    by_weight = segmented_trend(values, weights=values)

    assert limits(by_variance) == limits(by_weight)
    assert slopes(by_variance) == pytest.approx(slopes(by_weight), rel=1e-7)


@given(series)
def test_the_lines_meet_and_average_to_the_whole(values):
    found = segmented_trend(values)
    ends = math.log(found.fitted[-1] / found.fitted[0])

    assert [one.stop for one in found.segments[:-1]] == [one.time for one in found.joinpoints]
    assert found.average.slope * (len(values) - 1) == pytest.approx(ends, abs=1e-9)
    for one in found.joinpoints:
        assert one.lower <= one.time <= one.upper


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_search_finds_the_least_squares_of_every_place(count):
    times = np.delete(np.arange(17.0), [3, 9])
    y, weights = noise(count, 15), np.random.default_rng(count).uniform(0.2, 3, 15)
    places = [p for p in combinations(range(15), count) if np.diff([-1, *p, 15]).min() >= 3]
    squares = {p: sum_of_squares(times, y, weights, times[list(p)]) for p in places}
    best = min(squares, key=squares.get)
    found = searches(times, y, weights, count, 0)[count]

    assert found.joinpoints.tolist() == times[list(best)].tolist()
    for (j, x), least in np.ndenumerate(found.least):
        here = [one for p, one in squares.items() if times[p[j]] == found.grid[x]]
        assert least == pytest.approx(min(here, default=math.inf), rel=1e-9)


@given(series, st.data())
def test_unknown_periods_are_left_out(values, data):
    out = data.draw(st.integers(1, len(values) - 2))
    gappy = [*values[:out], NAN, *values[out + 1 :]]
    times = [n for n in range(len(values)) if n != out]
    with_gap = segmented_trend(gappy)
    without = segmented_trend(np.delete(values, out), times=times)

    assert (with_gap.segments, with_gap.joinpoints) == (without.segments, without.joinpoints)
    assert with_gap.points_used == len(values) - 1
    assert with_gap.fitted[out] is not None


def test_the_line_is_not_drawn_past_what_is_known():
    found = segmented_trend([NAN, 10.0, 11.0, 12.5, NAN, 13.0, NAN, NAN])

    assert [one is None for one in found.fitted] == [True, *[False] * 5, True, True]


def test_a_constant_series_is_level_and_certain():
    found = segmented_trend([7.3] * 20)

    assert found.joinpoints == ()
    assert (found.average.slope, found.average.p_value, found.aapc) == (0, 1, 0)


@pytest.mark.parametrize(("size", "most"), [(6, 0), (7, 1), (11, 1), (12, 2), (17, 3), (40, 3)])
def test_short_series_carry_few_joinpoints(size, most):
    zigzag = 100 * np.exp(0.5 * np.abs(np.arange(size) % 6 - 3))

    assert len(segmented_trend(zigzag).joinpoints) <= most
    assert segmented_trend(zigzag, max_joinpoints=0).joinpoints == ()


def test_a_joinpoint_leaves_two_points_beyond_it():
    # the fall begins one point too late to be told from an outlier
    found = segmented_trend([1, 2, 4, 8, 16, 32, 64, 128, 64], max_joinpoints=1)

    assert all(one.upper <= 6 for one in found.joinpoints)
    assert segmented_trend([1, 2, 4, 8, 16, 32, 16, 8]).joinpoints[0].time == 5


def test_fewer_than_five_straight_series_in_a_hundred_are_said_to_bend():
    bends = [
        len(segmented_trend(100 * np.exp(0.02 * np.arange(size) + noise(seed, size))).joinpoints)
        for size in (8, 12)
        for seed in range(300)
    ]

    assert np.mean(np.array(bends) > 0) < 0.05


def test_intervals_hold_the_truth_about_as_often_as_they_promise():
    found = [segmented_trend(bent(seed, spread=0.04)) for seed in range(400)]
    bends = [one for one in found if len(one.segments) == 2]
    truth = 100 * np.expm1([0.05, -0.06])
    whole = 100 * math.expm1((0.05 * 8 - 0.06 * 7) / 15)

    assert len(bends) > 360
    for n in (0, 1):
        held = [s.apc_lower <= truth[n] <= s.apc_upper for s in (b.segments[n] for b in bends)]
        assert 0.92 <= np.mean(held) <= 0.99
    held = [one.average.apc_lower <= whole <= one.average.apc_upper for one in found]
    assert 0.9 <= np.mean(held) <= 0.98
    assert np.mean([low <= 8 <= high for b in bends for low, high in limits(b)]) > 0.95


GOOD = [10.0, 11.0, 12.0, 11.5]


@pytest.mark.parametrize(
    ("values", "settings", "message"),
    [
        ([1, NAN, 2], {}, "needs 3 known points, got 2"),
        ([], {}, "needs 3 known points, got 0"),
        ([1, 2, 0, 3], {}, "cell 2: a value that is not positive has no logarithm"),
        ([1, 2, math.inf, 3], {}, "cell 2: a number is missing or infinite"),
        (GOOD, {"times": [1, 2, 2, 3]}, "cell 2: times do not rise"),
        (GOOD, {"times": [1, 2, NAN, 3]}, "cell 2: a number is missing or infinite"),
        (GOOD, {"times": [1, 2, 3]}, "one length"),
        (GOOD, {"variances": [1, 1, 0, 1]}, "cell 2: a variance or weight is not positive"),
        (GOOD, {"weights": [1, -1, 1, 1]}, "cell 1: a variance or weight is not positive"),
        (GOOD, {"variances": GOOD, "weights": GOOD}, "not both"),
        (GOOD, {"level": 95}, "level lies between"),
        (GOOD, {"periods_per_year": 0}, "periods_per_year is a positive number"),
        (GOOD, {"max_joinpoints": -1}, "not negative"),
    ],
)
def test_what_cannot_be_is_one_clear_line(values, settings, message):
    with pytest.raises(ValueError, match=message):
        segmented_trend(values, **settings)
