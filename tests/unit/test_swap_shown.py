"""What readers see and take with them is the same, whatever the hidden numbers are."""

import asyncio
import itertools

import httpx
import pytest
from opened import downloaded, drawings, open_page
from starlette.applications import Starlette
from starlette.middleware import Middleware
from swap_world import make_ready, make_world
from swapping import swapped

from tilannehuone.exports.forms import FORMS
from tilannehuone.texts import LANGUAGES
from tilannehuone.web.api import ROUTES
from tilannehuone.web.gate import Gate

SEEN = {
    "overview": [{"area": "N"}, {"area": "n3"}, {"area": "N", "view": "matrix"}],
    "quality": [{}],
    "about": [{}],
    "area": [{"area": "N"}, {"area": "n3"}],
    "map": [{"indicator": "visits"}, {"indicator": "visits_rate"}],
    "outlook": [{"area": "N"}, {"area": "n3"}],
    "trend": [
        {"area": "n2", "indicator": "visits", "period": "month"},
        {"area": "n3", "indicator": "visits_rate", "period": "quarter"},
        {"area": "N", "indicator": "visits_rate", "period": "month"},
        {"area": "n3", "indicator": "done_share", "period": "half_year"},
        {"area": "n3", "indicator": "days_mean", "period": "quarter"},
        {"area": "n3", "indicator": "days_median", "period": "month"},
        {"area": "n3", "indicator": "clients_share", "period": "month"},
    ],
}

BESIDE = {
    "compare": [
        {"area": "n2", "indicator": "visits_rate", "period": "year", "with": "n1,n3,s1,s2"},
        {"area": "n2", "indicator": "days_mean", "period": "quarter"},
    ],
    "research": [
        {"area": "n1", "indicator": "visits_rate", "period": "month", "study": kind}
        for kind in ("distribution", "interrupted", "scatter")
    ],
}
"""Pages of which a table and the screen tell it all: seen in one language."""

ASKED = (
    *("cells?period_type=*&breakdown=*", "cells?format=json-stat&indicator=visits"),
    *("series?indicator=visits_rate&area=n3", "findings?period_type=*&breakdown=*"),
    *("forecasts", "comparisons", "release", "indicators", "areas", "events"),
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Return the folders of two instances whose releases hide other numbers."""
    place = tmp_path_factory.mktemp("shown")
    world = make_ready(make_world(place / "instance"), place / "tables")
    first = world.release(place / "first", world.unsafe)
    other = swapped(world.unsafe, first.hidden)
    assert not other.equals(world.unsafe)
    world.release(place / "second", other, given=first)
    return place / "first", place / "second"


@pytest.fixture
def seen(monkeypatch):
    """Return a function that gives all that a page shows: markup, drawings, and every file."""

    def looked(folder, page, query):
        app = open_page(monkeypatch, folder, page, **query)
        answers = [downloaded(monkeypatch, folder, f"{page}.{ending}", **query) for ending in FORMS]
        files = [bytes(one.body) for one in answers]
        return [one.proto.body for one in app.get("html")], drawings(app), files

    return looked


@pytest.mark.parametrize("page", SEEN)
def test_pages_drawings_and_files_are_the_same(page, folders, seen):
    # the queries take turns in the languages, of which the words alone differ
    turns = itertools.islice(itertools.cycle(LANGUAGES), list(SEEN).index(page), None)
    queries = [{**query, "lang": lang} for query, lang in zip(SEEN[page], turns, strict=False)]
    pairs = [[seen(folder, page, query) for folder in folders] for query in queries]

    assert all(one == other for one, other in pairs)
    assert all(markup for (markup, _, _), _ in pairs)
    if page == "trend":
        drawn = sum(any("th-drawing" in one for one in drawn) for (_, drawn, _), _ in pairs)
        assert drawn


@pytest.mark.parametrize("page", BESIDE)
def test_what_stands_beside_other_areas_and_studies_are_the_same(page, folders, monkeypatch):
    for query in BESIDE[page]:
        seen = []
        for folder in folders:
            app = open_page(monkeypatch, folder, page, lang="fi", **query)
            table = downloaded(monkeypatch, folder, f"{page}.csv", lang="fi", **query)
            markup = [one.proto.body for one in app.get("html")]
            seen.append((markup, drawings(app), bytes(table.body)))

        assert seen[0] == seen[1], query
        assert all(seen[0])


async def answer(path):
    app = Starlette(routes=ROUTES, middleware=[Middleware(Gate, routes=ROUTES)])
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://room.test")
    async with client:
        return await client.get(f"/api/v1/{path}")


def test_programs_are_answered_the_same(folders, monkeypatch):
    """Every answer's bytes, and its tag, which is made of the release's name."""
    told = []
    for folder in folders:
        monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))
        answers = [asyncio.run(answer(one)) for one in ASKED]
        told.append([(one.status_code, one.content, one.headers["etag"]) for one in answers])

    assert told[0] == told[1]
    assert {code for code, _, _ in told[0]} == {200}
