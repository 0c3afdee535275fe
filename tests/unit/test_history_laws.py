"""Laws of what may change from release to release, over many late rows and many releases."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from remembering import counted, publish, shares

from tilannehuone.disclosure import Rule

SPANS = ("month", "quarter")
K = 5

draws = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def some(draw, mean):
    return draw.poisson(mean * draw.lognormal(0, 0.6, (5, 1, 2)), (5, 3, 2))


def late(draw, counts, most):
    """Return the counts with rows come late and rows gone, up to `most` in a cell."""
    change = draw.integers(-most, most + 1, counts.shape) * (draw.random(counts.shape) < 0.3)
    return np.maximum(counts + change, 0)


def shown_in_both(before, after):
    return (before.cells["status"].eq("ok") & after.cells["status"].eq("ok")).to_numpy()


def assert_sums_hold(table, numbers, tolerance=1e-9):
    """The numbers are those of some table of smallest groups."""
    found = np.linalg.lstsq(table.made, numbers, rcond=None)[0]
    assert np.abs(table.made @ found - numbers).max() <= tolerance * max(1, numbers.max())


@settings(max_examples=10, deadline=None)
@given(draws, st.sampled_from([3.0, 9.0, 30.0]))
def test_building_again_changes_nothing(draw, mean):
    table = counted(some(draw, mean), SPANS)
    before = publish(table, hide=[("m2", "month")])

    assert_frame_equal(publish(table, before.earlier).cells, before.cells)


@settings(max_examples=15, deadline=None)
@given(draws, st.sampled_from([6.0, 20.0]), st.integers(1, 12))
def test_a_shown_number_changes_by_k_or_not_at_all_release_after_release(draw, mean, most):
    counts = some(draw, mean)
    told = publish(counted(counts, SPANS), hide=[("m4", "month")])
    for _ in range(3):
        counts = late(draw, counts, most)
        after = publish(counted(counts, SPANS), told.earlier)
        both = shown_in_both(told, after)
        change = (after.cells["numerator"] - told.cells["numerator"]).abs()[both]
        assert ((change == 0) | (change >= K)).all()
        assert not (told.cells["status"].eq("c") & after.cells["status"].eq("ok")).any()
        told = after


@settings(max_examples=15, deadline=None)
@given(draws, st.integers(1, 12))
def test_all_sums_hold_when_all_was_shown_and_new_sums_too(draw, most):
    counts = some(draw, 40.0) + 30
    before = publish(counted(counts[:, :2], ("month",)))

    table = counted(late(draw, counts, most), SPANS)
    after = publish(table, before.earlier)

    assert after.cells["status"].eq("ok").all()
    assert_sums_hold(table, after.cells["numerator"].to_numpy())


@settings(max_examples=10, deadline=None)
@given(draws, st.integers(1, 12))
def test_parts_of_a_share_and_the_rest_change_by_k_or_not_at_all(draw, most):
    rule = Rule(kind="proportion")
    tops, rests = some(draw, 12.0), some(draw, 20.0)
    before = publish(shares(tops, tops + rests, SPANS), rule=rule)
    tops, rests = late(draw, tops, most), late(draw, rests, most)

    after = publish(shares(tops, tops + rests, SPANS), before.earlier, rule=rule)

    both = shown_in_both(before, after)
    parts = ["numerator", "denominator"]
    change = (after.cells[parts] - before.cells[parts])[both]
    change["rest"] = change["denominator"] - change["numerator"]
    assert ((change == 0) | (change.abs() >= K)).all(axis=None)
    shown = after.cells[both]
    assert (shown["value"] == shown["numerator"] / shown["denominator"]).all()


@settings(max_examples=15, deadline=None)
@given(draws, st.sampled_from([4.0, 15.0]), st.integers(0, 4), st.integers(0, 2), st.integers(0, 1))
def test_one_late_row_anywhere_leaves_every_published_number(draw, mean, place, month, category):
    counts = some(draw, mean)
    before = publish(counted(counts, SPANS), hide=[("m3", "month"), ("C2", "quarter")])
    counts = counts.copy()
    counts[place, month, category] += 1

    assert_frame_equal(publish(counted(counts, SPANS), before.earlier).cells, before.cells)
