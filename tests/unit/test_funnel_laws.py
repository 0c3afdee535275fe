"""Funnels under chance alone mark no more than chance, and the laws their lines keep."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from tilannehuone.stats.comparison import Limits, funnel, funnel_limits
from tilannehuone.stats.intervals import exact_poisson, wilson

KINDS = ("proportion", "rate")


def marked(expected):
    """Return the counts strictly beyond the 95 % and the 99.8 % limits, and all that may come."""
    found = funnel_limits(expected, [1], "rate")
    counts = np.arange(math.ceil(expected + 12 * math.sqrt(expected)) + 40)
    beyond95 = (counts < found.lower95) | (counts > found.upper95)
    return counts, beyond95, (counts < found.lower998) | (counts > found.upper998)


EXPECTED = [*np.geomspace(1e-4, 300, 400), *np.arange(0.5, 30, 0.5), 3.6889, 0.0253, 0.001]


def test_an_exact_funnel_marks_no_more_than_chance():
    for expected in EXPECTED:
        counts, beyond95, beyond998 = marked(expected)
        chance = stats.poisson.pmf(counts, expected)

        assert chance[beyond95].sum() <= 0.05
        assert chance[beyond998].sum() <= 0.002
        # each side to itself, and every count that may be marked is
        low, high = special.pdtr(counts, expected), special.pdtrc(counts - 1.0, expected)
        high[0] = 1
        assert (beyond95 == ((low < 0.025) | (high < 0.025))).all()
        assert (beyond998 == ((low < 0.001) | (high < 0.001))).all()


@pytest.mark.parametrize("areas", [2, 3, 10, 200])
def test_it_marks_no_more_when_the_baseline_is_the_areas_own(areas):
    # given the total, an area of average size has a binomial count
    for total in [1, 2, 3, 5, 8, 13, 30, 77, 200]:
        counts, beyond95, beyond998 = marked(total / areas)
        chance = stats.binom.pmf(counts, total, 1 / areas)
        assert chance[beyond95].sum() <= 0.05
        assert chance[beyond998].sum() <= 0.002


@pytest.mark.parametrize("mean", [0.05, 0.7, 4.1, 40.0])
def test_words_under_chance_alone_mark_no_more_than_chance(mean):
    rng = np.random.default_rng(5)
    words = []
    for _ in range(100):
        n = rng.integers(50, 400, 30).astype(float)
        words += funnel(rng.poisson(mean * n / 225), n, kind="rate").words
    share95 = np.mean([word != "similar" for word in words])
    share998 = np.mean(["clearly" in word for word in words])

    spread95, spread998 = (math.sqrt(p * (1 - p) / len(words)) for p in (0.05, 0.002))
    assert share95 <= 0.05 + 2 * spread95
    assert share998 <= 0.002 + 2 * spread998


def test_the_chi_square_interval_of_the_expected_count_would_mark_more():
    lower = exact_poisson(4.1).lower

    assert special.pdtr(math.floor(lower), 4.1) > 0.08


sizes = st.floats(1, 1e5)


@given(st.floats(0.001, 0.999), sizes, sizes, st.sampled_from(KINDS))
def test_a_funnel_narrows_as_areas_grow(baseline, one, other, kind):
    found = funnel_limits(baseline, sorted((one, other)), kind)

    slack = 1 + 1e-12
    assert found.lower95[0] <= found.lower95[1] * slack <= baseline * slack**2
    assert baseline <= found.upper95[1] * slack <= found.upper95[0] * slack**2
    assert (found.lower998 <= found.lower95).all()
    assert (found.upper95 <= found.upper998).all()


@given(st.floats(0.01, 0.99), st.floats(20, 1e5))
def test_on_the_line_an_areas_own_interval_just_reaches_the_baseline(baseline, n):
    shares = funnel_limits(baseline, [n], "proportion")
    if shares.upper95[0] < 1:
        assert wilson(shares.upper95[0] * n, n).lower == pytest.approx(baseline, rel=1e-9)
    if shares.lower998[0] > 0:
        upper = wilson(shares.lower998[0] * n, n, 0.998).upper
        assert upper == pytest.approx(baseline, rel=1e-9)
    rates = funnel_limits(baseline, [n], "rate")
    lower = exact_poisson(rates.upper95[0] * n).lower
    assert lower == pytest.approx(baseline * n, rel=1e-9)


areas = st.lists(st.tuples(st.integers(0, 60), st.integers(60, 3000)), min_size=2, max_size=12).map(
    lambda rows: np.array(rows, dtype=float).T
)


@given(areas, st.sampled_from(KINDS), st.sampled_from([100.0, 1000.0]))
def test_the_scale_changes_the_unit_and_nothing_else(rows, kind, scale):
    one, other = funnel(*rows, kind=kind), funnel(*rows, kind=kind, scale=scale)

    assert other.upper95 == pytest.approx(one.upper95 * scale, rel=1e-12)
    assert other.adjusted.upper998 == pytest.approx(one.adjusted.upper998 * scale, rel=1e-12)
    assert (other.phi, other.tau2, other.words) == (one.phi, one.tau2, one.words)
    assert (other.z == one.z).all()


@given(areas, st.sampled_from(KINDS))
def test_overdispersion_never_marks_what_chance_alone_allows(rows, kind):
    found = funnel(*rows, kind=kind)

    inside = (found.value >= found.lower95) & (found.value <= found.upper95)
    assert {found.words[place] for place in np.flatnonzero(inside)} <= {"similar"}
    assert found.tau2 >= 0
    assert (np.abs(found.adjusted_z) <= np.abs(found.z)).all()


@given(areas, st.sampled_from(KINDS))
def test_the_curve_drawn_passes_through_the_lines_the_words_use(rows, kind):
    found = funnel(*rows, kind=kind, scale=100)
    drawn = found.curve(rows[1])

    for name in Limits.__slots__:
        expected = getattr(found.outer, name)
        assert getattr(drawn, name) == pytest.approx(expected, rel=1e-9, abs=1e-9)
