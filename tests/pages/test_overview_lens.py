"""How the situational picture is looked at: all of it in the address, and nothing lost."""

import re
from html import unescape

import pytest

from tilannehuone.finding import icon
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import frame, overview_filter, overview_paper, standing
from tilannehuone.ui.overview_filter import Lens


@pytest.fixture
def page(instance, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
    return frame.page_of("overview", "fi")


def names(shown):
    found = re.findall(r'<span class="name">(.*?)</span>\s*<span class="value', shown)
    return [unescape(re.sub("<[^>]+>", "", one)) for one in found]


def test_tiles_are_shown_where_the_address_says_nothing(open_app, markup):
    shown = markup(open_app())

    assert "th-tiles" in shown
    assert 'class="th-matrix"' not in shown
    assert re.search(r'<a id="lens-view-tiles"[^>]*aria-current="true"', shown)


@pytest.mark.parametrize(
    "query", [{"view": "cube"}, {"sort": "colour"}, {"only": "'; drop"}, {"view": ""}]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_choice_there_is_not_is_told_and_the_usual_one_shown(lang, query, open_app, markup):
    shown = markup(open_app(lang=lang, **query))

    assert catalogue(lang)["overview.bad_choice"] in unescape(shown)
    assert "th-tiles" in shown


def test_every_choice_is_a_link_that_keeps_the_others(open_app, markup):
    shown = unescape(markup(open_app(area="564", view="matrix", sort="name", q="lapset")))
    links = dict(re.findall(r'<a id="lens-([\w-]+)" href="\./\?([^"]*)"', shown))

    assert links["view-tiles"] == "lang=fi&area=564&view=tiles&sort=name&q=lapset"
    assert links["sort-meeting"] == "lang=fi&area=564&view=matrix&q=lapset"
    assert links["only"] == "lang=fi&area=564&view=matrix&sort=name&only=signals&q=lapset"
    assert links["clear"] == "lang=fi&area=564&view=matrix&sort=name"


def test_the_view_chosen_is_kept_when_the_menu_empties_the_address(open_app, markup):
    app = open_app(view="matrix")
    app.query_params.clear()
    app.switch_page("pages/about.py").run()

    app.switch_page("pages/overview.py").run()

    assert 'class="th-matrix"' in markup(app)
    assert app.query_params["view"] in ("matrix", ["matrix"])


@pytest.mark.parametrize(
    ("words", "lang", "found"),
    [
        ("koolle paivassa", "fi", ["network_within_14d_share"]),
        ("VERKOSTO 14", "fi", ["network_within_14d_share"]),
        ("cp_open_care", "sv", ["cp_open_care_share"]),
        ("pilottelefonen", "sv", ["pilot_line_contacts_rate"]),
        ("pilottelefonen", "en", []),
        ("   ", "en", None),
    ],
)
def test_a_search_finds_names_definitions_and_ids_without_regard_to_marks(words, lang, found, page):
    shown = [
        one.id for one in page.indicators.values() if overview_filter.matches(one, words, lang)
    ]

    assert shown == (list(page.indicators) if found is None else found)


def test_the_search_field_writes_the_address_and_the_page_follows(open_app, markup):
    app = open_app(area="564")

    app.text_input(key="overview.q").set_value("  verkosto   14 ").run()

    assert app.query_params["q"] in ("verkosto 14", ["verkosto 14"])
    assert names(markup(app)) == ["Verkosto koolle 14 päivässä"]
    assert "Näkyvissä 1/20 mittaria." in markup(app)


@pytest.mark.parametrize("view", ["tiles", "matrix"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_search_that_finds_nothing_says_so_and_leads_back(lang, view, open_app, markup):
    shown = markup(open_app(lang=lang, view=view, q="<b>xyz</b>"))

    assert catalogue(lang)["overview.empty"].format(words="<b>xyz</b>") in unescape(shown)
    assert "<b>xyz" not in shown
    assert shown.count(catalogue(lang)["overview.clear"]) == 2


def test_only_signals_leaves_those_that_the_message_counts(open_app, markup):
    shown = markup(open_app(area="kaakkuri", only="signals"))
    count = re.search(r"niistä (\d+|yksi) näyttää", shown)[1]

    assert len(names(shown)) == (1 if count == "yksi" else int(count))
    assert "th-tile common" not in shown


def test_an_area_without_signals_says_so_in_place_of_tiles(altered, open_app, markup):
    folder = altered("""update findings set finding = regexp_replace(
        cast(finding as varchar), '"variation": "[a-z_]+"', '"variation": null')""")
    shown = markup(open_app(folder=folder, only="signals"))
    said = shown[shown.index("th-nothing") :]

    assert catalogue("fi")["overview.empty_signals"] in said


def test_concerns_come_first_and_what_cannot_be_judged_last(page):
    shown = overview_paper.picture(page, "kaakkuri", Lens(sort="concern")).indicators
    found = standing.standings(page, "kaakkuri")
    icons = [found[one.id] and icon(found[one.id]) for one in shown if one.id in found]
    judged = [n for n, one in enumerate(icons) if one in overview_filter.WORST_FIRST[:9]]
    waiting = [n for n, one in enumerate(icons) if one == "not_yet"]

    assert judged
    assert max(judged) < min(waiting)
    assert shown[-1].id not in found


def test_names_are_in_the_order_of_the_alphabet_of_the_reader(page):
    shown = overview_paper.picture(page, "564", Lens(sort="name")).indicators

    assert shown[0].name.fi.startswith("Arviointi")
    assert len(shown) == 20
    assert overview_filter._alphabet("Ähtäri") > overview_filter._alphabet("Ylivieska")
    assert overview_filter._alphabet("Åbo") < overview_filter._alphabet("Ähtäri")


def test_an_address_too_long_to_be_a_name_is_cut():
    assert len(overview_filter.lens_of({"q": "a" * 5000}).words) == overview_filter.MOST_WORDS
