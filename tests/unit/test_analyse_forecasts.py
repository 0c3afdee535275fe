"""Forecasts in the analyse step: of which series, from when, and from what is shown alone."""

import json
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest
from analysing import analysed, event, indicator, series, shares

from tilannehuone.release import TABLES

NEWEST = pd.Timestamp("2022-06-01")
LIMITS = ("point", "lower80", "upper80", "lower95", "upper95")


def visits(count=30, level=50.0, seed=0):
    """Whole numbers with a yearly course, `count` months from 2020 on."""
    draw, months = np.random.default_rng(seed), np.arange(count)
    return draw.poisson(level * (1 + 0.2 * np.sin(months / 6 * np.pi))).astype(float).tolist()


def made_at(found, area="A"):
    rows = found.forecasts[found.forecasts["area_code"] == area]
    return sorted(rows["made_at_period"].unique())


def hidden(values, *places, status="c"):
    return [status if n in [p % len(values) for p in places] else v for n, v in enumerate(values)]


def released(path, rows, *indicators, **settings):
    """A release file, as far as forecasts of the next one read it."""
    found = analysed(rows, *indicators, **settings)
    declared = [
        (one["id"], one["period"], one["kind"], json.dumps({"scale": one.get("scale", 1)}))
        for one in indicators or [indicator()]
    ]
    with duckdb.connect(str(path)) as file:
        for name in ("indicators", "forecasts"):
            file.execute(f"create table {name} ({TABLES[name]})")
        file.executemany(
            "insert into indicators (indicator_id, period, kind, definition) values (?, ?, ?, ?)",
            declared,
        )
        file.register("made", found.forecasts)
        file.execute("insert into forecasts by name from made")
    return path


def test_a_year_is_forecast_from_the_newest_month_and_from_a_year_before():
    found = analysed(series(visits(42))).forecasts
    today, before = pd.Timestamp("2023-06-01"), pd.Timestamp("2022-06-01")

    assert found.groupby("made_at_period").size().to_dict() == {before: 12, today: 12}
    for origin, rows in found.groupby("made_at_period"):
        ahead = pd.date_range(origin, periods=13, freq="MS")[1:]
        assert rows["period_start"].tolist() == ahead.tolist()
    assert (found["lower95"] <= found["lower80"]).all()
    assert (found["lower80"] <= found["point"]).all()
    assert (found["point"] <= found["upper80"]).all()
    assert (found["upper80"] <= found["upper95"]).all()
    assert (found["lower95"] >= 0).all()


def test_what_was_forecast_a_year_ago_does_not_know_the_year_since():
    values = visits(42)
    other = values[:30] + [3 * one for one in values[30:]]
    first, second = (analysed(series(one)).forecasts for one in (values, other))
    before = pd.Timestamp("2022-06-01")

    pd.testing.assert_frame_equal(
        first[first["made_at_period"] == before], second[second["made_at_period"] == before]
    )


def test_only_undivided_series_of_the_measures_own_period_are_forecast():
    divided = [(*one[:4], "sex", "girl", *one[6:]) for one in series(visits())]
    rows = series(visits()) + divided + series(visits(), period_type="quarter")
    found = analysed(rows).forecasts

    assert len(found) == 12
    assert found["made_at_period"].unique().tolist() == [NEWEST]


@pytest.mark.parametrize(
    ("period", "cadence", "first"),
    [("year", "years", date(1960, 1, 1)), ("week", "month", date(2024, 1, 1))],
)
def test_years_and_weeks_are_not_forecast(period, cadence, first):
    rows = series(visits(60), period_type=period, first=first)

    assert analysed(rows, indicator(period=period, cadence=cadence)).forecasts.empty


def test_half_years_may_begin_in_april():
    declared = indicator(period="half_year", cadence="half_year", half_year_anchor="apr")
    rows = series(visits(9), period_type="half_year", first=date(2020, 4, 1))
    found = analysed(rows, declared).forecasts

    told = [
        (f"{one.made_at_period:%Y-%m}", f"{one.period_start:%Y-%m}") for one in found.itertuples()
    ]

    assert told == [
        ("2023-04", "2023-10"),
        ("2023-04", "2024-04"),
        ("2024-04", "2024-10"),
        ("2024-04", "2025-04"),
    ]


def test_under_two_years_nothing_is_forecast():
    assert analysed(series(visits(23))).forecasts.empty


@pytest.mark.parametrize("status", ["c", "u", "z"])
def test_while_the_newest_month_is_not_shown_nothing_is_forecast(status):
    assert analysed(series(hidden(visits(42), -1, status=status))).forecasts.empty
    assert analysed(series([*hidden(visits(42), -1, status=status), "o"])).forecasts.empty


@pytest.mark.parametrize("late", [["o"], ["x", "o"], ["o", "o"]])
def test_late_months_are_passed_over_and_forecast(late):
    found = analysed(series([*visits(30), *late])).forecasts

    assert found["made_at_period"].unique().tolist() == [NEWEST]
    assert found["period_start"].min() == pd.Timestamp("2022-07-01")


def test_a_late_month_with_its_old_value_is_known():
    found = analysed(series(visits(30), status="o")).forecasts

    assert found["made_at_period"].unique().tolist() == [NEWEST]


def test_after_a_hidden_month_only_the_rest_counts():
    values = visits(60)
    gapped, rest = hidden(values, 20), values[21:]
    whole = analysed(series(gapped)).forecasts
    after = analysed(series(rest, first=date(2021, 10, 1))).forecasts

    pd.testing.assert_frame_equal(whole, after)
    assert analysed(series(hidden(values, -24))).forecasts.empty


def test_a_break_begins_anew():
    values = visits(60)
    broken = analysed(series(values), events=[event("2022-01-01")]).forecasts
    after = analysed(series(values[24:], first=date(2022, 1, 1))).forecasts

    pd.testing.assert_frame_equal(broken, after)


def test_a_share_stays_within_its_whole():
    share = indicator(kind="proportion", scale=100)
    counts = np.random.default_rng(2).binomial(100, 0.97, 30).astype(float).tolist()
    within = analysed(shares(counts, 100.0), share).forecasts
    above = analysed(series(counts), indicator()).forecasts

    assert within["upper95"].max() == 100 < above["upper95"].max()


def test_progress_is_told_by_measure():
    told = []
    rows = series(visits(24)) + series(visits(24), of="calls")
    analysed(rows, indicator(), indicator("calls"), progress=lambda *at: told.append(at))

    assert told == [(1, 2), (2, 2)]


def test_what_the_previous_release_forecast_is_kept(tmp_path):
    previous = released(tmp_path / "old.duckdb", series(visits(30)))
    found = analysed(series(visits(31)), previous=previous)

    assert made_at(found) == [NEWEST, pd.Timestamp("2022-07-01")]
    with duckdb.connect(str(previous), read_only=True) as file:
        old = file.execute("from forecasts").df()
    still = found.forecasts[found.forecasts["made_at_period"] == NEWEST].reset_index(drop=True)
    pd.testing.assert_frame_equal(still, old)


def test_a_new_forecast_of_the_same_month_takes_the_old_ones_place(tmp_path):
    previous = released(tmp_path / "old.duckdb", series(visits(30)))
    corrected = [one + 7 for one in visits(30)]

    pd.testing.assert_frame_equal(
        analysed(series(corrected), previous=previous).forecasts,
        analysed(series(corrected)).forecasts,
    )


def test_a_forecast_is_kept_though_none_can_be_made_today(tmp_path):
    previous = released(tmp_path / "old.duckdb", series(visits(30)))
    found = analysed(series([*visits(30), "c"]), previous=previous)

    assert made_at(found) == [NEWEST]


def test_a_forecast_made_in_a_month_that_is_hidden_now_is_dropped_with_it(tmp_path):
    previous = released(tmp_path / "old.duckdb", series(visits(30)))
    quarter = series([150.0] * 10, period_type="quarter", first=date(2020, 1, 1))
    april = released(tmp_path / "april.duckdb", series(visits(28)))

    assert analysed(series(hidden(visits(31), 29)), previous=previous).forecasts.empty
    # the quarter of April is shown and begins on the same day
    monthly = series(hidden(visits(30), 27))
    assert analysed(monthly + quarter, previous=april).forecasts.empty


def test_forecasts_by_another_period_are_not_kept(tmp_path):
    previous = released(tmp_path / "old.duckdb", series(visits(28)))
    by_quarter = indicator(period="quarter", cadence="quarter")
    rows = series(visits(11), period_type="quarter")
    found = analysed(rows, by_quarter, previous=previous)

    pd.testing.assert_frame_equal(found.forecasts, analysed(rows, by_quarter).forecasts)


def test_forecasts_of_measures_that_are_gone_are_not_kept(tmp_path):
    previous = released(tmp_path / "old.duckdb", series(visits(30)))
    found = analysed(series(visits(12), of="calls"), indicator("calls"), previous=previous)

    assert found.forecasts.empty
