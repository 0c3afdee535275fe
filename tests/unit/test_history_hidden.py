"""Hidden stays hidden, shown is known, and another definition is another number."""

import numpy as np
import pandas as pd
from pandas.testing import assert_frame_equal
from remembering import PLACES, counted, plus, publish, remembered

from tilannehuone.disclosure import Rule
from tilannehuone.disclosure.recall import Earlier

FIRST = np.full((5, 3, 2), 12.0)


def test_hidden_stays_hidden_even_when_it_grew_and_k_was_lowered():
    few = plus(FIRST, (0, 0, 0, -5))
    before = publish(counted(few), rule=Rule(k=10))

    after = publish(counted(plus(few, (0, 0, 0, 30))), before.earlier, rule=Rule(k=3))

    assert np.isnan(after.number("m1", category="age0"))
    assert after.history.must_hide.any()
    assert not after.history.known.any()


def test_a_raised_k_hides_what_was_shown_and_says_how_much_was_given_away():
    few = plus(FIRST, (0, 0, 0, -5))
    before = publish(counted(few))

    after = publish(counted(plus(few, (0, 0, 0, 1))), before.earlier, rule=Rule(k=10))

    assert after.history.given_away == 1
    assert np.isnan(after.number("m1", category="age0"))
    assert after.number("m1") == before.number("m1")


def test_a_number_that_fell_below_k_is_hidden_and_no_sum_tells_it():
    before = publish(counted(FIRST))

    after = publish(counted(plus(FIRST, (0, 0, 0, -10))), before.earlier)
    later = publish(counted(plus(FIRST, (0, 0, 0, -11))), after.earlier)

    for told in (after, later):
        assert np.isnan(told.number("m1", category="age0"))
        assert told.number("m1") == before.number("m1")
        assert told.history.given_away == 1


def test_hiding_does_not_tell_that_a_number_just_above_k_fell_to_nearly_none():
    few = plus(FIRST, (0, 0, 0, -6))
    before = publish(counted(few))

    after = publish(counted(plus(few, (0, 0, 0, -6))), before.earlier)

    assert_frame_equal(after.cells, before.cells)


def test_another_definition_starts_anew():
    before = publish(counted(FIRST))
    anew = Earlier(redefined=frozenset({"a"}))

    after = publish(counted(plus(FIRST, (0, 0, 0, 1))), anew)

    assert after.number("m1") == before.number("m1") + 1
    assert after.history.redefined == 8 * 3
    assert not after.history.must_hide.any()


def test_areas_and_measures_that_vanish_and_new_periods_ask_for_nothing():
    before = publish(counted(FIRST[:, :2]))
    fewer = counted(FIRST[:3], places={"C1": PLACES["C1"]})

    after = publish(fewer, before.earlier)

    assert after.number("m1", month=3) == FIRST[0, 2].sum()
    assert after.number("C1", month=3) == FIRST[:3, 2].sum()


def test_the_plan_of_a_year_stands():
    before = publish(counted(FIRST))
    keys = {"indicator_id": "a", "period_type": "month", "breakdown": "all", "category": "all"}
    plan = pd.DataFrame(
        [
            keys | {"area_code": "m1", "year": 2024, "offered": False, "instead": "quarter"},
            keys | {"area_code": "C1", "year": 2024, "offered": True, "instead": None},
        ]
    )

    after = publish(counted(FIRST), remembered(before.cells, plan=plan))

    planned, cells = after.history.planned, after.cells
    whole = cells["category"] == "all"
    assert set(planned[whole & (cells["area_code"] == "m1")]) == {0}
    assert set(planned[whole & (cells["area_code"] == "C1")]) == {1}
    assert set(planned[cells["area_code"] == "C2"]) == {-1}
    assert len(after.history.plan) == 2


def test_an_older_number_whose_sums_moved_on_is_remembered_but_not_put_back():
    before = publish(counted(FIRST))
    words = before.earlier.words
    mine = words["area_code"].eq("m1") & words["category"].eq("age0")
    known = Earlier(words=words.assign(hidden=mine, stands=~mine))

    after = publish(counted(plus(FIRST, (0, 0, 0, 1), (0, 1, 0, 9))), known)

    one = after.cells["area_code"].eq("m1") & after.cells["category"].eq("age0")
    assert after.history.must_hide[one].all()
    assert after.history.known[one].tolist() == [True, False, True]
    assert after.history.numerator[one].tolist() == [13, 21, 12]
