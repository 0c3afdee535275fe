"""Rounded counts: a printed number is an interval, and no sum of them says more than it may."""

import numpy as np
import pandas as pd
import pytest
from lattice import lattice

from tilannehuone.disclosure import Rule, build_structure
from tilannehuone.disclosure.rounding import round_cells

NOWHERE = pd.DataFrame(
    {"area_code": [], "area_type": [], "parent_code": [], "valid_from": [], "valid_to": []}
)
ROUND = Rule(method="rounding")
SHARE = Rule(method="rounding", kind="proportion")


def alone(**given):
    """Return one row, rounded by itself."""
    rule = given.pop("rule", ROUND)
    start = {
        "indicator_id": "a", "area_code": "X", "period_type": "year", "breakdown": "all",
        "category": "all", "period_start": pd.Timestamp("2024-01-01"), "numerator": np.nan,
        "denominator": np.nan, "value": np.nan, "status": "ok",
    }  # fmt: skip
    cells = pd.DataFrame([start | given])
    return round_cells(cells, build_structure(cells, NOWHERE), {"a": rule}).cells.iloc[0]


def county(*towns, rule=ROUND, status=None):
    """Return the rounded cells of a county and its towns in one month, by area."""
    places = [f"m{n}" for n in range(len(towns))]
    table = lattice([[[one]] for one in towns], {"C": places}, ("month",))
    cells = table.cells[table.cells["area_code"] != "FI"].reset_index(drop=True)
    for area, one in (status or {}).items():
        cells.loc[cells["area_code"] == area, ["status", "numerator", "value"]] = [one, None, None]
    done = round_cells(cells, build_structure(cells, table.areas), {"a": rule})
    return done.cells.set_index("area_code")


@pytest.mark.parametrize(
    ("count", "printed"),
    [(0, 0), (1, 0), (5, 0), (6, 10), (10, 10), (15, 10), (16, 20), (104, 100), (106, 110)],
)
def test_a_count_is_printed_as_the_nearest_ten_and_halfway_goes_down(count, printed):
    one = alone(numerator=float(count), value=float(count))

    assert one["numerator"] == printed
    assert one["value"] == printed
    assert one["status"] == ("ok" if printed else "k")


def test_none_and_few_look_alike():
    none, few = (alone(numerator=float(n), denominator=900.0, value=n / 9) for n in (0, 4))

    pd.testing.assert_series_equal(none, few)


def test_the_base_follows_k_or_is_given():
    assert alone(numerator=10.0, value=10.0, rule=Rule(method="rounding", k=10))["value"] == 0
    assert alone(numerator=13.0, value=13.0, rule=Rule(method="rounding", base=25))["value"] == 25
    assert alone(numerator=12.0, value=12.0, rule=Rule(method="rounding", base=25))["value"] == 0


def test_a_rate_is_made_of_the_rounded_count_and_the_public_population():
    rate = Rule(method="rounding", kind="rate")

    one = alone(numerator=7.0, denominator=3300.0, value=1000 * 7 / 3300, rule=rate)

    assert (one["numerator"], one["denominator"]) == (10, 3300)
    assert one["value"] == 1000 * 10 / 3300


def test_a_share_rounds_both_its_parts():
    one = alone(numerator=33.0, denominator=58.0, value=100 * 33 / 58, rule=SHARE)

    assert (one["numerator"], one["denominator"], one["value"]) == (30, 60, 50)


@pytest.mark.parametrize(
    ("part", "whole", "status"),
    [
        (8, 15, "c"),  # a whole printed 10 is too thin
        (8, 16, "ok"),
        (55, 56, "c"),  # printed 50 of 60 would say that one at least is left out
        (51, 54, "ok"),  # printed 50 of 50: nobody, or a few
        (50, 56, "ok"),
        (3, 60, "k"),
    ],
)
def test_a_share_is_hidden_where_it_would_say_that_a_few_are_left_out(part, whole, status):
    assert alone(numerator=part, denominator=whole, value=1.0, rule=SHARE)["status"] == status


def test_the_owner_may_leave_the_rest_open_here_too():
    rule = Rule(method="rounding", kind="proportion", complement=False)

    assert alone(numerator=55.0, denominator=56.0, value=98.0, rule=rule)["status"] == "ok"


def test_a_rate_over_too_few_is_hidden():
    rate = Rule(method="rounding", kind="rate", denominator_min=100)

    one = alone(numerator=20.0, denominator=99.0, value=200.0, rule=rate)

    assert one["status"] == "c"
    assert one[["numerator", "denominator", "value"]].isna().all()


def test_what_is_no_whole_number_is_hidden():
    assert alone(numerator=7.5, value=7.5)["status"] == "c"


def test_what_was_not_delivered_stays_so():
    assert alone(status="x")["status"] == "x"


def test_a_sum_that_shows_a_small_part_is_not_printed_whole():
    """2 and 14 are 16: printed 0 and 10 are 20 only if the first is one at least."""
    done = county(2, 14)

    assert (done["status"] == "c").sum() == 1
    assert done.loc["m0", "status"] != "c" or done.loc["C", "status"] != "ok"


def test_a_sum_with_room_is_printed_whole():
    done = county(2, 10)

    assert done["numerator"].to_dict() == {"m0": 0, "m1": 10, "C": 10}


def test_a_sum_that_fixes_large_parts_is_not_printed_whole_either():
    """15 + 15 + 15 + 15 are 60: printed 10 each, they have to be nearly that."""
    assert (county(15, 15, 15, 15)["status"] == "c").any()


def test_a_hole_of_the_publisher_leaves_room():
    done = county(2, 14, 30, status={"m2": "c"})

    assert done.loc[["C", "m0", "m1"], "status"].tolist() == ["ok", "k", "ok"]


def test_other_measures_are_left_alone():
    table = lattice([[[3]], [[8]]], {"C": ["m1", "m2"]}, ("month",))
    other = table.cells.assign(indicator_id="b")
    cells = pd.concat([table.cells, other], ignore_index=True)

    done = round_cells(cells, build_structure(cells, table.areas), {"a": ROUND, "b": Rule()})

    kept = done.cells[done.cells["indicator_id"] == "b"].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, other.reset_index(drop=True))
    assert not done.hidden[len(table.cells) :].any()


def test_states_that_repeat_their_last_month_may_be_printed():
    """Of a state, the quarter is its last month: the two are printed alike and say no more."""
    months = [42.0, 48.0, 44.0]
    table = lattice([[[one] for one in months]], {"C": ["m"]})
    cells = table.cells[table.cells["area_code"] == "m"].reset_index(drop=True)
    cells.loc[cells["period_type"] == "quarter", ["numerator", "value"]] = months[-1]

    done = round_cells(cells, build_structure(cells, table.areas), {"a": ROUND})

    assert not done.hidden.any()


def test_delivered_totals_that_contradict_their_parts_are_no_knowledge():
    done = county(40, 30)
    table = lattice([[[40]], [[30]]], {"C": ["m1", "m2"]}, ("month",))
    cells = table.cells.assign(numerator=[40.0, 30.0, 200.0, 200.0], value=1.0)

    odd = round_cells(cells, build_structure(cells, table.areas), {"a": ROUND})

    assert not odd.hidden.any()
    assert done.loc["C", "numerator"] == 70


def test_rounding_is_told_in_totals():
    table = lattice([[[2]], [[14]], [[1]]], {"C": ["m1", "m2"], "D": ["m3"]}, ("month",))
    done = round_cells(table.cells, build_structure(table.cells, table.areas), {"a": ROUND})

    assert done.report["rounded"] + done.report["complementary"] == len(table.cells)
    assert done.report["zero"] == int((done.count == 0).sum())
    assert done.report["withheld_at_source"] == done.report["thin"] == 0


@pytest.mark.parametrize("rule", [Rule(method="rounding", kind="median"),
                                  Rule(method="rounding", base=9)])  # fmt: skip
def test_what_cannot_be_rounded_is_refused(rule):
    with pytest.raises(ValueError, match="a"):
        alone(numerator=20.0, value=20.0, rule=rule)
