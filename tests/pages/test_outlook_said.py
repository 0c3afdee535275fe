"""What may be said of a forecast: only what its interval supports, as its numbers are written."""

import re
from datetime import date

import pandas as pd
import pytest
from made_release import ROOT

from tilannehuone.finding_result import Finding
from tilannehuone.registry import read_registry
from tilannehuone.ui.outlook import Outlook, in_group
from tilannehuone.ui.outlook_fan import fan_svg
from tilannehuone.ui.outlook_reasons import why_not

INDICATORS = {one.id: one for one in read_registry(ROOT / "indicators.yaml").indicators}
UP = "network_within_14d_share"
DOWN = "network_wait_median_days"
CONTEXT = "cp_notifications_rate"


def outlook(measure, values, low, high, ahead=12):
    months = pd.date_range("2024-01-01", periods=len(values) + ahead, freq="MS")
    known = pd.DataFrame({"period_start": months[: len(values)], "value": values, "status": "ok"})
    coming = pd.DataFrame({"period_start": months[len(values) :]})
    coming = coming.assign(point=(low + high) / 2, lower80=low, upper80=high)
    return Outlook(INDICATORS[measure], "564", known, coming, None, None)


@pytest.mark.parametrize(
    ("measure", "low", "high", "aim", "group"),
    [
        (UP, 80, 99, "fails", "fails"),
        (UP, 90, 100, "edge", "open"),
        (UP, 100, 100, "passes", "same"),
        (DOWN, 15, 20, "fails", "fails"),
        (DOWN, 14, 20, "edge", "open"),
        (DOWN, 10, 20, "open", "open"),
        (DOWN, 8, 14, "passes", "same"),
        (CONTEXT, 1, 2, None, "change"),
    ],
)
def test_a_target_is_at_risk_as_the_whole_interval_says(measure, low, high, aim, group):
    now = {UP: 100.0, DOWN: 14.0, CONTEXT: 14.0}[measure]
    found = outlook(measure, [now] * 24, low, high)

    assert found.aim == aim
    assert found.group == group


@pytest.mark.parametrize(
    ("low", "high", "change"), [(15, 20, "higher"), (5, 9, "lower"), (9, 15, "within")]
)
def test_a_change_is_told_only_when_the_whole_interval_is_beyond_today(low, high, change):
    assert outlook(CONTEXT, [12.0] * 24, low, high).change == change


def test_numbers_that_are_written_alike_are_not_told_apart():
    assert outlook(CONTEXT, [12.0] * 24, 12.04, 15.0).change == "within"
    assert outlook(DOWN, [14.0] * 24, 14.3, 20.0).aim == "edge"


def test_what_is_at_risk_stands_under_a_heading_before_the_rest():
    found = [outlook(DOWN, [14.0] * 24, 8, 13), outlook(DOWN, [14.0] * 24, 15, 20)]

    assert in_group(found, "fails") == [found[1]]


def test_the_drawing_is_silent_holds_the_target_and_draws_nothing_over_a_gap():
    drawn = fan_svg(outlook(DOWN, [16.0] * 10 + [float("nan")] * 2 + [15.0] * 12, 10, 20))

    assert 'aria-hidden="true"' in drawn
    assert drawn.count('class="past"') == 2
    assert drawn.count('class="target"') == 1
    assert 'class="band"' in drawn
    assert "nan" not in drawn


def test_the_drawing_of_a_measure_without_a_better_way_has_no_target():
    assert 'class="target"' not in fan_svg(outlook(CONTEXT, [16.0] * 24, 10, 20))


def test_the_drawing_shows_three_years_of_what_was():
    drawn = fan_svg(outlook(CONTEXT, [5.0] * 60, 4, 6))
    (line,) = re.findall(r'class="past" d="([^"]+)"', drawn)

    assert line.startswith("M6 ")


def series(values, statuses=None):
    starts = pd.date_range("2022-01-01", periods=len(values), freq="MS")
    marks = statuses or ["ok" if one == one else "c" for one in values]
    return pd.DataFrame({"period_start": starts, "value": values, "status": marks})


def finding(since=None):
    blank = dict.fromkeys(Finding.__dataclass_fields__)
    return Finding(**{**blank, "since": since, "marks": ()})


NAN = float("nan")


@pytest.mark.parametrize(
    ("values", "statuses", "since", "reason"),
    [
        ([1.0] * 20, None, None, "short"),
        ([1.0] * 40 + [NAN], None, None, "hidden"),
        ([1.0] * 30 + [NAN] + [1.0] * 9, None, None, "hidden"),
        ([1.0] * 30 + [NAN] + [1.0] * 9, ["ok"] * 30 + ["x"] + ["ok"] * 9, None, "missing"),
        ([1.0] * 40, None, date(2024, 1, 1), "break"),
        ([1.0] * 40, None, None, "unmade"),
        ([1.0] * 40 + [NAN], ["ok"] * 40 + ["o"], None, "unmade"),
        ([NAN] * 3, ["o"] * 3, None, "missing"),
    ],
)
def test_why_there_is_no_forecast(values, statuses, since, reason):
    found = why_not(INDICATORS[CONTEXT], series(values, statuses), finding(since), is_small=False)

    assert found == reason


def test_yearly_figures_small_ones_and_unpublished_ones_have_reasons_of_their_own():
    known = series([1.0] * 40)
    yearly = INDICATORS["out_of_home_share"]

    assert why_not(yearly, known, finding(), is_small=False) == "grain"
    assert why_not(INDICATORS[CONTEXT], known, finding(), is_small=True) == "small"
    assert why_not(INDICATORS[CONTEXT], known, None, is_small=False) == "no_series"
