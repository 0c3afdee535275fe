"""Detectability against its references, against simulation between the nodes, and its laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.stats.power import detectability, median_periods_to_signal
from tilannehuone.stats.spc import analyse_panel

NAN = math.nan
means = st.floats(0, 1e5) | st.floats(0, 20)
lengths = st.integers(13, 400)


@pytest.mark.parametrize(
    ("mean", "after_20", "after_50"), [(5, 15, 6), (10, 12, 4), (20, 8, 2), (50, 5, 1)]
)
def test_the_specifications_medians_are_met_within_one_period(mean, after_20, after_50):
    assert abs(median_periods_to_signal(mean, step=0.2) - after_20) <= 1
    assert abs(median_periods_to_signal(mean, step=0.5) - after_50) <= 1
    assert detectability(mean).median_periods == median_periods_to_signal(mean, step=0.2)


def periods_to_mark(draw, before, after, points, side):
    """Return the first of six periods after a step whose own point is marked; 7 for none."""
    rows = 2500
    series = np.hstack([draw(before, (rows, points)), draw(after, (rows, 6))])
    marked = [
        (marked_side(series[:, : points + one], points) == side).any(axis=0) for one in range(1, 7)
    ]
    return np.where(np.any(marked, axis=0), np.argmax(marked, axis=0) + 1, 7)


def marked_side(series, baseline):
    rows, points = series.shape
    panel = analyse_panel(series.ravel(), np.arange(rows) * points, baseline=baseline)
    return panel.marks[:, points - 1 :: points]


@pytest.mark.parametrize(("mean", "points", "change"), [(7, 30, "rise"), (40, 15, "fall")])
def test_the_told_step_of_a_count_shows_within_six_periods_four_times_in_five(mean, points, change):
    rng = np.random.default_rng(22)
    side = 1 if change == "rise" else -1
    step = detectability(mean, points=points, change=change).step

    seen = periods_to_mark(rng.poisson, mean, mean * (1 + side * step), points, side)

    assert np.mean(seen <= 6) == pytest.approx(0.8, abs=0.03)


def test_the_told_step_of_a_series_with_its_own_spread_shows_so_too():
    rng = np.random.default_rng(23)
    told = detectability(50, 1.128 * 4, points=40)

    seen = periods_to_mark(lambda m, n: rng.normal(m, 4, n), 50, 50 * (1 + told.step), 40, 1)

    assert np.mean(seen <= 6) == pytest.approx(0.8, abs=0.03)
    half = median_periods_to_signal(50, 1.128 * 4, step=told.step * 0.8, points=40)
    assert 3 <= half <= 5


def test_a_fall_of_a_small_count_cannot_be_seen():
    assert detectability(2, change="fall").step == math.inf
    assert detectability(100, change="fall").step == pytest.approx(detectability(100).step, rel=0.1)


def test_a_large_count_is_as_good_as_normal():
    for mean in (900, 5000, 1e6):
        as_count = detectability(mean)
        as_normal = detectability(mean, 1.128 * math.sqrt(mean))
        assert as_count.step == pytest.approx(as_normal.step, rel=0.05)
        assert as_count.median_periods == as_normal.median_periods


def test_what_cannot_be_told_is_without_end():
    assert (detectability(0).step, detectability(0).median_periods) == (math.inf, math.inf)
    assert detectability(0.0, 3.0).step == math.inf
    assert detectability(0.2).step == detectability(0.2).median_periods == math.inf
    assert detectability(20, points=12).median_periods == math.inf
    assert median_periods_to_signal(20, step=0.001) == math.inf


def test_a_series_without_spread_shows_any_step_at_once():
    told = detectability(8.0, 0.0)
    assert (told.step, told.median_periods) == (0, 1)


def test_unknown_stays_unknown_and_nothing_else_does():
    told = detectability(np.array([NAN, 5.0]), np.array([1.0, NAN]))
    assert np.isnan([*told.step, *told.median_periods]).all()
    assert math.isnan(detectability(NAN).step)


@given(means, means, lengths, st.sampled_from(["rise", "fall"]))
def test_a_larger_count_never_sees_less(one, other, points, change):
    small, large = (
        detectability(mean, points=points, change=change) for mean in sorted((one, other))
    )
    assert large.step <= small.step * (1 + 1e-12)
    assert large.median_periods <= small.median_periods


@given(st.floats(0.01, 1e4), st.floats(1e-6, 1e4) | st.just(0.0), st.floats(1, 5), lengths)
def test_a_wider_series_never_sees_more_and_units_change_nothing(centre, spread, more, points):
    narrow, wide = (detectability(centre, one, points=points) for one in (spread, spread * more))
    assert narrow.step <= wide.step * (1 + 1e-12)
    assert narrow.median_periods <= wide.median_periods
    scaled = detectability(centre * 1024, spread * 1024, points=points)
    assert scaled == narrow


@given(st.floats(0.5, 1e4), st.floats(-1, 3), st.floats(0, 1))
def test_a_smaller_step_never_shows_sooner(mean, step, part):
    smaller = median_periods_to_signal(mean, step=step * part)
    assert median_periods_to_signal(mean, step=step) <= smaller


@given(st.lists(st.tuples(lengths, means), min_size=1, max_size=5))
def test_many_series_at_once_are_told_as_each_alone(series):
    points, levels = (np.array(one) for one in zip(*series, strict=True))

    together = detectability(levels, points=points)
    for place, (one, level) in enumerate(series):
        alone = detectability(level, points=one)
        assert together.step[place] == alone.step
        assert together.median_periods[place] == alone.median_periods


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: detectability([5, -1]), "cell 1: a mean count is negative"),
        (lambda: detectability(math.inf), "a centre is infinite"),
        (lambda: detectability(5, -1), "a mean moving range is negative"),
        (lambda: detectability(5, change="up"), "rise or fall"),
        (lambda: median_periods_to_signal(5, step=-1.5), "a step"),
    ],
)
def test_what_cannot_be_is_an_error_of_one_line(call, said):
    with pytest.raises(ValueError, match=said):
        call()
