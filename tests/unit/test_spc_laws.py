"""XmR signals against a naive second reading of the rules, and the laws they keep."""

import math
from statistics import fmean

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tilannehuone.stats.spc import analyse, analyse_panel, result_of

NAN = math.nan

whole = st.integers(0, 40).map(float)
counts = st.lists(whole, min_size=13, max_size=50)
gappy = st.lists(st.one_of(whole, whole, whole, st.just(NAN)), min_size=1, max_size=50)


def signals(values, **settings):
    found = analyse(values, direction="up", **settings)
    return [(one.signal, one.side) for one in found.points]


def naive(values, starts):
    """Return signal and side of each point, window by window, as the rules read."""
    found = [(None, None)] * len(values)
    for first, stop in zip(starts, [*starts[1:], len(values)], strict=True):
        part = values[first:stop]
        found[first:stop] = naive_segment(part)
    return found


def naive_segment(x):
    known = [one for one in x if not math.isnan(one)]
    steps = [abs(b - a) for a, b in zip(x, x[1:], strict=False)]
    ranges = [one for one in steps if not math.isnan(one)]
    if len(known) < 12 or not ranges or (max(ranges) == 0 < max(known) - min(known)):
        return [(None, None)] * len(x)
    centre, spread = fmean(known), fmean(ranges)
    if max(known) == min(known):
        centre = known[0]
    kept = [one for one in ranges if one < 3.267 * spread]
    if kept and max(kept) > 0:
        spread = fmean(kept)
    sign = [0 if math.isnan(one) else int(one > centre) - int(one < centre) for one in x]
    out = [abs(one - centre) > 2.66 * spread for one in x]
    near = [
        abs(one - centre) > 2 * (2.66 / 3) * spread and not o for one, o in zip(x, out, strict=True)
    ]
    windows = {size: [range(n, n + size) for n in range(len(x) - size + 1)] for size in (3, 7)}
    rising = {n for w in windows[7] if all(x[a] < x[a + 1] for a in w[:-1]) for n in w}
    falling = {n for w in windows[7] if all(x[a] > x[a + 1] for a in w[:-1]) for n in w}
    two = {
        n
        for w in windows[3]
        if abs(sum(sign[n] for n in w)) == 3 and sum(near[n] for n in w) >= 2
        for n in w
        if near[n]
    }
    runs = {n for w in windows[7] if abs(sum(sign[n] for n in w)) == 7 for n in w}
    found = []
    for n in range(len(x)):
        trend = rising | falling
        if out[n]:
            found.append(("outside", sign[n]))
        elif n in trend:
            onward = n + 1 in trend and x[n + 1] != x[n]
            found.append(("trend", int(np.sign(x[n + 1] - x[n] if onward else x[n] - x[n - 1]))))
        elif n in two:
            found.append(("two_in_three", sign[n]))
        else:
            found.append(("run", sign[n]) if n in runs else (None, 0))
    return [(name, {1: "high", -1: "low", 0: None}[side]) for name, side in found]


walks = st.lists(st.integers(-2, 3), min_size=12, max_size=60).map(
    lambda steps: np.cumsum(steps).astype(float).tolist()
)


@given(st.one_of(gappy, counts, walks), st.sets(st.integers(1, 49), max_size=2))
def test_the_signals_are_those_of_a_naive_reading(values, cuts):
    rebase = sorted(one for one in cuts if one < len(values))

    assert signals(values, rebase=rebase) == naive(values, [0, *rebase])


@given(st.lists(gappy, min_size=1, max_size=5))
def test_a_panel_finds_in_each_series_what_it_finds_alone(many):
    starts = np.cumsum([0, *(len(one) for one in many)])[:-1]
    panel = analyse_panel(np.concatenate(many), starts)

    for number, values in enumerate(many):
        together = result_of(panel, number, direction="down", target=20)
        assert together == analyse(values, direction="down", target=20)


@given(counts, st.sampled_from([0.25, 2.0, 1024.0]), st.integers(-64, 64))
def test_changing_the_unit_changes_the_limits_alike_and_no_signal(values, scale, shift):
    before = analyse(values, direction="up")
    after = analyse(np.array(values) * scale + shift, direction="up")

    old, new = before.segments[0], after.segments[0]
    lines = (old.lower, old.near_lower, old.near_upper, old.upper)
    assert new.upper == pytest.approx(old.upper * scale + shift, rel=1e-9, abs=1e-9)
    assert new.near_lower == pytest.approx(old.near_lower * scale + shift, rel=1e-9, abs=1e-9)
    assume(old.lower == old.upper or all(abs(x - one) > 1e-9 for x in values for one in lines))
    assert after.points == before.points


@given(gappy)
def test_turning_a_series_upside_down_turns_good_into_good(values):
    up = analyse(values, direction="up")
    down = analyse([-one for one in values], direction="down")

    assert [one.kind for one in up.points] == [one.kind for one in down.points]
    assert [one.signal for one in up.points] == [one.signal for one in down.points]
    assert up.variation == down.variation


@given(counts, st.integers(1, 5))
def test_unknown_periods_at_the_end_change_nothing(values, more):
    before = analyse(values, direction="up", target=10)
    after = analyse(values + [NAN] * more, direction="up", target=10)

    assert after.points[: len(values)] == before.points
    assert (after.variation, after.assurance, after.latest) == (
        before.variation,
        before.assurance,
        before.latest,
    )
    assert after.segments[0].upper == before.segments[0].upper


@given(gappy, st.data())
def test_an_unknown_point_is_never_marked(values, data):
    hidden = data.draw(st.integers(0, len(values) - 1))
    found = analyse([*values[:hidden], NAN, *values[hidden + 1 :]], direction="up")

    assert found.points[hidden].signal is None
    assert found.latest != hidden
