"""The four tests of an XmR chart, worked by hand against a fixed baseline of limits 11 ± 5.32."""

import math

import pytest

from tilannehuone.stats.spc import analyse

NAN = math.nan
ALTERNATING = [10.0, 12.0] * 6  # mean 11, every step 2, so limits 11 ± 2.66 * 2
QUIET = [10.0, 12.0] * 10


def signals(values, **settings):
    found = analyse(values, direction="up", **settings)
    return [(one.signal, one.side) for one in found.points]


def marked(values, **settings):
    """Return the positions that carry a signal."""
    return [at for at, (signal, _) in enumerate(signals(values, **settings)) if signal]


def test_a_point_on_the_limit_is_not_outside():
    on, beyond = [*ALTERNATING, 16.32], [*ALTERNATING, 16.33]
    assert signals(on, baseline=12)[-1] == (None, None)
    assert signals(beyond, baseline=12)[-1] == ("outside", "high")


@pytest.mark.parametrize(("sign", "side"), [(1, "high"), (-1, "low")])
def test_seven_rising_points_are_a_trend_and_six_are_not(sign, side):
    climb = [7.5, 8.5, 9.5, 10.5, 11.5, 12.5, 13.5]  # crosses the centre, stays inside
    seven = [sign * one for one in [*QUIET, *climb]]
    six = [sign * one for one in [*QUIET, *climb[:-1]]]

    assert signals(seven, baseline=20)[-7:] == [("trend", side)] * 7
    assert ("trend", side) not in signals(six, baseline=20)


def test_a_tie_breaks_a_trend():
    climb = [7.5, 8.5, 9.5, 10.5, 10.5, 11.5, 12.5, 13.5]

    assert marked([*QUIET, *climb], baseline=20) == []


def test_the_peak_between_two_trends_belongs_to_the_one_that_goes_on():
    up = [6.0, 7.0, 8.0, 10.0, 11.5, 13.0, 14.0]
    sides = [side for _, side in signals([*QUIET, *up, *up[-2::-1]], baseline=20)][20:]

    assert sides == ["high"] * 6 + ["low"] * 7


def test_two_of_three_near_a_limit_are_marked_and_the_third_is_not():
    values = [*QUIET, 15.0, 11.5, 15.0, 10.0]  # near line 14.55, limit 16.32

    assert [at - 20 for at in marked(values, baseline=20)] == [0, 2]
    assert signals(values, baseline=20)[20] == ("two_in_three", "high")


@pytest.mark.parametrize("middle", [10.5, 11.0, NAN])
def test_the_three_points_are_all_known_and_on_one_side(middle):
    assert marked([*QUIET, 15.0, middle, 15.0, 10.0], baseline=20) == []


def test_a_point_outside_is_not_near():
    values = [*QUIET, 17.0, 11.5, 15.0, 10.0]

    assert signals(values, baseline=20)[20:] == [
        ("outside", "high"),
        (None, None),
        (None, None),
        (None, None),
    ]


def test_seven_points_on_one_side_are_a_run_and_a_point_on_the_centre_breaks_it():
    above = [12.0, 12.5] * 3

    assert [at - 20 for at in marked([*QUIET, *above, 12.0], baseline=20)][-6:] == list(range(1, 7))
    assert marked([*QUIET[:-1], 10.0, *above], baseline=19) == []
    assert marked([*QUIET, 10.0, *above[:3], 11.0, *above[:3]], baseline=20) == []


def test_a_missing_point_inside_a_window_breaks_it():
    above = [12.0, 12.5] * 3

    assert marked([*QUIET, 10.0, *above[:3], NAN, *above[:4]], baseline=20) == []


def test_precedence_names_the_point():
    run = [12.0, 12.5] * 3
    found = signals([*QUIET, 10.0, *run, 20.0], baseline=20)

    assert found[-2:] == [("run", "high"), ("outside", "high")]


def test_a_good_shift_and_a_bad_outlier_are_both_told():
    shift = [13.0, 14.0] * 4
    found = analyse([*QUIET, *shift, 1.0], direction="up", baseline=20)

    assert (found.variation, found.also) == ("concern", "improvement")
    assert [(one.signal, one.length, one.is_earlier) for one in found.marks] == [
        ("outside", 0, False),
        ("run", 9, True),
    ]


def test_an_outlier_that_draws_the_centre_away_makes_no_shift_of_what_was_before():
    found = analyse([*QUIET, 40.0], direction="up")  # centre 12.4: every other point is below

    assert found.points[19].signal == "run"
    assert (found.variation, found.also) == ("improvement", None)


def test_a_rise_below_the_centre_is_both():
    climb = [7.0, 7.5, 8.0, 8.5, 9.0, 9.5, 10.5]
    found = analyse([*QUIET, *climb], direction="up", baseline=20)

    assert [(one.signal, one.kind, one.length) for one in found.marks] == [
        ("trend", "improvement", 6),
        ("run", "concern", 7),
    ]


@pytest.mark.parametrize("level", [-8.0, 0.1, 1 / 3])
def test_equal_points_before_an_outlier_are_no_run_beside_their_own_centre(level):
    found = analyse([level] * 49 + [level * 1.16], direction="up")

    assert [one.signal for one in found.marks] == ["outside"]
