"""School holidays in the analyse step: judged without them, drawn with them."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from analysing import analysed, event, indicator, series

SCHOOL = indicator(season="school_year", direction="down")
PLAIN = indicator(direction="down")


def years(count, july=0.6, december=0.8, level=100.0):
    """Months around a level, chance widest in ordinary ones, with the holidays' dips."""
    months = np.arange(12 * count)
    factor = np.where(months % 12 == 6, july, np.where(months % 12 == 11, december, 1.0))
    chance = np.random.default_rng(5).normal(0, 0.03, 120)[: len(months)]
    return (level * factor * (1 + np.where(factor == 1, chance, 0))).tolist()


def of_month(points, month):
    return points[points["period_start"].dt.month == month]


def test_a_declared_season_narrows_the_limits():
    with_season, without = (analysed(series(years(4)), one) for one in (SCHOOL, PLAIN))
    wide, narrow = (one.finding().upper - one.finding().lower for one in (without, with_season))

    assert narrow < 0.5 * wide
    assert with_season.evidence().seasonal
    assert not without.evidence().seasonal


def test_limits_are_drawn_lower_in_july_and_december():
    found = analysed(series(years(4)), SCHOOL)
    level = found.finding().centre
    ordinary = of_month(found.points, 3)

    assert ordinary["centre"].to_numpy() == pytest.approx(level)
    for month, factor in ((7, 0.6), (12, 0.8)):
        holiday = of_month(found.points, month)
        for line in ("centre", "lower", "upper", "near_lower", "near_upper"):
            ratio = holiday[line].to_numpy() / ordinary[line].to_numpy()
            assert ratio == pytest.approx(factor, rel=0.03), line
    assert found.points["signal"].isna().all()


@pytest.mark.parametrize(("july", "kind"), [(60.0, "common"), (100.0, "concern")])
def test_the_newest_july_is_judged_against_its_own_factor(july, kind):
    values = years(5)[:54] + [july]
    found = analysed(series(values), SCHOOL)

    assert found.finding().latest_value == july
    assert found.finding().variation == kind


@pytest.mark.parametrize(("period_type", "count"), [("quarter", 20), ("month", 23)])
def test_other_periods_and_short_series_are_left_as_they_are(period_type, count):
    rows = series(years(4)[:count], period_type=period_type)
    with_season, without = (analysed(rows, one) for one in (SCHOOL, PLAIN))

    pd.testing.assert_frame_equal(with_season.points, without.points)
    pd.testing.assert_frame_equal(with_season.findings, without.findings)


def test_a_holiday_month_of_a_closed_service_has_no_point_and_its_cell_stays():
    found = analysed(series(years(4, july=0.0)), SCHOOL)

    assert of_month(found.points, 7).empty
    assert of_month(found.cells, 7)["value"].tolist() == [0.0] * 4
    assert (of_month(found.cells, 7)["status"] == "ok").all()
    assert len(found.points) == 44
    assert found.finding().known == 44
    assert found.finding().shown == 48


def test_a_newest_month_that_is_left_out_is_not_what_the_finding_is_about():
    found = analysed(series(years(5, july=0.0)[:55]), SCHOOL).finding()

    assert found.latest_period == date(2024, 6, 1)
    assert found.newest_period == date(2024, 7, 1)
    assert found.latest_status == "ok"


def test_a_break_and_a_season_go_together():
    values = years(3) + years(2, level=200.0)
    found = analysed(series(values), SCHOOL, events=[event("2023-01-01")])
    last = found.points[found.points["segment"] == 2]

    assert found.finding().since == date(2023, 1, 1)
    assert found.finding().centre == pytest.approx(200, rel=0.03)
    ratio = of_month(last, 7)["centre"].iloc[0] / of_month(last, 3)["centre"].iloc[0]
    assert ratio == pytest.approx(0.6, rel=0.03)
    assert found.finding().variation == "common"


def test_a_hidden_july_changes_no_factor():
    shown = years(4)
    shown[18] = "c"
    rows = series(shown)
    leaked = [(*one[:6], 9.0, 9.0, 9.0, *one[9:]) if one[11] == "c" else one for one in rows]

    pd.testing.assert_frame_equal(analysed(rows, SCHOOL).points, analysed(leaked, SCHOOL).points)
