"""Packages of four regions become one release: nothing new, nothing lost, nothing revealed."""

import json

import duckdb
import pytest

from pipelines.network_room import merge
from pipelines.regions.facts import protection
from pipelines.regions.measures import Own, union
from pipelines.regions.room import newest_first
from tilannehuone.finding import Finding
from tilannehuone.release import TABLES, current_release

MADE = ("cells", "plan", "points", "findings", "forecasts", "standardised")
APART = {("vaasa", "calls"): "calls__vaasa"}


@pytest.fixture(scope="module")
def built(network_room):
    """The room of four packages: its folder and its packages by region."""
    return network_room


@pytest.fixture(scope="module")
def rows(built):
    """Return a function that gives the answer of a query of the room's release."""
    with duckdb.connect(str(current_release(built[0] / "data/releases")), read_only=True) as file:
        yield lambda query, **named: file.execute(query, named or None).fetchall()


@pytest.fixture(scope="module")
def merged():
    """Return a function that gives the merged tables of packages, `release` apart, by name."""

    def tables(*packages):
        with duckdb.connect(":memory:") as working:
            merge(working, packages)
            return {name: working.sql(f"from {name}").fetchall() for name in TABLES}

    return tables


@pytest.mark.parametrize("table", MADE)
def test_every_row_of_a_package_stands_in_the_room_as_it_was_and_no_other(table, built, rows):
    expected = set()
    for region, package in built[1].items():
        for row in package.tables[table].to_pylist():
            row.pop("finding", None)
            row["area_code"] = f"{region}-{row['area_code']}"
            row["indicator_id"] = APART.get((region, row["indicator_id"]), row["indicator_id"])
            expected.add(tuple(row.items()))
    names = [one.split()[0] for one in TABLES[table].split(",")]
    listed = [one for one in names if one != "finding"]
    found = [tuple(zip(listed, row, strict=True))
             for row in rows(f"select {', '.join(listed)} from {table}")]  # fmt: skip

    assert len(found) == len(expected)
    assert set(found) == expected


def test_hidden_stays_hidden(rows):
    hidden = rows("""select area_code, coalesce(numerator, denominator, value, lower95, upper95)
        from cells where status = 'c' order by all""")

    assert hidden == [
        (f"{region}-{town}", None) for region in ("oulu", "turku", "vaasa") for town in ("t2", "t3")
    ]


def test_a_finding_names_the_area_and_measure_of_the_room(rows):
    found = rows("select indicator_id, area_code, finding from findings")

    told = [Finding.from_json(text) for _, _, text in found]
    assert [(one.indicator_id, one.area_code) for one in told] == [row[:2] for row in found]
    assert ("calls__vaasa", "vaasa-t1") in [row[:2] for row in found]


def test_areas_of_one_name_tell_whose_they_are_and_others_keep_their_names(rows):
    names = dict(rows("select area_code, name_fi from areas"))

    assert names["oulu-t1"] == "Keskusta, Oulu"
    assert names["vaasa-t2"] == "Ranta, Vaasa"
    assert names["kemi-t1"] == "Ajos"
    assert rows("""select distinct parent_code from areas where area_type = 'county'""") == [
        ("network",)
    ]
    assert ("turku-t2", "turku", "t2") in rows("from region_areas")


def test_a_measure_told_in_another_unit_stands_by_itself_and_the_quality_page_says_so(rows):
    names = dict(rows("select indicator_id, name_fi from indicators"))
    (told,) = rows("select message_fi from checks where source = 'network' and expectation like "
                   "'measure_apart%'")  # fmt: skip

    assert names.keys() == {"visits_rate", "calls", "calls__vaasa"}
    assert "Vaasa" in names["calls__vaasa"]
    assert "calls__vaasa" in told[0]
    assert "unit" in told[0]


def test_the_printed_definition_is_the_newest_regions_and_each_regions_own_can_be_asked_for(rows):
    ((printed, digest),) = rows("""select definition, definitions_hash from indicators
        where indicator_id = 'visits_rate'""")
    own = {region: (json.loads(text), mark) for region, text, mark in rows(
        "select region, definition, definitions_hash from region_indicators"
        " where indicator_id = 'visits_rate'")}  # fmt: skip

    assert json.loads(printed)["numerator"] == own["oulu"][0]["numerator"]
    assert digest == own["oulu"][1]
    assert own.keys() == {"oulu", "turku", "vaasa"}
    assert own["vaasa"][0]["numerator"]["where"] == "kind = 'home'"


def test_a_break_that_one_region_declares_is_an_event_of_its_areas_alone(rows):
    found = rows("select indicators, areas from events where date_from = '2021-01-01'")

    assert [tuple(map(json.loads, row)) for row in found] == [
        (["visits_rate"], ["turku-C", "turku-t1", "turku-t2", "turku-t3"])
    ]


def test_an_event_of_all_areas_and_measures_concerns_its_own_region_only(rows):
    found = [tuple(map(json.loads, row)) for row in rows(
        "select indicators, areas from events where text_fi = 'uusi' order by areas")]  # fmt: skip

    assert [one[0] for one in found] == [["calls"]] * 3 + [["calls__vaasa"]]
    assert [len(one[1]) for one in found] == [4] * 4


def test_areas_are_compared_over_regions_only_where_these_define_a_measure_alike(rows):
    groups = dict(
        rows("""select "group", list(distinct area_code order by area_code)
        from comparisons where period_start = '2023-01-01' group by all""")
    )

    assert {"town", "oulu-town", "vaasa-town"} >= groups.keys() - {"turku-town"}
    assert all(code.startswith("vaasa") for code in groups["vaasa-town"])


def test_the_promises_told_are_the_weakest_of_all_regions(built):
    packages = list(built[1].values())

    told = protection(packages, APART)

    assert told["k"] == {"calls": 5, "calls__vaasa": 5}
    assert told["hidden"] == 16
    assert told["proven"] is True


def test_outlines_of_several_regions_are_not_drawn_over_each_other(rows):
    assert rows("from shapes") == []
    told = rows("select message_fi from checks where expectation like 'outlines%' order by all")
    assert len(told) == 2


def test_what_a_room_is_made_of_is_told_by_region(built, rows):
    found = dict(rows("select region, package_id from regions"))
    (about,) = rows("select instance, sources from release")

    assert found == {region: one.id for region, one in built[1].items()}
    assert json.loads(about[0])["synthetic"] is True
    assert sorted(one["source"] for one in json.loads(about[1])) == sorted(
        f"{region}-calls" for region in found
    )


def test_the_same_packages_make_the_same_tables_in_whatever_order_they_came(built, merged):
    packages = list(built[1].values())

    assert merged(*newest_first(packages)) == merged(*newest_first(packages[::-1]))


def test_measures_that_one_region_counts_alike_are_not_held_to_be_alike_in_another():
    def own(region, name, column):
        part = {"from": "s", "sum": column}
        base = {"kind": "count", "name": dict.fromkeys(("fi", "sv", "en"), name)}
        return Own(region, name, base | {"numerator": part}, "d")

    owns = [own("a", "m", "x"), own("a", "n", "x"), own("b", "m", "x"), own("b", "n", "y")]
    names = {region: dict.fromkeys(("fi", "sv", "en"), region) for region in "ab"}

    measures, ids, apart = union(owns, names)

    assert [one.id for one in measures] == ["m", "n", "n__b"]
    assert ids["b", "n"] == "n__b"
    assert apart == {("b", "n"): ("numerator",)}
