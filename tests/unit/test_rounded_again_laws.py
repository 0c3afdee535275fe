"""Whatever the late rows: rounded releases read one after the other tell no more than one does."""

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from lattice import lattice
from printing import remembered
from scipy.optimize import linprog

from tilannehuone.disclosure import Earlier, Rule, guard

K, BASE = 3, 6
RULES = {"a": Rule(method="rounding", k=K)}
COUNTIES = {"C1": ["m1", "m2"], "C2": ["m3"]}
MONTHS = 4
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
COUNTS = arrays(np.int64, (3, MONTHS, 1), elements=st.integers(0, 20))
LATE = st.lists(
    arrays(np.int64, (3, MONTHS, 1), elements=st.sampled_from([0, 0, 0, 1, 2, 4, -1])),
    min_size=2, max_size=2,
)  # fmt: skip


@settings(max_examples=7, deadline=None, phases=NO_SHRINKING)
@given(counts=COUNTS, late=LATE)
def test_late_rows_tell_nothing_of_a_rounded_measure(counts, late):
    """Three months, then a fourth, with late rows each time; each release is read by strangers."""
    earlier, before = Earlier(), None
    for number, more in enumerate([0, *late]):
        counts = np.maximum(counts + more, 0)
        table = lattice(counts[:, : 3 + (number > 0)], COUNTIES)
        told = guard(table.cells, table.areas, RULES, earlier, {"a": 1.0})
        now = told.cells.assign(exact=table.cells["numerator"])
        if before is not None:
            stays_or_moves_far(before, now)
        for ways in readings(now, before):
            found = next((one for one in map(told_by(table.made), ways) if one is not None), None)
            assert found is not None or told.counts["held_back"] > 0
            if found is not None:
                low, high = found
                assert (high - low >= K - 1e-6).all()
                assert ((low < 1e-6) | (low > K - 1e-6)).all()
        earlier, before = remembered(now, earlier), now


def stays_or_moves_far(before, now):
    """Hidden stays hidden, and a print moves only when the count is more than a base away."""
    keys = ["area_code", "period_type", "period_start"]
    both = now.merge(before, on=keys, suffixes=("", "_before"))
    shown, was = both["numerator"], both["numerator_before"]
    assert shown[was.isna()].isna().all()
    assert (now["numerator"].dropna() % BASE == 0).all()
    moved = both[shown.notna() & (shown != was)]
    assert ((moved["exact"] - moved["numerator_before"]).abs() > BASE).all()
    assert ((moved["exact"] - moved["numerator"]).abs() < BASE).all()


def readings(now, before):
    """Yield the ends that strangers try one after the other until a table fits.

    Who reads this release alone takes a print for the nearest multiple, then for one that stood;
    who reads the last two knows which prints moved.
    """
    printed = now["numerator"].to_numpy()
    near, wide = (BASE / 2 - 1, BASE / 2), (BASE, BASE)
    yield [ends(printed, *near), ends(printed, *wide)]
    if before is None:
        return
    keys = ["area_code", "period_type", "period_start"]
    was = now[keys].merge(before[[*keys, "numerator"]], on=keys, how="left")["numerator"]
    low, high = ends(printed, *near)
    stood = (printed == was).to_numpy()
    steps = np.nan_to_num((printed - was).to_numpy()) / BASE
    low = np.where(steps == 2, was + BASE + 1, low)  # two bases: maybe not the nearest multiple
    high = np.where(steps == -2, was - BASE - 1, high)
    wide_low, wide_high = ends(printed, *wide)
    yield [(np.where(stood, wide_low, low), np.where(stood, wide_high, high))]


def ends(printed, below, above):
    low, high = np.maximum(printed - below, 0), printed + above
    return np.nan_to_num(low), np.nan_to_num(high, nan=np.inf)


def told_by(made):
    """Return a function that gives how low and how high every cell can be; None if none fits."""

    def solved(ends):
        low, high = ends
        tops = np.isfinite(high)
        rows, right = np.vstack([made[tops], -made]), np.concatenate([high[tops], -low])
        found = []
        for row, sign in ((row, sign) for row in made for sign in (1, -1)):
            result = linprog(sign * row, A_ub=rows, b_ub=right)
            if result.status == 2:
                return None
            found.append(sign * result.fun if result.status == 0 else np.inf)
        return np.array(found[::2]), np.array(found[1::2])

    return solved
