"""Where a series can be read: worked by hand, and a law that holds for every series."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.charts.reading import in_view, readings
from tilannehuone.periods import add_months


def periods_of(marks, step=3):
    """Return a row a period of one series: s shown, h hidden, m missing."""
    starts = [add_months(date(2020, 1, 1), step * n) for n in range(len(marks))]
    frame = pd.DataFrame({"area": "a", "period_start": pd.to_datetime(starts)})
    frame["is_shown"] = [one == "s" for one in marks]
    return frame.assign(is_hidden=[one == "h" for one in marks])


def reading_of(marks):
    (row,) = readings(periods_of(marks), ["area"]).to_dict("records")
    return row


@pytest.mark.parametrize(
    ("marks", "first"),
    [
        ("ssssss", 0),
        ("hhhsss", 3),
        ("shhsss", 0),
        ("shhhhss", 5),
        ("hshshs", 1),
        ("mmssms", 2),
        ("sssshh", 0),
    ],
)
def test_a_series_is_read_from_where_no_more_is_hidden_than_shown(marks, first):
    assert reading_of(marks)["reads_from"] == periods_of(marks)["period_start"][first]


@pytest.mark.parametrize(
    ("marks", "is_small"), [("hhhh", True), ("shhh", True), ("mmmm", False), ("hmmm", True)]
)
def test_a_series_without_a_reading_is_small_only_if_something_is_hidden(marks, is_small):
    assert pd.isna(reading_of(marks)["reads_from"])
    assert reading_of(marks)["is_small"] is is_small


@pytest.mark.parametrize(
    ("marks", "is_whole"), [("ss", True), ("hhs", False), ("hhsss", False), ("hhsssss", True)]
)
def test_a_reading_of_less_than_a_year_after_hidden_periods_is_in_part(marks, is_whole):
    assert reading_of(marks)["is_whole"] is is_whole


def test_each_series_is_read_for_itself():
    both = pd.concat([periods_of("hhss"), periods_of("ssss").assign(area="b")])
    found = readings(both, ["area"]).set_index("area")

    assert found["reads_from"].tolist() == [pd.Timestamp("2020-07-01"), pd.Timestamp("2020-01-01")]


def test_no_series_gives_no_reading():
    assert readings(periods_of(""), ["area"]).empty


@given(st.text("shm", min_size=1, max_size=40))
def test_a_view_never_holds_more_hidden_than_shown_periods(marks):
    series = periods_of(marks)
    reads_from = reading_of(marks)["reads_from"]
    view = in_view(series, None if pd.isna(reads_from) else reads_from)
    can_begin = [
        n
        for n in range(len(marks))
        if marks[n] == "s" and marks[n:].count("h") <= marks[n:].count("s")
    ]

    assert view["is_hidden"].sum() <= view["is_shown"].sum()
    assert len(view) == (len(marks) - can_begin[0] if can_begin else 0)
    assert view.index.tolist() == list(np.arange(len(view)))
