"""The stranger reads rounded releases too: as intervals, and finds what was planted."""

import json

import duckdb
import numpy as np
import pandas as pd
import pytest
from lattice import lattice
from released import PLACES, change, registry

from pipelines.auditing.book import opened_book
from pipelines.auditing.rounded import narrow_rounded
from pipelines.auditing.sums import find_sums
from tilannehuone.disclosure import Rule, build_structure
from tilannehuone.disclosure.rounding import round_cells
from tilannehuone.release import CELL_KEYS, TABLES

NUMBERS = ["numerator", "denominator", "value", "status"]
FEW = {"C1": ["m1", "m2"], "C2": ["m3"]}


def publish(path, cells, areas, kind="count", method="rounding"):
    """Write the rounded cells as a release holds them; return the path."""
    rule = Rule(method="rounding", kind=kind)
    safe = round_cells(cells, build_structure(cells, areas), {"a": rule}).cells
    declared = registry(kind=kind, method=method).indicators[0]
    with duckdb.connect(str(path)) as file:
        for table, columns in TABLES.items():
            file.execute(f"create table {table} ({columns})")
        file.register("safe", safe[[*CELL_KEYS, *NUMBERS]])
        file.execute("insert into cells by name from safe")
        file.register("known", areas)
        file.execute("""insert into areas by name select area_code, area_type, parent_code,
            null::date as valid_from, null::date as valid_to from known""")
        text = json.dumps(declared.model_dump(mode="json", by_alias=True))
        file.execute("insert into indicators by name select 'a' as indicator_id, ? as kind, "
                     "? as definition", [kind, text])  # fmt: skip
    return path


def told(path):
    with opened_book(path) as reader:
        find_sums(reader)
        return narrow_rounded(reader)


@pytest.fixture
def table():
    draw = np.random.default_rng(3)
    return lattice(draw.poisson(7.0, (5, 6, 2)), PLACES, ("month", "quarter", "half_year"))


def test_nothing_is_told_by_a_rounded_release(tmp_path, table):
    assert told(publish(tmp_path / "r.duckdb", table.cells, table.areas)) == []


@pytest.mark.parametrize("kind", ["rate", "proportion"])
def test_nothing_is_told_by_other_rounded_kinds(tmp_path, kind):
    draw = np.random.default_rng(4)
    whole = lattice(draw.poisson(60.0, (5, 6, 1)), PLACES, ("month", "quarter", "half_year"))
    count = (whole.cells["value"] * 0.8).round()
    cells = whole.cells.assign(denominator=whole.cells["value"], numerator=count)
    cells["value"] = cells["numerator"] / cells["denominator"]

    assert told(publish(tmp_path / "r.duckdb", cells, whole.areas, kind)) == []


def test_windows_that_overlap_tell_nothing(tmp_path):
    draw = np.random.default_rng(5)
    table = lattice(draw.poisson(6.0, (3, 12, 1)), FEW, ("rolling3", "quarter", "year"))

    assert told(publish(tmp_path / "r.duckdb", table.cells, table.areas)) == []


def test_a_release_without_rounding_is_none_of_its_business(tmp_path, table):
    path = publish(tmp_path / "r.duckdb", table.cells, table.areas, method="suppression")

    assert told(path) == []


def test_a_printed_sum_that_pins_a_small_part_is_found(tmp_path):
    """Printed 0 and 10 are 20 only if the first is one at least."""
    table = lattice([[[2]], [[14]]], {"C": ["m1", "m2"]}, ("month",))
    path = publish(tmp_path / "r.duckdb", table.cells, table.areas)
    assert told(path) == []
    for areas, printed in ((("m1",), 0), (("m2",), 10), (("C", "FI"), 20)):
        for area in areas:
            change(path, f"""update cells set status = 'ok', numerator = {printed},
                value = {printed} where area_code = '{area}'""")  # fmt: skip

    found = told(path)

    assert ("a", "m1", "month", "2024-01-01", "all", "all") in [key for key, _ in found]
    assert all(width < 5 for _, width in found)


def test_most_hidden_cells_set_free_are_found(tmp_path, table):
    path = publish(tmp_path / "r.duckdb", table.cells, table.areas)
    with duckdb.connect(str(path)) as file:
        hidden = file.execute("from cells where status = 'c'").df()
    true = table.cells.set_index(list(CELL_KEYS))["value"]
    found = 0
    for one in hidden.head(6).itertuples():
        count = true[tuple(getattr(one, key) for key in CELL_KEYS)]
        printed = 10 * np.ceil(count / 10 - 0.5)
        where = f"""area_code = '{one.area_code}' and period_type = '{one.period_type}'
            and period_start = '{one.period_start:%Y-%m-%d}' and category = '{one.category}'"""
        free = f"status = 'ok', numerator = {printed}, value = {printed}"
        change(path, f"update cells set {free} where {where}")
        found += bool(told(path))
        hide = "status = 'c', numerator = null, value = null"
        change(path, f"update cells set {hide} where {where}")

    assert found > len(hidden.head(6)) / 2


@pytest.mark.parametrize(
    "leak", ["numerator = 7", "value = 7.5", "numerator = null, value = 10, status = 'ok'"]
)
def test_an_exact_number_among_rounded_ones_is_found(tmp_path, leak):
    table = lattice([[[2]], [[10]]], {"C": ["m1", "m2"]}, ("month",))
    path = publish(tmp_path / "r.duckdb", table.cells, table.areas)
    change(path, f"update cells set {leak} where area_code = 'm2'")

    assert told(path) == [(("a", "m2", "month", "2024-01-01", "all", "all"), 0.0)]


def test_a_share_that_would_say_that_somebody_is_left_out_is_not_printed(tmp_path):
    table = lattice([[[55]], [[40]]], {"C": ["m1", "m2"]}, ("month",))
    cells = table.cells.assign(denominator=table.cells["value"] + [1, 30, 31, 31])
    cells["value"] = cells["numerator"] / cells["denominator"]
    path = publish(tmp_path / "r.duckdb", cells, table.areas, "proportion")

    with duckdb.connect(str(path)) as file:
        shown = dict(file.execute("select area_code, status from cells").fetchall())

    assert shown["m1"] == "c"
    assert told(path) == []


def test_a_rounded_file_is_read_as_pandas_wrote_it(tmp_path, table):
    path = publish(tmp_path / "r.duckdb", table.cells, table.areas)
    with duckdb.connect(str(path)) as file:
        cells = file.execute("from cells where status in ('ok', 'k')").df()

    assert not pd.isna(cells["numerator"]).any()
    assert (cells["numerator"] % 10 == 0).all()
