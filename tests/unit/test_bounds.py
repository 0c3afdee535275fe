"""Ranges sum by sum: never narrower than what all sums together allow, narrow where one tells."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from lattice import lattice, ranges

from tilannehuone.disclosure import Rule, build_structure
from tilannehuone.disclosure.bounds import ENDLESS, narrowed
from tilannehuone.disclosure.mask import Mask
from tilannehuone.disclosure.rules import judge
from tilannehuone.disclosure.series import plan_series

AREAS = {"C1": ["m1", "m2"], "C2": ["m3", "m4"]}


def mask_of(table, hidden):
    """Return a mask that hides exactly `hidden`."""
    judged = judge(table.cells, {"a": Rule(k=0)})
    structure = build_structure(table.cells, table.areas)
    none = np.zeros(len(table.cells), dtype=bool)
    series = plan_series(table.cells, none, ~none)
    return Mask(structure, judged, series, np.asarray(hidden, dtype=bool), none, none)


def narrow_of(table, hidden):
    mask = mask_of(table, hidden)
    found = narrowed(mask.sums[0], mask.hidden & mask.exists, mask.exists)
    return found.low, found.high


def test_one_hole_is_the_total_less_the_others():
    table = lattice([[[4.0]], [[9.0]], [[7.0]], [[6.0]]], AREAS, ("month",))
    one = (table.cells["area_code"] == "m1").to_numpy()

    low, high = narrow_of(table, one)

    assert low[one].tolist() == high[one].tolist() == [4.0]


def test_two_holes_share_what_is_left():
    table = lattice([[[4.0]], [[9.0]], [[7.0]], [[6.0]]], AREAS, ("month",))
    two = table.cells["area_code"].isin(["m1", "m2"]).to_numpy()

    low, high = narrow_of(table, two)

    assert low[two].tolist() == [0.0, 0.0]
    assert high[two].tolist() == [13.0, 13.0]


def test_nothing_shown_bounds_nothing():
    table = lattice(np.ones((4, 3, 1)), AREAS)

    low, high = narrow_of(table, np.ones(len(table.cells), dtype=bool))

    assert (low == 0).all()
    assert (high >= ENDLESS).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.2, 0.5, 0.8]))
def test_ranges_are_never_narrower_than_the_truth_of_all_sums(seed, share):
    draw = np.random.default_rng(seed)
    table = lattice(draw.poisson(3.0, (4, 3, 2)), AREAS)
    hidden = draw.random(len(table.cells)) < share
    values = table.cells["value"].to_numpy()

    low, high = narrow_of(table, hidden)

    which = np.flatnonzero(hidden)[:12]
    for at, (least, most) in zip(which, ranges(table.made, values, ~hidden, which), strict=True):
        assert low[at] <= least + 1e-6
        assert high[at] >= min(most, 200) - 1e-6


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_the_true_number_is_always_within(share):
    draw = np.random.default_rng(3)
    table = lattice(draw.poisson(6.0, (4, 6, 2)), AREAS, ("month", "quarter", "half_year"))
    hidden = draw.random(len(table.cells)) < share
    values = table.cells["value"].to_numpy()

    low, high = narrow_of(table, hidden)

    assert (low <= values + 1e-6).all()
    assert (high >= values - 1e-6).all()


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_narrowing_only_what_changed_gives_the_same_ranges(data):
    counts = data.draw(arrays(np.int64, (4, 3, 1), elements=st.integers(0, 9))).astype(float)
    table = lattice(counts, AREAS)
    masks = [
        mask_of(table, data.draw(arrays(bool, len(table.cells)), label="hidden")) for _ in range(2)
    ]
    first, second = (mask.hidden & mask.exists for mask in masks)
    sums, exists = masks[0].sums[0], masks[0].exists

    again = narrowed(sums, second, exists, narrowed(sums, first, exists))
    anew = narrowed(sums, second, exists)

    assert np.array_equal(again.low, anew.low)
    assert np.array_equal(again.high, anew.high)
