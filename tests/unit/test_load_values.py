"""What a cell may look like and still be the value it means."""

from datetime import date

import pytest
from loading import AGGREGATE, EVENTS, counts, load_text, rows


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
    cells_ = ("yhden  vanhemman ", "0–2", "muu", "-")
    text = "alue;pvm;palvelu\n" + "".join(f"564;1.2.2025;{one}\n" for one in cells_)
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
