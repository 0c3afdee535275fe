"""A network room is a release like any other: every page opens in it, and tells the regions."""

import re

import pytest
from opened import drawings, open_page, words_of

from tilannehuone.release import current_release
from tilannehuone.texts import text
from tilannehuone.ui import (
    about_measures,
    area,
    cached,
    compare,
    compare_head,
    compare_levels,
    map_drawing,
    map_view,
    options,
    regions,
)

PAGES = (
    *("overview", "trend", "area", "map", "outlook"),
    *("meeting", "observations", "quality", "about"),
)
AIM = """update region_indicators set definition = json_merge_patch(definition, '{"targets": [
    {"since": "2020-01-01", "value": 7, "kind": "local", "source": "x"}]}')
    where region = 'turku' and indicator_id = 'calls'"""


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


def test_pages_open_at_a_measure_that_the_first_region_has(network_room, monkeypatch):
    """Kemi opens the room and has no visits, which are declared first."""
    for page in ("research", "compare", "trend"):
        app = open_page(monkeypatch, network_room[0], page)

        assert app.selectbox(key="pick.indicator").value == "calls"
        assert drawings(app)


def test_what_one_region_aims_at_is_drawn_for_its_areas_alone(altered, network_room, room):
    page = room("trend", folder=altered(AIM, network_room[0]))

    def aims(code):
        choice = options.choice_of(page, {"area": code, "indicator": "calls"})
        return [one.value for one in choice.indicator.targets]

    assert aims("turku-t1") == [7]
    assert aims("oulu-t1") == []


def test_what_one_region_aims_at_is_told_under_its_name(altered, network_room, room):
    page = room("about", "sv", altered(AIM, network_room[0]))

    def told(measure):
        return dict(about_measures.facts(page, page.indicators[measure]))[
            text("about.targets", "sv")
        ]

    assert told("calls") == "Turku: 7\xa0sv från 1.1.2020 (lokalt: x)"
    assert told("visits_rate") == ""


def test_a_region_that_is_late_is_said_to_be_late_and_since_when(network_room, room):
    page = room("compare", folder=network_room[0])
    shown = compare.view(page, "calls", "oulu-t1", {"period": "quarter"})
    found = compare_levels.levels(shown)
    turku = next(one for one in found.rows if one.place.facts.region == "turku")

    assert (turku.value, turku.status) == (None, "o")
    assert "myöhässä, uusin 3. neljännes 2024" in compare_levels.alt(page, shown, found)
    table = compare_levels.table(page, shown, found)
    assert any("myöhässä, uusin" in cell.text for row in table.rows for cell in row)


def test_the_map_says_late_of_a_late_region_and_not_applicable_of_one_without(network_room, room):
    page = room("map", folder=network_room[0])
    here = {"type": "town", "year": "2024-10-01"}
    shown = map_view.view(page, "calls", here)
    told = {one.code: one.status for one in shown.places}

    assert (told["turku-t1"], told["oulu-t1"], told["vaasa-t1"]) == ("o", "ok", "z")
    assert "myöhässä (3 aluetta)" in map_drawing.drawing_html(page, shown)
    before = map_view.view(page, "calls", here | {"year": "2024-07-01"})
    assert "o" not in {one.status for one in before.places}


def test_what_has_no_figures_is_no_benchmark(network_room, room):
    page = room("area", folder=network_room[0])

    assert "oulu-C" in area.profile(page, "oulu-t1", {}).benchmarks
    assert list(area.profile(page, "oulu-C", {}).benchmarks) == [area.GROUP]


def test_an_area_beside_its_own_part_is_told_to_hold_it(network_room, room):
    page = room("compare", folder=network_room[0])
    alone = compare.view(page, "calls", "oulu-t1", {"with": "kemi-t1"})
    nested = compare.view(page, "calls", "oulu-t1", {"with": "oulu-C,kemi-t1"})
    told = text("compare.notice_nested", "fi", whole="Oulu", parts="Keskusta, Oulu")

    assert told in compare_head.notices(page, nested)
    assert "kuuluu" not in " ".join(compare_head.notices(page, alone))


def test_a_measure_of_one_region_is_compared_within_it(network_room, room):
    page = room("compare", folder=network_room[0])
    shown = compare.view(page, "calls__vaasa", "vaasa-t1", {})

    assert {one.code for one in shown.others} == {"vaasa-t2", "vaasa-t3"}
    assert not any("Vaasa:" in one.name for one in shown.places)
