"""The sums found in a table: complete tilings of time, nearest areas, one breakdown at a time."""

import pandas as pd
import pytest
from lattice import areas_of, lattice

from tilannehuone.disclosure import build_structure

PLACES = {"C1": ["m1", "m2"], "C2": ["m3"]}


def said(structure, cells):
    """Return each relation as (parent key, child keys) with short keys."""

    def key(variable):
        if variable >= len(cells):
            return "latent"
        row = cells.iloc[variable]
        return (row.area_code, row.period_type, f"{row.period_start:%Y-%m}", row.category)

    ends = zip(structure.start[:-1], structure.start[1:], strict=True)
    children = [tuple(key(c) for c in structure.child[a:b]) for a, b in ends]
    return dict(
        zip(
            ((key(p), f) for p, f in zip(structure.parent, structure.family, strict=True)),
            children,
            strict=True,
        )
    )


def one_series(periods, months, area="X"):
    table = lattice([[[7.0]] * months], {"C": [area]}, periods)
    cells = table.cells[table.cells["area_code"] == area].reset_index(drop=True)
    return cells, build_structure(cells, table.areas)


def names(structure):
    return {what for _, dimension, what in structure.families if dimension == "time"}


def test_every_cell_is_the_sum_of_what_stands_nearest_below_it():
    table = lattice([[[1, 2]] * 6] * 3, PLACES, ("month", "quarter", "half_year"))

    relations = said(build_structure(table.cells, table.areas), table.cells)

    children = {parent: kids for (parent, _), kids in relations.items()}
    halves = [
        kids
        for (parent, _), kids in relations.items()
        if parent == ("C1", "half_year", "2024-01", "all")
    ]
    assert (("m1", "half_year", "2024-01", "all"), ("m2", "half_year", "2024-01", "all")) in halves
    assert (("C1", "quarter", "2024-01", "all"), ("C1", "quarter", "2024-04", "all")) in halves
    assert (
        ("C1", "half_year", "2024-01", "age0"),
        ("C1", "half_year", "2024-01", "age1"),
    ) in halves
    assert len(halves) == 3
    assert children[("m3", "month", "2024-01", "all")]


def test_a_year_of_april_halves_is_the_sum_of_quarters():
    cells, _ = one_series(("quarter", "year"), 12)
    halves = cells.iloc[:1].assign(period_type="half_year", period_start=pd.Timestamp("2024-04-01"))
    both = pd.concat([cells, halves], ignore_index=True)

    structure = build_structure(both, areas_of({"C": ["X"]}))

    assert names(structure) == {"year of quarter", "half_year of quarter"}


def test_an_incomplete_year_is_no_sum():
    cells, _ = one_series(("quarter", "year"), 12)

    structure = build_structure(cells.drop(index=1).reset_index(drop=True), areas_of({"C": ["X"]}))

    assert len(structure.parent) == 0


def test_rolling_windows_are_sums_of_their_months():
    _, structure = one_series(("month", "rolling3"), 6)

    assert structure.variables == structure.cells
    assert len(structure.parent) == 4


def test_without_months_rolling_windows_share_latent_ones():
    _, structure = one_series(("rolling3", "quarter"), 6)

    assert structure.variables - structure.cells == 6
    assert "quarter of rolling3" in names(structure)


def test_a_level_that_the_measure_lacks_is_stepped_over():
    table = lattice([[[1]]] * 3, PLACES, ("month",))
    cells = table.cells[~table.cells["area_code"].isin(["C1", "C2"])].reset_index(drop=True)

    structure = build_structure(cells, table.areas)

    assert structure.families == (("a", "area", "FI of municipality"),)
    assert len(structure.child) == 3


def test_an_area_counts_under_its_parent_only_while_it_does():
    table = lattice([[[1]] * 12] * 3, PLACES, ("month",))
    moved = table.areas.copy()
    moved.loc[moved["area_code"] == "m2", "valid_to"] = pd.Timestamp("2024-06-30")

    relations = said(build_structure(table.cells, moved), table.cells)

    sizes = {parent[2]: len(kids) for (parent, _), kids in relations.items() if parent[0] == "C1"}
    assert (sizes["2024-06"], sizes["2024-07"]) == (2, 1)


def test_two_hierarchies_stand_side_by_side():
    table = lattice([[[1]]] * 3, PLACES, ("month",))
    region = pd.DataFrame(
        {
            "area_code": ["R", "m1", "m3"],
            "area_type": ["region", "municipality", "municipality"],
            "parent_code": [None, "R", "R"],
            "valid_from": None,
            "valid_to": None,
        }
    )
    cells = pd.concat([table.cells, table.cells.iloc[:1].assign(area_code="R")], ignore_index=True)

    structure = build_structure(cells, pd.concat([table.areas, region], ignore_index=True))

    assert ("a", "area", "R of municipality") in structure.families
    assert ("a", "area", "C1 of municipality") in structure.families


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_the_rows_does_not_matter(order):
    table = lattice([[[1, 2]] * 3] * 3, PLACES)
    cells = table.cells.iloc[::order].reset_index(drop=True)

    structure = build_structure(cells, table.areas)

    values = cells["value"].to_numpy()
    for relation, parent in enumerate(structure.parent):
        kids = structure.child[structure.start[relation] : structure.start[relation + 1]]
        assert values[kids].sum() == values[parent]


def test_a_lone_town_beside_the_counties_is_part_of_the_sum():
    areas = pd.DataFrame(
        [("FI", "country", None), ("N", "county", "FI"), ("t", "town", "FI")],
        columns=["area_code", "area_type", "parent_code"],
    ).assign(valid_from=None, valid_to=None)
    keys = {"indicator_id": "a", "period_type": "year", "breakdown": "all", "category": "all"}
    cells = pd.DataFrame(
        {"area_code": ["FI", "N", "t"], "period_start": "2024-01-01"} | keys, index=range(3)
    )

    found = build_structure(cells, areas)

    names = [what for _, _, what in found.families]
    every = names.index("FI of *")
    assert found.child[found.start[every] : found.start[every + 1]].tolist() == [1, 2]
