"""What is revised and what stands can stand beside each other, over hidden numbers too."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lattice import areas_of, ranges
from pandas.testing import assert_frame_equal
from remembering import PLACES, counted, plus, publish, remembered

from tilannehuone.disclosure import Rule, build_structure, guard
from tilannehuone.disclosure.settled import settled_history

K = 5
SPANS = ("month", "quarter")
NUMBERS = ["numerator", "denominator", "value"]
RULES = {"a": Rule()}

draws = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def one_year(**numbers):
    """Return the year of county C and its towns."""
    keys = {"indicator_id": "a", "period_type": "year", "breakdown": "all", "category": "all"}
    keys |= {"period_start": pd.Timestamp("2024-01-01"), "denominator": np.nan, "status": "ok"}
    rows = [
        keys | {"area_code": name, "numerator": float(one), "value": float(one)}
        for name, one in numbers.items()
    ]
    return pd.DataFrame(rows)


def published(before, now, hidden, kind="count"):
    """Return the numbers that may be published now; `hidden` towns were hidden before."""
    shown = before.assign(status=before["status"].mask(before["area_code"].isin(hidden), "c"))
    shown[NUMBERS] = shown[NUMBERS].where(shown["status"].eq("ok"))
    areas = areas_of({"C": [name for name in now["area_code"] if name != "C"]})
    structure = build_structure(now, areas)
    rules = {"a": Rule(kind=kind)}
    past = settled_history(now, structure, rules, remembered(shown), {})
    told = dict(zip(now["area_code"], past.numerator.tolist(), strict=True))
    return {name: one for name, one in told.items() if name not in hidden}


@pytest.mark.parametrize("kind", ["count", "distinct_rate"])
def test_what_is_left_for_hidden_parts_changes_by_k_or_not_at_all(kind):
    before = one_year(C=50, p=30, q=12, r=8)

    def told(**numbers):
        return published(before, one_year(**numbers), ["q", "r"], kind)

    assert told(C=62, p=40, q=13, r=9) == {"C": 50, "p": 30}
    assert told(C=65, p=40, q=14, r=11) == {"C": 65, "p": 40}
    assert told(C=60, p=40, q=12, r=8) == {"C": 60, "p": 40}


def test_a_part_is_not_revised_where_a_total_that_stands_would_leave_too_few():
    """Persons are held one by one: the county would stand at 50 beside a town of 47."""
    before = one_year(C=50, p=30, q=12, r=8)

    told = published(before, one_year(C=54, p=47, q=4, r=3), ["q", "r"], "distinct_rate")

    assert told == {"C": 50, "p": 30}


def test_a_part_is_not_revised_beyond_a_total_that_stands():
    before = one_year(C=50, p=30, q=12, r=8)

    told = published(before, one_year(C=54, p=52, q=1, r=1), ["q", "r"], "distinct_rate")

    assert told == {"C": 50, "p": 30}


def test_revisions_elsewhere_are_let_through_beside_those_that_wait():
    many = np.full((5, 3, 2), 12.0)
    before = publish(counted(many, SPANS), hide=[("m2", "month"), ("m3", "month")])
    late = [(0, 0, 0, 8), (1, 0, 0, 1), (2, 0, 0, 1), (3, 0, 0, 6)]
    table = counted(plus(many, *late), SPANS)

    past = settled_history(
        table.cells, build_structure(table.cells, table.areas), RULES, before.earlier, {}
    )

    cells = past.effective(table.cells)
    january = cells["period_type"].eq("month") & cells["period_start"].dt.month.eq(1)
    whole = cells[january & cells["category"].eq("all")].set_index("area_code")["numerator"]
    assert whole[["m1", "C1"]].tolist() == [24, 72]
    assert whole[["m4", "C2", "FI"]].tolist() == [24 + 6, 48 + 6, 120 + 6]


def guarded(table, earlier=None):
    made = guard(table.cells, table.areas, RULES, earlier or remembered(table.cells[:0]), {})
    return made.cells, remembered(made.cells, earlier)


def changes_left(table, before, after):
    """Return by how much the rest of each total, less its shown parts, changed."""
    structure = build_structure(table.cells, table.areas)
    then, now = (one["numerator"].to_numpy() for one in (before, after))
    for parent, first, end in zip(
        structure.parent, structure.start, structure.start[1:], strict=False
    ):
        parts = structure.child[first:end]
        shown = parts[np.isfinite(now[parts])]
        if len(shown) < len(parts) and np.isfinite(now[parent]) and np.isfinite(then[shown]).all():
            yield (now[parent] - now[shown].sum()) - (then[parent] - then[shown].sum())


@settings(max_examples=5, deadline=None)
@given(draws, st.sampled_from([(8.0, 0.6), (15.0, 0.4), (15.0, 0.8)]))
def test_many_late_rows_leave_a_table_that_fits_and_hides_as_much_as_promised(draw, case):
    mean, share = case
    every = np.minimum(draw.poisson(mean * draw.lognormal(0, 0.8, (5, 1, 2)), (5, 3, 2)), 100)
    told, earlier = guarded(counted(draw.binomial(every, share), SPANS))
    given_away = told["numerator"].notna().to_numpy()
    for counts in (draw.binomial(every, (1 + share) / 2), every):
        table, before = counted(counts, SPANS), told
        told, earlier = guarded(table, earlier)

        left = np.abs(list(changes_left(table, before, told)))
        assert ((left == 0) | (left >= K)).all()
        shown = told["numerator"].notna().to_numpy()
        given_away = given_away | shown
        numbers = told["numerator"].to_numpy()
        for low, high in ranges(table.made, numbers, shown, np.flatnonzero(~given_away)):
            assert high - low >= K - 1e-6


@settings(max_examples=5, deadline=None)
@given(draws, st.sampled_from([5.0, 12.0]), st.integers(0, 4), st.integers(0, 2))
def test_one_late_row_beside_hidden_cells_changes_nothing(draw, mean, place, month):
    counts = draw.poisson(mean * draw.lognormal(0, 0.8, (5, 1, 2)), (5, 3, 2))
    before, earlier = guarded(counted(counts, SPANS))
    counts[place, month, 0] += 1

    after, _ = guarded(counted(counts, SPANS), earlier)

    assert_frame_equal(after, before)


def test_a_first_release_asks_for_nothing():
    table = counted(np.full((5, 3, 2), 12.0), SPANS)

    told, _ = guarded(table)

    assert told["numerator"].tolist() == table.cells["numerator"].tolist()
    assert set(PLACES) <= set(told["area_code"])
