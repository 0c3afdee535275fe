"""Which area and which period a row belongs to."""

from datetime import date

import pytest
from loading import AGGREGATE, EVENTS, load_text, make_areas, rows


@pytest.mark.parametrize(
    ("texts", "kind", "start"),
    [
        ("2025M01", "month", date(2025, 1, 1)),
        ("tammi.25", "month", date(2025, 1, 1)),
        ("1/2025", "month", date(2025, 1, 1)),
        ("2025Q2", "quarter", date(2025, 4, 1)),
        ("1. neljännes 2025", "quarter", date(2025, 1, 1)),
        ("1.10.2024-31.3.2025", "half_year", date(2024, 10, 1)),
        ("2025", "year", date(2025, 1, 1)),
        ("2025W05", "week", date(2025, 1, 27)),
    ],
)
def test_periods_in_one_column(tmp_path, texts, kind, start):
    working = load_text(tmp_path, f"Alue;Jakso;lkm\nTuira;{texts};1\n")
    assert rows(working, "select period_type, period_start from raw_lahde") == [(kind, start)]


@pytest.mark.parametrize(
    ("part", "text", "kind", "start"),
    [
        ("month", "1", "month", date(2025, 1, 1)),
        ("month", "tammikuu", "month", date(2025, 1, 1)),
        ("quarter", "Q2", "quarter", date(2025, 4, 1)),
        ("quarter", "2", "quarter", date(2025, 4, 1)),
        ("half", "2", "half_year", date(2025, 7, 1)),
        ("week", "05", "week", date(2025, 1, 27)),
    ],
)
def test_periods_in_a_year_and_a_part(tmp_path, part, text, kind, start):
    declared = AGGREGATE | {
        "columns": {
            "alue": {},
            "vuosi": {"type": "integer"},
            "osa": {},
            "lkm": {"type": "integer"},
        },
        "period": {"year": "vuosi", part: "osa"},
    }
    working = load_text(tmp_path, f"alue;vuosi;osa;lkm\nTuira;2025;{text};1\n", declared)
    assert rows(working, "select period_type, period_start from raw_lahde") == [(kind, start)]


def test_what_is_no_period_is_set_aside(tmp_path):
    working = load_text(tmp_path, "Alue;Jakso;lkm\nTuira;2025M13;1\nTuira;2025M12;1\n")
    assert rows(working, "select line, column_name, reason, value from quarantine") == [
        (2, "jakso", "not_period", "2025M13")
    ]


def test_an_area_is_found_by_code_alias_or_name_in_either_language(tmp_path):
    declared = AGGREGATE | {"area": {"column": "alue", "aliases": {"Etelä-Kaakkuri": "kaakkuri"}}}
    text = (
        "alue;jakso;lkm\n564;2025;1\nULEABORG;2025;2\netelä kaakkuri;2025;3\n"
        "tuira;2025;4\nVantaa;2025;5\n;2025;6\n"
    )
    working = load_text(tmp_path, text, declared)
    assert rows(working, "select area_code from raw_lahde order by line") == [
        ("564",),
        ("564",),
        ("kaakkuri",),
        ("tuira",),
    ]
    assert rows(working, "select line, reason, value from quarantine order by 1") == [
        (6, "unknown_area", "Vantaa"),
        (7, "unknown_area", None),
    ]


def test_a_name_of_two_areas_needs_its_type(tmp_path):
    areas = make_areas(("1", "municipality", "Uusimaa"), ("2", "region", "Uusimaa"))
    text = "alue;taso;jakso;lkm\nUusimaa;maakunta;2025;1\n"
    working = load_text(tmp_path, text, AGGREGATE, areas=areas)
    assert rows(working, "select reason from quarantine") == [("ambiguous_area",)]
    chosen = AGGREGATE | {"area": {"column": "alue", "types": ["region"]}}
    assert rows(
        load_text(tmp_path, text, chosen, areas=areas), "select area_code from raw_lahde"
    ) == [("2",)]
    by_column = AGGREGATE | {
        "columns": AGGREGATE["columns"] | {"taso": {}},
        "area": {"column": "alue", "type_column": "taso", "type_values": {"maakunta": "region"}},
    }
    assert rows(
        load_text(tmp_path, text, by_column, areas=areas), "select area_code from raw_lahde"
    ) == [("2",)]


def test_an_area_counts_only_while_it_is_valid(tmp_path):
    areas = make_areas(
        ("old", "municipality", "Haukipudas", None, None, date(2012, 12, 31)),
        ("new", "municipality", "Oulu"),
    )
    text = "alue;jakso;lkm\nHaukipudas;2012;1\nHaukipudas;2013;2\nOulu;2013;3\n"
    working = load_text(tmp_path, text, AGGREGATE, areas=areas)
    assert rows(working, "select area_code from raw_lahde order by line") == [("old",), ("new",)]
    assert rows(working, "select line, reason from quarantine") == [(3, "area_not_valid")]


def test_an_area_that_changed_its_code_is_told_by_the_day(tmp_path):
    areas = make_areas(
        ("a", "municipality", "Uusikylä", None, None, date(2019, 12, 31)),
        ("b", "municipality", "Uusikylä", None, date(2020, 1, 1), None),
    )
    text = "alue;pvm\nUusikylä;31.12.2019\nUusikylä;1.1.2020\n"
    working = load_text(tmp_path, text, EVENTS, areas=areas)
    assert rows(working, "select area_code from raw_lahde order by line") == [("a",), ("b",)]


def test_a_whole_extract_may_be_of_one_area_and_one_period(tmp_path):
    declared = AGGREGATE | {
        "columns": {"lkm": {"type": "integer"}},
        "area": {"constant": "564"},
        "period": {"constant": "2019"},
    }
    working = load_text(tmp_path, "lkm\n5\n", declared)
    assert rows(working, "select area_code, period_type, period_start, lkm from raw_lahde") == [
        ("564", "year", date(2019, 1, 1), 5)
    ]
