"""Tables that are reshaped, joined to themselves or left out as they are loaded."""

from datetime import date

from loading import AGGREGATE, counts, fault, load_text, rows


def cells(*values: str) -> str:
    return "Alue;Jakso;lkm\n" + "".join(
        f"Tuira;2025M{at:02};{value}\n" for at, value in enumerate(values, start=1)
    )


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
    text = (
        "alue;jakso;lkm\nTuira;2024;5\nKaakkuri;2024;<5\nYhteensä;2024;8\n"
        "Tuira;2025;5\nKaakkuri;2025;6\nYHTEENSÄ ;2025;11\n"
    )
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
    text = (
        "alue;jakso;lkm\nTuira;2024;5\nKaakkuri;2024;<5\nYhteensä;2024;4\n"
        "Tuira;2025;5\nYhteensä;2025;11\nYhteensä;;10\n"
    )
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
