"""Waits between rare events: limits against the reference formulas, and which chart is for what."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.stats.rare import (
    Choice,
    chart_for,
    days_between,
    g_chart,
    longer_period,
    t_chart,
)
from tilannehuone.stats.spc import SpcResult, analyse

NAN = math.nan
CASES = [12.0, 3, 25, 8, 41, 17, 5, 30, 22, 9, 60, 14, 2, 33]
DAYS = [12.5, 3, 25, 8, 41, 17, 5.25, 30, 22, 9, 60, 14, 2, 33]
STEADY = [10.0, 14.0, 12.0, 8.0] * 4


def test_g_limits_are_those_of_the_reference_package():
    """R, formulas of qicharts2: mean 20.07…, limits before they are cut at zero."""
    found = g_chart(CASES, direction="up").segments[0]

    assert found.upper == pytest.approx(81.7674824259863, rel=1e-12)
    assert found.lower == pytest.approx(-41.6246252831292, rel=1e-12)
    assert found.near_upper == pytest.approx(20.0714285714286 + 2 * 20.5653512848525, rel=1e-12)
    assert (found.mean_moving_range, found.points_used) == (None, 14)


def test_the_centre_of_a_g_chart_is_the_median_of_waits_with_its_mean():
    """Provost and Murray 2011, p. 228: 0.693 × mean."""
    found = g_chart(CASES, direction="up").segments[0]

    assert found.centre == pytest.approx(math.log(2) * 20.0714285714286, rel=1e-12)


def test_t_limits_are_those_of_the_reference_package():
    """R, formulas of qicharts2 with 2.66 in place of 3 / 1.128."""
    found = t_chart(DAYS, direction="up").segments[0]

    assert found.centre == pytest.approx(15.571949050742, rel=1e-12)
    assert found.upper == pytest.approx(205.852688940898, rel=1e-12)
    assert found.lower == pytest.approx(-(0.104103430567302**3.6), rel=1e-9)
    assert found.mean_moving_range is None


def test_a_longer_wait_is_good_when_the_event_is_bad():
    long_wait = [*STEADY, 90.0]

    for chart in (g_chart, t_chart):
        good, bad = (chart(long_wait, direction=one) for one in ("up", "down"))
        assert (good.points[-1].signal, good.variation) == ("outside", "improvement")
        assert bad.variation == "concern"


def test_events_that_come_more_often_show_as_a_run():
    found = g_chart([*STEADY, *STEADY, 3, 2, 4, 3, 2, 3, 1], direction="up")

    assert found.marks[0].signal == "run"
    assert (found.variation, found.marks[0].length) == ("concern", 7)


def test_a_long_wait_ends_a_run_of_short_ones_and_both_are_told():
    found = g_chart([*[20.0] * 20, *[10.0] * 9, 300.0], direction="up")

    assert [one.kind for one in found.marks] == ["improvement", "concern"]
    assert found.marks[1].is_earlier


def test_a_baseline_and_a_rebase_hold_in_both_charts():
    for chart in (g_chart, t_chart):
        alone = chart(STEADY[:12], direction="up").segments[0]
        fixed = chart([*STEADY[:12], *[90.0] * 5], direction="up", baseline=12).segments[0]
        cut = chart([*STEADY, *[80.0, 95.0] * 8], direction="up", rebase=[16]).segments

        assert (fixed.centre, fixed.upper, fixed.points_used) == (alone.centre, alone.upper, 12)
        assert [(one.start, one.stop) for one in cut] == [(0, 16), (16, 32)]
        assert cut[1].centre > 4 * cut[0].centre


def test_eleven_waits_have_no_limits_and_an_unknown_wait_counts_in_none():
    for chart in (g_chart, t_chart):
        assert chart(STEADY[:11], direction="up").segments[0].upper is None
        gap = chart([*STEADY, NAN], direction="up")
        assert gap.segments[0].upper == chart(STEADY, direction="up").segments[0].upper
        assert gap.latest == 15


def test_the_target_is_in_the_unit_of_the_waits():
    waits = [20.0, 24.0] * 10

    met, missed = (t_chart(waits, direction="up", target=one) for one in (5.0, 100.0))
    assert (met.assurance, missed.assurance) == ("passes", "fails")
    assert g_chart(waits, direction="up", target=100.0).assurance == "fails"
    assert g_chart(waits, direction="up", target=5.0).assurance == "hit_or_miss"


def test_no_waits_have_no_chart():
    nothing = SpcResult((), (), None, None, None)

    assert g_chart([], direction="up") == t_chart([], direction="up") == nothing


@pytest.mark.parametrize(
    ("chart", "waits", "message"),
    [
        (g_chart, [1, -1], "cell 1: a wait is finite and not negative"),
        (t_chart, [1, math.inf], "cell 1: a wait is finite"),
        (g_chart, [2, 1.5], "cell 1: a number of cases is whole"),
        (t_chart, [0.0, 1.0], "cell 0: two events at once; use a g chart"),
        (t_chart, [[1.0]], "one dimension"),
    ],
)
def test_what_is_no_wait_is_an_error(chart, waits, message):
    with pytest.raises(ValueError, match=message):
        chart(waits, direction="up")


def test_a_short_baseline_and_a_wrong_rebase_are_errors():
    for chart in (g_chart, t_chart):
        with pytest.raises(ValueError, match="at least 12 points, not 11"):
            chart(STEADY, direction="up", baseline=11)
        with pytest.raises(ValueError, match="rebase at 16 is no period"):
            chart(STEADY, direction="up", rebase=[16])


@given(st.lists(st.floats(0.01, 1e4), min_size=1, max_size=40))
def test_a_t_chart_marks_what_an_xmr_chart_of_the_transformed_waits_marks(waits):
    found = t_chart(waits, direction="down")
    transformed = analyse(np.array(waits) ** (1 / 3.6), direction="down")

    assert found.points == transformed.points
    assert found.marks == transformed.marks


@given(st.lists(st.integers(0, 200), min_size=12, max_size=40))
def test_a_g_chart_marks_nothing_below_and_keeps_its_lines_in_order(cases):
    found = g_chart(cases, direction="up")
    lines = found.segments[0]

    assert lines.lower <= lines.near_lower <= lines.centre <= lines.near_upper <= lines.upper
    assert ("outside", "low") not in [(one.signal, one.side) for one in found.points]


def test_days_between_events_in_any_order():
    days = days_between([date(2025, 3, 1), date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 11)])

    assert days.tolist() == [0, 10, 49]
    assert days_between([]).tolist() == days_between([date(2025, 1, 1)]).tolist() == []
    assert days_between(np.array(["2024-02-28", "2024-03-01"])).tolist() == [2]


def test_an_event_without_a_date_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="cell 1: an event has no date"):
        days_between(np.array(["2025-01-01", "NaT"], dtype="datetime64[D]"))


@pytest.mark.parametrize(
    ("mean", "period_type", "has_dates", "chosen"),
    [
        (3.0, "month", False, Choice("xmr", "month", 3.0)),
        (3.0, "month", True, Choice("xmr", "month", 3.0)),
        (2.9, "month", True, Choice("rare", "month", 2.9)),
        (1.0, "month", False, Choice("longer_period", "quarter", 3.0)),
        (0.5, "month", False, Choice("longer_period", "half_year", 3.0)),
        (0.25, "month", False, Choice("longer_period", "year", 3.0)),
        (0.2, "month", False, Choice("rare", "month", 0.2)),
        (1.0, "half_year", False, Choice("rare", "half_year", 1.0)),
        (1.5, "half_year", False, Choice("longer_period", "year", 3.0)),
        (2.0, "year", False, Choice("rare", "year", 2.0)),
        (0.0, "month", False, Choice("rare", "month", 0.0)),
    ],
)
def test_a_mean_under_three_takes_a_longer_period_or_a_chart_of_waits(
    mean, period_type, has_dates, chosen
):
    assert chart_for(mean, period_type, has_dates=has_dates) == chosen


def test_a_month_holds_a_little_over_four_weeks():
    found = chart_for(1.0, "week")

    assert (found.chart, found.period_type) == ("longer_period", "month")
    assert found.mean == pytest.approx(365.25 / 7 / 12)


@pytest.mark.parametrize("mean", [-1.0, NAN, math.inf])
def test_a_mean_that_is_none_is_an_error(mean):
    with pytest.raises(ValueError, match="zero or more"):
        chart_for(mean)


def test_an_unknown_period_is_an_error_that_names_it():
    for wrong in (lambda: chart_for(1.0, "fortnight"), lambda: longer_period("fortnight")):
        with pytest.raises(ValueError, match="not 'fortnight'"):
            wrong()
