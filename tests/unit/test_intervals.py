"""Intervals against published examples, scipy's distributions, and their laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from tilannehuone.stats.intervals import (
    byar,
    exact_poisson,
    mean,
    median,
    proportion,
    rate,
    wilson,
)

CALLS = (wilson, proportion, rate)


def test_wilson_matches_newcombes_table():
    # Newcombe 1998, table I, method 3
    rows = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
    for x, n, lower, upper in [*rows, (1, 29, 0.0061, 0.1718)]:
        found = wilson(x, n)
        assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=6e-5)


def limits(found):
    return found.lower, found.upper


def test_intervals_are_those_of_the_reference_formulas():
    # PHEindicatormethods 2.1.0, its formulas run in R 4.2.2 (wilson_*, byars_*, qchisq, qt)
    cases = [
        (wilson(65, 100), 0.55254443296887967, 0.73635751756902468),
        (wilson(65, 100, 0.998), 0.49549465740704474, 0.77835406140896846),
        (wilson(3, 1e9), 1.0202707288769236e-09, 8.8211880540116403e-09),
        (rate(9, 1e4), 0.00041153730973783321, 0.0017084803451419169),
        (rate(9, 1e4, level=0.998), 0.00024524244043637748, 0.0022657373309062931),
        (rate(82, 1e4), 0.0065214911658096697, 0.010178483940118893),
        (rate(82, 1e4, level=0.998), 0.0056817824995106687, 0.011404402890448152),
        (exact_poisson(1e12), 999998040036.96265, 1000001959965.9316),
        (mean([30, 40, 50, 60], 0.998), -20.934519589464983, 110.93451958946498),
    ]
    for found, lower, upper in cases:
        assert limits(found) == pytest.approx((lower, upper), rel=1e-12)


def test_wilson_reaches_its_ends_exactly():
    assert wilson(0, 9).lower == 0
    assert wilson(9, 9).upper == 1


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("x", [0, 1, 3, 9, 10, 250])
def test_exact_poisson_is_the_chi_square_one(x, level):
    found, tail = exact_poisson(x, level), (1 - level) / 2

    lower = stats.chi2.ppf(tail, 2 * x) / 2 if x else 0
    assert found.lower == pytest.approx(lower, rel=1e-11)
    assert found.upper == pytest.approx(stats.chi2.ppf(1 - tail, 2 * x + 2) / 2, rel=1e-11)


@pytest.mark.parametrize("x", [10, 50, 1000])
def test_byar_lies_close_to_the_exact_one(x):
    near, exact = byar(x), exact_poisson(x)

    assert near.lower == pytest.approx(exact.lower, rel=3e-3)
    assert near.upper == pytest.approx(exact.upper, rel=3e-4)
    assert byar(0).lower == 0


def test_byars_lower_limit_is_never_below_zero():
    assert byar(1, 0.998).lower == 0
    assert byar(1e-9).lower == 0
    assert byar(2, 0.998).lower > 0


def test_a_rate_is_exact_below_ten_and_byars_from_ten():
    few, some = rate(9, 2000, scale=1000), rate(10, 2000, scale=1000)

    assert (few.value, few.upper) == (4.5, exact_poisson(9).upper / 2)
    assert (some.value, some.lower) == (5.0, byar(10).lower / 2)


def test_a_rate_may_count_more_events_than_children():
    assert rate(30, 10).value == 3


def test_a_mean_has_students_interval_and_skips_what_is_unknown():
    found = mean([4.0, math.nan, 6.0, 8.0])
    reach = stats.t.ppf(0.975, 2) * 2 / math.sqrt(3)

    assert (found.value, found.lower, found.upper) == pytest.approx((6, 6 - reach, 6 + reach))
    with pytest.raises(ValueError, match="2 observations, got 1"):
        mean([4.0])


# ranks of the limits in the published tables of the binomial interval: Conover 1999, §3.2
RANKS = [(10, 2), (11, 2), (12, 3), (15, 4), (20, 6), (25, 8), (30, 10), (50, 18), (100, 40)]


@pytest.mark.parametrize(("n", "rank"), RANKS)
def test_a_medians_limits_are_the_published_ranks(n, rank):
    shuffled = np.random.default_rng(n).permutation(n) + 1.0

    found = median(shuffled)

    assert (found.value, *limits(found)) == ((n + 1) / 2, rank, n + 1 - rank)


def test_a_median_of_ten_is_told_by_all_of_them_at_the_higher_level():
    found = median([*range(10), math.nan], 0.998)

    assert (found.value, *limits(found)) == (4.5, 0, 9)


def test_a_median_of_fewer_than_ten_is_withheld():
    with pytest.raises(ValueError, match="a median needs 10 observations, got 9"):
        median([*range(9), math.nan])
    with pytest.raises(ValueError, match=r"10 observations are too few for a level of 0.999"):
        median(range(10), 0.999)
    with pytest.raises(ValueError, match="an observation is infinite"):
        median([math.inf, *range(10)])


@given(st.integers(10, 3000), st.sampled_from([0.8, 0.95, 0.998]))
def test_a_medians_interval_is_the_narrowest_that_keeps_its_level(n, level):
    rank = round(median(np.arange(1.0, n + 1), level).lower)

    missed = 2 * special.bdtr([rank - 1, rank], n, 0.5)
    assert missed[0] <= 1 - level < missed[1] + 1e-12


def test_arrays_broadcast_and_unknown_stays_unknown():
    found = rate(np.array([0, 5, math.nan, 12]), 1000, scale=100)

    assert found.lower[0] == 0
    assert np.isnan([found.value[2], found.lower[2], found.upper[2]]).all()
    assert found.upper[3] == rate(12, 1000, scale=100).upper
    for unknown in (wilson(math.nan, 5), wilson(0, math.nan), rate(0, math.nan)):
        assert np.isnan([unknown.value, unknown.lower, unknown.upper]).all()


def test_areas_and_periods_broadcast():
    found = proportion([[3], [4]], [10, 20, 30])

    assert found.upper.shape == (2, 3)
    assert found.upper[1, 2] == wilson(4, 30).upper


@pytest.mark.parametrize("call", CALLS)
def test_what_cannot_be_is_an_error_that_names_the_cell(call):
    with pytest.raises(ValueError, match="cell 0: denominator is not positive"):
        call(0, 0)
    with pytest.raises(ValueError, match="cell 1: numerator is negative"):
        call([1, -1], 5)
    with pytest.raises(ValueError, match=r"cell \(1, 0\): a number is infinite"):
        call([[1, 2], [math.inf, 2]], 5)
    with pytest.raises(ValueError, match="level lies between"):
        call(1, 5, level=95)


def test_a_scale_is_a_positive_number():
    for call in (rate, proportion):
        for scale in (0, -1, math.nan, math.inf):
            with pytest.raises(ValueError, match="a scale is a positive number"):
                call(1, 5, scale=scale)


def test_a_proportion_never_exceeds_its_whole():
    with pytest.raises(ValueError, match="cell 2: numerator exceeds denominator"):
        proportion([1, 2, 6], 5)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from([0.8, 0.95, 0.998]))
def test_an_interval_holds_its_value(x, n, level):
    for found in (wilson(min(x, n), n, level), rate(x, n, 1000, level)):
        assert found.lower <= found.value * (1 + 1e-12)
        assert found.value <= found.upper * (1 + 1e-12)


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_and_the_rest_mirror_each_other(x, n):
    x = min(x, n)
    one, rest = wilson(x, n), wilson(n - x, n)

    assert one.lower == pytest.approx(1 - rest.upper, abs=1e-12)


@given(st.integers(0, 300))
def test_a_higher_level_is_wider(x):
    narrow, wide = rate(x), rate(x, level=0.998)

    assert wide.lower <= narrow.lower
    assert narrow.upper < wide.upper
