"""The release plan: a curve is offered for a year or not at all, by how much of it is small."""

import numpy as np
import pandas as pd
import pytest

from tilannehuone.disclosure.guard import published_plan
from tilannehuone.disclosure.series import plan_series


def curve(start, count, grain="month", area="X"):
    step = {"month": "MS", "quarter": "QS", "year": "YS"}[grain]
    return pd.DataFrame(
        {
            "indicator_id": "a",
            "area_code": area,
            "period_type": grain,
            "period_start": pd.date_range(start, periods=count, freq=step),
            "breakdown": "all",
            "category": "all",
        }
    )


def offered(cells, small, before=None):
    small = np.asarray(small, dtype=bool)
    return plan_series(cells, small, np.ones(len(cells), dtype=bool), before).offered.tolist()


@pytest.mark.parametrize(("few", "is_offered"), [(0, True), (2, True), (3, False), (12, False)])
def test_a_year_is_offered_while_four_fifths_of_it_can_be_read(few, is_offered):
    assert offered(curve("2024-01-01", 12), np.arange(12) < few) == [is_offered]


def test_each_year_is_judged_by_itself():
    small = np.r_[np.ones(12), np.zeros(12)]

    assert offered(curve("2024-01-01", 24), small) == [False, True]


def test_a_running_year_is_judged_with_the_year_before():
    cells = curve("2024-01-01", 14)

    assert offered(cells, np.r_[np.zeros(12), 1, 1])[1]
    assert not offered(cells, np.r_[np.ones(3), np.zeros(11)])[0]
    assert not offered(cells, np.r_[np.ones(2), np.zeros(10), 1, 1])[1]


def test_what_was_published_of_the_plan_stays():
    cells = curve("2024-01-01", 12)

    assert offered(cells, np.ones(12), np.ones(12)) == [True]
    assert offered(cells, np.zeros(12), np.zeros(12)) == [False]
    assert offered(cells, np.zeros(12), np.full(12, np.nan)) == [True]


def test_points_that_were_not_delivered_are_no_small_ones():
    cells = curve("2024-01-01", 12)
    known = np.arange(12) < 6

    found = plan_series(cells, np.arange(12) < 1, known)

    assert found.size.tolist() == [6]
    assert found.offered.tolist() == [True]


def test_the_published_plan_names_the_finest_coarser_grain():
    cells = pd.concat(
        [
            curve("2024-01-01", 12),
            curve("2024-01-01", 4, "quarter"),
            curve("2024-01-01", 1, "year"),
        ],
        ignore_index=True,
    )
    found = plan_series(cells, np.arange(17) < 12, np.ones(17, dtype=bool))

    table = published_plan(cells, found, found.offered).set_index("period_type")

    assert table.loc["month", "instead"] == "quarter"
    assert table.loc["quarter", "offered"]
    assert pd.isna(table.loc["quarter", "instead"])
    assert table["year"].unique().tolist() == [2024]
