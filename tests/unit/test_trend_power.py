"""The power of the recent trend against its reference points and against simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilannehuone.stats.intervals import rate
from tilannehuone.stats.trend import recent_trend_power, smallest_seen_change
from tilannehuone.stats.trend_recent import CHI_SQUARE, five_point


def simulated(count, annual_change, series=40_000):
    expected = count * (1 + annual_change) ** np.arange(5)
    counts = np.random.default_rng(2019).poisson(expected, (series, 5))
    known = rate(np.arange(counts.max() + 1))
    errors = (known.upper - known.lower) / 3.92
    slope, error, agrees = five_point(counts.astype(float), errors[counts])
    return float((((slope / error) ** 2 > CHI_SQUARE) & agrees).mean())


@pytest.mark.parametrize(("count", "power"), [(20, 0.04), (200, 0.94)])
def test_ten_percent_a_year_is_seldom_seen_in_small_counts(count, power):
    # the reference points of the specification, simulated
    assert recent_trend_power(count) == pytest.approx(power, abs=0.005)


@pytest.mark.parametrize(
    ("count", "annual_change"),
    [(5, 0.3), (10, 0.2), (20, -0.2), (20, 0.1), (50, 0.0), (50, 0.1), (100, -0.1), (200, 0.05)],
)
def test_the_power_is_that_of_simulated_series(count, annual_change):
    found = recent_trend_power(count, annual_change)

    assert found == pytest.approx(simulated(count, annual_change), abs=0.012)


def test_without_a_change_a_trend_is_called_twice_in_a_thousand():
    assert recent_trend_power(10_000, 0) == pytest.approx(0.002, abs=1e-4)


@settings(max_examples=40)
@given(st.floats(1, 5_000), st.floats(0.01, 0.2), st.floats(1.05, 3))
def test_more_counts_see_more(count, annual_change, more):
    assert recent_trend_power(count * more, annual_change) >= (
        recent_trend_power(count, annual_change) - 1e-6
    )


@settings(max_examples=15)
@given(st.floats(30, 5_000), st.sampled_from([0.5, 0.8, 0.95]))
def test_the_smallest_change_has_the_power_asked_for(count, power):
    found = smallest_seen_change(count, power)

    assert recent_trend_power(count, found.rise) == pytest.approx(power, abs=1e-6)
    assert recent_trend_power(count, found.fall) == pytest.approx(power, abs=1e-6)
    assert found.fall < 0 < found.rise


def test_no_fall_is_seen_where_few_are_counted():
    # what is left after a fall is too little to tell from nothing
    found = smallest_seen_change(5)

    assert found.fall is None
    assert found.rise == pytest.approx(0.51, abs=0.01)


@pytest.mark.parametrize("count", [0, -1, np.nan, np.inf])
def test_a_count_is_a_positive_number(count):
    with pytest.raises(ValueError, match="positive number"):
        recent_trend_power(count)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="above -1"):
        recent_trend_power(20, -1)
    with pytest.raises(ValueError, match="power lies between"):
        smallest_seen_change(20, 80)
