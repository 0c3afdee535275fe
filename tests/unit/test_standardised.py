"""Directly standardised rates against published and reference figures, and their laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.stats.intervals import byar, directly_standardised, rate
from tilannehuone.stats.standards import (
    EUROPEAN_2013,
    EUROPEAN_2013_INFANTS,
    Standard,
    restricted,
)

# Down's syndrome by mother's age in five bands, fifth child or later, Michigan 1950–1964:
# Fleiss 1981, table 14.4; Fay and Feuer 1997, table II
CASES = [0, 8, 63, 112, 262, 295]
BIRTHS = [327, 30666, 123419, 149919, 104088, 34392]
ALL_BIRTHS = [319933, 931318, 786511, 488235, 237863, 61313]

CHILDREN = Standard.declared("Own network", {str(age): 800 + 10 * age for age in range(18)})


def parts(found):
    return found.value, found.lower, found.upper


def test_the_rate_is_the_published_one():
    # Fay and Feuer 1997, table I: 75.5 per 100 000
    assert directly_standardised(CASES, BIRTHS, ALL_BIRTHS).value == pytest.approx(75.5, abs=0.05)


def test_the_interval_is_that_of_the_reference_formulas():
    # calculate_dsr of PHEindicatormethods 2.1.0, its formulas run in R 4.2.2
    narrow = directly_standardised(CASES, BIRTHS, ALL_BIRTHS)
    wide = directly_standardised(CASES, BIRTHS, ALL_BIRTHS, level=0.998)

    expected = (75.529007445256781, 67.632743122689561, 83.867108708542418)
    assert parts(narrow) == pytest.approx(expected, rel=1e-12)
    expected = (75.529007445256781, 63.280040874650915, 88.796689773188746)
    assert parts(wide) == pytest.approx(expected, rel=1e-12)


def test_many_areas_are_what_each_is_alone():
    rng = np.random.default_rng(3)
    count, population = rng.poisson(4, (2, 5, 18)), rng.integers(200, 900, (5, 18))

    found = directly_standardised(count, population, CHILDREN, scale=1000)

    assert found.value.shape == (2, 5)
    alone = directly_standardised(count[1, 3], population[3], CHILDREN, scale=1000)
    assert parts(alone) == (found.value[1, 3], found.lower[1, 3], found.upper[1, 3])


def test_fewer_than_ten_events_are_withheld():
    told, withheld = [5, 5], [5, 4]
    found = directly_standardised([told, withheld], [100, 100], [1, 1])

    assert found.value[0] == 5000
    assert np.isnan([found.value[1], found.lower[1], found.upper[1]]).all()


def test_a_hidden_stratum_hides_the_rate():
    found = directly_standardised([[20, math.nan], [20, 9]], [[90, 90], [90, math.nan]], [1, 1])

    assert np.isnan([found.value, found.lower, found.upper]).all()


def test_one_heavy_stratum_of_few_may_have_a_limit_below_zero():
    # as in the reference formulas: a chart clips its axis, the statistic is not bent
    assert directly_standardised([1, 9], [10, 10_000], [1, 1]).lower < 0


def test_what_cannot_be_is_an_error_that_names_the_cell():
    with pytest.raises(ValueError, match=r"cell \(1, 0\): population is not positive"):
        directly_standardised([[9, 9], [9, 9]], [[5, 5], [0, 5]], [1, 1])
    with pytest.raises(ValueError, match="cell 1: count is negative"):
        directly_standardised([9, -1], [5, 5], [1, 1])
    with pytest.raises(ValueError, match="cell 0: a number is infinite"):
        directly_standardised([math.inf, 1], [5, 5], [1, 1])
    with pytest.raises(ValueError, match="counts have 2 strata, the standard 19"):
        directly_standardised([9, 9], [5, 5], EUROPEAN_2013)
    with pytest.raises(ValueError, match="populations have no strata, the standard 2"):
        directly_standardised([9, 9], 5, [1, 1])
    with pytest.raises(ValueError, match="a standard is one row of weights"):
        directly_standardised([9, 9], [5, 5], [[1, 1]])
    with pytest.raises(ValueError, match="a scale is a positive number, not 0"):
        directly_standardised([9, 9], [5, 5], [1, 1], scale=0)


def test_the_european_standard_is_a_hundred_thousand_persons():
    for one, strata in ((EUROPEAN_2013, 19), (EUROPEAN_2013_INFANTS, 20)):
        assert (len(one.labels), sum(one.weights)) == (strata, 100_000)
    # as esp2013 of PHEindicatormethods
    assert EUROPEAN_2013.weights[:4] == (5000, 5500, 5500, 5500)
    assert EUROPEAN_2013.weights[-4:] == (4000, 2500, 1500, 1000)
    assert EUROPEAN_2013_INFANTS.labels[:3] == ("0", "1-4", "5-9")


def test_a_standard_may_be_restricted_to_children():
    bands = ["0-4", "5-9", "10-14", "15-19"]
    children = restricted(EUROPEAN_2013, bands)

    assert (children.name, children.labels) == (EUROPEAN_2013.name, tuple(bands))
    assert children.weights == (5000, 5500, 5500, 5500)
    with pytest.raises(ValueError, match="has no stratum 0-17"):
        restricted(EUROPEAN_2013, ["0-17"])


@pytest.mark.parametrize(
    ("labels", "weights", "fault"),
    [
        (("0", "1"), (1.0,), "2 strata have 1 weights"),
        (("0", "0"), (1.0, 2.0), "stratum 0 is there twice"),
        (("0", "1"), (1.0, -2.0), "stratum 1: a weight is zero or more, not -2.0"),
        (("0", "1"), (1.0, math.nan), "stratum 1: a weight is zero or more, not nan"),
        (("0", "1"), (0.0, 0.0), "needs a stratum that weighs more than zero"),
        ((), (), "needs a stratum that weighs more than zero"),
    ],
)
def test_a_standard_that_cannot_be_is_refused(labels, weights, fault):
    with pytest.raises(ValueError, match=fault):
        Standard("Own", labels, weights)


strata = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 9999), st.integers(1, 500)),
    min_size=1,
    max_size=18,
)


@given(strata, st.sampled_from([0.5, 3.0, 1e6]), st.sampled_from([0.95, 0.998]))
def test_only_the_ratios_of_the_weights_matter(rows, factor, level):
    count, population, weight = np.array(rows, dtype=float).T

    one = directly_standardised(count, population, weight, level=level)
    other = directly_standardised(count, population, weight * factor, level=level)
    assert parts(other) == pytest.approx(parts(one), rel=1e-11, abs=1e-6, nan_ok=True)


@given(st.integers(10, 10**6), st.integers(1, 10**7), st.sampled_from([0.95, 0.998]))
def test_one_stratum_is_a_plain_rate(count, population, level):
    found = directly_standardised([count], [population], [7], 1000, level)

    expected = parts(rate(count, population, 1000, level))
    assert parts(found) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(st.lists(st.integers(1, 400), min_size=2, max_size=9), st.integers(1, 50))
def test_a_population_with_the_ages_of_the_standard_keeps_its_crude_rate(population, share):
    n = np.array(population, dtype=float)
    count = n * share / 50 + 10
    total = count.sum()

    found = directly_standardised(count, n, n, scale=1)
    assert found.value == pytest.approx(total / n.sum(), rel=1e-12)
    assert found.upper == pytest.approx(byar(total).upper / n.sum(), rel=1e-9)


@given(strata, st.randoms(use_true_random=False))
def test_the_order_of_the_strata_does_not_matter(rows, chance):
    turned = rows[:]
    chance.shuffle(turned)
    found = [directly_standardised(*np.array(one, dtype=float).T) for one in (rows, turned)]

    assert parts(found[0]) == pytest.approx(parts(found[1]), rel=1e-11, abs=1e-6, nan_ok=True)
