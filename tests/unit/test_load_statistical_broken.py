"""Broken and hostile JSON: one line that says what, where and what to do, and nothing kept."""

import gzip
import json
import re

import pytest
from loading import fault, loaded, rows
from official_files import ALL, DECLARED, PLACES, WHOLE, dataset, load_json, with_category

from pipelines.extracts import cubes, json_text
from tilannehuone.texts import LANGUAGES


def without(key, *path):
    one = dataset()
    inside = one
    for step in path:
        inside = inside[step]
    del inside[key]
    return one


TEXT = json.dumps(dataset())
BROKEN = {
    "html": (
        "<!DOCTYPE html>\n<html>Palvelu ei vastaa</html>",
        r"a\.json:1: The file is a web page",
    ),
    "empty": ("  \n", r"a\.json: The file is empty"),
    "cut": (TEXT[: len(TEXT) // 2], r"a\.json:1:\d+: The file ends in the middle"),
    "cut text": ('{"label": "V\u00e4e', r"a\.json:1:11: The file ends in the middle"),
    "not json": ('{"value":\n [1, 2,, 3]}', r"a\.json:2:\d+: The file is not valid JSON"),
    "single quotes": ("{'value': 1}", r"a\.json:1:2: The file is not valid JSON"),
    "latin-1": ('{"label":\n"Väestö"}'.encode("latin-1"), r"a\.json:2:3: .*utf-8"),
    "utf-16": (TEXT.encode("utf-16"), r"a\.json:1:1: .*utf-8"),
    "nan": ('{"NaN": "a",\n "value": [1, NaN]}', r"a\.json:2:15: The file holds NaN"),
    "infinity": ('{"value": [-Infinity]}', r"a\.json:1:12: The file holds NaN"),
    "half a sign": ('{"label":\n "\\ud83d"}', r"a\.json:2:3: The file is not valid JSON"),
    "label of parts": (
        with_category("Tiedot", {"label": {"vaesto": ["a"]}}),
        "dimension number 2",
    ),
    "twice": ('{"value": [1], "value": [2]}', r"a\.json: The file has one key twice"),
    "deep": ("[" * 200_000, r"a\.json: The file is nested so deep"),
    "deep objects": ('{"a":' * 100_000, r"a\.json: The file is nested so deep"),
    "error": ({"error": [{"status": 400, "label": "x"}]}, "an error message of the service"),
    "text": ('"hei"', "no JSON-stat table"),
    "other json": ({"type": "FeatureCollection", "features": []}, "no JSON-stat table"),
    "only links": (
        {"class": "collection", "link": {"item": [{"class": "dataset", "href": "x"}]}},
        "no JSON-stat table",
    ),
    "two": ({"a": dataset(), "b": dataset()}, "The file holds 2 tables"),
    "no value": (without("value"), "no JSON-stat table"),
    "no dimension": (without("dimension"), "no JSON-stat table"),
    "no size": (without("size"), "no JSON-stat table"),
    "unlike ids": (dataset(id=["Alue", "Vuosi"]), "no JSON-stat table"),
    "same ids": (dataset(id=["Alue", "Alue", "Vuosi"]), "no JSON-stat table"),
    "negative size": (dataset(size=[2, -1, 2]), "no JSON-stat table"),
    "fraction": (dataset(size=[2, 1.5, 2]), "no JSON-stat table"),
    "true size": (dataset(size=[2, True, 2]), "no JSON-stat table"),
    "unknown id": (dataset(id=["Alue", "Tiedot", "Kuu"]), "dimension number 3"),
    "few categories": (with_category("Alue", {"index": ["SSS"]}), "dimension number 1"),
    "holes": (with_category("Alue", {"index": {"SSS": 0, "KU564": 2}}), "dimension number 1"),
    "same place": (with_category("Alue", {"index": {"SSS": 1, "KU564": 1}}), "dimension number 1"),
    "same code": (with_category("Alue", {"index": ["SSS", "SSS"]}), "dimension number 1"),
    "nothing": (with_category("Tiedot", {}), "dimension number 2"),
    "labels": (with_category("Tiedot", {"label": ["Väestö"]}), "dimension number 2"),
    "too few": (dataset(value=[1, 2, 3]), "There are 3 figures, but .* should be 4"),
    "too many": (dataset(value=[1] * 5), "There are 5 figures, but .* should be 4"),
    "outside": (dataset(value={"4": 1}), "a place that the table does not have"),
    "minus": (dataset(value={"-1": 1}), "a place that the table does not have"),
    "words": (dataset(value={"first": 1}), "a place that the table does not have"),
    "statuses": (dataset(status=["a", "b"]), "There are 2 figures"),
    "lost status": (dataset(status={"9": "a"}), "a place that the table does not have"),
    "nested": (dataset(value=[1, [2], 3, 4]), r"a\.json:2: A cell of the table holds"),
    "boolean": (dataset(value=[1, 2, True, 4]), r"a\.json:3: A cell of the table holds"),
    "huge": (dataset(size=[99999, 99999, 99999], value={"0": 1}), "more than 2 000 000 cells"),
    "astronomic": (TEXT.replace("[2, 1, 2]", "[2, 1, 1" + "0" * 5000 + "]"), "no JSON-stat table"),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """All the broken files and one sound one, delivered together; what became of each."""
    folder = tmp_path_factory.mktemp("broken")
    for kind, (content, _) in {**BROKEN, "sound": (dataset(), "")}.items():
        whole = content if isinstance(content, str | bytes) else json.dumps(content)
        data = whole if isinstance(whole, bytes) else whole.encode()
        (folder / f"{kind}.json").write_bytes(data + b" " * len(kind))  # no two alike
    with loaded(folder, DECLARED, PLACES) as working:
        yield working


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_one_line_and_nothing_of_it_is_kept(refused, kind):
    told, *others, kept = refused.execute(
        "select message_en, message_fi, message_sv, rows_read from files where name = ?",
        [f"{kind}.json"],
    ).fetchone()
    expected = BROKEN[kind][1].replace("a\\.json", re.escape(f"{kind}.json"))
    assert re.search(expected, told), told
    assert "\n" not in told
    assert len({told, *others}) == len(LANGUAGES)
    assert kept == 0


def test_of_a_delivery_with_broken_files_only_the_sound_one_is_kept(refused):
    assert rows(refused, "select name from files where state = 'loaded'") == [("sound.json",)]
    assert [row[:3] for row in rows(refused, ALL)] == [row[:3] for row in WHOLE]
    assert rows(refused, "select count(*) from quarantine") == [(0,)]


def test_a_file_too_large_or_packed_to_swell_is_not_unpacked_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(json_text, "LARGEST", 1 << 20)
    working = load_json(tmp_path, gzip.compress(b"[" + b" " * (3 << 20)), name="a.json.gz")
    assert "too large" in (fault(working) or "")


def test_a_file_of_more_parts_than_fit_in_memory_is_not_parsed(tmp_path, monkeypatch):
    monkeypatch.setattr(json_text, "MOST_PARTS", 5)
    assert "too many parts" in (fault(load_json(tmp_path, dataset())) or "")


def test_names_in_a_fault_are_short_and_on_one_line(tmp_path):
    one = json.loads(json.dumps(dataset()).replace('"Tiedot"', json.dumps("a\n" * 500)))
    declared = DECLARED | {"columns": DECLARED["columns"] | {"ika": {"type": "category"}}}
    told = fault(load_json(tmp_path, one, declared)) or ""
    assert "\n" not in told
    assert len(told) < 400


def test_a_table_with_more_cells_than_can_be_unfolded_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(cubes, "MOST_CELLS", 3)
    assert "more than 3 cells" in (fault(load_json(tmp_path, dataset())) or "")


def test_lacking_columns_are_told_beside_the_dimensions_that_are_there(tmp_path):
    declared = DECLARED | {"columns": DECLARED["columns"] | {"ika": {"type": "category"}}}
    told = fault(load_json(tmp_path, dataset(), declared)) or ""
    assert re.match(r"a\.json: .*\bika\b.*Alue, Alue_label, Tiedot, Tiedot_label, Vuosi", told)
