"""XmR limits, segments, icons and errors against hand-worked numbers."""

import math

import pytest

from tilannehuone.stats.spc import SpcResult, analyse

NAN = math.nan
ALTERNATING = [10.0, 12.0] * 6  # mean 11, every step 2, so limits 11 ± 2.66 * 2
QUIET = [10.0, 12.0] * 10


def test_limits_match_the_hand_worked_example():
    found = analyse(ALTERNATING, direction="up").segments[0]

    assert (found.centre, found.lower, found.upper) == pytest.approx((11.0, 5.68, 16.32))
    assert (found.near_lower, found.near_upper) == pytest.approx((11 - 3.546666667, 14.546666667))
    assert (found.mean_moving_range, found.points_used, found.known) == (2.0, 12, 12)


def test_eleven_points_carry_no_limits_and_twelve_no_words():
    short, enough = (analyse(ALTERNATING[:n], direction="up", target=1) for n in (11, 12))

    assert short.segments[0].centre is None
    assert enough.segments[0].centre == 11
    assert (enough.variation, enough.assurance, enough.latest) == (None, None, 11)
    assert analyse([*ALTERNATING, 10.0], direction="up").variation == "common"


def test_a_hidden_period_counts_in_no_mean_and_no_range_reaches_across_it():
    gap = [*ALTERNATING, NAN, 30.0, 32.0]
    found = analyse(gap, direction="up", screen=False).segments[0]

    assert found.mean_moving_range == 2
    assert found.centre == pytest.approx((132 + 62) / 14)


def test_screening_drops_ranges_that_are_outliers_themselves():
    leap = [*QUIET, 40.0]  # ranges 2 nineteen times and 28
    screened, kept = (analyse(leap, direction="up", screen=one) for one in (True, False))

    assert screened.segments[0].mean_moving_range == 2
    assert kept.segments[0].mean_moving_range == pytest.approx((19 * 2 + 28) / 20)


def test_screening_a_nearly_constant_series_would_leave_no_spread_and_is_not_done():
    found = analyse([5.0] * 15 + [6.0], direction="up").segments[0]

    assert found.mean_moving_range == pytest.approx(1 / 15)


def test_a_rebase_begins_a_segment_and_nothing_crosses_it():
    higher = [20.0, 22.0] * 7
    found = analyse([*QUIET, *higher], direction="down", rebase=[20])

    assert [(one.start, one.stop, one.centre) for one in found.segments] == [
        (0, 20, 11),
        (20, 34, 21),
    ]
    assert {one.kind for one in found.points} == {"common"}
    assert found.variation == "common"


def test_a_rebase_that_is_no_period_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="rebase at 20 is no period"):
        analyse(QUIET, direction="up", rebase=[20])


def test_a_fixed_baseline_sets_the_limits_of_later_points():
    found = analyse([*ALTERNATING, 500.0], direction="up", baseline=12)

    assert found.segments[0].centre == 11
    assert found.segments[0].points_used == 12


@pytest.mark.parametrize(
    ("values", "settings", "message"),
    [
        (QUIET, {"baseline": 11}, "at least 12"),
        ([*QUIET, math.inf], {}, "value 20 is infinite"),
        (QUIET, {"direction": "sideways"}, "up, down or context"),
        (QUIET, {"target": math.nan}, "finite"),
        ([QUIET], {}, "one dimension"),
    ],
)
def test_what_cannot_be_is_an_error(values, settings, message):
    with pytest.raises(ValueError, match=message):
        analyse(values, **{"direction": "up", **settings})


@pytest.mark.parametrize(
    ("direction", "kinds"),
    [
        ("up", ("improvement", "concern")),
        ("down", ("concern", "improvement")),
        ("context", ("neutral_high", "neutral_low")),
    ],
)
def test_direction_judges_after_detection(direction, kinds):
    found = [analyse([*QUIET, leap], direction=direction) for leap in (40.0, -20.0)]

    assert tuple(one.variation for one in found) == kinds


@pytest.mark.parametrize(
    ("target", "up", "down"),
    [
        (5.68, "hit_or_miss", "hit_or_miss"),
        (5.6, "passes", "fails"),
        (11, "hit_or_miss", "hit_or_miss"),
        (16.32, "hit_or_miss", "hit_or_miss"),
        (16.4, "fails", "passes"),
        (None, None, None),
    ],
)
def test_assurance_holds_the_target_against_the_limits(target, up, down):
    values = [*QUIET]

    assert analyse(values, direction="up", target=target).assurance == up
    assert analyse(values, direction="down", target=target).assurance == down
    assert analyse(values, direction="context", target=target).assurance is None


@pytest.mark.parametrize("level", [0.1, 7.0])
def test_a_constant_series_has_no_signal_and_meets_its_target_or_does_not(level):
    found = [
        analyse([level] * 17, direction=way, target=level + more)
        for way in ("up", "down")
        for more in (-0.01, 0, 0.01)
    ]

    assert {one.variation for one in found} == {"common"}
    assert found[0].segments[0].upper == level
    assert [one.assurance for one in found] == [
        *("passes", "passes", "fails"),
        *("fails", "passes", "passes"),
    ]


def test_gaps_that_hide_all_spread_leave_no_limits():
    found = analyse([1.0, NAN, 2.0, NAN] * 8, direction="up")

    assert found.segments[0].centre is None
    assert found.variation is None


def test_the_variation_is_of_the_latest_known_point():
    found = analyse([*QUIET, 40.0, NAN, NAN], direction="up")

    assert (found.variation, found.latest) == ("improvement", 20)


def test_an_empty_series_has_nothing():
    assert analyse([], direction="up") == SpcResult((), (), None, None, None)
    assert analyse([NAN], direction="up").latest is None
