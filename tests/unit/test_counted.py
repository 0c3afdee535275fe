"""Do two declarations count the same? What decides the number, and what is only told otherwise."""

import pytest

from tilannehuone.network.counted import counted_alike

COUNTED = {
    "kind": "rate",
    "scale": 1000,
    "unit": {"fi": "/ 1000", "sv": "/ 1000", "en": "/ 1000"},
    "numerator": {"from": "cases", "count": "rows"},
    "denominator": {"from": "people", "sum": "count"},
    "name": {"fi": "Ilmoitukset", "sv": "Anmälningar", "en": "Notifications"},
    "protect": {"k_min": 5},
}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "count"),
        ("scale", 100),
        ("unit", {"fi": "%"}),
        ("numerator", {"from": "cases", "count": "rows", "where": "age < 18"}),
        ("denominator", {"from": "people", "sum": "count", "carry_years": 2}),
        ("rolling", 12),
        ("half_year_anchor", "apr"),
        ("cohort_days", 90),
    ],
)
def test_whatever_decides_the_number_makes_two_definitions_count_otherwise(key, value):
    assert not counted_alike(COUNTED, COUNTED | {key: value})
    assert not counted_alike(COUNTED | {key: value}, COUNTED)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", {"fi": "Muu"}),
        ("definition", {"fi": "Toisin sanoin"}),
        ("owner", "Somebody's office"),
        ("protect", {"k_min": 10}),
        ("targets", [{"since": "2025-01-01", "value": 3}]),
        ("lag_days", 45),
        ("decimals", 2),
        ("scale", 1000.0),
        ("rolling", None),
        ("half_year_anchor", "jan"),
        ("denominator", {"from": "people", "sum": "count", "carry_years": 1, "where": None}),
        ("numerator", {"from": "cases", "count": "  rows "}),
    ],
)
def test_what_is_only_told_or_protected_otherwise_counts_the_same(key, value):
    assert counted_alike(COUNTED, COUNTED | {key: value})
    assert counted_alike(COUNTED | {key: value}, COUNTED)


def test_categories_decide_only_where_series_are_split():
    def split(*ages):
        return COUNTED | {"breakdowns": [{"column": "age", "labels": dict.fromkeys(ages, {})}]}

    children, pupils = split("0-12", "13-17"), split("0-11", "12-17")

    assert counted_alike(children, pupils)
    assert counted_alike(children, split("13-17", "0-12"), "age")
    assert not counted_alike(children, pupils, "age")


def test_a_definition_that_is_not_known_counts_like_no_other():
    assert not counted_alike({}, {})
    assert not counted_alike(COUNTED, {})
