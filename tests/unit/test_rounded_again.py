"""Rounded numbers published again: what was hidden stays hidden, what was printed stands."""

import numpy as np
import pytest
from lattice import lattice
from printing import remembered

from tilannehuone.disclosure import Earlier, Rule, guard


def county(*releases, rule=None):
    """Return for each release what is printed of a county and its towns, and how many wait."""
    earlier, told = Earlier(), []
    for towns in releases:
        table = lattice([[[one]] for one in towns], {"C": ["m", "n"]}, ("month",))
        cells = table.cells[table.cells["area_code"] != "FI"].reset_index(drop=True)
        done = guard(
            cells, table.areas, {"a": rule or Rule(method="rounding")}, earlier, {"a": 1.0}
        )
        printed = done.cells.set_index("area_code")["numerator"]
        told.append(([printed["m"], printed["n"], printed["C"]], done.counts["held_back"]))
        earlier = remembered(done.cells, earlier)
    return told


def test_a_print_stands_while_its_count_is_within_one_base_and_then_moves_two():
    first, second, third = county((12, 12), (18, 18), (22, 22))

    assert first[0] == [10, 10, 20]
    assert second[0] == [10, 10, 40]
    assert third[0] == [30, 30, 40]


def test_prints_that_contradict_each_other_as_nearest_multiples_are_read_more_widely():
    """Two towns of 6 to 15 are never 36 to 45: some print stands, so 0 to 20 each and 30 to 50."""
    *_, (printed, waiting) = county((12, 12), (18, 18))

    assert printed == [10, 10, 40]
    assert waiting == 0


def test_a_move_that_would_tell_too_much_waits():
    """The county's move to 30 would say 21 or more, of which 0 to 20 and 0 to 10 leave one."""
    first, second = county((2, 8), (8, 13))

    assert first == ([0, 10, 10], 0)
    assert second == ([0, 10, 10], 1)


@pytest.mark.parametrize("later", [(10, 20), (30, 40), (0, 20)])
def test_what_was_hidden_is_not_printed_later(later):
    first, second = (one for one, _ in county((7, 18), later))

    assert np.isnan(first[0])
    assert np.isnan(second[0])


def test_a_reader_of_one_town_alone_is_told_no_late_row():
    (first, _), (second, _) = county((5, 30), (6, 30))

    assert first == second


def test_prints_on_another_base_do_not_stand():
    table = lattice([[[12]]], {"C": ["m"]}, ("month",))
    ten, twelve = (Rule(method="rounding", base=base) for base in (10, 12))
    first = guard(table.cells, table.areas, {"a": ten}, Earlier(), {"a": 1.0})

    again = guard(table.cells, table.areas, {"a": twelve}, remembered(first.cells), {"a": 1.0})

    assert first.cells["numerator"].tolist() == [10, 10, 10]
    assert again.cells["numerator"].tolist() == [12, 12, 12]


@pytest.mark.parametrize(
    ("now", "printed"),
    [
        ((58, 60), (60, 60)),
        ((71, 73), (40, 60)),  # 70 of 80 would say that some are left out, so it waits
        ((45, 66), (40, 60)),
        ((90, 130), (90, 130)),
    ],
)
def test_parts_of_a_share_stand_and_move_as_counts_do(now, printed):
    share = {"a": Rule(method="rounding", kind="proportion")}
    table = lattice([[[40]]], {"C": ["m"]}, ("month",))
    first, second = (
        table.cells.assign(numerator=float(part), denominator=float(whole), value=part / whole)
        for part, whole in ((40, 60), now)
    )
    told = guard(first, table.areas, share, Earlier(), {"a": 1.0})

    again = guard(second, table.areas, share, remembered(told.cells), {"a": 1.0}).cells

    assert again["numerator"].tolist() == [printed[0]] * 3
    assert again["denominator"].tolist() == [printed[1]] * 3
