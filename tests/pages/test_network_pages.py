"""A network room is a release like any other: every page opens in it, and tells the regions."""

import re

import pytest
from opened import open_page, words_of

from tilannehuone.release import current_release
from tilannehuone.ui import cached, regions

PAGES = (
    *("overview", "trend", "area", "map", "outlook"),
    *("meeting", "observations", "quality", "about"),
)


@pytest.fixture
def shown(network_room, monkeypatch, markup):
    """Return a function that gives the words of a page of the room."""

    def words(page="overview", **query):
        return words_of(markup(open_page(monkeypatch, network_room[0], page, **query)))

    return words


@pytest.fixture
def release(network_room):
    """The room's release."""
    return current_release(network_room[0] / "data/releases")


@pytest.mark.parametrize(
    ("page", "query"),
    [
        *((page, {"lang": "fi", "area": "network"}) for page in PAGES),
        *((page, {"lang": "sv"}) for page in ("overview", "quality")),
        *((page, {"lang": "en"}) for page in ("map", "about")),
    ],
    ids=str,
)
def test_every_page_opens_on_the_whole_network_and_where_a_reader_begins(page, query, shown):
    told = shown(page, **query)

    assert told
    assert not re.search(r"\{\w+\}|\bnan\b|\bNaT\b|: None\b", told)


@pytest.mark.parametrize("page", ["overview", "trend", "area", "outlook"])
def test_every_page_opens_on_an_area_and_names_its_region(page, shown):
    assert "Keskusta, Turku" in shown(page, lang="fi", area="turku-t1")


def test_the_overview_of_the_network_has_a_column_a_region(shown):
    told = shown("overview", lang="fi", area="network", view="matrix")

    assert "Koko verkosto" in told
    assert "ei ole omia lukuja" in told
    assert re.search("valittu alue Kemi Oulu Turku Vaasa", told)


def test_a_region_that_lacks_the_newest_quarter_still_shows_its_own(shown):
    told = shown("trend", lang="fi", area="turku-t1", indicator="calls")

    assert "3. neljännes 2024" in told


def test_the_quality_page_tells_the_sources_of_each_region(shown):
    told = shown("quality", lang="fi")

    assert "calls, Oulu" in told
    assert "calls, Turku" in told
    assert "calls__vaasa" in told


def test_a_source_of_a_region_feeds_the_measures_that_it_counts_there(release):
    measures = cached.indicators(release)

    assert regions.fed(release, measures["calls"]).numerators == {
        "kemi-calls",
        "oulu-calls",
        "turku-calls",
    }
    assert regions.fed_here(release, measures["visits_rate"], "turku-t1") == {
        "turku-visits",
        "turku-people",
    }


def test_regions_can_be_asked_for_with_their_areas_and_definitions(release, instance):
    assert list(regions.regions(release)["region"]) == ["kemi", "oulu", "turku", "vaasa"]
    assert regions.region_of(release, "vaasa-t2") == "vaasa"
    assert regions.region_of(release, "network") is None
    own = regions.region_definitions(release, "visits_rate")
    assert len(set(own["definitions_hash"])) == 3

    ordinary = current_release(instance / "data/releases")
    assert regions.regions(ordinary).empty
    assert not regions.is_room(ordinary)
    assert regions.region_definitions(ordinary, "visits_rate").empty


def test_the_room_opens_with_an_area_that_has_figures(shown):
    assert "Kemi" in shown("trend", lang="fi")
