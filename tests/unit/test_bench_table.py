"""The pure parts of `python -m bench.table`: growth, the tables' words, and where they are put."""

import sys

import pytest

from bench.peers.instance_files import climb, leaves
from bench.process_cost import cost
from bench.table_text import BY_HAND, CPU, OURS, PEAK, cost_table, growth, growth_cell, replaced

DOCUMENT = "before\n<!-- table: begin -->\nold | table\n<!-- table: end -->\nafter\n"


@pytest.mark.parametrize("power", [0, 0.5, 1, 2])
def test_growth_is_the_power_whatever_the_level(power):
    sizes = (10**5, 10**6, 3 * 10**6, 10**7)

    assert growth({one: 7 * one**power for one in sizes}) == pytest.approx(power, abs=1e-6)


def test_growth_is_the_least_squares_line_of_what_is_no_power():
    # logarithms of ten: (1, 0), (2, 0), (3, 3) have the slope 1.5
    assert growth({10: 1, 100: 1, 1000: 1000}) == pytest.approx(1.5)


def test_the_last_step_is_told_beside_the_whole_and_order_does_not_matter():
    assert growth_cell({1000: 1000, 10: 1, 100: 1}) == "1.50; 3.00"
    assert growth_cell({10: 1, 100: 100}) == "2.00"
    assert growth_cell({10: 1}) == growth_cell({}) == ""


def test_a_table_has_ratios_to_by_hand_and_an_empty_cell_for_what_was_not_measured():
    sides = {
        BY_HAND: {("csv", 1000): 2.0, ("csv", 10_000): 4.0, ("parquet", 1000): 1.0},
        OURS: {("csv", 1000): 5.0, ("csv", 10_000): 5.0, ("parquet", 1000): 1.5},
        "another": {("csv", 10_000): 1.0},
    }

    assert cost_table(CPU, sides).splitlines() == [
        "| processor time | 1,000 csv | 10,000 csv | growth | 1,000 parquet | growth |",
        "|---|---|---|---|---|---|",
        "| by hand | 2.0 s | 4.0 s | 0.30 | 1.0 s | |",
        "| ours | 5.0 s (**2.50**) | 5.0 s (**1.25**) | 0.00 | 1.5 s (**1.50**) | |",
        "| another | | 1.0 s (0.25) | | | |",
    ]


def test_memory_is_told_in_whole_megabytes():
    sides = {BY_HAND: {("csv", 10): 1000.4}, OURS: {("csv", 10): 2500.6}}

    assert "| 1,000 MB |" in cost_table(PEAK, sides)
    assert "| 2,501 MB (**2.50**) |" in cost_table(PEAK, sides)


def test_only_what_stands_between_the_marks_is_replaced_and_twice_is_once():
    once = replaced(DOCUMENT, "table", "\nnew | table\n")

    assert once == DOCUMENT.replace("old", "new")
    assert replaced(once, "table", "new | table") == once


@pytest.mark.parametrize(
    "document",
    [
        "no marks",
        DOCUMENT.replace("<!-- table: end -->", ""),
        DOCUMENT + DOCUMENT,
        "<!-- table: end -->\n<!-- table: begin -->\n",
        DOCUMENT.replace("table:", "screens:"),
    ],
)
def test_a_document_without_one_place_is_refused(document):
    with pytest.raises(SystemExit, match="no place for the table"):
        replaced(document, "table", "new")


AREAS = """area_code,area_type,parent_code,name_fi
FI,country,,Suomi
c1,county,FI,Yksi
n1,network_region,c1,Verkko
m1,municipality,c1,Kunta
d1,district,m1,Osa
d1,district,n1,Osa
"""


def test_an_area_is_counted_in_all_that_stand_above_it_once(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/areas.csv").write_text(AREAS, encoding="utf-8")
    pairs = climb(tmp_path)

    assert [up for leaf, up in pairs if leaf == "d1"] == ["FI", "c1", "d1", "m1", "n1"]
    assert len(pairs) == len(set(pairs))
    assert leaves(tmp_path) == {
        **{"Koillinen alue": "network_tampere", "Verkko": "n1", "Osa": "d1"},
        **{"Kunta": "m1", "m1": "m1"},
    }


CHILD = """import os, sys, time
held, parent = b"1" * 200_000_000, os.getppid()
while "leaves" in sys.argv and os.getppid() == parent:
    time.sleep(0.05)
sum(range(20_000_000))
"""
PARENT = """import subprocess, sys, time
child = subprocess.Popen([sys.executable, *sys.argv[1:]])
time.sleep(1) if "leaves" in sys.argv else child.wait()
"""


@pytest.mark.parametrize("parting", ["waits", "leaves"])
def test_what_a_process_starts_is_part_of_its_cost(tmp_path, monkeypatch, parting):
    (tmp_path / "parent.py").write_text(PARENT, encoding="utf-8")
    monkeypatch.setattr("bench.process_cost.ROOT", tmp_path)
    took = cost(sys.executable, "parent", "-c", CHILD, parting)

    assert took.peak > 200
    assert took.cpu > 0.2


def test_a_module_that_fails_is_told_of_with_its_last_words(tmp_path, monkeypatch):
    (tmp_path / "failing.py").write_text("raise SystemExit('no such thing')", encoding="utf-8")
    monkeypatch.setattr("bench.process_cost.ROOT", tmp_path)

    with pytest.raises(SystemExit, match=r"failing failed:\nno such thing"):
        cost(sys.executable, "failing")
