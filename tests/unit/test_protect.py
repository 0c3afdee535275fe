"""Nothing small can be seen or computed, whatever the reader adds and subtracts."""

import numpy as np
import pandas as pd
import pytest
from lattice import lattice

from tilannehuone.disclosure import Rule, blank, build_structure, plan, protect

AREAS = {"C1": ["m1", "m2", "m3"], "C2": ["m4", "m5"]}
NOWHERE = pd.DataFrame(
    {"area_code": [], "area_type": [], "parent_code": [], "valid_from": [], "valid_to": []}
)


def row(**given):
    start = {
        "indicator_id": "a",
        "area_code": "X",
        "period_type": "year",
        "breakdown": "all",
        "category": "all",
        "period_start": pd.Timestamp("2024-01-01"),
        "numerator": np.nan,
        "denominator": np.nan,
        "value": np.nan,
        "status": "ok",
    }
    return pd.DataFrame([start | given])


def is_hidden(rule, **given):
    cells = row(**given)
    return bool(plan(cells, build_structure(cells, NOWHERE), {"a": rule}).hidden[0])


def test_a_quarter_does_not_give_its_february_away():
    table = lattice([[[7], [3], [9]]], {"C": ["m"]})
    only = table.cells["area_code"] == "m"
    cells = table.cells[only].reset_index(drop=True)

    safe = protect(cells, build_structure(cells, table.areas), {"a": Rule()})

    hidden = safe.set_index(["period_type", "period_start"])["status"] == "c"
    assert hidden["month", "2024-02-01"]
    assert hidden.sum() >= 2


def test_a_total_takes_a_second_area_with_it():
    table = lattice([[[20]], [[18]], [[3]]], {"C": ["A", "B", "c"]}, ("month",))
    cells = table.cells[table.cells["area_code"] != "FI"].reset_index(drop=True)

    safe = protect(cells, build_structure(cells, table.areas), {"a": Rule()})

    assert set(safe.loc[safe["status"] == "c", "area_code"]) == {"B", "c"}


def test_a_rate_hides_with_its_count():
    assert is_hidden(Rule(kind="rate"), numerator=3, denominator=3300, value=0.9)
    assert not is_hidden(Rule(kind="rate"), numerator=5, denominator=3300, value=1.5)


@pytest.mark.parametrize(
    ("part", "whole", "hides"),
    [(23, 24, True), (19, 24, False), (20, 24, True), (24, 24, False), (19, 19, True),
     (4, 60, True), (0, 60, True), (5, 60, False), (0, 0, True)],
)  # fmt: skip
def test_a_share_protects_those_counted_and_the_rest(part, whole, hides):
    rule = Rule(kind="proportion")

    assert is_hidden(rule, numerator=part, denominator=whole, value=50.0) is hides


def test_nobody_of_a_few_is_hidden_even_where_zeros_show():
    rule = Rule(kind="proportion", show_zero=True)

    assert is_hidden(rule, numerator=0, denominator=19, value=0.0)
    assert not is_hidden(rule, numerator=0, denominator=20, value=0.0)


def test_the_owner_may_leave_the_rest_open():
    assert not is_hidden(Rule(kind="proportion", complement=False), numerator=23, denominator=24)


@pytest.mark.parametrize("kind", ["mean", "median"])
def test_a_middle_of_fewer_than_ten_is_hidden(kind):
    assert is_hidden(Rule(kind=kind), numerator=90.0, denominator=9, value=10.0)
    assert not is_hidden(Rule(kind=kind), numerator=100.0, denominator=10, value=10.0)


def test_too_few_to_be_measured_over_are_hidden():
    rule = Rule(kind="rate", denominator_min=100)

    assert is_hidden(rule, numerator=20, denominator=99, value=200.0)
    assert not is_hidden(rule, numerator=20, denominator=100, value=200.0)


def test_one_hole_left_by_the_publisher_is_covered():
    table = lattice([[[40]] * 12, [[30]] * 12, [[20]] * 12], {"C": ["A", "B", "D"]}, ("year",))
    cells = table.cells[table.cells["area_code"] != "FI"].reset_index(drop=True)
    hole = cells["area_code"] == "D"
    cells.loc[hole, ["numerator", "value"]] = np.nan
    cells.loc[hole, "status"] = "c"

    safe = protect(cells, build_structure(cells, table.areas), {"a": Rule()})

    assert (safe["status"] == "c").sum() == 2


def test_what_was_not_delivered_hides_nothing():
    cells = row(status="x")

    safe = protect(cells, build_structure(cells, NOWHERE), {"a": Rule()})

    assert safe["status"].tolist() == ["x"]


def test_a_missing_sibling_does_not_uncover_the_hidden_one():
    table = lattice([[[40]], [[3]], [[20]]], {"C": ["A", "B", "D"]}, ("month",))
    cells = table.cells[table.cells["area_code"] != "FI"].reset_index(drop=True)
    missing = cells["area_code"] == "D"
    cells.loc[missing, ["numerator", "value"]] = np.nan
    cells.loc[missing, "status"] = "x"
    cells.loc[cells["area_code"] == "C", ["numerator", "value"]] = 43.0

    safe = protect(cells, build_structure(cells, table.areas), {"a": Rule()})

    assert (safe.set_index("area_code")["status"] == "c")[["A", "C"]].any()


def test_a_state_repeated_by_its_quarter_is_hidden_with_it():
    """For states the quarter is its last month; a hidden month must not stand there."""
    months = [[30], [31], [32], [33], [34], [35], [40], [41], [42], [3], [4], [44]]
    table = lattice([months], {"C": ["m"]})
    cells = table.cells[table.cells["area_code"] == "m"].reset_index(drop=True)
    value = {m: v[0] for m, v in enumerate(months, start=1)}
    quarter = cells["period_type"] == "quarter"
    last = cells["period_start"].dt.month + 2
    cells["numerator"] = np.where(quarter, last.map(value), cells["numerator"])

    safe = protect(cells, build_structure(cells, table.areas), {"a": Rule()})

    status = safe.set_index(["period_type", "period_start"])["status"]
    assert status["quarter", "2024-10-01"] == status["month", "2024-12-01"]
    assert status["quarter", "2024-01-01"] == "ok"


def test_distinct_persons_are_not_taken_for_a_sum():
    """Where the half-years overlap in the year, one hidden half is no subtraction."""
    table = lattice([[[10]] * 12, [[10]] * 12], {"C": ["A", "B"]}, ("half_year", "year"))
    cells = table.cells.copy()
    year = cells["period_type"] == "year"
    cells.loc[year, ["numerator", "value"]] = cells.loc[year, "value"] * 0.8
    one = (cells["area_code"] == "A") & ~year

    safe = protect(cells, build_structure(cells, table.areas), {"a": Rule(kind="distinct_rate")})

    assert not (safe["status"] == "c").any()
    assert one.sum() == 2


def test_hidden_cells_hold_no_number_and_others_are_untouched():
    table = lattice([[[7], [3], [9]], [[60], [70], [80]]], {"C": ["A", "B"]})
    cells = table.cells

    safe = protect(cells, build_structure(cells, table.areas), {"a": Rule()})

    hidden = safe["status"] == "c"
    numbers = ["numerator", "denominator", "value"]
    assert safe.loc[hidden, numbers].isna().all(axis=None)
    pd.testing.assert_frame_equal(safe[~hidden], cells[~hidden])


def test_the_mask_is_the_same_every_time():
    table = lattice(np.arange(45).reshape(5, 3, 3) % 8, AREAS)

    structure = build_structure(table.cells, table.areas)

    masks = [plan(table.cells, structure, {"a": Rule()}).hidden for _ in range(2)]

    assert (masks[0] == masks[1]).all()


def test_the_protection_counts_only_in_total():
    table = lattice([[[20]], [[18]], [[3]]], {"C": ["A", "B", "c"]}, ("month",))
    protection = plan(table.cells, build_structure(table.cells, table.areas), {"a": Rule()})

    assert (protection.primary, protection.complementary) == (1, 1)
    assert blank(table.cells, protection)["status"].eq("c").sum() == 2


def test_a_lone_town_beside_the_counties_is_not_the_difference():
    rows = {"FI": 43.0, "N": 21.0, "S": 19.0, "t": 3.0}
    cells = pd.DataFrame(
        {
            "indicator_id": "a",
            "area_code": list(rows),
            "period_type": "year",
            "period_start": pd.Timestamp("2024-01-01"),
            "breakdown": "all",
            "category": "all",
            "numerator": list(rows.values()),
            "denominator": np.nan,
            "value": list(rows.values()),
            "status": "ok",
        }
    )
    areas = pd.DataFrame(
        [
            ("FI", "country", None),
            ("N", "county", "FI"),
            ("S", "county", "FI"),
            ("t", "town", "FI"),
        ],
        columns=["area_code", "area_type", "parent_code"],
    ).assign(valid_from=None, valid_to=None)

    hidden = plan(cells, build_structure(cells, areas), {"a": Rule()}).hidden

    assert hidden[3]
    assert hidden.sum() >= 2
