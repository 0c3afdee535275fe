"""How models are weighed and how wide intervals get, against plain loops over the past errors."""

from math import log, sqrt

import numpy as np
import pytest

from tilannehuone.stats.forecast_combine import (
    Record,
    Track,
    errors_of,
    first_judged,
    from_scale,
    recent_loss,
    record_of,
    scales_of,
    to_scale,
)
from tilannehuone.stats.forecast_intervals import (
    USUAL_REACH,
    Calibration,
    calibrate,
    quantiles,
    spread_at,
)

M = 4


def quarters(n, seed=1, mean=60.0):
    season = np.array([8.0, -4, 0, -4])[np.arange(n) % M]
    return mean + season + 5 * np.random.default_rng(seed).normal(size=n)


def track(errors, weight=1.0, changes=2.0):
    n = len(errors) - 1
    made = np.full(errors.shape, 10.0)
    return Track("plain", weight, made, errors, np.full(n + 1, changes))


def noise(n, h, seed=1):
    """Return errors of every origin and step, NaN where the value is yet to come."""
    errors = np.random.default_rng(seed).normal(size=(n + 1, h))
    errors[np.arange(n + 1)[:, None] + np.arange(h) >= n] = np.nan
    return errors


def test_an_error_is_the_value_less_its_forecast():
    made = np.array([[1.0, 1], [2, 2], [5, 5], [9, 9]])

    found = errors_of(np.array([3.0, 5, 6]), made)

    assert found[:2].tolist() == [[2, 4], [3, 4]]
    assert found[2].tolist()[0] == 1
    assert np.isnan(found[[2, 3, 3], [1, 0, 1]]).all()


def test_a_periods_loss_is_its_mean_error_over_the_steps_it_was_forecast_at():
    errors, first = noise(20, M), first_judged(M)

    found = recent_loss(errors, M)

    for origin in range(21):
        losses = [
            np.mean([abs(errors[t - k, k]) for k in range(M) if t - k >= first])
            for t in range(first, origin)
        ]
        worth = [0.97 ** (len(losses) - 1 - i) for i in range(len(losses))]
        mean = np.average(losses, weights=worth) if losses else np.nan
        assert found[origin] == pytest.approx(mean, nan_ok=True)


@pytest.mark.parametrize(
    ("values", "scales"),
    [
        ([3, 1, 2], ("log", "root", "plain")),
        ([3, 0], ("root", "plain")),
        ([3, 1e-9], ("root", "plain")),  # next to nothing: its logarithm would say too much
        ([3, -1], ("plain",)),
    ],
)
def test_a_series_is_forecast_on_the_scales_that_its_lowest_value_allows(values, scales):
    assert scales_of(np.array(values)) == scales


@pytest.mark.parametrize("scale", ["log", "root", "plain"])
def test_a_scale_can_be_left_again(scale):
    values = np.array([0.01, 1, 30, 1e6])

    assert from_scale(to_scale(values, scale), scale) == pytest.approx(values)


def test_below_a_roots_zero_there_is_nothing():
    assert from_scale(np.array([-2.0, 0, 2]), "root").tolist() == [0, 0, 4]


WAVE = np.sin(np.arange(80) / 9)
EVEN = np.random.default_rng(0).normal(size=80)


@pytest.mark.parametrize(
    ("values", "likely"),
    [(200 * np.exp(WAVE + 0.1 * EVEN), "log"), (200 + 150 * WAVE + 20 * EVEN, "plain")],
)
def test_the_scale_on_which_noise_is_even_weighs_most(values, likely):
    weights = {one.scale: one.weight for one in record_of(values, M, M).tracks}

    assert max(weights, key=lambda one: weights[one]) == likely
    assert sum(weights.values()) == pytest.approx(1)


def test_the_unit_decides_no_scale():
    values = np.random.default_rng(2).poisson(2.0, size=40).astype(float)

    for unit in (0.001, 1000.0):
        found, before = record_of(values * unit, M, M), record_of(values, M, M)
        assert [one.scale for one in found.tracks] == [one.scale for one in before.tracks]
        assert [one.weight for one in found.tracks] == pytest.approx(
            [one.weight for one in before.tracks], rel=1e-6
        )


def test_the_spread_is_half_the_steps_own_half_all_steps_and_at_first_the_usual():
    errors, growth, n = noise(24, M), np.array([0.5, 0.9, 1.2, 1.4]), 24
    first, judged = first_judged(M), n - first_judged(M)
    own = []
    for k in range(M):
        known = [errors[o, k] ** 2 for o in range(first, n - k)]
        worth = [0.95 ** (len(known) - 1 - i) for i in range(len(known))]
        own.append(np.average(known, weights=worth))
    pooled = np.mean(np.array(own) / growth)

    found = spread_at(track(errors), n, M, growth)

    for k in range(M):
        mine = (own[k] + pooled * growth[k]) / 2
        usual = (0.8 * 2.0) ** 2 * growth[k]
        assert found[k] == pytest.approx(sqrt((judged * mine + 2 * usual) / (judged + 2)))


def test_before_any_error_is_known_the_spread_is_the_usual_share_of_last_years_change():
    found = spread_at(track(noise(24, M)), first_judged(M), M, np.array([0.4, 0.8, 1.2, 1.6]))

    assert found == pytest.approx(0.8 * 2.0 * np.sqrt([0.4, 0.8, 1.2, 1.6]))


def test_a_panel_without_a_past_reaches_as_far_as_usual():
    found = calibrate([], M, M)

    assert (found.reach80, found.reach95) == USUAL_REACH
    by_step = np.array([1, 2, 3, 4]) ** 0.6
    assert found.growth == pytest.approx(by_step / by_step.mean())


def test_a_panel_whose_forecasts_missed_by_more_reaches_further():
    calm = [Record((track(noise(40, M, seed)),), True) for seed in range(100)]
    wild = []
    for seed in range(100):
        errors = noise(40, M, seed)
        errors[::5] *= 4  # now and then a forecast fails, which no spread foretells
        wild.append(Record((track(errors),), True))

    near, far = calibrate(calm, M, M), calibrate(wild, M, M)

    # normal errors call for 1.28 and 1.96, and count five times as much as the usual reach
    assert (near.reach80, near.reach95) == pytest.approx((1.28, 2.0), abs=0.07)
    assert far.reach95 > near.reach95 + 0.5


def test_no_panel_reaches_more_than_twice_as_far_as_usual():
    errors = noise(40, M) * 1e-6
    errors[-6 - M : -M] = 1.0
    found = calibrate([Record((track(errors, changes=1e-6),), True)] * 1000, M, M)

    assert 1 < found.reach80 / USUAL_REACH[0] <= 2
    assert 1 < found.reach95 / USUAL_REACH[1] <= 2


def test_limits_are_the_weighted_mean_over_the_scales():
    errors = noise(24, M)
    lower, upper = track(errors, 0.25), track(2 * errors, 0.75, changes=4.0)
    calibration = Calibration(np.ones(M), 1.0, 2.0)

    found = quantiles(Record((lower, upper), True), M, calibration)

    spread = spread_at(lower, 24, M, np.ones(M)) * (0.25 + 2 * 0.75)
    expected = [np.full(M, 10.0), *(10 + reach * spread for reach in (-1, 1, -2, 2))]
    assert found == pytest.approx(np.array(expected))


def test_the_combination_leans_on_the_models_that_forecast_this_series_well():
    # a walk without a season: models that carry the level on beat the seasonal ones
    walk = 500 + np.random.default_rng(9).normal(size=60).cumsum()
    record = record_of(walk, M, M)

    assert record.beats_naive
    assert abs(log(record.tracks[0].made[-1, 0] / log(walk[-1]))) < 0.01
