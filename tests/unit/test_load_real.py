"""Real and broken files as their publishers wrote them: each loads right, or is refused by name."""

import json
from pathlib import Path
from shutil import copy

import pytest

from loading import AREAS, REAL, TinyInstance, counts, fault, load_text, loaded, rows

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"no real data at {REAL}"),
]

WHOLE = {
    "files": "*.*",
    "shape": "aggregate",
    "absent_rows": "missing",
    "area": {"constant": "564"},
    "period": {"constant": "2019"},
}


def declared(*names: str, **more):
    columns = {f"c{at}": {"header": [name], "type": "text"} for at, name in enumerate(names)}
    return WHOLE | {"columns": columns} | more


def load_real(tmp_path: Path, path: str, declaration):
    folder = tmp_path / "extracts"
    folder.mkdir()
    copy(REAL / path, folder)
    return loaded(folder, declaration)


SPECTRUM = REAL / "dirty" / "csv_spectrum"


@pytest.mark.parametrize(
    "path", sorted((SPECTRUM / "csvs").glob("*.csv")), ids=lambda one: one.stem
)
def test_csv_spectrum_is_read_as_its_authors_read_it(tmp_path, path):
    expected = json.loads((SPECTRUM / "json" / f"{path.stem}.json").read_text())
    working = load_text(tmp_path, path.read_bytes(), declared(*_header(path)))
    if isinstance(expected, dict):
        assert counts(working) == (1, 1, 0, 0, 0)
        return
    names = list(expected[0])
    found = rows(
        working,
        f"select {', '.join(f'c{at}' for at in range(len(names)))} from raw_lahde order by line",
    )
    texts = [
        tuple(str(one[name]).replace("\r\n", "\n").strip() or None for name in names)
        for one in expected
    ]
    assert found == texts


def _header(path: Path) -> list[str]:
    return [one.strip('"') for one in path.read_text().splitlines()[0].split(",")]


CASES = [
    ("csvlint/cr-line-endings.csv", declared("Foo", "Baz"), (2, 2, 0, 0, 0)),
    ("csvlint/crlf-line-endings.csv", declared("Foo", "Baz"), (2, 2, 0, 0, 0)),
    ("csvlint/lf-line-endings.csv", declared("Foo", "Baz"), (2, 2, 0, 0, 0)),
    ("csvlint/inconsistent-line-endings.csv", declared("Foo", "Baz"), (2, 2, 0, 0, 0)),
    ("csvlint/inconsistent-line-endings-unquoted.csv", declared("Foo", "Baz"), (2, 2, 0, 0, 0)),
    ("csvlint/invalid-byte-sequence.csv", declared("Valor", "Histórico"), (23, 23, 0, 0, 0)),
    ("csvlint/invalid_many_rows.csv", declared("Foo", "Bar", "Baz"), (10, 8, 1, 0, 1)),
    ("csvlint/title-row.csv", declared("Foo", "Baz"), (2, 2, 0, 0, 0)),
    ("csvlint/valid_many_rows.csv", declared("Foo", "Bar"), (6, 6, 0, 0, 0)),
    ("csvlint/white space in filename.csv", declared("Foo"), (2, 2, 0, 0, 0)),
    ("csvlint/windows-line-endings.csv", declared("a", "b", "c"), (1, 1, 0, 0, 0)),
    ("csvlint/spreadsheet.xls", declared("Foo", "Bar"), "is"),
    ("clevercsv/airedale.csv", declared("Amount", "Supplier"), (54, 54, 0, 0, 0)),
    ("clevercsv/milk.csv", declared("Year"), "is"),
    ("clevercsv/imdb.csv", declared("title", "year"), (100, 99, 1, 0, 0)),
    ("fingertips_upload/upload-new-data.csv", declared("AreaCode", "Value"), (2, 2, 0, 0, 0)),
    ("fingertips_upload/upload-new-data-columns-different-case.csv", declared("AreaCode", "Value"), (2, 2, 0, 0, 0)),
    ("fingertips_upload/upload-new-data-columns-different-order.csv", declared("AreaCode", "Value"), (2, 2, 0, 0, 0)),
    ("fingertips_upload/upload-new-data-missing-columns.csv", declared("AreaCode", "CategoryId"), "Columns are missing: c1. The header row has: IndicatorId"),
    ("fingertips_upload/upload-new-data-old-ci-names.csv", declared("AreaCode", "LowerCI"), (1, 1, 0, 0, 0)),
    ("fingertips_upload/upload-non-numeric-data.csv",
     WHOLE | {"decimal": ".", "columns": {"v": {"header": "VALUE", "type": "decimal"}}}, (1, 0, 1, 0, 0)),
    ("fingertips_upload/upload-duplicate-rows_complex_grouping.csv", declared("AreaCode"), (2819, 2819, 0, 0, 0)),
    ("fingertips_upload/upload-duplicate-rows_complex_grouping.xlsx", declared("AreaCode"), (2819, 2819, 0, 0, 0)),
    ("jargonautical/very_bad_no_good_data.csv", declared("Town", "Age"), (100, 100, 0, 0, 0)),
    ("messytables_horror/begrotingsanalyse-2011.csv", declared("NR.", "Cluster"), (36, 36, 0, 0, 0)),
    ("messytables_horror/characters.csv", declared("nothing"), "No header row was found"),
    ("messytables_horror/complex.csv", declared("date", "temperature", "place"), (3, 3, 0, 0, 0)),
    ("messytables_horror/encrypted_no_password.xls", declared("x"), "protected by a password"),
    ("messytables_horror/excel_pasting.csv",
     WHOLE | {"decimal": ".", "area": {"constant": "564"}, "period": {"column": "vuosi", "type": "year"},
              "columns": {"ala": {"header": "Year"}, "vuosi": {}, "arvo": {"type": "integer"}},
              "unpivot": {"match": r"(?P<vuosi>\d{4})", "value": "arvo"}}, (136, 112, 0, 0, 24)),
    ("messytables_horror/libreoffice.xlsx", declared("x"), "The file is empty"),
    ("messytables_horror/long.csv", declared("a"), "is"),
    ("messytables_horror/mixedGLB.csv", declared("Year", "Jan"), (133, 133, 0, 0, 0)),
    ("messytables_horror/null.csv", declared("1", "0"), "stands twice"),
    ("messytables_horror/simple.csv", declared("date", "place"), (6, 6, 0, 0, 0)),
    ("messytables_horror/simple.xls", declared("date", "place"), (6, 6, 0, 0, 0)),
    ("messytables_horror/simple.xlsx", declared("date", "place"), (6, 6, 0, 0, 0)),
    ("messytables_horror/simple.zip", declared("date"), "The file is not text"),
    ("messytables_horror/skip_initials.csv", declared("field1", "field2"), (2, 2, 0, 0, 0)),
    ("messytables_horror/small.csv", declared("a"), (0, 0, 0, 0, 0)),
    ("messytables_horror/spanish_chars.csv", declared("x"), "No header row was found"),
    ("messytables_horror/sw_gen.xlsx", declared("x"), "No header row was found"),
    ("messytables_horror/utf8bom.csv", declared("kitten", "win"), (0, 0, 0, 0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("path", "declaration", "outcome"), CASES, ids=[one[0] for one in CASES])
def test_a_dirty_file_loads_right_or_is_refused_in_one_line(tmp_path, path, declaration, outcome):
    working = load_real(tmp_path, f"dirty/{path}", declaration)
    message = fault(working)
    if isinstance(outcome, tuple):
        assert message is None
        assert counts(working) == outcome
        return
    assert message is None or "\n" not in message
    assert message is None or message.startswith(Path(path).name)
    assert outcome in str(message) or outcome == "is"
    counts(working)


def test_a_stray_quote_is_set_aside_with_its_line(tmp_path):
    working = load_real(tmp_path, "dirty/csvlint/invalid_many_rows.csv", declared("Foo", "Baz"))
    assert rows(working, "select line, reason from quarantine") == [(4, "stray_quote")]


def test_figures_pasted_from_a_spreadsheet_are_read(tmp_path):
    case = next(one for one in CASES if "excel_pasting" in one[0])
    working = load_real(tmp_path, f"dirty/{case[0]}", case[1])
    found = rows(working, "select arvo from raw_lahde where ala = 'Timber' and vuosi = '2000'")
    assert found == [(2666,)]


def test_hidden_and_missing_stay_apart_in_english_statistics(tmp_path):
    columns = {
        "la": {"header": "new_la_code"},
        "aika": {"header": "time_period"},
        "n": {"header": "children_count", "type": "integer"},
    }
    marks = {"c": "c", "x": "x", "z": "z", "k": "k", "u": "u", "low": "k"}
    declaration = WHOLE | {"columns": columns, "status_marks": marks, "decimal": "."}
    working = load_real(
        tmp_path, "england_dfe/cla_number_and_rate_per_10k_children.csv", declaration
    )
    assert counts(working) == (2505, 2505, 0, 0, 0)
    found = dict(rows(working, "select n__status, count(*) from raw_lahde group by 1"))
    assert found["c"] > 0
    assert rows(
        working, "select count(*) from raw_lahde where (n is null) = (n__status is null)"
    ) == [(0,)]


def test_a_pxweb_export_is_read_as_officials_receive_it(tmp_path):
    with (REAL / "finnish/population/005_11re_2019.csv").open(encoding="latin-1") as file:
        titles = [next(file) for _ in range(3)]
    columns = {"c0": {"header": titles[2].split(";")[0].strip('"')}}
    working = load_real(
        tmp_path, "finnish/population/005_11re_2019.csv", WHOLE | {"columns": columns}
    )
    assert counts(working) == (31722, 31722, 0, 0, 0)
    assert rows(working, "select encoding, header_line from files") == [("latin-1", 3)]


TABLES = [
    one
    for one in sorted(REAL.rglob("*"))
    if one.name.endswith((".csv", ".tsv", ".csv.gz", ".xlsx", ".xls"))
    and "csv_spectrum" not in str(one)
]


@pytest.mark.parametrize("path", TABLES, ids=lambda one: one.name)
def test_no_real_file_is_refused_for_personal_data_it_does_not_hold(tmp_path, path):
    """The header is unknown here, so that the file's first cells stand for it; the guard sees all."""
    from pipelines.extracts.delivery import inspect, open_text
    from pipelines.extracts.layout import DELIMITERS, head_rows
    from tilannehuone.errors import ExtractRejected

    names = ["x"]
    if path.suffix not in (".xlsx", ".xls"):
        try:
            with open_text(inspect(path, path.name)) as file:
                text = file.read(1 << 16)
        except ExtractRejected:
            return  # refused for another reason, tested above
        tables = [head_rows(text, sign) for sign in DELIMITERS]
        filled = [[one for one in row.cells if one.strip()] for table in tables for row in table]
        names = max(filled, key=len)[:1]
    working = load_real(tmp_path, str(path.relative_to(REAL)), declared(*names))
    key = rows(working, "select fault_key from files")[0][0]
    assert key is None or not any(
        word in key for word in ("identity", "phone", "email", "name", "lost", "disagree")
    )


def test_the_tests_find_their_instance():
    assert TinyInstance({}, AREAS, REAL, REAL).sources == {}
