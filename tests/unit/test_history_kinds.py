"""How each kind of measure keeps to what readers saw."""

import numpy as np
import pytest
from remembering import plus, publish, remembered, shares

from tilannehuone.disclosure import Rule

FIRST = np.full((5, 3, 2), 12.0)


def test_a_share_changes_only_when_the_rest_does_too_or_stands_still():
    tops, wholes = FIRST, FIRST * 3
    before = publish(shares(tops, wholes), rule=Rule(kind="proportion"))

    def age0(top, whole):
        table = shares(plus(tops, (0, 0, 0, top)), plus(wholes, (0, 0, 0, whole)))
        told = publish(table, before.earlier, rule=Rule(kind="proportion"))
        names = ("numerator", "denominator", "value")
        return tuple(told.number("m1", category="age0", column=name) for name in names)

    assert age0(10, 12) == age0(1, 1) == age0(0, 4) == (12, 36, 12 / 36)
    assert age0(10, 10) == (22, 46, 22 / 46)
    assert age0(6, 20) == (18, 56, 18 / 56)


def test_the_two_parts_of_a_rate_are_held_each_by_itself():
    rule = Rule(kind="rate")
    before = publish(shares(FIRST, FIRST * 30), rule=rule, scale=1000.0)

    table = shares(plus(FIRST, (0, 0, 0, 1)), plus(FIRST * 30, (0, 0, 0, 7)))
    after = publish(table, before.earlier, rule=rule, scale=1000.0)

    assert after.number("m1", category="age0") == 12
    assert after.number("m1", category="age0", column="denominator") == 367
    assert after.number("m1", category="age0", column="value") == 1000 * 12 / 367


@pytest.mark.parametrize("kind", ["mean", "median"])
def test_an_average_changes_only_with_enough_people(kind):
    people = FIRST * 2
    table = shares(FIRST * 9, people)
    if kind == "median":
        table.cells["numerator"] = np.nan
    before = publish(table, rule=Rule(kind=kind))

    def january(more, total):
        later = shares(plus(FIRST * 9, (0, 0, 0, total)), plus(people, (0, 0, 0, more)))
        value = later.cells["value"]
        if kind == "median":
            later.cells["numerator"] = np.nan
        told = publish(later, before.earlier, rule=Rule(kind=kind))
        at = told.cells["area_code"].eq("m1") & told.cells["category"].eq("age0")
        return told.cells.loc[at, "value"].iloc[0], value[at].iloc[0]

    assert january(1, 300)[0] == january(0, 50)[0] == 4.5
    assert np.equal(*january(12, 300))


@pytest.mark.parametrize("kind", ["mean", "median"])
def test_the_people_behind_an_average_add_up(kind):
    """Four more in each month are held back there, so the quarter may not tell of twelve."""
    rule, people = Rule(kind=kind), FIRST * 2

    def table(people):
        made = shares(FIRST * 9, people, ("month", "quarter"))
        if kind == "median":
            made.cells["numerator"] = np.nan
        return made

    before = publish(table(people), rule=rule)
    few = publish(table(plus(people, *[(0, m, 0, 4) for m in range(3)])), before.earlier, rule)
    many = publish(table(plus(people, (0, 1, 0, 12))), before.earlier, rule)

    for told, more in ((few, 0), (many, 12)):
        quarter = told.number("m1", "quarter", category="age0", column="denominator")
        assert quarter == 72 + more
        assert told.number("m1", month=2, category="age0", column="denominator") == 24 + more
    assert many.number("m1", "quarter", category="age0", column="value") == 324 / 84


def test_distinct_persons_are_held_cell_by_cell():
    rule = Rule(kind="distinct_rate")
    before = publish(shares(FIRST, FIRST * 30), rule=rule)

    late = [(place, 0, 0, 2) for place in range(5)]
    after = publish(shares(plus(FIRST, *late), FIRST * 30), before.earlier, rule=rule)

    assert after.number("m1") == before.number("m1")
    assert after.number("FI") == before.number("FI") + 10


def test_nobody_of_nobody_stays_so_where_zeros_are_shown():
    rule = Rule(kind="proportion", show_zero=True)
    table = shares(FIRST, FIRST * 3)
    none = table.cells["area_code"].eq("m1") & table.cells["category"].eq("age0")
    empty = table.cells.copy()
    empty.loc[none, ["numerator", "denominator", "value"]] = np.nan
    empty.loc[none, "status"] = "z"
    few = shares(plus(FIRST, *[(0, m, 0, -10) for m in range(3)]),
                 plus(FIRST * 3, *[(0, m, 0, -32) for m in range(3)]))  # fmt: skip

    after = publish(few, remembered(empty), rule=rule)

    assert set(after.cells.loc[none, "status"]) == {"z"}
    assert after.number("m1") == after.number("m1", category="age1")
