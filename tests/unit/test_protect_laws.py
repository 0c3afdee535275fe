"""Laws: by everything shown, every small group can be nobody and can be k or more."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from lattice import K, lattice, ranges

from tilannehuone.disclosure import Rule, build_structure, plan, protect
from tilannehuone.disclosure.rules import judge

AREAS = {"C1": ["m1", "m2", "m3"], "C2": ["m4", "m5"]}


def hidden_of(table, rule=None):
    cells = table.cells
    safe = protect(cells, build_structure(cells, table.areas), {"a": rule or Rule()})
    return (safe["status"] == "c").to_numpy()


def assert_kept_promise(table, hidden, k=K):
    values = table.cells["value"].to_numpy()
    small = values < k
    assert not (small & ~hidden).any()
    which = np.flatnonzero(small)
    for low, high in ranges(table.made, values, ~hidden, which):
        assert low <= 1e-6
        assert high >= k - 1e-6


counts = st.integers(0, 2**32 - 1).map(np.random.default_rng)


@settings(max_examples=8, deadline=None)
@given(counts, st.sampled_from([1.5, 4.0, 9.0]), st.integers(1, 3))
def test_no_small_group_can_be_computed_over_areas_time_and_categories(draw, mean, categories):
    mean = mean * draw.lognormal(0, 0.8, (5, 1, categories))
    table = lattice(
        draw.poisson(mean, (5, 6, categories)), AREAS, ("month", "quarter", "half_year")
    )

    assert_kept_promise(table, hidden_of(table))


@settings(max_examples=5, deadline=None)
@given(counts, st.sampled_from([2.0, 6.0, 12.0]))
def test_no_small_window_can_be_computed_from_overlapping_ones(draw, mean):
    table = lattice(draw.poisson(mean, (3, 12, 1)), {"C": ["m1", "m2", "m3"]},
                    ("rolling3", "quarter", "year"))  # fmt: skip

    assert_kept_promise(table, hidden_of(table))


@settings(max_examples=5, deadline=None)
@given(counts)
def test_a_larger_k_is_kept_too(draw):
    table = lattice(draw.poisson(8.0, (5, 3, 2)), AREAS)

    assert_kept_promise(table, hidden_of(table, Rule(k=10)), k=10)


@settings(max_examples=5, deadline=None)
@given(counts)
def test_neither_side_of_a_share_can_be_computed(draw):
    everyone = draw.poisson(14.0, (4, 3, 1))
    counted = lattice(draw.binomial(everyone, 0.8), {"C": ["a", "b"], "D": ["e", "f"]})
    whole = lattice(everyone, {"C": ["a", "b"], "D": ["e", "f"]})
    part, total = counted.cells["value"].to_numpy(), whole.cells["value"].to_numpy()
    cells = counted.cells.assign(denominator=total)
    rule = Rule(kind="proportion")

    mask = plan(cells, build_structure(cells, counted.areas), {"a": rule}).hidden

    judged = judge(cells, {"a": rule})
    for ledger, values in zip(judged.ledgers, (part, total - part), strict=True):
        for low, high in ranges(counted.made, values, ~mask, np.flatnonzero(ledger.small)):
            assert low <= 1e-6
            assert high >= K - 1e-6


def test_publishing_one_complementary_cell_of_a_readable_curve_usually_breaks_the_promise():
    counties = {"C1": ["m1", "m2", "m3", "m4"], "C2": ["m5", "m6", "m7", "m8"]}
    broken = []
    for seed in range(5):
        draw = np.random.default_rng(seed)
        mean = 6.0 * draw.lognormal(0, 0.6, (8, 1, 4))
        table = lattice(draw.poisson(mean, (8, 3, 4)), counties, ("quarter",))
        values = table.cells["value"].to_numpy()
        found = plan(table.cells, build_structure(table.cells, table.areas), {"a": Rule()})
        readable = found.series.readable[found.series.of]
        small = np.flatnonzero(values < K)
        for one in np.flatnonzero(found.hidden & readable & (values >= K)):
            shown = ~found.hidden
            shown[one] = True
            told = ranges(table.made, values, shown, small)
            broken.append(any(low > 1e-6 or high < K - 1e-6 for low, high in told))

    assert len(broken) >= 5
    assert sum(broken) > len(broken) / 2
