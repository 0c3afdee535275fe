"""A sealed extract by HTTP: whole and valid, of the choice alone, and refused in one line."""

import csv
import io
import zipfile

import pytest
import twinned
from starlette.requests import Request

from tilannehuone.exports.extract_seal import seal_faults
from tilannehuone.web.sealed import sealed_file


@pytest.fixture
def asked(monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(twinned.real()[0]))

    def answer(query):
        scope = {"type": "http", "method": "GET", "headers": [], "query_string": query.encode()}
        return sealed_file(Request(scope))

    return answer


def test_what_is_downloaded_is_a_whole_extract_of_the_choice(asked):
    answer = asked("lang=fi&measure=visits_rate&area=N&area=FI&period=year")

    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    assert seal_faults(files) == []
    rows = list(csv.reader(files["cells.csv"].decode().splitlines()))[1:]
    assert {tuple(row[:3]) for row in rows} == {
        ("visits_rate", area, "year") for area in ("FI", "N")
    }


@pytest.mark.parametrize(
    "query", ["measure=visit_rate", "measure=visits_rate&from=2024-13", "area=X"]
)
def test_a_choice_of_what_is_not_there_is_refused_in_one_line(query, asked):
    answer = asked(f"lang=sv&{query}")

    assert answer.status_code == 422
    assert b"\\n" not in answer.body
