"""What a delivered table may look like and still be read."""

import gzip
from datetime import date

import pandas as pd
import pytest
from loading import AGGREGATE, EVENTS, counts, fault, load_text, loaded, rows

TEXT = "Alue;Jakso;Lukumäärä\nKaakkuri;2025M01;5\nTuira;2025M01;7\n"
READ = [("kaakkuri", date(2025, 1, 1), 5, 2), ("tuira", date(2025, 1, 1), 7, 3)]
ALL = "select area_code, period_start, lkm, line from raw_lahde order by line"


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("latin-1", "latin-1"),
    ],
)
def test_an_encoding_is_found_and_reported(tmp_path, encoding, reported):
    working = load_text(tmp_path, TEXT.encode(encoding))
    assert rows(working, ALL) == READ
    assert rows(working, "select encoding from files") == [(reported,)]


def test_bytes_that_only_cp1252_knows_tell_it_from_latin_1(tmp_path):
    text = "Alue;Jakso;Lukumäärä;Hinta\nKaakkuri;2025M01;5;3 €\n"
    working = load_text(tmp_path, text.encode("cp1252"))
    assert rows(working, "select encoding from files") == [("cp1252",)]
    assert counts(working) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(tmp_path, end):
    assert rows(load_text(tmp_path, TEXT.replace("\n", end)), ALL) == READ


def test_mixed_line_ends_are_read_and_lines_counted(tmp_path):
    text = "Alue;Jakso;Lukumäärä\r\nKaakkuri;2025M01;5\nTuira;2025M01;7\r"
    assert rows(load_text(tmp_path, text), ALL) == READ


@pytest.mark.parametrize("sign", [";", "\t", ",", "|"])
def test_the_separator_is_the_one_that_makes_a_header(tmp_path, sign):
    working = load_text(tmp_path, TEXT.replace(";", sign))
    assert rows(working, ALL) == READ
    assert rows(working, "select delimiter from files") == [(sign,)]


def test_title_lines_with_other_separators_stand_above_the_header(tmp_path):
    text = 'Raportti: "Ilmoitukset", kaikki\nTulostettu 3.2.2025 klo 8.15\n\n' + TEXT
    working = load_text(tmp_path, text)
    assert [row[:3] for row in rows(working, ALL)] == [row[:3] for row in READ]
    assert rows(working, "select header_line from files") == [(4,)]
    assert rows(working, "select min(line) from raw_lahde") == [(5,)]


def test_blank_lines_are_no_rows_and_lines_stay_true(tmp_path):
    text = "Alue;Jakso;Lukumäärä\n\nKaakkuri;2025M01;5\n\n\nTuira;2025M01;7\n\n\n"
    working = load_text(tmp_path, text)
    assert counts(working) == (2, 2, 0, 0, 0)
    assert rows(working, "select line from raw_lahde order by 1") == [(3,), (6,)]


def test_a_row_of_separators_alone_is_counted_as_other(tmp_path):
    assert counts(load_text(tmp_path, TEXT + ";;\n")) == (3, 2, 0, 0, 1)


def test_a_newline_in_a_quoted_cell_moves_the_lines_below_it(tmp_path):
    text = 'Alue;Jakso;Lukumäärä;Huom\nKaakkuri;2025M01;5;"a\nb"\nTuira;2025M01;7;"c ""d"""\n'
    working = load_text(tmp_path, text)
    assert rows(working, "select line, lkm from raw_lahde order by 1") == [(2, 5), (4, 7)]


@pytest.mark.parametrize(
    "header",
    [
        "ALUE;jakso;Lukumaara",
        "alue ;Jakso;MÄÄRÄ",
        '"Alue";"Jak so";"Luku-määrä"',
        " Alue;Jakso;lkm",
    ],
)
def test_a_header_folds_case_dots_and_spaces(tmp_path, header):
    text = header + "\nKaakkuri;2025M01;5\nTuira;2025M01;7\n"
    assert rows(load_text(tmp_path, text), ALL) == READ


def test_columns_in_another_order_and_columns_not_declared_are_no_matter(tmp_path):
    text = "x;lkm;y;Jakso;Alue\n1;5;a;2025M01;Kaakkuri\n2;7;b;2025M01;Tuira\n"
    assert rows(load_text(tmp_path, text), ALL) == READ


def test_a_separator_at_the_end_of_rows_or_of_the_header_makes_no_column(tmp_path):
    ragged = "Alue;Jakso;lkm\nKaakkuri;2025M01;5;\nTuira;2025M01;7;\n"
    assert rows(load_text(tmp_path, ragged), ALL) == READ
    ragged = "Alue;Jakso;lkm;;\nKaakkuri;2025M01;5\nTuira;2025M01;7\n"
    assert rows(load_text(tmp_path, ragged), ALL) == READ


def test_ragged_rows_go_to_quarantine_with_their_lines(tmp_path):
    text = "Alue;Jakso;lkm\nKaakkuri;2025M01;5\nTuira;2025M01\nTuira;2025M01;7;8\nTuira;2025M02;9\n"
    working = load_text(tmp_path, text)
    assert counts(working) == (4, 2, 2, 0, 0)
    assert rows(working, "select line, reason, value from quarantine order by 1") == [
        (3, "too_few_fields", None),
        (4, "too_many_fields", None),
    ]


def test_a_quote_in_the_middle_of_a_quoted_cell_rejects_its_row_alone(tmp_path):
    text = 'Alue;Jakso;lkm\nKaakkuri;2025M01;"5" x\nTuira;2025M01;7\n'
    working = load_text(tmp_path, text)
    assert counts(working) == (2, 1, 1, 0, 0)
    assert rows(working, "select line, reason from quarantine") == [(2, "stray_quote")]


def test_notes_below_the_table_are_counted_as_other(tmp_path):
    text = TEXT + "\nLähde: THL\nPäivitetty 3.2.2025\n"
    assert counts(load_text(tmp_path, text)) == (4, 2, 0, 0, 2)


def test_gzip_is_unpacked(tmp_path):
    working = load_text(tmp_path, gzip.compress(TEXT.encode()), name="a.csv.gz")
    assert rows(working, ALL) == READ


def test_a_header_without_rows_is_loaded_with_none(tmp_path):
    working = load_text(tmp_path, "Alue;Jakso;lkm\n")
    assert counts(working) == (0, 0, 0, 0, 0)
    assert fault(working) is None


def test_a_workbook_is_read_from_the_sheet_that_has_the_header(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    with pd.ExcelWriter(folder / "a.xlsx", engine="openpyxl") as book:
        pd.DataFrame({"Kansi": ["Raportti"]}).to_excel(book, sheet_name="Kansi", index=False)
        table = pd.DataFrame(
            {"Alue": ["Kaakkuri", "Tuira"], "Jakso": ["2025M01", "2025M01"], "lkm": [5.0, 7.0]}
        )
        table.to_excel(book, sheet_name="Tiedot", index=False, startrow=3)
    working = loaded(folder, AGGREGATE)
    assert [row[:3] for row in rows(working, ALL)] == [row[:3] for row in READ]
    assert rows(working, "select header_line, encoding from files") == [(4, "xlsx")]


def test_dates_of_a_workbook_are_native(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    table = pd.DataFrame({"Alue": ["564"], "Pvm": [pd.Timestamp(2025, 2, 1, 8, 15)], "kesto": [3]})
    table.to_excel(folder / "a.xlsx", index=False)
    working = loaded(folder, EVENTS)
    assert rows(working, "select area_code, pvm, kesto from raw_lahde") == [
        ("564", date(2025, 2, 1), 3)
    ]


def test_parquet_is_read_with_its_own_types(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    table = pd.DataFrame(
        {
            "alue": ["564", "091", "999"],
            "pvm": [date(2025, 1, 1), date(2025, 1, 2), date(2025, 1, 3)],
            "asiakas": ["a", "b", "a"],
            "kesto": [1, 2, 3],
        }
    )
    table.to_parquet(folder / "a.parquet")
    working = loaded(folder, EVENTS)
    assert counts(working) == (3, 2, 1, 0, 0)
    assert rows(working, "select line, reason, value from quarantine") == [
        (3, "unknown_area", "999")
    ]


def test_an_unclosed_quote_refuses_the_file_and_names_its_line(tmp_path):
    text = 'Alue;Jakso;lkm\nKaakkuri;2025M01;5\nTuira;"2025M01;7\nTuira;2025M02;8\n'
    working = load_text(tmp_path, text)
    assert fault(working).startswith("a.csv:3: A quote that opens on this line")
    assert counts(working) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "a.csv: The file is empty"),
        (b"\n\n  \n", "a.csv: The file is empty"),
        (
            b"Alue;Jakso\nTuira;2025\n",
            "a.csv:1: Columns are missing: lkm. The header row has: Alue, Jakso",
        ),
        (b"1;2\n3;4\n", "a.csv:1: No header row was found"),
        (b"Alue;Jakso;lkm;lkm\nTuira;2025;1;2\n", "a.csv:1: Column lkm stands twice"),
        (b"PK\x03\x04abc", "a.csv:1: The file is not text"),
        (b"Alue;Jakso;lkm\nTuira;2025;1\nTui\0ra;2025;1\n", "a.csv:3: The file is not text"),
        (
            "Alue;Jakso;lkm\nTöölö;2025;1\n".encode() + b"T\xf6;2025;1\n",
            "a.csv:3: The file mixes two",
        ),
        (b"Alue;Jakso;lkm\nT\x81\x8d;2025;1\n", "a.csv:2: The encoding of the line is not known"),
        (gzip.compress(b"x", mtime=0), "a.csv:1: The file is not text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, content, says):
    working = load_text(tmp_path, content)
    assert fault(working).startswith(says)
    assert "\n" not in fault(working)
    assert rows(working, "select ok from source_state") == [(False,)]
    assert counts(working) == (0, 0, 0, 0, 0)


def test_a_broken_gzip_is_refused(tmp_path):
    working = load_text(tmp_path, gzip.compress(TEXT.encode())[:-12], name="a.csv.gz")
    assert fault(working).startswith("a.csv.gz: The compressed file is broken")


def test_a_declared_encoding_that_does_not_hold_is_refused(tmp_path):
    working = load_text(
        tmp_path, "Alue;Jakso;Määrä\n".encode("latin-1"), AGGREGATE | {"encoding": "utf-8"}
    )
    assert fault(working).startswith("a.csv:1: The line is not in the encoding utf-8")


def test_any_signs_may_stand_in_the_name_of_a_file(tmp_path):
    for name in ("raportti (1).csv", "a[1].csv", "it's.csv", "ä*.csv"):
        folder = tmp_path / name
        folder.mkdir()
        assert rows(load_text(folder, TEXT, name=name), ALL) == READ


def test_a_code_wrapped_as_a_formula_is_the_code(tmp_path):
    text = 'Alue;Jakso;lkm\n"=""091""";2025;1\n="564";2025;2\n'
    found = rows(load_text(tmp_path, text), "select area_code from raw_lahde order by line")
    assert found == [("091",), ("564",)]
