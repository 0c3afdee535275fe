"""When new limits are suggested: eight points on one side, twelve before, never silently."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.stats.spc import analyse
from tilannehuone.stats.spc_suggest import Suggestion, suggest_rebase

NAN = math.nan
QUIET = [12.0, 10.0] * 10  # ends below the centre
HIGHER = [15.0, 16.0, 15.5, 14.5] * 5


def suggested(values, **settings):
    return suggest_rebase(values, analyse(values, direction="up", **settings))


def test_eight_points_on_one_side_suggest_a_new_level_and_seven_do_not():
    assert suggested([*QUIET, *HIGHER[:8]]) == Suggestion(20, 8, "high")
    assert suggested([*QUIET, *HIGHER[:7]]) is None


def test_a_lower_level_is_suggested_alike():
    values = [-one for one in [*QUIET, *HIGHER[:12]]]

    assert suggested(values) == Suggestion(20, 12, "low")


def test_a_stretch_that_has_ended_suggests_nothing():
    assert suggested([*QUIET, *HIGHER[:12], 10.0]) is None


def test_a_point_on_the_centre_breaks_the_stretch():
    values = [12.0, 10.0] * 6
    tie = [*values, 11.0, *[12.0] * 8]
    no_tie = [*values, 12.0, *[12.0] * 8]

    assert suggested(tie, baseline=12).length == 8
    assert suggested(no_tie, baseline=12).length == 9


def test_unknown_periods_at_the_end_change_nothing_and_within_they_break():
    stretch = [*QUIET, *HIGHER[:8]]

    assert suggested([*stretch, NAN, NAN]) == suggested(stretch)
    assert suggested([*QUIET, *HIGHER[:4], NAN, *HIGHER[:4]]) is None
    assert suggested([*QUIET, *HIGHER[:2], NAN, *HIGHER[:8]]) == Suggestion(23, 8, "high")


def test_what_was_before_keeps_twelve_known_points_and_so_its_limits():
    enough, few = [12.0, 10.0] * 6, [12.0, 10.0] * 5 + [NAN, 10.0]

    assert suggested([*enough, *HIGHER[:8]]) == Suggestion(12, 8, "high")
    assert suggested([*few, *HIGHER[:8]]) is None


def test_only_the_last_segment_counts_and_positions_are_of_the_series():
    values = [*QUIET, *[one + 20 for one in [*QUIET, *HIGHER[:9]]]]

    assert suggested(values, rebase=[20]) == Suggestion(40, 9, "high")
    assert suggested(values, rebase=[20, 40]) is None


def test_a_series_without_limits_has_no_suggestion():
    assert suggested([]) is None
    assert suggested([NAN] * 30) is None
    assert suggested(HIGHER[:11]) is None
    assert suggested([5.0, NAN] * 20) is None


levels = st.lists(st.integers(0, 30).map(float), min_size=1, max_size=60)


@given(levels)
def test_whatever_is_suggested_is_a_run_that_the_chart_shows(values):
    result = analyse(values, direction="context")
    found = suggest_rebase(values, result)
    if found is None:
        return
    stretch = values[found.start : found.start + found.length]
    centre = result.segments[-1].centre

    assert found.start + found.length == len(values)
    assert found.length >= 8
    assert found.start >= 12
    assert all((one > centre) == (found.side == "high") and one != centre for one in stretch)
    assert all(one.signal for one in result.points[found.start :])


@given(levels)
def test_a_confirmed_suggestion_leaves_limits_before_it(values):
    found = suggested(values)
    if found is None:
        return
    after = analyse(values, direction="up", rebase=[found.start])

    assert after.segments[0].points_used >= 12
    assert after.segments[1].start == found.start


@pytest.mark.parametrize("scale", [-1.0, 4.0])
def test_turning_or_scaling_a_series_moves_no_suggestion(scale):
    values = [*QUIET, *HIGHER]
    found = suggested([scale * one for one in values])

    assert (found.start, found.length) == (20, 20)
    assert found.side == ("high" if scale > 0 else "low")
