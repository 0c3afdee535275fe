"""What a cell may look like and still be the value it means."""

from datetime import date

import pytest

from loading import AGGREGATE, AREAS, EVENTS, counts, fault, load_text, make_areas, rows


def cells(*values: str) -> str:
    return "Alue;Jakso;lkm\n" + "".join(
        f"Tuira;2025M{at:02};{value}\n" for at, value in enumerate(values, start=1)
    )


def with_column(**column):
    return AGGREGATE | {"columns": AGGREGATE["columns"] | {"lkm": column}}


def test_thousands_may_be_parted_by_any_space(tmp_path):
    working = load_text(tmp_path, cells("1 234", "1\u00a0234", "12\u202f345", " 7 ", "12.0", "−3"))
    found = rows(working, "select lkm from raw_lahde order by line")
    assert found == [(1234,), (1234,), (12345,), (7,), (12,), (-3,)]


def test_decimals_are_written_with_the_declared_sign(tmp_path):
    comma = with_column(type="decimal")
    working = load_text(tmp_path, cells("1 234,5", "0,25", "-3", "1,5E+03"), comma)
    assert rows(working, "select lkm from raw_lahde order by line") == [
        (1234.5,),
        (0.25,),
        (-3.0,),
        (1500.0,),
    ]
    point = comma | {"decimal": "."}
    working = load_text(tmp_path, cells("1,234.5", "0.25", "6,000,000"), point)
    assert rows(working, "select lkm from raw_lahde order by line") == [(1234.5,), (0.25,), (6e6,)]


@pytest.mark.parametrize(
    "value", ["1.5", "1,5", "12 34", "1.234", "#DIV/0!", "0x1F", "nan", "5 kpl"]
)
def test_what_is_not_wholly_a_whole_number_is_no_number(tmp_path, value):
    working = load_text(tmp_path, cells("1", value))
    assert counts(working) == (2, 1, 1, 0, 0)
    assert rows(working, "select line, column_name, reason, value from quarantine") == [
        (3, "lkm", "not_integer", value)
    ]


@pytest.mark.parametrize("value", ["1.5", "inf", "nan", "1;", "1,2,3"])
def test_a_point_is_no_decimal_comma(tmp_path, value):
    working = load_text(tmp_path, cells("1,5", value), with_column(type="decimal"))
    assert counts(working)[2] == 1 or value == "1;"


def test_missing_and_protected_marks_are_kept_apart(tmp_path):
    marks = ["5", "-", "..", ".", "<5", "alle 5", "***", "…", ""]
    working = load_text(tmp_path, cells(*marks))
    found = rows(working, "select lkm, lkm__status from raw_lahde order by line")
    assert found == [(5, None), *[(None, "x")] * 3, *[(None, "c")] * 4, (None, "x")]


def test_further_marks_and_an_empty_cell_mean_what_is_declared(tmp_path):
    declared = with_column(type="integer", protected_as="c")
    declared = declared | {"status_marks": {"z": "z", "low": "k", "c": "c"}}
    working = load_text(tmp_path, cells("z", "low", "C", "", "4"), declared)
    found = rows(working, "select lkm__status from raw_lahde order by line")
    assert found == [("z",), ("k",), ("c",), ("c",), (None,)]


def test_an_empty_cell_keeps_its_meaning_in_a_file_read_by_the_fast_way(tmp_path):
    working = load_text(tmp_path, cells("", "4"), with_column(type="integer", protected_as="c"))
    found = rows(working, "select lkm, lkm__status from raw_lahde order by line")
    assert found == [(None, "c"), (4, None)]


@pytest.mark.parametrize(
    "text",
    [
        "1.2.2025",
        "01.02.2025",
        "2025-02-01",
        "2025/02/01",
        "1.2.2025 8:15",
        "1.2.2025 klo 8.15",
        "2025-02-01T08:15:00",
        "2025-02-01 08:15:00.123",
        "2025-02-01T08:15:00Z",
        "20250201",
    ],
)
def test_known_ways_of_writing_a_date(tmp_path, text):
    working = load_text(tmp_path, f"alue;pvm\n564;{text}\n564;{text}\n", EVENTS)
    assert rows(working, "select distinct pvm from raw_lahde") == [(date(2025, 2, 1),)]


def test_ways_of_writing_a_date_may_mix_in_a_column(tmp_path):
    working = load_text(tmp_path, "alue;pvm\n564;1.2.2025\n564;2025-02-01\n", EVENTS)
    assert rows(working, "select distinct pvm from raw_lahde") == [(date(2025, 2, 1),)]


@pytest.mark.parametrize(
    "text", ["31.2.2025", "1.2.25", "2/1/2025", "infinity", "epoch", "1.2.0025"]
)
def test_what_is_no_date_is_set_aside(tmp_path, text):
    working = load_text(tmp_path, f"alue;pvm\n564;1.2.2025\n564;{text}\n", EVENTS)
    assert counts(working) == (2, 1, 1, 0, 0)
    assert rows(working, "select reason, value from quarantine") == [("not_date", text)]


def test_an_event_without_a_date_is_set_aside(tmp_path):
    working = load_text(tmp_path, "alue;pvm\n564;1.2.2025\n564;\n", EVENTS)
    assert rows(working, "select line, reason from quarantine") == [(3, "not_date")]


def test_a_declared_date_format_decides(tmp_path):
    columns = EVENTS["columns"] | {"pvm": {"type": "date", "format": "%d/%m/%Y"}}
    working = load_text(tmp_path, "alue;pvm\n564;02/01/2025\n", EVENTS | {"columns": columns})
    assert rows(working, "select pvm from raw_lahde") == [(date(2025, 1, 2),)]


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


def test_codes_keep_their_zeros_and_get_those_a_spreadsheet_ate(tmp_path):
    declared = AGGREGATE | {
        "columns": AGGREGATE["columns"] | {"alue": {"type": "category", "pad": 3}}
    }
    working = load_text(
        tmp_path, "alue;jakso;lkm\n91;2025;1\n091;2025;2\nHelsinki;2025;3\n", declared
    )
    assert rows(working, "select distinct area_code from raw_lahde") == [("091",)]
    assert rows(working, "select alue from raw_lahde order by line") == [
        ("091",),
        ("091",),
        ("Helsinki",),
    ]


def test_a_pattern_picks_the_value_and_rejects_what_it_does_not_match(tmp_path):
    declared = AGGREGATE | {
        "columns": AGGREGATE["columns"] | {"alue": {"type": "category", "pattern": r"^\d+ (.+)$"}}
    }
    working = load_text(tmp_path, "alue;jakso;lkm\n6 Kaakkuri;2025;1\nTuira;2025;2\n", declared)
    assert rows(working, "select area_code from raw_lahde") == [("kaakkuri",)]
    assert rows(working, "select line, reason, value from quarantine") == [
        (3, "not_matching", "Tuira")
    ]


def test_category_texts_become_their_ids(tmp_path):
    values = {"Yhden vanhemman": "yksi", "0–2": "0-2"}
    declared = EVENTS | {
        "columns": EVENTS["columns"] | {"palvelu": {"type": "category", "values": values}}
    }
    text = "alue;pvm;palvelu\n564;1.2.2025;yhden  vanhemman \n564;1.2.2025;0–2\n564;1.2.2025;muu\n564;1.2.2025;-\n"
    working = load_text(tmp_path, text, declared)
    assert rows(working, "select palvelu from raw_lahde order by line") == [
        ("yksi",),
        ("0-2",),
        ("muu",),
        (None,),
    ]


def test_a_pseudonym_is_hashed_alike_in_all_files_of_a_run_and_unlike_in_another(tmp_path):
    text = "alue;pvm;asiakas\n564;1.2.2025;p1\n564;2.2.2025; p1 \n564;2.2.2025;p2\n564;2.2.2025;\n"
    found = []
    for _ in range(2):
        working = load_text(tmp_path, text, EVENTS)
        found.append(
            [row[0] for row in rows(working, "select asiakas from raw_lahde order by line")]
        )
        first, again, other, nobody = found[-1]
        assert first == again != other
        assert nobody is None
    assert found[0][0] != found[1][0]
    assert rows(
        working, "select data_type from information_schema.columns where column_name = 'asiakas'"
    ) == [("UBIGINT",)]


def test_an_area_is_found_by_code_alias_or_name_in_either_language(tmp_path):
    declared = AGGREGATE | {"area": {"column": "alue", "aliases": {"Etelä-Kaakkuri": "kaakkuri"}}}
    text = "alue;jakso;lkm\n564;2025;1\nULEABORG;2025;2\netelä kaakkuri;2025;3\ntuira;2025;4\nVantaa;2025;5\n;2025;6\n"
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


def test_columns_whose_names_carry_data_become_rows(tmp_path):
    declared = AGGREGATE | {
        "columns": {"alue": {}, "vuosi": {}, "vaesto": {"type": "integer"}},
        "period": {"column": "vuosi"},
        "unpivot": {"match": r"(?P<vuosi>\d{4}) (?P<sukupuoli>Miehet|Naiset)", "value": "vaesto"},
    }
    text = "alue;2019 Miehet;2019 Naiset;2020 Miehet\nTuira;1;2;..\nVantaa;4;5;6\n"
    working = load_text(tmp_path, text, declared)
    assert rows(
        working,
        "select period_start, sukupuoli, vaesto, vaesto__status, line from raw_lahde order by 1, 2",
    ) == [
        (date(2019, 1, 1), "Miehet", 1, None, 2),
        (date(2019, 1, 1), "Naiset", 2, None, 2),
        (date(2020, 1, 1), "Miehet", None, "x", 2),
    ]
    assert counts(working) == (6, 3, 3, 0, 0)


def test_derived_columns_may_name_area_and_period(tmp_path):
    declared = AGGREGATE | {
        "columns": {
            "alue": {},
            "suuralue": {"optional": True},
            "v": {"type": "integer"},
            "lkm": {"type": "integer"},
        },
        "derived": {"paikka": "coalesce(suuralue, alue)", "jakso": "(2000 + v)::varchar"},
        "area": {"column": "paikka"},
    }
    working = load_text(tmp_path, "alue;suuralue;v;lkm\nOulu;;25;1\nOulu;Tuira;25;2\n", declared)
    assert rows(working, "select area_code, jakso, paikka from raw_lahde order by line") == [
        ("564", "2025", "Oulu"),
        ("tuira", "2025", "Tuira"),
    ]


def test_rows_that_do_not_belong_are_counted_as_other(tmp_path):
    declared = AGGREGATE | {"where": "lkm > 3"}
    working = load_text(tmp_path, cells("1", "5", "x", ""), declared)
    assert counts(working) == (4, 1, 1, 0, 2)


def test_declared_sql_that_fails_on_a_file_refuses_it_without_showing_a_value(tmp_path):
    declared = AGGREGATE | {"derived": {"luku": "alue::integer"}}
    working = load_text(tmp_path, cells("1"), declared)
    assert fault(working).startswith("a.csv: The declared SQL")
    assert "Tuira" not in fault(working)


def test_total_rows_are_dropped_and_agree_with_their_parts(tmp_path):
    declared = AGGREGATE | {
        "total_rows": [
            {"column": "alue", "equals": ["Yhteensä"], "check": ["lkm"], "by": ["jakso"]}
        ]
    }
    text = "alue;jakso;lkm\nTuira;2024;5\nKaakkuri;2024;<5\nYhteensä;2024;8\nTuira;2025;5\nKaakkuri;2025;6\nYHTEENSÄ ;2025;11\n"
    working = load_text(tmp_path, text, declared)
    assert counts(working) == (6, 4, 0, 2, 0)
    assert rows(working, "select success, observed, severity from checks") == [
        (True, "2/2", "warning")
    ]


def test_a_total_that_disagrees_is_a_warning(tmp_path):
    declared = AGGREGATE | {
        "total_rows": [
            {"column": "alue", "equals": ["Yhteensä"], "check": ["lkm"], "by": ["jakso"]}
        ]
    }
    text = "alue;jakso;lkm\nTuira;2024;5\nKaakkuri;2024;<5\nYhteensä;2024;4\nTuira;2025;5\nYhteensä;2025;11\nYhteensä;;10\n"
    working = load_text(tmp_path, text, declared)
    assert rows(working, "select success, observed, unexpected_count from checks") == [
        (False, "1/3", 2)
    ]
    assert rows(working, "select ok from source_state") == [(True,)]


def test_a_source_without_files_is_not_ready(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    working = load_text(tmp_path, "", AGGREGATE | {"files": "none*.csv"})
    assert rows(working, "select ok, reason from source_state") == [(False, "load_no_files")]
    assert rows(working, "select count(*) from raw_lahde") == [(0,)]


def test_areas_of_the_tests_are_what_they_seem():
    assert list(AREAS["area_code"]) == ["564", "091", "kaakkuri", "tuira"]
