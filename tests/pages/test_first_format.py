"""A release of the first format that is still read, on every page, as a file, over HTTP.

`formats/plain.json.gz` is one as it was written then (22 November 2026, before there were plans,
outlines and regions): the small instance of the tests, built by the program of that day.
"""

import gzip
import json
from pathlib import Path

import duckdb
import pytest
from asked_api import TABLES as TABLES_ASKED
from asked_api import asked
from opened import ROOT, downloaded, open_page, words_of

from tilannehuone import store
from tilannehuone.release import POINTER, TABLES
from tilannehuone.web.views import VIEWS

KEPT = Path(__file__).with_name("formats") / "plain.json.gz"
PAGES = sorted(one.stem for one in (ROOT / "pages").glob("[a-z]*.py"))


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """Return an instance whose only release is the one that was kept."""
    told = json.loads(gzip.decompress(KEPT.read_bytes()))
    folder = tmp_path_factory.mktemp("old")
    releases = folder / "data" / "releases"
    releases.mkdir(parents=True)
    name = f"{told['release']['rows'][0][0]}.duckdb"
    with duckdb.connect(str(releases / name)) as release:
        for table, one in told.items():
            release.execute(f"create table {table} ({one['columns']})")
            if one["rows"]:
                places = ", ".join("?" * len(one["rows"][0]))
                release.executemany(f"insert into {table} values ({places})", one["rows"])
    (releases / POINTER).write_text(f"{name}\n", encoding="utf-8")
    return folder


def test_it_lacks_exactly_what_was_added_later():
    told = json.loads(gzip.decompress(KEPT.read_bytes()))

    assert set(TABLES) - set(told) == store.LATER_TABLES


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(old, page, monkeypatch):
    monkeypatch.delenv("TILANNEHUONE_DATABASE", raising=False)
    app = open_page(monkeypatch, old, page, area="N", indicator="visits_rate")

    assert len(words_of("\n".join(one.proto.body for one in app.get("html")))) > 100


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_every_view_is_handed_over_as_a_file(old, view, monkeypatch):
    query = {"area": "N", "indicator": "visits_rate", "lang": "fi"}
    answer = downloaded(monkeypatch, old, f"{view}.csv", **query)

    assert answer.status_code in (200, 404)  # no outlines: no map
    assert (answer.status_code == 200) or view in ("map", "research")


@pytest.mark.parametrize("table", [one for one in TABLES_ASKED if one != "/series"])
def test_programs_read_it(old, table, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(old))
    query = {key: one for key, one in TABLES_ASKED[table].items() if key != "indicator"}

    answer = asked(table, **query)
    assert answer.status_code == (404 if table == "/revisions" else 200)
    if table in ("/cells", "/findings"):
        assert answer.json()["total"] > 50
