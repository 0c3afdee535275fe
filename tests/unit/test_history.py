"""Two releases side by side tell no more than each by itself."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from remembering import PLACES, counted, plus, publish, remembered

from tilannehuone.disclosure import Rule, build_structure
from tilannehuone.disclosure.history import history

FIRST = np.full((5, 3, 2), 12.0)
SPANS = ("month", "quarter")


@pytest.mark.parametrize(
    "changes",
    [
        [(0, 0, 0, 1)],
        [(0, 0, 0, 1), (3, 1, 1, 2), (4, 2, 0, 4)],
        [(place, 0, 0, 1) for place in range(5)] + [(2, 1, 1, 4), (4, 1, 0, 4)],
        [(1, 2, 1, -1)],
        [(0, 0, 0, 3), (0, 0, 1, -3), (1, 1, 1, -2)],
    ],
    ids=["one late row", "several in several areas", "many small ones", "one gone", "both ways"],
)
def test_a_pair_of_releases_that_differ_by_late_rows_tells_nothing(changes):
    before = publish(counted(FIRST, SPANS))

    after = publish(counted(plus(FIRST, *changes), SPANS), before.earlier)

    assert_frame_equal(after.cells, before.cells)
    assert after.history.held_back > 0


def test_a_late_row_in_a_hidden_cell_leaves_what_is_shown_above_it():
    few = plus(FIRST, (0, 0, 0, -10))
    hide = [("m1", "month"), ("m2", "month")]
    before = publish(counted(few, SPANS), hide=hide)

    after = publish(counted(plus(few, (0, 0, 0, 1)), SPANS), before.earlier)

    assert_frame_equal(after.cells, before.cells)


def test_small_changes_add_up_against_what_readers_saw():
    told = publish(counted(FIRST))
    seen = []
    for late in (2, 4, 6, 7):
        told = publish(counted(plus(FIRST, (0, 0, 0, late))), told.earlier)
        seen.append(told.number("m1", category="age0"))

    assert seen == [12, 12, 18, 18]


def test_a_large_revision_is_let_through_with_its_sums():
    before = publish(counted(FIRST, SPANS))

    after = publish(counted(plus(FIRST, (0, 0, 0, 8)), SPANS), before.earlier)

    assert after.number("m1", category="age0") == 20
    assert after.number("m1") == before.number("m1") + 8
    assert after.number("FI", "quarter") == before.number("FI", "quarter") + 8
    assert after.history.held_back == 0


def test_a_new_quarter_is_the_sum_of_its_shown_months():
    before = publish(counted(FIRST[:, :2], ("month",)))

    after = publish(counted(plus(FIRST, (0, 0, 0, 3), (2, 1, 1, 1)), SPANS), before.earlier)

    assert after.number("m1", "quarter") == sum(after.number("m1", "month", m) for m in (1, 2, 3))
    assert after.number("FI", "quarter") == FIRST.sum()
    assert after.number("FI", "quarter") == after.number("C1", "quarter") + after.number(
        "C2", "quarter"
    )


def test_revisions_wait_where_they_nearly_cancel_in_a_sum():
    before = publish(counted(FIRST))

    after = publish(counted(plus(FIRST, (0, 0, 0, 7), (1, 0, 0, -5))), before.earlier)

    assert_frame_equal(after.cells, before.cells)


def test_rows_that_move_from_one_area_to_another_are_let_through():
    before = publish(counted(FIRST))

    after = publish(counted(plus(FIRST, (0, 0, 0, 6), (1, 0, 0, -6))), before.earlier)

    assert (after.number("m1"), after.number("m2")) == (30, 18)
    assert after.number("C1") == before.number("C1")


def test_what_is_small_in_one_split_waits_in_the_other():
    late = [(place, 0, 0, 2) for place in range(5)]
    hide = [(place, "month") for place in ("m1", "m2", "m3", "m4", "m5")]
    places = publish(counted(FIRST))
    totals = places.cells[places.cells["category"].eq("all") | places.cells["area_code"].eq("FI")]
    hidden = publish(counted(FIRST), hide=hide).cells
    others = hidden[~hidden.index.isin(totals.index)]
    known = remembered(pd.concat([totals, others]))

    after = publish(counted(plus(FIRST, *late)), known)

    assert after.number("FI", category="age0") == FIRST[:, 0, 0].sum()
    assert after.number("FI") == FIRST[:, 0].sum()


def test_a_barred_revision_stands_back_with_its_sums():
    before = publish(counted(FIRST))
    table = counted(plus(FIRST, (0, 0, 0, 8)))
    barred = (table.cells["area_code"] == "m1").to_numpy()

    after = publish(table, before.earlier, barred=barred)

    assert_frame_equal(after.cells, before.cells)


def test_rounded_measures_are_left_alone():
    before = publish(counted(FIRST))
    table = counted(plus(FIRST, (0, 0, 0, 1)))
    rules = {"a": Rule(method="rounding", base=10)}

    found = history(table.cells, build_structure(table.cells, table.areas), rules, before.earlier)

    assert (found.numerator == table.cells["numerator"]).all()


def test_what_waits_in_the_parts_does_not_carry_a_sum_away():
    many = np.full((5, 1, 1), 30.0)
    before = publish(counted(many), hide=[("m2", "month")])

    after = publish(counted(plus(many, (0, 0, 0, 30), (1, 0, 0, -28))), before.earlier)

    assert_frame_equal(after.cells, before.cells)


def test_shown_parts_never_exceed_their_total():
    few = FIRST.copy()
    few[2], few[2, :, 0] = 0, 1
    hide = [(place, "month") for place in PLACES["C1"]]
    less = [(place, 0, category, -4) for place in (0, 1) for category in (0, 1)]
    before = publish(counted(few, SPANS), hide=hide)

    after = publish(counted(plus(few, *less), SPANS), before.earlier)

    def age0(area):
        return after.number(area, "quarter", category="age0")

    assert age0("m1") + age0("m2") <= age0("C1")


def test_a_month_that_was_plainly_wrong_and_waits_for_its_parts_is_counted():
    whole = FIRST * 10
    half = plus(whole, (3, 0, 0, -4), (4, 0, 0, -4), (4, 1, 0, -60))
    before = publish(counted(half, SPANS), hide=[("m4", "month"), ("m5", "month")])

    after = publish(counted(whole, SPANS), before.earlier)

    assert after.number("C2", month=2) == 480 - 60
    assert after.history.behind > 0


def test_many_late_rows_in_a_large_number_do_not_undo_its_sums():
    before = publish(counted(FIRST * 10, SPANS))
    late = [(place, month, 0, 4) for place in range(5) for month in range(3)]

    after = publish(counted(plus(FIRST * 10, *late), SPANS), before.earlier)

    assert_frame_equal(after.cells, before.cells)
