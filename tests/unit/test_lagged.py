"""Association at a lag and the search among lags, by laws and by how seldom they are wrong."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tilannehuone.stats.distribution import distribution
from tilannehuone.stats.lagged import effective_pairs, lag_search, lagged_association

NAN = math.nan
seeds = st.integers(0, 500)


def autoregression(rng, size, strength):
    noise = rng.standard_normal(size)
    for place in range(1, size):
        noise[place] *= math.sqrt(1 - strength**2)
        noise[place] += strength * noise[place - 1]
    return noise


def pair(seed, size=40, lag=3, strength=0.0):
    rng = np.random.default_rng(seed)
    x = autoregression(rng, size + lag, strength)
    y = 0.8 * x + 0.6 * autoregression(rng, size + lag, strength)
    return x[lag:], y[:size]  # y follows x by the lag


def test_the_correlations_are_those_of_scipy():
    x, y = pair(1)
    found = lagged_association(x, y, lag=3, trend="none")

    assert found.linear.value == pytest.approx(stats.pearsonr(x[:-3], y[3:]).statistic)
    assert found.rank.value == pytest.approx(stats.spearmanr(x[:-3], y[3:]).statistic)
    assert found.pairs == 37


def test_a_negative_lag_is_the_other_way_round():
    x, y = pair(2)

    found, turned = lagged_association(x, y, lag=3), lagged_association(y, x, lag=-3)

    assert turned.linear.value == pytest.approx(found.linear.value)
    assert (turned.lag, turned.pairs) == (-3, found.pairs)


@settings(max_examples=30, deadline=None)
@given(seeds, st.floats(0.1, 50), st.floats(-100, 100), st.floats(-3, 3))
def test_units_and_straight_trends_change_nothing(seed, scale, shift, slope):
    x, y = pair(seed)
    here = lagged_association(x, y, lag=3)
    there = lagged_association(x * scale + shift, y + slope * np.arange(40), lag=3)

    assert there.linear.value == pytest.approx(here.linear.value, abs=1e-7)
    assert there.effective == pytest.approx(here.effective, rel=1e-5)


def test_two_rising_series_go_together_only_until_their_trends_are_out():
    rng = np.random.default_rng(3)
    x, y = (np.arange(60) + rng.normal(0, 3, 60) for _ in range(2))

    assert lagged_association(x, y, trend="none").linear.value > 0.9
    assert abs(lagged_association(x, y).linear.value) < 0.4
    assert abs(lagged_association(x, y, trend="changes").linear.value) < 0.4


def test_a_season_that_both_have_is_taken_out_when_asked():
    rng = np.random.default_rng(4)
    wave = 5 * np.sin(2 * np.pi * np.arange(60) / 12)
    x, y = (wave + rng.normal(0, 1, 60) for _ in range(2))

    assert lagged_association(x, y).linear.value > 0.8
    assert abs(lagged_association(x, y, periods_per_year=12).linear.value) < 0.4


def test_neighbours_alike_are_worth_fewer_pairs():
    restless, slow = (pair(5, 80, strength=one) for one in (0.0, 0.8))

    assert lagged_association(*slow).effective < 40 < lagged_association(*restless).effective
    assert effective_pairs(*slow, pairs=80) >= 5


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(0, 36), st.floats(-1000, 1000))
def test_a_point_without_its_pair_is_never_used(seed, place, other):
    x, y = pair(seed)
    x[place] = NAN
    here = lagged_association(x, y, lag=3, trend="none")
    y[place + 3] = other
    there = lagged_association(x, y, lag=3, trend="none")

    assert here.pairs == there.pairs == 36
    assert there.linear.value == pytest.approx(here.linear.value, abs=1e-12)
    assert there.rank.value == pytest.approx(here.rank.value, abs=1e-12)


def test_the_search_finds_the_planted_lag_and_tells_every_lag_tried():
    found = lag_search(*pair(6, 60), lags=range(-6, 7))

    assert found.best.lag == 3
    assert (found.count, [one.lag for one in found.tried]) == (13, list(range(-6, 7)))
    assert found.p_value == 0.001
    assert found.tried[9] == lagged_association(*pair(6, 60), lag=3)


def test_the_search_costs_what_searching_costs():
    rng = np.random.default_rng(8)
    x, y = rng.normal(size=(2, 40))
    found = lag_search(x, y, range(-6, 7), by="rank")
    alone = lag_search(x, y, [found.best.lag], by="rank")

    assert found.best.rank.p_value < alone.p_value + 0.02
    assert found.p_value > 2 * alone.p_value
    assert found == lag_search(x, y, range(-6, 7), by="rank")


def test_a_search_in_noise_finds_something_in_five_of_a_hundred():
    rng = np.random.default_rng(9)
    found = [
        lag_search(*(autoregression(rng, 40, 0.5) for _ in range(2)), range(-4, 5)).p_value <= 0.05
        for _ in range(25)
    ]

    assert np.mean(found) <= 0.24


@pytest.mark.parametrize("strength", [0.0, 0.6])
def test_intervals_hold_the_truth_as_often_as_they_say(strength):
    rng, held = np.random.default_rng(10), []
    for _ in range(200):
        found = lagged_association(*(autoregression(rng, 50, strength) for _ in range(2)), lag=1)
        held.append((found.linear.lower <= 0 <= found.linear.upper, found.rank.p_value > 0.05))

    assert np.mean(held, axis=0) == pytest.approx([0.95, 0.95], abs=0.06)


@pytest.mark.parametrize(
    "x, y, said",
    [
        (np.arange(11.0), np.arange(11.0) ** 2, "12 pairs"),
        (np.ones(20), np.arange(20.0), "does not vary"),
        (np.arange(20.0), np.arange(21.0), "same periods"),
        (np.full(20, np.inf), np.arange(20.0), "infinite"),
    ],
    ids=range(4),
)
def test_what_cannot_be_is_refused(x, y, said):
    with pytest.raises(ValueError, match=said):
        lagged_association(x, y, trend="none")


def test_a_search_needs_lags_each_once():
    for lags in ([], [1, 1]):
        with pytest.raises(ValueError, match="each once"):
            lag_search(*pair(1), lags)


@given(st.lists(st.floats(-1e6, 1e6) | st.just(NAN), max_size=30))
def test_a_distribution_counts_every_value_once(values):
    found = distribution(values)

    assert found.known + found.unknown == len(values)
    assert found.values == tuple(sorted(x for x in values if x == x))
    assert found.shares == tuple(sorted(found.shares))
    assert not found.known or found.shares[-1] == 1
    assert (found.quantiles[1] is None) == (found.known < 4)
