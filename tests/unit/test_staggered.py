"""Staggered starts: growing effects that two-way fixed effects miss, laws, and coverage."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilannehuone.stats.staggered import staggered_starts
from tilannehuone.stats.staggered_result import TooFewAreas

NAN = math.nan
STARTS = [12, 16, 20] + [None] * 6
seeds = st.integers(0, 300)


def panel(seed, starts=tuple(STARTS), periods=28, noise=0.1, effect=-0.3):
    rng = np.random.default_rng(seed)
    values = rng.normal(2, 1, (len(starts), 1)) + noise * rng.normal(size=(len(starts), periods))
    for area, start in enumerate(starts):
        if start is not None:
            values[area, start:] += effect
    return values


def quick(values, starts=STARTS, **asked):
    return staggered_starts(values, starts, kind="linear", with_placebo=False, **asked)


def numbers(found):
    parts = [found.overall, *(one.effect for one in found.since_start)]
    return [x for one in parts for x in (one.estimate, one.lower, one.upper)]


def two_way(values, starts):
    """Return the coefficient of two-way fixed effects."""
    areas, periods = values.shape
    treated = np.array(
        [[start is not None and t >= start for t in range(periods)] for start in starts], float
    )

    def within(x):
        return x - x.mean(axis=1, keepdims=True) - x.mean(axis=0) + x.mean()

    clear = within(treated)
    return float((clear * values).sum() / (clear * treated).sum())


def test_effects_that_grow_are_found_where_two_way_fixed_effects_turn_them_around():
    # in the manner of Goodman-Bacon (2021), Journal of Econometrics 225, 254–277: two times of
    # start, effects that grow; early starters are compared with and their growth is taken off
    starts = [5] * 30 + [14] * 10 + [None] * 5
    values = np.add.outer(np.arange(45.0), 0.5 * np.arange(25))
    for area, start in enumerate(starts):
        if start is not None:
            since = np.maximum(np.arange(25) - start, -1)
            values[area] += np.where(since >= 0, 1.0 + since * (3 if start == 5 else 0.1), 0)
    found = quick(values, starts)
    told = {one.periods: one.effect.estimate for one in found.since_start}

    truth = (30 * (1 + 3 * 19 / 2) + 10 * (1 + 0.1 * 10 / 2)) / 40
    assert found.overall.estimate == pytest.approx(truth, abs=1e-9)
    assert told[0] == pytest.approx(1, abs=1e-9)
    assert told[19] == pytest.approx(58, abs=1e-9)
    assert two_way(values, starts) < 0 < truth


def test_before_the_start_nothing_is_found():
    found = quick(panel(1, noise=0))

    early = [one.effect.estimate for one in found.since_start if one.periods < 0]
    assert early == pytest.approx([0] * len(early), abs=1e-9)
    late = [one.effect.estimate for one in found.since_start if one.periods >= 0]
    assert late == pytest.approx([-0.3] * len(late), abs=1e-9)


@settings(max_examples=5, deadline=None)
@given(seeds, st.floats(-5, 5), st.floats(0.5, 4))
def test_shocks_that_all_share_change_nothing_and_units_scale(seed, shift, scale):
    values = panel(seed)
    shocks = np.random.default_rng(seed + 1).normal(0, 3, values.shape[1])
    moved = (values + shocks + shift) * scale

    assert numbers(quick(moved)) == pytest.approx(
        [x * scale for x in numbers(quick(values))], rel=1e-6, abs=1e-8
    )


@settings(max_examples=5, deadline=None)
@given(seeds)
def test_the_order_of_the_areas_is_nothing(seed):
    values = panel(seed)
    order = np.random.default_rng(seed).permutation(len(values))
    turned = quick(values[order], [STARTS[one] for one in order])

    assert numbers(turned) == pytest.approx(numbers(quick(values)), rel=1e-9, abs=1e-12)


def test_a_hidden_cell_is_never_used():
    values = panel(3)
    counts = np.round(np.exp(values) * 20)
    counts[2, 5] = counts[7, 21] = NAN
    found = staggered_starts(counts, STARTS, with_placebo=False)
    other = np.full_like(counts, 1000.0)
    other[2, 5] = other[7, 21] = NAN
    again = staggered_starts(counts, STARTS, exposures=other, with_placebo=False)

    assert numbers(again) == pytest.approx(numbers(found), rel=1e-9)


def test_starts_placed_elsewhere_seldom_give_as_much():
    clear = staggered_starts(panel(1, effect=-1.0), STARTS, kind="linear")
    nothing = staggered_starts(panel(1, effect=0.0), STARTS, kind="linear")

    assert clear.placebo_p < 0.05 < nothing.placebo_p
    assert clear.placebo_ways == 200
    assert "few_never" in clear.warnings


def test_one_start_among_few_has_too_few_ways():
    found = staggered_starts(panel(1, (12, *[None] * 6)), [12, *[None] * 6], kind="linear")

    assert (found.placebo_p, found.placebo_ways) == (None, 7)
    assert "one_started" in found.warnings
    assert found.of_areas[0].effect.estimate == found.overall.estimate


def test_areas_that_moved_apart_before_are_warned_of():
    values = panel(5, effect=0.0)
    values[:3] += 0.1 * np.arange(28)

    assert "moved_apart_before" in quick(values).warnings


def test_what_is_too_little_is_refused():
    with pytest.raises(TooFewAreas) as refused:
        quick(panel(1)[:7], STARTS[:7])
    assert (refused.value.never, refused.value.needed) == (4, 5)
    with pytest.raises(ValueError, match="4 known periods before"):
        quick(panel(1), [2, *[None] * 8])
    with pytest.raises(ValueError, match="a start, or None"):
        quick(panel(1), STARTS[:-1])


def test_a_start_with_too_little_before_it_is_left_out():
    found = quick(panel(1), [2, *STARTS[1:]])

    assert found.left_out == (0,)
    assert [one.row for one in found.of_areas] == [1, 2]
    assert "areas_left_out" in found.warnings


@pytest.mark.parametrize("strength", [0.0, 0.6])
def test_intervals_hold_the_truth_as_often_as_they_say(strength):
    rng, held = np.random.default_rng(11), []
    for _ in range(40):
        noise = rng.standard_normal((9, 28))
        for place in range(1, 28):
            noise[:, place] *= math.sqrt(1 - strength**2)
            noise[:, place] += strength * noise[:, place - 1]
        values = panel(1, noise=0) + 0.1 * noise
        found = quick(values).overall
        held.append(found.lower <= -0.3 <= found.upper)

    assert np.mean(held) >= 0.8
