"""A tile answers the newcomer: better or not, since when, we or everyone, what was promised."""

import re
from html import unescape

import pytest

from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import frame, overview_paper, overview_table, standing


@pytest.fixture
def page(instance, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
    return frame.page_of("overview", "fi")


def tile(shown, indicator_id):
    found = re.search(rf'<a class="th-tile[^>]*indicator={indicator_id}[^>]*>(.*?)</a>', shown)
    return unescape(found[1])


def signal_of(page, area_code):
    found = standing.standings(page, area_code).values()
    return next(one for one in found if one and len(one.marks) == 1 and one.marks[0].length)


def test_a_signal_says_since_when_it_goes_on(page, open_app, markup):
    finding = signal_of(page, "kaakkuri")
    first = standing.begun(page, "kaakkuri", finding)
    words = tile(markup(open_app(area="kaakkuri")), finding.indicator_id)

    assert first < finding.latest_period
    assert f"{first.day}.{first.month}.{first.year} alkaen" in words


def test_a_signal_says_what_the_area_above_shows(open_app, markup):
    told = [
        one
        for one in re.findall(r'<span class="more">(.*?)</span>', markup(open_app(area="kaakkuri")))
        if "Oulu: " in one
    ]

    assert told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_promise_stands_on_the_tile_with_whether_it_is_met(lang, open_app, markup):
    shown = markup(open_app(lang=lang, area="564"))
    target = {"fi": "Tavoite vähintään", "sv": "Mål minst", "en": "Target at least"}[lang]

    assert target in tile(shown, "network_within_14d_share")
    assert re.search(r'more target"><span class="th-icon (met|missed|either)', shown)


def test_without_a_signal_a_tile_says_no_beginning(page, open_app, markup):
    steady = next(
        one for one in standing.standings(page, "564").values() if one.variation == "common"
    )

    assert '"more">' not in tile(markup(open_app(area="564")), steady.indicator_id)


def test_one_measure_left_silent_is_told_in_the_singular(altered, open_app, markup):
    folder = altered("""delete from findings where breakdown = 'all' and area_code = '564'
        and indicator_id not in (select indicator_id from findings where area_code = '564'
            and breakdown = 'all' and variation is null
            and indicator_id in ('out_of_home_share', 'psychiatry_clients_share') limit 1)""")
    shown = markup(open_app(folder=folder, area="564"))

    assert catalogue("fi")["overview.message_silent_one"] in shown


@pytest.mark.parametrize("view", ["tiles", "matrix"])
def test_a_file_holds_what_is_shown_in_its_order(view, page):
    query = {"view": view, "sort": "name", "q": "verkosto"}
    paper = overview_paper.paper(page, "kaakkuri", query)

    assert paper.figure is None
    assert list(paper.labels) == [row[0].text for row in paper.table.rows]
    assert len(paper.labels) >= 2
    assert paper.messages[-1].endswith("haku ”verkosto”.")
    assert paper.name == ("overview-kaakkuri" if view == "tiles" else "overview-matrix-kaakkuri")
    assert dict(paper.table.notes)["Julkaisu"].startswith(page.facts["release_id"])


def test_the_file_of_the_matrix_says_both_words_and_names_areas_whole(page):
    table = overview_paper.paper(page, "564", {"view": "matrix"}).table

    assert table.columns[2].header == "Pohjois-Pohjanmaan hyvinvointialue (Pohde)"
    assert [one for row in table.rows for one in row if "; tavoite: " in one.text]
    assert not [one for row in table.rows for one in row if one.number is not None]


def test_what_the_address_names_wrongly_makes_the_usual_file(page):
    paper = overview_paper.paper(page, "564", {"view": "cube", "sort": "?", "only": "all"})
    usual = overview_paper.paper(page, "564", {})

    assert paper.table == usual.table
    assert overview_table.release_notes(page) != paper.table.notes
