"""What readers see and take with them is the same, whatever the hidden numbers are."""

import pytest
from opened import downloaded, drawings, open_page
from swap_world import make_ready, make_world
from swapping import swapped

from tilannehuone.exports.forms import FORMS
from tilannehuone.texts import LANGUAGES

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


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", SEEN)
def test_pages_drawings_and_files_are_the_same(page, lang, folders, seen):
    pairs = [
        [seen(folder, page, {**query, "lang": lang}) for folder in folders] for query in SEEN[page]
    ]

    assert all(one == other for one, other in pairs)
    assert all(markup for (markup, _, _), _ in pairs)
    if page == "trend":
        drawn = sum(any("th-drawing" in one for one in drawn) for (_, drawn, _), _ in pairs)
        assert drawn >= 3
