"""Sotkanet's answers as downloaded, and its list of regions beside them."""

import json
import re

import pytest
from loading import counts, fault, load_text, loaded, rows
from official_files import DECLARED, PLACES, YEARS
from ruamel.yaml import YAML

from pipelines.extracts.sotkanet_words import main, measure_words
from tilannehuone.registry import Indicator
from tilannehuone.sources import Source


def region(number, code, category, fi, **names):
    return {"id": number, "code": code, "category": category, "title": {"fi": fi, **names}}


REGIONS = [
    region(658, "358", "MAA", "Koko maa", sv="Hela landet", en="Whole country") | {"memberOf": []},
    region(297, "564", "KUNTA", "Oulu", sv="Uleåborg", en="Oulu") | {"uri": "x"},
    region(970, "17", "HYVINVOINTIALUE", "Pohjois-Pohjanmaan hyvinvointialue"),
    region(99, "17", "MAAKUNTA", "Pohjois-Pohjanmaa"),
]
SOTKANET = {
    "files": "sotkanet_*.json",
    "regions": "sotkanet_regions.json",
    "shape": "aggregate",
    "absent_rows": "missing",
    "area": {
        "column": "alue",
        "type_column": "luokka",
        "type_values": {"KUNTA": "municipality", "HYVINVOINTIALUE": "county", "MAA": "country"},
        "aliases": {"358": "FI"},
    },
    "period": {"column": "vuosi", "type": "year"},
    "where": "luokka IN ('KUNTA', 'HYVINVOINTIALUE', 'MAA') OR luokka IS NULL",
    "columns": {
        "alue": {"header": "region_code", "type": "category"},
        "luokka": {"header": "region_category", "type": "category"},
        "vuosi": {"header": "year", "type": "category"},
        "sukupuoli": {"header": "gender", "type": "category", "total": "total"},
        "osuus": {"header": "value", "type": "decimal"},
        "lkm": {"header": "absValue", "type": "integer", "optional": True},
    },
}


def record(region, year, value, **more):
    told = {"indicator": 127, "region": region, "year": year, "gender": "total", "value": value}
    return told | more


def load_sotkanet(tmp_path, data, regions=REGIONS, declared=SOTKANET):
    folder = tmp_path / "extracts"
    folder.mkdir(exist_ok=True)
    for name, one in (("sotkanet_regions.json", regions), ("sotkanet_127.json", data)):
        if one is not None:
            (folder / name).write_text(one if isinstance(one, str) else json.dumps(one), "utf-8")
    return loaded(folder, declared, PLACES)


def test_sotkanets_list_is_read_with_its_own_list_of_regions(tmp_path):
    data = [
        record(658, 2023, 5.1, absValue=1234),
        record(297, 2023, 4.75, absValue=99),
        record(970, 2023, 6, absValue=None),
        record(99, 2023, 3.3, absValue=1),
        record(12345, 2023, 1, absValue=1),
    ]
    working = load_sotkanet(tmp_path, data)
    found = rows(working, "select area_code, osuus, lkm, lkm__status, line from raw_lahde")
    assert sorted(found) == [
        ("17", 6, None, "x", 3), ("564", 4.75, 99, None, 2), ("FI", 5.1, 1234, None, 1),
    ]  # fmt: skip
    assert rows(working, "select line, reason from quarantine") == [(5, "unknown_area")]
    assert counts(working) == (5, 3, 1, 0, 1)


@pytest.mark.parametrize(
    ("data", "regions", "expected"),
    [
        ([], REGIONS, "The file is empty"),
        ({"error": "x"}, REGIONS, "an error message of the service"),
        ([[1, 2]], REGIONS, "127.json:1: .*no list"),
        ([record(658, 2023, 1), record({"id": 658}, 2023, 1)], REGIONS, "127.json:2: .*no list"),
        ([{"year": 2023}], REGIONS, "missing: .*osuus"),
        ([record(658, 2023, 1)], None, "sotkanet_regions.json is not there"),
        ([record(658, 2023, 1)], [], "sotkanet_regions.json is not the service's list"),
        ([record(658, 2023, 1)], [{"id": 1}], "sotkanet_regions.json is not the service's list"),
        ([record(658, 2023, 1)], "<html>", "sotkanet_regions.json is not the service's list"),
        ("[{]", REGIONS, "127.json:1:3: The file is not valid JSON"),
    ],
)
def test_an_answer_of_sotkanet_that_is_no_data_is_one_line(tmp_path, data, regions, expected):
    working = load_sotkanet(tmp_path, data, regions)
    assert re.search(expected, fault(working) or ""), fault(working)
    assert rows(working, "select count(*) from raw_lahde") == [(0,)]


def test_a_telephone_number_under_a_key_that_is_not_declared_refuses_the_file(tmp_path):
    data = [record(658, 2023, 1, puhelin="040 " + "123" + " 4567")]
    assert "phone number" in (fault(load_sotkanet(tmp_path, data)) or "")


@pytest.mark.parametrize("years_across", [False, True])
def test_a_table_saved_from_sotkanets_pages_needs_no_format(tmp_path, years_across):
    """Semicolons and a decimal comma; either a row a year or the years across."""
    columns = {"alue": {"type": "category"}, "luku": {"header": "Arvo", "type": "decimal"}}
    declared = DECLARED | {"columns": columns | {"vuosi": {"type": "category"}}}
    text = "Tunnusluku;Alue;Sukupuoli;Vuosi;Arvo\nSijoitetut, %;Oulu;yhteensä;2023;1,7\n"
    if years_across:
        declared |= {"unpivot": {"match": r"(?P<vuosi>\d{4})", "value": "luku"}}
        text = "Tunnusluku;Alue;Sukupuoli;2022;2023\nSijoitetut, %;Oulu;yhteensä;..;1,7\n"
    working = load_text(tmp_path, text, declared, "sotkanet.csv", PLACES)
    found = rows(working, "select area_code, period_start, luku from raw_lahde order by 2")
    assert found[-1] == ("564", YEARS[1], 1.7)


def test_regions_belong_to_sotkanet_alone():
    with pytest.raises(ValueError, match="regions_of_sotkanet"):
        Source.model_validate(SOTKANET | {"format": "delimited"})


def test_a_declared_format_is_not_guessed(tmp_path):
    text = "Alue;Vuosi;value\nKU564;2023;5\n"
    assert "not valid JSON" in (
        fault(load_text(tmp_path, text, DECLARED | {"format": "json-stat"}, areas=PLACES)) or ""
    )


DESCRIBED = {
    "id": 191,
    "title": {"fi": "Sijoitetut", "sv": "Placerade", "en": "Placed"},
    "description": {"fi": "<p>Lapset, joiden&nbsp;ikä on 0&ndash;17.</p>", "sv": "Barn", "en": "C"},
    "interpretation": {"fi": "Luku <b>kertoo</b>", "sv": "Talet", "en": "It"},
    "limits": {},
    "data-updated": "2023-05-04",
    "classifications": {"sex": {"values": ["female", "male", "total"]}},
}


def test_the_services_words_of_an_indicator_become_those_of_a_measure(tmp_path, capsys):
    path = tmp_path / "191.json"
    path.write_text(json.dumps(DESCRIBED), encoding="utf-8")
    told = measure_words(path)
    assert told["definition"]["fi"] == "Lapset, joiden ikä on 0–17."
    assert told["caveats"] == [{"fi": "Luku kertoo", "sv": "Talet", "en": "It"}]
    assert set(told) <= set(Indicator.model_fields)
    assert main([str(path)]) == 0
    assert YAML(typ="safe").load(capsys.readouterr().out) == told


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[]", "kuvaus"),
        ("<html>", "verkkosivu"),
        (json.dumps({"id": 1, "title": {"fi": "kysy: a.b" + "@" + "kunta.fi"}}), "sähköposti"),
    ],
)
def test_what_describes_no_indicator_is_told_in_one_line(tmp_path, capsys, content, expected):
    path = tmp_path / "191.json"
    path.write_text(content, encoding="utf-8")
    assert main([str(path)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(str(path))
    assert expected in line
