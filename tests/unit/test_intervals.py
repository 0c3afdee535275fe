"""Intervals against published examples, scipy's distributions, and their laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tilannehuone.stats.intervals import byar, exact_poisson, mean, proportion, rate, wilson

CALLS = (wilson, proportion, rate)


def test_wilson_matches_newcombes_table():
    # Newcombe 1998, table I, method 3
    rows = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
    for x, n, lower, upper in [*rows, (1, 29, 0.0061, 0.1718)]:
        found = wilson(x, n)
        assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=6e-5)


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


def test_arrays_broadcast_and_unknown_stays_unknown():
    found = rate(np.array([0, 5, math.nan, 12]), 1000, scale=100)

    assert found.lower[0] == 0
    assert np.isnan([found.value[2], found.lower[2], found.upper[2]]).all()
    assert found.upper[3] == rate(12, 1000, scale=100).upper
    assert np.isnan(wilson(math.nan, 5).value)


@pytest.mark.parametrize("call", CALLS)
def test_what_cannot_be_is_an_error_that_names_the_cell(call):
    with pytest.raises(ValueError, match="cell 0: denominator is not positive"):
        call(0, 0)
    with pytest.raises(ValueError, match="cell 1: numerator is negative"):
        call([1, -1], 5)
    with pytest.raises(ValueError, match="level lies between"):
        call(1, 5, level=95)


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
