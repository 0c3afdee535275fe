"""Real and broken files as their publishers wrote them: each loads right, or is refused by name."""

import json
from pathlib import Path
from shutil import copy

import pytest
from loading import REAL, counts, fault, load_text, loaded, rows
from ruamel.yaml import YAML

from pipelines.extracts.delivery import inspect, open_text
from pipelines.extracts.layout import DELIMITERS, head_rows
from tilannehuone.errors import ExtractRejected

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


CASES = YAML(typ="safe").load(Path(__file__).with_name("dirty_files.yaml").read_text())


def declaration_of(case):
    if "declared" in case:
        return WHOLE | case["declared"]
    return declared(*case["headers"])


@pytest.mark.parametrize("case", CASES, ids=lambda one: one["file"])
def test_a_dirty_file_loads_right_or_is_refused_in_one_line(tmp_path, case):
    working = load_real(tmp_path, f"dirty/{case['file']}", declaration_of(case))
    message = fault(working)
    if "counts" in case:
        assert message is None
        assert counts(working) == tuple(case["counts"])
        return
    assert message.startswith(Path(case["file"]).name)
    assert case["refused"] in message
    assert "\n" not in message
    assert counts(working) == (0, 0, 0, 0, 0)


def test_a_stray_quote_is_set_aside_with_its_line(tmp_path):
    working = load_real(tmp_path, "dirty/csvlint/invalid_many_rows.csv", declared("Foo", "Baz"))
    assert rows(working, "select line, reason from quarantine") == [(4, "stray_quote")]


def test_figures_pasted_from_a_spreadsheet_are_read(tmp_path):
    case = next(one for one in CASES if "excel_pasting" in one["file"])
    working = load_real(tmp_path, f"dirty/{case['file']}", declaration_of(case))
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
    """The header is unknown here: the widest row's first cell stands for it; the guard sees all."""
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
