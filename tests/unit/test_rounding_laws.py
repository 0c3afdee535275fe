"""Whatever the counts: rounding keeps its word, and every table a reader could think of too."""

import itertools

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from lattice import lattice

from tilannehuone.disclosure import Rule, build_structure
from tilannehuone.disclosure.rounded_print import interval, rounded
from tilannehuone.disclosure.rounding import round_cells

K, BASE = 3, 6
RULE = Rule(method="rounding", k=K)
COUNTIES = {"C1": ["m1", "m2"], "C2": ["m3"]}
COUNTS = arrays(np.int64, (3, 3, 1), elements=st.integers(0, 14))
SQUARES = arrays(np.int64, (2, 1, 2), elements=st.integers(0, 9))
PAIRS = arrays(np.int64, (2, 1, 1), elements=st.integers(0, 9))


def done(table, rule=RULE):
    return round_cells(table.cells, build_structure(table.cells, table.areas), {"a": rule})


@given(x=st.integers(0, 10**6), base=st.integers(6, 200))
def test_a_printed_number_is_at_most_half_a_base_off_and_its_interval_holds_the_count(x, base):
    printed = rounded(np.array([float(x)]), np.array(float(base)))
    low, high = interval(printed, np.array(float(base)))

    assert printed[0] % base == 0
    assert abs(printed[0] - x) <= base / 2
    assert low[0] <= x <= high[0]
    assert rounded(low, np.array(float(base))) == rounded(high, np.array(float(base))) == printed


@given(k=st.integers(3, 50), more=st.integers(0, 30))
def test_a_printed_zero_can_be_anything_up_to_k(k, more):
    low, high = interval(np.zeros(1), np.array(2.0 * k + more))

    assert low[0] == 0
    assert high[0] >= k


@settings(max_examples=20, deadline=None)
@given(counts=COUNTS)
def test_what_is_printed_is_near_the_count(counts):
    table = lattice(counts, COUNTIES)
    after = done(table)

    shown = after.cells["status"].isin(["ok", "k"]).to_numpy()
    off = np.abs(after.count - table.cells["numerator"].to_numpy())[shown]
    assert (off <= BASE / 2).all()
    assert after.cells.loc[~shown, ["numerator", "denominator", "value"]].isna().all(axis=None)
    assert (after.cells["status"].eq("k") == (after.count == 0)).all()


@settings(max_examples=15, deadline=None)
@given(counts=COUNTS)
def test_rounding_what_is_rounded_changes_nothing(counts):
    table = lattice(counts, COUNTIES)
    once = done(table).cells

    again = round_cells(once, build_structure(once, table.areas), {"a": RULE}).cells

    pd.testing.assert_frame_equal(once, again)


@settings(max_examples=20, deadline=None)
@given(counts=SQUARES)
def test_no_table_that_fits_the_print_lets_a_small_count_be_told(counts):
    """Every table of whole numbers is tried: two towns by two ages, with all their sums."""
    table = lattice(counts, {"C": ["m1", "m2"]}, ("month",))
    after = done(table).cells
    groups = np.array(list(itertools.product(range(19), repeat=4)))
    sums = groups @ table.made.T
    fits = prints(sums, after["status"].ne("c").to_numpy(), after["numerator"])

    low, high = sums[fits].min(axis=0), sums[fits].max(axis=0)

    small = table.cells["numerator"].to_numpy() < K
    assert (low[small] == 0).all()
    assert (high[small] >= K).all()
    assert (high - low >= K).all()


@settings(max_examples=15, deadline=None)
@given(counts=PAIRS, rest=PAIRS)
def test_neither_those_counted_nor_those_left_out_of_a_share_are_told(counts, rest):
    """Every pair of shares is tried, of two towns that make a county and a country."""
    whole = lattice(counts + rest, {"C": ["m1", "m2"]}, ("month",))
    part = lattice(counts, {"C": ["m1", "m2"]}, ("month",)).cells["numerator"]
    cells = whole.cells.assign(numerator=part, denominator=whole.cells["numerator"])
    rule = Rule(method="rounding", k=K, kind="proportion")
    after = round_cells(cells, build_structure(cells, whole.areas), {"a": rule}).cells

    groups = np.array(list(itertools.product(range(19), repeat=4)))
    tops, rests = groups[:, :2] @ whole.made.T, groups[:, 2:] @ whole.made.T
    shown = after["status"].ne("c").to_numpy()
    fits = prints(tops, shown, after["numerator"]) & prints(
        tops + rests, shown, after["denominator"]
    )
    for sums, true in ((tops, part), (rests, cells["denominator"] - part)):
        low, high = sums[fits].min(axis=0), sums[fits].max(axis=0)
        small = true.to_numpy() < K
        assert (low[small] == 0).all()
        assert (high[small] >= K).all()


def prints(sums, shown, printed):
    """Return which tables would be printed so where something is shown."""
    found = rounded(sums[:, shown].astype(float), np.array(float(BASE)))
    return (found == printed.to_numpy()[shown]).all(axis=1)
