"""JSON-stat as downloaded from open interfaces: every official form is read to the same rows."""

import gzip
import json
from datetime import date

import pandas as pd
import pytest
from loading import counts, fault, rows
from official_files import ALL, DECLARED, WHOLE, YEARS, dataset, load_json, with_category
from pyjstat import pyjstat


def first_version(**changed):
    """The same table in JSON-stat 1.x: a bundle, whose dimensions hold ids and sizes."""
    one = dataset(**changed)
    dimension = one["dimension"] | {"id": one["id"], "size": one["size"], "role": one["role"]}
    return {"dataset": {"dimension": dimension, "label": "Väestö", "value": one["value"]}}


FORMS = {
    "2.0": dataset(),
    "1.x": first_version(),
    "collection": {"version": "2.0", "class": "collection", "link": {"item": [dataset()]}},
    "sparse": dataset(value={"0": 5563970, "1": 5603851, "2": 211848, "3": 214633}),
    "labelled": dataset(status={}),
    "one category without an index": with_category("Tiedot", {"label": {"vaesto": "Väestö"}}),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_dataset_is_read_in_every_official_form(tmp_path, form):
    working = load_json(tmp_path, FORMS[form])
    assert fault(working) is None
    assert rows(working, ALL) == WHOLE
    assert counts(working) == (4, 4, 0, 0, 0)
    assert rows(working, "select encoding, delimiter, header_line from files") == [
        ("utf-8", None, None)
    ]


FRAME = pd.DataFrame(
    {
        "Alue": ["KU091", "KU091", "KU564", "KU564"],
        "Vuosi": ["2022", "2023"] * 2,
        "value": [664028.0, None, 211848.0, 214633.5],
    }
)


def written_by_a_library(version):
    if version == "2.0":
        return pyjstat.Dataset.read(FRAME).write()
    return pyjstat.to_json_stat([FRAME], output="dict", version="1.3")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pyjstat")  # their own names
@pytest.mark.parametrize("version", ["1.3", "2.0"])
def test_a_dataset_that_a_library_wrote_is_read(tmp_path, version):
    working = load_json(tmp_path, written_by_a_library(version))
    found = rows(working, "select area_code, period_start, lkm, lkm__status from raw_lahde")
    assert sorted(found, key=lambda row: row[:2]) == [
        ("091", YEARS[0], 664028.0, None),
        ("091", YEARS[1], None, "x"),
        ("564", YEARS[0], 211848.0, None),
        ("564", YEARS[1], 214633.5, None),
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pyjstat")  # their own names
def test_what_we_read_is_what_another_reader_reads(tmp_path):
    working = load_json(tmp_path, dataset())
    theirs = pyjstat.Dataset.read(json.dumps(dataset())).write("dataframe")
    assert [row[2] for row in rows(working, ALL)] == theirs["value"].tolist()


STATUSES = {
    "list": [None, None, "..", "c"],
    "object": {"2": "..", "3": "c"},
}


@pytest.mark.parametrize("form", STATUSES)
def test_a_status_tells_why_there_is_no_figure(tmp_path, form):
    one = dataset(value=[1, 2, None, None], status=STATUSES[form])
    working = load_json(tmp_path, one, DECLARED | {"status_marks": {"c": "c"}})
    assert [row[2:4] for row in rows(working, ALL)] == [
        (1, None),
        (2, None),
        (None, "x"),
        (None, "c"),
    ]


def test_one_status_may_be_that_of_all_cells(tmp_path):
    for number, status in enumerate(("e", ["e"])):
        folder = tmp_path / str(number)
        folder.mkdir()
        declared = DECLARED | {"columns": DECLARED["columns"] | {"tila": {"header": "status"}}}
        working = load_json(folder, dataset(status=status), declared)
        assert rows(working, "select distinct tila, lkm__status from raw_lahde") == [("e", None)]


def test_a_mark_that_hides_wins_over_a_figure_beside_it(tmp_path):
    one = dataset(value=[3, 0, 2, 1], status=["...", "-", "p", "u"])
    working = load_json(tmp_path, one, DECLARED | {"status_marks": {"u": "u"}})
    assert [row[2:4] for row in rows(working, ALL)] == [
        (None, "c"),
        (0, None),
        (2, None),
        (None, "u"),
    ]


def test_a_cell_that_nobody_knows_is_missing_or_what_the_declaration_says(tmp_path):
    one = dataset(value={"0": 7})
    lkm = DECLARED["columns"]["lkm"] | {"protected_as": "c"}
    declared = DECLARED | {"columns": DECLARED["columns"] | {"lkm": lkm}}
    for number, (how, status) in enumerate(((DECLARED, "x"), (declared, "c"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = [row[3] for row in rows(load_json(folder, one, how), ALL)]
        assert found == [None, status, status, status]


TIMES = {
    "2024": ("year", date(2024, 1, 1)),
    "2024M03": ("month", date(2024, 3, 1)),
    "2024Q2": ("quarter", date(2024, 4, 1)),
    "2024K3": ("quarter", date(2024, 7, 1)),
    "2024H2": ("half_year", date(2024, 7, 1)),
    "2024-S1": ("half_year", date(2024, 1, 1)),
    "2024W05": ("week", date(2024, 1, 29)),
    "2024-04": ("month", date(2024, 4, 1)),
}


def test_codes_of_time_are_read_as_services_write_them(tmp_path):
    one = with_category("Vuosi", {"index": list(TIMES)})
    one |= {"size": [2, 1, len(TIMES)], "value": [1] * 2 * len(TIMES)}
    working = load_json(tmp_path, one)
    found = rows(working, "select distinct period_type, period_start from raw_lahde")
    assert sorted(found) == sorted(TIMES.values())


def test_a_column_is_declared_by_a_dimensions_id_or_name_or_by_its_labels(tmp_path):
    one = json.loads(json.dumps(dataset()).replace('"Alue"', '"area"'))
    one["dimension"]["area"]["label"] = "Alue"
    by_name = rows(load_json(tmp_path, one), ALL)
    assert by_name == WHOLE
    labels = DECLARED["columns"] | {"alue": {"header": "Alue_label", "type": "category"}}
    (tmp_path / "labels").mkdir()
    assert rows(load_json(tmp_path / "labels", one, DECLARED | {"columns": labels}), ALL) == WHOLE


def test_the_contents_are_chosen_by_their_label(tmp_path):
    one = with_category("Tiedot", {"index": ["a", "b"], "label": {"a": "Väestö", "b": "Muutos, %"}})
    one |= {"size": [1, 2, 2], "value": [10, 20, 1.5, -0.25]}
    one["dimension"]["Alue"]["category"] = {"index": ["KU564"]}
    working = load_json(tmp_path, one, DECLARED | {"where": "tieto = 'Muutos, %'"})
    assert [row[2] for row in rows(working, ALL)] == [1.5, -0.25]
    assert counts(working) == (4, 2, 0, 0, 2)


@pytest.mark.parametrize("decimal", [",", "."])
def test_numbers_stay_as_written_whichever_sign_the_source_declares(tmp_path, decimal):
    text = json.dumps(dataset(value=["A", "B", "C", "D"]))
    for letter, number in zip("ABCD", ("0.1", "1e2", "12.0", "-3.25"), strict=True):
        text = text.replace(f'"{letter}"', number)
    working = load_json(tmp_path, text, DECLARED | {"decimal": decimal})
    assert [row[2] for row in rows(working, ALL)] == [0.1, 100, 12, -3.25]


def test_a_table_is_found_by_its_content_or_its_name_and_may_be_packed(tmp_path):
    packed = gzip.compress(json.dumps(dataset()).encode("utf-8-sig"))
    working = load_json(tmp_path, packed, name="taulu.gz")
    assert rows(working, ALL) == WHOLE


def test_what_cannot_be_read_is_set_aside_with_the_place_of_its_cell(tmp_path):
    one = dataset(value=[1, "noin 5", 3, 4])
    working = load_json(tmp_path, one, DECLARED | {"max_rejected": 1})
    assert rows(working, "select line, column_name, reason, value from quarantine") == [
        (2, "lkm", "not_number", "noin 5")
    ]
    assert counts(working) == (4, 3, 1, 0, 0)


def test_a_personal_identity_code_among_the_categories_refuses_the_file(tmp_path):
    sign = "0123456789ABCDEFHJKLMNPRSTUVWXY"[131052900 % 31]
    code = f"131052-900{sign}"
    one = with_category("Alue", {"index": ["SSS", code], "label": {"SSS": "a", code: "b"}})
    told = fault(load_json(tmp_path, one))
    assert told is not None
    assert "identity code" in told
    assert code not in told


def test_signs_beyond_the_basic_ones_and_an_escaped_nul_do_no_harm(tmp_path):
    labels = {"vaesto": "V\U0001f600 \0 \n x"}
    working = load_json(tmp_path, with_category("Tiedot", {"label": labels}))
    assert [row[:3] for row in rows(working, ALL)] == [row[:3] for row in WHOLE]
