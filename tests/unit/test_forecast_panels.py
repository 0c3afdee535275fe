"""Panels as they come: any order, kind of period and number; and what is refused."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from forecast_panels import counts, levels, panel

from tilannehuone.stats.forecast import forecast


def test_the_order_of_rows_and_of_series_does_not_matter():
    parts = [panel(counts(30 + 8 * k, seed=k), f"s{k}") for k in range(4)]
    whole = pd.concat(parts)
    shuffled = whole.sample(frac=1, random_state=2)

    keys = ["series", "period"]
    first, second = (
        forecast(one, cadence="month").sort_values(keys, ignore_index=True)
        for one in (whole, shuffled)
    )
    pd.testing.assert_frame_equal(first, second, rtol=1e-9)


@pytest.mark.parametrize(
    "form", [lambda day: str(day.date()), lambda day: day.date(), lambda day: day.to_pydatetime()]
)
def test_periods_may_be_text_dates_or_timestamps(form):
    months = panel(counts(26))
    others = months.assign(period=[form(day) for day in months["period"]])

    pd.testing.assert_frame_equal(
        forecast(others, cadence="month"), forecast(months, cadence="month")
    )


def test_values_may_be_of_any_kind_of_number():
    months = panel(counts(30))
    whole, exact = months["value"].astype(int), [Decimal(int(one)) for one in months["value"]]

    for others in (whole, pd.Series(exact), whole.astype("Int64"), whole.astype(object)):
        pd.testing.assert_frame_equal(
            forecast(months.assign(value=others), cadence="month"),
            forecast(months, cadence="month"),
        )


def test_names_may_be_categories_and_other_columns_are_ignored():
    months = panel(counts(30)).assign(area="x")
    months["series"] = pd.Categorical(months["series"], categories=["a", "b"])

    found = forecast(months, cadence="month")

    assert levels(found) == pytest.approx(levels(forecast(panel(counts(30)), cadence="month")))


def test_progress_tells_how_many_series_are_done():
    told = []
    parts = [panel(counts(36 if k else 30, seed=k), f"s{k}") for k in range(4)]

    forecast(pd.concat(parts), cadence="month", progress=lambda *one: told.append(one))

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_two_processes_find_what_one_finds():
    many = pd.concat([panel(counts(16, seed=k, m=4), f"s{k}", "quarter") for k in range(5)])

    pd.testing.assert_frame_equal(
        forecast(many, cadence="quarter", jobs=2), forecast(many, cadence="quarter")
    )


# what is refused

MONTHS = panel(counts(24))


@pytest.mark.parametrize(
    ("bad", "settings", "complaint"),
    [
        (MONTHS, {"cadence": "week"}, "cadence is month, quarter or half_year, not 'week'"),
        (MONTHS, {"horizon": 0}, "a horizon is whole periods, at least one, not 0"),
        (MONTHS, {"horizon": 1.5}, "a horizon is whole periods, at least one, not 1.5"),
        (MONTHS.drop(columns="value"), {}, "the panel has no column 'value'"),
        (
            pd.concat([MONTHS, MONTHS.iloc[[3]]]),
            {},
            "series 'a' has two rows for one period, 2015-04",
        ),
        (
            MONTHS.assign(value=[1.0] * 8 + [float("inf")] * 16),
            {},
            "series 'a' at 2015-09 has an infinite value",
        ),
        (MONTHS, {"cadence": "quarter"}, "series 'a' at 2015-02 is not on its quarter cadence"),
        (
            panel([1.0] * 9, cadence="quarter"),
            {"cadence": "half_year"},
            "series 'a' at 2015-04 is not on its half_year cadence",
        ),
        (MONTHS.assign(series=[None, *"a" * 23]), {}, "row 0 has no series or no period"),
        (
            MONTHS.assign(period=[*MONTHS["period"][:23], pd.NaT]),
            {},
            "row 23 has no series or no period",
        ),
        (MONTHS.assign(period=[date(2020, 1, 1)] * 24), {}, "series 'a' has two rows"),
        (MONTHS.assign(value="many"), {}, "could not convert string to float: 'many'"),
    ],
)
def test_what_cannot_be_used_is_named(bad, settings, complaint):
    with pytest.raises(ValueError) as caught:
        forecast(bad, **{"cadence": "month"} | settings)

    assert str(caught.value).startswith(complaint)
    assert "\n" not in str(caught.value)
