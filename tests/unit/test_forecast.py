"""Forecasts of a panel: worked examples, and who gets one, from what."""

import numpy as np
import pandas as pd
import pytest
from forecast_panels import LEVELS, NAN, counts, levels, panel

from tilannehuone.stats.forecast import forecast


def only_method(found):
    (method,) = found["method"].unique()
    return method


# a short series: last year's values, with half of the latest change carried on


def test_a_short_series_far_above_zero_is_forecast_on_the_logarithm():
    # every quarter rose to 1.21 times: half of it goes on, and a spread is 1.21-fold
    found = forecast(panel([100.0] * 4 + [121.0] * 4, cadence="quarter"), cadence="quarter")

    middle = 121 * 1.1
    factors = [1, 1.21**-1.6, 1.21**1.6, 1.21**-3.15, 1.21**3.15]
    assert levels(found) == pytest.approx(np.tile([middle * one for one in factors], (4, 1)))
    assert only_method(found) == "seasonal_naive"


def test_a_short_series_of_small_counts_is_forecast_on_the_square_root():
    # roots 1, 2, 2, 3: both rose by one, which is the spread; half of it goes on
    found = forecast(panel([1, 4, 4, 9], cadence="half_year"), cadence="half_year")

    assert levels(found) == pytest.approx(
        np.array([[2.5**2, 0.5**2, 4.5**2, 0, 6.5**2], [3.5**2, 1.5**2, 5.5**2, 0, 7.5**2]])
    )


def test_a_short_series_below_zero_is_forecast_as_it_is():
    found = forecast(panel([-4, 2, -2, 4], cadence="half_year"), cadence="half_year")

    assert levels(found) == pytest.approx(np.array([[-1, -5, 3, -9, 7], [5, 1, 9, -3, 13]]))


def test_more_than_two_years_bring_the_limits_nearer():
    # two seasons of changes, each one: the reach lies half-way from (2, 4) to (1.15, 2.1)
    found = forecast(panel([-9, -8, -8, -7, -7, -6], cadence="half_year"), cadence="half_year")

    assert levels(found)[0] == pytest.approx([-6.5, -8.075, -4.925, -9.55, -3.45])


def test_the_periods_follow_on_the_last_one():
    found = forecast(panel([1.0] * 24, start="2020-03-01"), cadence="month")
    halves = forecast(panel([1.0] * 4, cadence="half_year"), cadence="half_year")

    assert list(found["period"]) == list(pd.date_range("2022-03-01", periods=12, freq="MS"))
    assert list(halves["period"]) == [pd.Timestamp("2017-01-01"), pd.Timestamp("2017-07-01")]


def test_periods_named_by_their_last_day_stay_so():
    months = panel([5.0] * 24).assign(period=pd.date_range("2020-03-31", periods=24, freq="ME"))

    found = forecast(months, cadence="month")

    assert list(found["period"]) == list(pd.date_range("2022-03-31", periods=12, freq="ME"))


# what a series that never changes, or only repeats itself, is forecast to do


@pytest.mark.parametrize("value", [7.0, 0.0, -3.0, 1e6])
@pytest.mark.parametrize("length", [24, 60])
def test_what_never_changes_is_forecast_to_stay(value, length):
    found = levels(forecast(panel([value] * length), cadence="month"))

    assert found == pytest.approx(np.full((12, 5), value), rel=1e-6, abs=1e-6)


def test_what_repeats_itself_exactly_is_last_years_values():
    season = counts(12)
    found = forecast(panel(np.tile(season, 5)), cadence="month")

    assert levels(found) == pytest.approx(np.tile(season, (5, 1)).T)
    assert only_method(found) == "seasonal_naive"


def test_a_steady_climb_is_carried_on():
    found = forecast(panel(50.0 + 2 * np.arange(60)), cadence="month")

    assert levels(found)[:, 0] == pytest.approx(50.0 + 2 * np.arange(60, 72), rel=0.01)
    assert only_method(found) == "combination"


# who gets a forecast


@pytest.mark.parametrize(("cadence", "fewest"), [("month", 24), ("quarter", 8), ("half_year", 4)])
def test_under_two_full_seasons_there_is_no_forecast(cadence, fewest):
    enough = panel(counts(fewest), "enough", cadence)
    short = panel(counts(fewest - 1), "short", cadence)

    found = forecast(pd.concat([short, enough]), cadence=cadence)

    assert set(found["series"]) == {"enough"}


@pytest.mark.parametrize(("cadence", "fewest"), [("month", 36), ("quarter", 12), ("half_year", 12)])
def test_models_are_combined_from_three_years_and_twelve_points_on(cadence, fewest):
    m = 12 if cadence == "month" else 4 if cadence == "quarter" else 2
    below = panel(counts(fewest - 1, m=m), "below", cadence)
    enough = panel(counts(fewest, m=m), "enough", cadence)

    found = forecast(pd.concat([below, enough]), cadence=cadence)

    methods = found.drop_duplicates("series").set_index("series")["method"]
    assert methods.to_dict() == {"below": "seasonal_naive", "enough": "combination"}


def test_a_hidden_newest_period_means_no_forecast():
    shown, hidden = panel(counts(40), "shown"), panel([*counts(39), NAN], "hidden")

    found = forecast(pd.concat([shown, hidden]), cadence="month")

    assert set(found["series"]) == {"shown"}


@pytest.mark.parametrize("gap", ["NaN", "no row"])
@pytest.mark.parametrize("after", [23, 24, 40])
def test_only_what_follows_the_last_gap_counts(gap, after):
    values = counts(70)
    values[-after - 1] = NAN
    values[5] = NAN
    broken = panel(values)
    if gap == "no row":
        broken = broken.dropna()

    found = forecast(broken, cadence="month")

    alone = forecast(panel(values, start="2015-01-01").iloc[-after:], cadence="month")
    pd.testing.assert_frame_equal(found, alone)
    assert found.empty == (after < 24)


def test_a_panel_of_nothing_gives_no_rows_but_all_columns():
    for nothing in (panel([]), panel([NAN] * 30), panel([1.0] * 5)):
        found = forecast(nothing, cadence="month")

        assert found.empty
        assert list(found.columns) == ["series", "period", *LEVELS, "method"]


# how it is asked


@pytest.mark.parametrize("length", [24, 40])
@pytest.mark.parametrize("horizon", [1, 5, 18])
def test_the_horizon_may_be_shorter_or_longer_than_a_year(length, horizon):
    found = forecast(panel(counts(length)), cadence="month", horizon=horizon)

    assert len(found) == horizon
    assert np.isfinite(levels(found)).all()
    if length == 24:
        assert levels(found)[12:] == pytest.approx(levels(found)[: max(horizon - 12, 0)])


def test_a_longer_horizon_does_not_make_the_first_steps_vaguer():
    year = levels(forecast(panel(counts(96)), cadence="month"))
    far = levels(forecast(panel(counts(96)), cadence="month", horizon=24))

    assert (far[:12, 4] - far[:12, 3]) == pytest.approx(year[:, 4] - year[:, 3], rel=0.25)


def test_shares_stay_under_their_ceiling():
    shares = np.minimum(99.5 + np.random.default_rng(3).normal(size=48), 100)

    free = levels(forecast(panel(shares), cadence="month"))
    held = levels(forecast(panel(shares), cadence="month", ceiling=100))

    assert free.max() > 100
    assert held == pytest.approx(np.minimum(free, 100))
