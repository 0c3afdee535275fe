"""What holds for every forecast, and how often simulated futures fall inside the intervals."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilannehuone.stats.forecast import COLUMNS, forecast

whole = st.integers(0, 300).map(float)
shares = st.integers(0, 10_000).map(lambda one: one / 100)
any_sign = st.integers(-1_000_000, 1_000_000).map(lambda one: one / 10)
series = st.one_of(
    [st.lists(one, min_size=8, max_size=22) for one in (whole, whole, shares, any_sign)]
)
positive = st.lists(st.integers(10, 500).map(float), min_size=8, max_size=22)


unhurried = partial(settings, deadline=None)


def quarters(values, name="a", start="2015-01-01"):
    periods = pd.date_range(start, periods=len(values), freq="QS")
    return pd.DataFrame({"series": name, "period": periods, "value": values})


def levels(values, **asked):
    return forecast(quarters(values), cadence="quarter", **asked)[list(COLUMNS)].to_numpy().T


@unhurried(max_examples=30)
@given(series, st.integers(1, 9))
def test_the_intervals_lie_inside_each_other_around_the_point(values, horizon):
    point, lower80, upper80, lower95, upper95 = levels(values, horizon=horizon)

    for inner, outer in ((lower80, lower95), (point, lower80), (upper80, point)):
        assert (outer <= inner + 1e-9 * np.abs(inner)).all()
    assert (upper80 <= upper95 + 1e-9 * np.abs(upper95)).all()
    assert np.isfinite([lower95, upper95]).all()
    assert min(values) < 0 or lower95.min() >= 0


@unhurried(max_examples=30)
@given(positive, st.sampled_from([2.0, 10.0, 1000.0]))
def test_ten_times_the_series_is_ten_times_the_forecast(values, scale):
    # short series under ten are taken as small counts, so that a unit matters to those alone
    before, after = levels(values), levels(np.array(values) * scale)

    assert after / scale == pytest.approx(before, rel=1e-6, abs=1e-6)


@unhurried(max_examples=15)
@given(series, st.integers(-30, 30))
def test_when_it_happened_does_not_matter(values, years):
    start = f"{2015 + years}-01-01"
    moved = forecast(quarters(values, start=start), cadence="quarter")[list(COLUMNS)]
    before = levels(values)

    assert (before == moved.to_numpy().T).all()


@unhurried(max_examples=15)
@given(series, series, series)
def test_what_comes_before_a_gap_changes_nothing(values, before, other):
    gappy = [*before, float("nan"), *values]
    panel = pd.concat([quarters(gappy), quarters(other, "b")])
    alone = quarters(gappy).iloc[-len(values) :]

    together = forecast(panel, cadence="quarter")
    expected = forecast(pd.concat([alone, quarters(other, "b")]), cadence="quarter")
    pd.testing.assert_frame_equal(together, expected)


@unhurried(max_examples=15)
@given(series, st.integers(2, 4))
def test_series_that_are_alike_are_forecast_alike(values, copies):
    panel = pd.concat([quarters(values, name) for name in "abcd"[:copies]])
    found = forecast(panel, cadence="quarter").set_index("series")[list(COLUMNS)]

    for name in "bcd"[: copies - 1]:
        assert (found.loc[name].to_numpy() == found.loc["a"].to_numpy()).all()


@pytest.mark.parametrize(("cadence", "m", "length"), [("month", 12, 60), ("quarter", 4, 32)])
def test_simulated_futures_fall_inside_as_often_as_said(cadence, m, length):
    rng = np.random.default_rng(20)
    frequency = {"month": "MS", "quarter": "QS"}[cadence]
    periods = pd.date_range("2015-01-01", periods=length + m, freq=frequency)
    parts, futures = [], {}
    for number in range(60):
        moments = np.arange(length + m)
        season = 1 + 0.3 * np.sin(2 * np.pi * (moments / m + rng.uniform()))
        level = rng.uniform(5, 200) * np.exp(rng.normal(0, 0.1) * moments / m)
        values = rng.poisson(level * season).astype(float)
        known = {"series": number, "period": periods[:length], "value": values[:length]}
        parts.append(pd.DataFrame(known))
        futures[number] = values[length:]

    found = forecast(pd.concat(parts), cadence=cadence)

    came = np.concatenate([futures[number] for number in found["series"].unique()])
    assert len(came) == len(found) == 60 * m
    assert 0.72 < ((came >= found["lower80"]) & (came <= found["upper80"])).mean() < 0.88
    assert 0.90 < ((came >= found["lower95"]) & (came <= found["upper95"])).mean() < 0.99
