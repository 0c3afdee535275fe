"""False alarms against their references, against simulation between the nodes, and their laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.stats.power import chance_of_any, expected_signals, false_alarm_probability
from tilannehuone.stats.spc import analyse_panel

NAN = math.nan
means = st.floats(0, 1e5) | st.floats(0, 20)
lengths = st.integers(13, 400)


def marked_last(series, **settings):
    """Return whether the last point of each series (a row each) is marked."""
    rows, points = series.shape
    panel = analyse_panel(series.ravel(), np.arange(rows) * points, **settings)
    return panel.marks[:, points - 1 :: points] != 0


def drawn(rng, mean, shape):
    if mean is None:
        return rng.standard_normal(shape)
    return rng.poisson(mean, shape).astype(float)


@pytest.mark.parametrize(
    ("mean", "told"),
    [(None, 0.016), (10, 0.020), (3, 0.025), (1, 0.056)],
)
def test_chance_marks_the_latest_of_24_points_as_often_as_the_specification_says(mean, told):
    # its own simulations' error included: 10 a month is 0.0187 to three digits
    assert false_alarm_probability(24, mean=mean) == pytest.approx(told, abs=0.0015)


def test_neighbours_alike_are_marked_five_times_as_often():
    assert false_alarm_probability(24, autocorrelation=0.4) == pytest.approx(0.080, abs=0.004)


def test_quiet_charts_signal_as_often_as_the_budget_states():
    rng = np.random.default_rng(20)
    found = budget = 0.0
    for points in (13, 17, 27, 100):
        for mean in (0.5, 0.8, 1.7, 3.3, 7.3, 26, 400, None):
            rows = 60_000 // points
            signals = marked_last(drawn(rng, mean, (rows, points))).any(axis=0).sum()
            told = rows * false_alarm_probability(points, mean=mean)
            assert abs(signals - told) < 4.5 * math.sqrt(told) + 0.04 * told
            found, budget = found + signals, budget + told
    assert found == pytest.approx(budget, rel=0.05)


def test_a_fixed_baseline_is_left_more_often():
    rng = np.random.default_rng(21)
    for mean, baseline, after in ((None, 30, 12), (8, 20, 3)):
        series = drawn(rng, mean, (15_000, baseline + after))
        share = marked_last(series, baseline=baseline).any(axis=0).mean()
        told = false_alarm_probability(baseline + after, mean=mean, baseline=baseline)
        assert told == pytest.approx(share, rel=0.15)
        assert told > 1.3 * false_alarm_probability(baseline + after, mean=mean)


def test_a_baseline_of_all_points_is_no_baseline():
    assert false_alarm_probability(24, mean=5, baseline=24) == false_alarm_probability(24, mean=5)


def test_nothing_is_told_under_13_points_or_of_a_constant_series():
    assert false_alarm_probability([0, 12, 13]).tolist()[:2] == [0, 0]
    assert false_alarm_probability(13) > 0
    assert false_alarm_probability(24, mean=0) == 0


def test_a_pages_budget_is_the_sum_of_its_charts():
    # 48 charts of 24 points: 0.8 expected, at least one in 54 pages of a hundred
    charts = np.full(48, false_alarm_probability(24))

    assert expected_signals([*charts, NAN]) == pytest.approx(0.8, abs=0.05)
    assert chance_of_any([*charts, NAN]) == pytest.approx(0.54, abs=0.02)
    assert (expected_signals([]), chance_of_any([])) == (0, 0)


@given(lengths, means, st.floats(-0.9, 0.9))
def test_a_probability_lies_between_none_and_one(points, mean, correlation):
    assert 0 <= false_alarm_probability(points, mean=mean, autocorrelation=correlation) <= 1


@given(lengths, st.floats(0, 1e4), st.floats(-0.5, 0.6))
def test_the_more_neighbours_are_alike_the_more_is_marked(points, mean, correlation):
    less, more = (
        false_alarm_probability(points, mean=mean, autocorrelation=one)
        for one in (correlation, correlation + 0.2)
    )
    assert less <= more


@given(st.lists(st.tuples(lengths, means), min_size=1, max_size=5))
def test_many_charts_at_once_are_told_as_each_alone(charts):
    points, levels = (np.array(one) for one in zip(*charts, strict=True))

    together = false_alarm_probability(points, mean=levels)
    for place, (one, level) in enumerate(charts):
        assert together[place] == false_alarm_probability(one, mean=level)


def test_unknown_stays_unknown():
    assert np.isnan(false_alarm_probability(24, mean=[NAN, 5.0])).tolist() == [True, False]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"points": [24, -1]}, "cell 1: a number of points is negative"),
        ({"points": 24, "mean": -1}, "cell 0: a mean count is negative"),
        ({"points": 24, "autocorrelation": 1}, "not between -1 and 1"),
        ({"points": 24, "baseline": 9}, "fewer than 12 points"),
    ],
)
def test_what_cannot_be_is_an_error_of_one_line(settings, said):
    with pytest.raises(ValueError, match=said):
        false_alarm_probability(**settings)
