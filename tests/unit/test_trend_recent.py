"""The five-point recent trend against Fingertips' own test data, its formula, and its laws."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from tilannehuone.stats.trend import recent_trend, recent_trends
from tilannehuone.stats.trend_recent import CHI_SQUARE

NAN = math.nan

# test data of FingertipsNext (dhsc-govuk), oldest first: values, lower and upper 95 % limits
DIABETES = (
    [7.0826, 7.1085, 7.2571, 7.4528, 7.6554],
    [7.0754, 7.1013, 7.2499, 7.4456, 7.6481],
    [7.094, 7.1199, 7.2684, 7.4643, 7.6669],
)
EYE_DISEASE = (
    [2.935, 1.93028, 2.7567, 2.8701, 3.0121],
    [2.7841, 1.8085, 2.6113, 2.7225, 2.8616],
    [3.0919, 2.058, 2.9082, 3.0237, 3.1683],
)
READMISSIONS = (
    [14.3, 15.4, 14.3, 14.2, 14.8],
    [14.3, 15.4, 14.3, 14.1, 14.8],
    [14.3, 15.5, 14.4, 14.2, 14.8],
)


def trend(values, width=1.0, direction="up"):
    x = np.asarray(values, dtype=float)
    return recent_trend(x, x - width / 2, x + width / 2, direction=direction)


def by_sums(values, lower, upper):
    """Return slope and chi-square of a weighted line, by the sums of the published code."""
    variance = ((np.asarray(upper) - lower) / 3.92) ** 2
    t = np.arange(1, len(values) + 1)
    terms = (np.ones(len(t)), values * t, t, np.asarray(values), t * t)
    a, b, c, d, e = (float((one / variance).sum()) for one in terms)
    slope = (a * b - c * d) / (a * e - c * c)
    return slope, slope**2 * (a * e - c * c) / a


@pytest.mark.parametrize(
    ("case", "word", "kind"),
    [(DIABETES, "increasing", "concern"), (EYE_DISEASE, "increasing", "concern")],
)
def test_fingertips_examples_come_out_as_on_its_site(case, word, kind):
    found = recent_trend(*case, direction="down")

    assert (found.word, found.kind, found.agrees) == (word, kind, True)
    assert found.positions == (0, 1, 2, 3, 4)


def test_intervals_rounded_to_a_point_cannot_be_weighed():
    found = recent_trend(*READMISSIONS, direction="down")

    assert (found.word, found.kind, found.slope, found.positions) == (None, None, None, ())
    assert found.reason == "no_width"


def test_the_level_is_99_8_percent():
    assert pytest.approx(stats.chi2.ppf(0.998, 1), rel=1e-13) == CHI_SQUARE


def test_the_standard_error_is_that_of_the_intervals_not_of_the_residuals():
    # equal errors of 1: 1 / sqrt(sum of squared distances from the middle year) = 1 / sqrt(10)
    found = trend([1, 2, 3, 4, 5], width=3.92)

    assert found.slope == pytest.approx(1)
    assert found.standard_error == pytest.approx(1 / math.sqrt(10))
    assert found.chi_square == pytest.approx(10)
    assert found.word == "increasing"


def test_just_under_the_level_nothing_has_changed():
    rise = math.sqrt(CHI_SQUARE / 10)
    above, under = (np.arange(5) * rise * part for part in (1.0001, 0.9999))

    assert trend(above, width=3.92).word == "increasing"
    assert trend(under, width=3.92).word == "no_significant_change"
    assert trend(under, width=3.92).kind == "common"


@pytest.mark.parametrize("values", [[5, 5, 5, 5, 30], [30, 5, 5, 5, 5], [5, 5, 5, 5, 1]])
def test_one_outlier_is_no_trend_either_way_round(values):
    found = trend(values)

    assert found.chi_square > CHI_SQUARE
    assert not found.agrees
    assert found.word == "no_significant_change"


def test_a_constant_series_has_no_slope_and_no_sign():
    found = trend([0.1] * 5)

    assert (found.slope, found.chi_square, found.agrees) == (0, 0, False)
    assert found.word == "no_significant_change"


@pytest.mark.parametrize(
    ("direction", "rising", "falling"),
    [
        ("up", "improvement", "concern"),
        ("down", "concern", "improvement"),
        ("context", "neutral_high", "neutral_low"),
    ],
)
def test_the_direction_tells_good_from_bad(direction, rising, falling):
    assert trend([1, 2, 3, 4, 5], 0.1, direction).kind == rising
    assert trend([5, 4, 3, 2, 1], 0.1, direction).kind == falling


def test_only_the_five_latest_points_count():
    assert trend([9, 8, 1, 2, 3, 4, 5]).slope == pytest.approx(1)
    assert trend([9, 8, 1, 2, 3, 4, 5]).positions == (2, 3, 4, 5, 6)


def test_unknown_periods_at_the_end_are_passed_over():
    assert trend([9, 1, 2, 3, 4, 5, NAN, NAN]).positions == (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], "few_points"),
        ([1, 2, 3, 4], "few_points"),
        ([NAN] * 7, "few_points"),
        ([1, NAN, 3, 4, 5], "few_points"),
        ([1, 2, 3, NAN, 5, 6], "gap"),
        ([1, 2, 3, 4, 5, NAN, 7], "gap"),
    ],
)
def test_what_cannot_be_tested_says_why(values, reason):
    assert trend(values).word is None
    assert trend(values).reason == reason


def test_a_value_without_its_interval_is_unknown():
    x = np.arange(6.0)

    assert recent_trend(x, [*x[:3], NAN, *x[4:]], x + 1, direction="up").reason == "gap"


def test_what_cannot_be_is_an_error_that_names_the_cell():
    x = np.arange(5.0)

    with pytest.raises(ValueError, match="cell 2: the lower limit is above the upper"):
        recent_trend(x, [0, 1, 9, 3, 4], x + 1, direction="up")
    with pytest.raises(ValueError, match="series 1, cell 4: a number is infinite"):
        recent_trends([x, [*x[:4], math.inf]], [x, x], [x, x], direction="up")
    with pytest.raises(ValueError, match="have one shape"):
        recent_trend(x, x[1:], x, direction="up")
    with pytest.raises(ValueError, match="one dimension"):
        recent_trend([x], [x], [x], direction="up")
    with pytest.raises(ValueError, match="not 'better'"):
        recent_trend(x, x, x, direction="better")


points = st.lists(st.integers(0, 400).map(float), min_size=5, max_size=9)
widths = st.lists(st.floats(0.5, 40), min_size=9, max_size=9)


@given(points, widths)
def test_slope_and_statistic_are_those_of_the_published_code(values, width):
    x, reach = np.array(values), np.array(width[: len(values)])
    found = recent_trend(x, x - reach, x + reach / 2, direction="up")
    low, high = (x - reach)[-5:], (x + reach / 2)[-5:]
    slope, chi_square = by_sums(x[-5:], low, high)

    assert found.slope == pytest.approx(slope, rel=1e-9, abs=1e-9)
    assert found.chi_square == pytest.approx(chi_square, rel=1e-9, abs=1e-9)
    kept = [np.delete(np.arange(5), out) for out in range(5)]
    others = [np.polyfit(k, x[-5:][k], 1, w=1 / (high - low)[k])[0] for k in kept]
    assume(all(abs(one) > 1e-7 for one in [slope, *others]))
    assert found.agrees == all(one * slope > 0 for one in others)


@given(points, widths)
def test_turning_time_round_turns_the_trend_round(values, width):
    x, reach = np.array(values[-5:]), np.array(width[:5])
    onward = recent_trend(x, x - reach, x + reach, direction="up")
    back = recent_trend(x[::-1], (x - reach)[::-1], (x + reach)[::-1], direction="down")

    assert back.slope == pytest.approx(-onward.slope, rel=1e-9, abs=1e-9)
    assert (back.kind, back.agrees) == (onward.kind, onward.agrees)


@given(points, widths, st.sampled_from([0.01, 100.0, 1e6]))
def test_the_unit_of_the_values_changes_no_word(values, width, scale):
    x, reach = np.array(values), np.array(width[: len(values)])
    first = recent_trend(x, x - reach, x + reach, direction="context")
    assume(abs(first.chi_square - CHI_SQUARE) > 1e-6)
    other = recent_trend(x * scale, (x - reach) * scale, (x + reach) * scale, direction="context")

    assert (other.word, other.agrees) == (first.word, first.agrees)
    assert other.slope == pytest.approx(first.slope * scale, rel=1e-9, abs=1e-9 * scale)


gappy = st.lists(
    st.lists(st.one_of(st.just(NAN), *[st.integers(0, 50).map(float)] * 6), min_size=8, max_size=8),
    min_size=1,
    max_size=6,
)


@given(gappy)
def test_many_series_say_what_each_says_alone(rows):
    x = np.array(rows)
    together = recent_trends(x, x - 2, x + 3, direction="up")

    assert together == tuple(recent_trend(one, one - 2, one + 3, direction="up") for one in x)
