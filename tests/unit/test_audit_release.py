"""The auditor, who knows only the file, finds every planted leak and nothing else."""

import json

import duckdb
import numpy as np
import pytest
from lattice import lattice
from released import PLACES, change, registry, release

from pipelines.audit import audit_release
from tilannehuone.errors import PublishRefused
from tilannehuone.release import CELL_KEYS


@pytest.fixture
def table():
    draw = np.random.default_rng(3)
    return lattice(draw.poisson(7.0, (5, 6, 2)), PLACES, ("month", "quarter", "half_year"))


@pytest.fixture
def published(tmp_path, table):
    return release(tmp_path, table.cells, table.areas)


def kinds(report):
    return {one.kind for one in report.findings}


def test_the_auditor_finds_nothing_in_a_protected_release(published):
    report = audit_release(published)

    assert report.ok
    assert report.hidden > 20
    assert json.loads(report.to_json())["ok"] is True


@pytest.mark.parametrize("kind", ["proportion", "median", "rate"])
def test_the_auditor_finds_nothing_for_other_kinds(tmp_path, kind):
    draw = np.random.default_rng(4)
    whole = lattice(draw.poisson(30.0, (5, 6, 1)), PLACES, ("month", "quarter", "year"))
    counts = whole.cells["value"]
    cells = whole.cells.assign(denominator=counts, numerator=(counts * 0.7).round())
    if kind == "median":
        cells = cells.assign(numerator=np.nan, value=12.0, denominator=(counts / 3).round())

    assert audit_release(release(tmp_path, cells, whole.areas, registry(kind=kind))).ok


def test_the_auditor_finds_nothing_where_windows_overlap(tmp_path):
    draw = np.random.default_rng(5)
    table = lattice(draw.poisson(6.0, (5, 12, 1)), PLACES, ("rolling3", "quarter", "year"))

    assert audit_release(release(tmp_path, table.cells, table.areas)).ok


def test_one_complementary_cell_set_free_is_found(published, table):
    cells = table.cells.sort_values(list(CELL_KEYS))
    with duckdb.connect(str(published)) as file:
        hidden = file.execute(
            "select (status = 'c') as h from cells order by " + ", ".join(CELL_KEYS)
        )
        hidden = hidden.df()["h"].to_numpy()
    freed = cells[hidden & (cells["value"] >= 5).to_numpy()].head(8)

    found = 0
    for one in freed.itertuples():
        where = f"""area_code = '{one.area_code}' and period_type = '{one.period_type}'
            and period_start = '{one.period_start:%Y-%m-%d}' and category = '{one.category}'"""
        change(published, f"update cells set status = 'ok', numerator = {one.value} where {where}")
        found += "computable" in kinds(audit_release(published))
        change(published, f"update cells set status = 'c', numerator = null where {where}")

    assert found > len(freed) / 2


def test_a_finding_names_cells_sums_and_width_and_never_the_number(tmp_path):
    table = lattice([[[20]], [[18]], [[3]]], {"C": ["A", "B", "D"]}, ("month",))
    path = release(tmp_path, table.cells, table.areas)
    change(path, "update cells set status = 'ok', numerator = 18 where area_code = 'B'")

    found = next(one for one in audit_release(path).findings if one.kind == "computable")

    assert found.cells[0][1] == "D"
    assert found.relations == ("area: C of municipality",)
    assert found.width == 0


HIDDEN = "(select * from cells where status = 'c' limit 1)"
FIRST = "where rowid = (select min(rowid) from cells where status = '{}')"
SERIES = "indicator_id, area_code, period_type, breakdown, category"
POINT = f"select {SERIES}, period_start, 4 as centre from {HIDDEN}"
FOUND = f"select {SERIES}, period_start as latest_period, "
TOLD = FOUND + """'{"latest_value": 4}' as finding from """ + HIDDEN

LEAKS = {
    "a value": ("number_in_hidden_cell", "update cells set value = 3 " + FIRST.format("c")),
    "a limit": ("number_in_hidden_cell", "update cells set upper95 = 3 " + FIRST.format("c")),
    "four": (
        "small_number_shown",
        "update cells set status = 'ok', numerator = 4 " + FIRST.format("c"),
    ),
    "zero": (
        "small_number_shown",
        "update cells set status = 'ok', numerator = 0 " + FIRST.format("c"),
    ),
    "no parts": (
        "value_without_parts",
        "update cells set numerator = null " + FIRST.format("ok"),
    ),
    "a point": ("point_of_hidden_cell", "insert into points by name " + POINT),
    "a finding": (
        "finding_of_hidden_cell",
        f"insert into findings by name {FOUND} 4 as latest_value from {HIDDEN}",
    ),
    "a finding's JSON": ("finding_of_hidden_cell", "insert into findings by name " + TOLD),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_each_number_that_may_not_stand_in_a_release_is_found(published, leak):
    kind, statement = LEAKS[leak]
    change(published, statement)

    assert kind in kinds(audit_release(published))


def test_a_small_rest_is_found(tmp_path):
    table = lattice([[[60]], [[70]]], {"C": ["A", "B"]}, ("month",))
    cells = table.cells.assign(denominator=table.cells["numerator"] + 30)
    path = release(tmp_path, cells, table.areas, registry(kind="proportion"))
    change(path, "update cells set denominator = numerator + 1 where area_code = 'A'")

    assert "small_rest_shown" in kinds(audit_release(path))


def test_a_cell_hidden_now_but_shown_before_is_found(tmp_path, published, table):
    older = release(tmp_path, table.cells, table.areas, name="20241201T000000Z.duckdb")
    change(older, "update cells set status = 'ok', numerator = 9, value = 9 where status = 'c'")

    assert audit_release(published).ok
    assert kinds(audit_release(published, [older])) == {"shown_before"}


def test_distinct_persons_are_believed_by_what_is_shown(tmp_path):
    table = lattice([[[10]] * 12, [[10]] * 12], {"C": ["A", "B"]}, ("half_year", "year"))
    cells = table.cells.copy()
    year = cells["period_type"] == "year"
    cells.loc[year, ["numerator", "value"]] = cells.loc[year, "value"] * 0.8

    report = audit_release(release(tmp_path, cells, table.areas))

    assert report.ok
    assert report.beliefs == ("a, time, year of half_year: union",)


def test_a_file_that_is_no_release_is_refused(tmp_path):
    path = tmp_path / "20250101T000000Z.duckdb"
    path.write_text("nothing")

    with pytest.raises(PublishRefused, match="audit_not_a_release"):
        audit_release(path)
