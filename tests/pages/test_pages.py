"""Every page in every language: what it says first, and that nothing is missing."""

import re

import pytest

from tilannehuone.texts import LANGUAGES, catalogue

PAGES = (
    "overview",
    "trend",
    "area",
    "map",
    "compare",
    "outlook",
    "meeting",
    "observations",
    "research",
    "quality",
    "about",
)
FIRST_WORDS = {
    ("overview", "fi"): "Tilannekuva",
    ("overview", "sv"): "Lägesbild",
    ("overview", "en"): "Situational picture",
    ("trend", "fi"): "Pilottipuhelimen yhteydenotot",
    ("trend", "sv"): "Kontakter till pilottelefonen",
    ("trend", "en"): "Pilot line contacts",
    ("area", "fi"): "samantyyppisten alueiden",
    ("area", "sv"): "områden av samma typ",
    ("area", "en"): "of its type",
    ("map", "fi"): "Pilottipuhelimen yhteydenotot",
    ("map", "sv"): "Kontakter till pilottelefonen",
    ("map", "en"): "Pilot line contacts",
    ("compare", "fi"): "Vertailu",
    ("compare", "sv"): "Jämförelse",
    ("compare", "en"): "Comparison",
    ("research", "fi"): "Pilottipuhelimen yhteydenotot",
    ("research", "sv"): "Kontakter till pilottelefonen",
    ("research", "en"): "Pilot line contacts",
    ("outlook", "fi"): "Ennuste koskee aluetta",
    ("outlook", "sv"): "Prognosen gäller området",
    ("outlook", "en"): "A forecast concerns the area",
    ("observations", "fi"): "Havaintoja: 0",
    ("observations", "sv"): "Observationer: 0",
    ("observations", "en"): "Observations: 0",
    ("meeting", "fi"): "Johtotiimin kokous",
    ("meeting", "sv"): "Ledningsteamets möte",
    ("meeting", "en"): "The leadership team&#x27;s meeting",
    ("quality", "fi"): "Luettiin 3 tiedostoa",
    ("quality", "sv"): "3 filer",
    ("quality", "en"): "3 files",
    ("about", "fi"): "ei ennusta yhdenkään lapsen",
    ("about", "sv"): "förutsäger inte något enskilt barns",
    ("about", "en"): "predicts no child&#x27;s",
}
SUBJECTS = sorted({key.partition(".")[0] for key in catalogue("fi")})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_in_the_language_of_its_address(page, lang, open_app, markup):
    shown = markup(open_app(page, lang=lang))

    assert FIRST_WORDS[page, lang] in shown
    assert len(re.findall("<h1", shown)) == 1
    assert not re.search(r"\{\w+\}|\bnan\b|\bNone\b|\bNaT\b", re.sub(r"<[^>]*>", "", shown))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_invented_figures_are_called_so_on_every_page(page, lang, open_app, markup):
    assert catalogue(lang)["frame.synthetic"] in markup(open_app(page, lang=lang))


def test_the_room_opens_in_finnish_at_the_home_area(open_app, markup):
    app = open_app()

    assert '<header class="th-head" lang="fi">' in markup(app)
    assert app.selectbox(key="pick.area").value == "kaakkuri"


def test_the_language_is_chosen_by_links_that_keep_the_rest_of_the_address(open_app, markup):
    shown = markup(open_app("trend", lang="sv", area="tuira", indicator="cp_notifications_rate"))

    assert 'href="?lang=en&amp;area=tuira&amp;indicator=cp_notifications_rate' in shown
    assert 'lang="sv" aria-current=true>Svenska' in shown


def test_every_measure_stands_in_the_overview_and_leads_to_its_trend(open_app, markup):
    shown = markup(open_app(area="564", lang="fi"))
    links = re.findall(r'class="th-tile[^>]*href="trend\?lang=fi&amp;area=564&amp;indic', shown)

    assert len(links) == 20


def test_the_measures_due_now_come_first(open_app, markup):
    words = re.findall(r'class="th-due( now)?"', markup(open_app()))

    assert words == sorted(words, reverse=True)
    assert words[0] == " now"


def test_the_about_page_defines_every_measure(open_app, markup):
    shown = markup(open_app("about"))

    assert shown.count("<details") == 20
    assert "LSL 417/2007" in shown or "417/2007" in shown
    assert "cp_assessment_started_7wd_share" in shown


def test_the_quality_page_tells_reasons_in_words_and_no_code(open_app, markup):
    shown = markup(open_app("quality"))

    assert "Päätös ennen vireilletuloa." in shown
    assert "Ei ole kokonaisluku" in shown
    assert "rule:" not in shown
    assert "not_integer" not in shown


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_three_languages_say_the_same_things_with_the_same_values(subject):
    places = {
        lang: {
            key: set(re.findall(r"\{(\w+)\}", words))
            for key, words in catalogue(lang).items()
            if key.startswith(f"{subject}.")
        }
        for lang in LANGUAGES
    }

    assert places["fi"]
    assert places["fi"] == places["sv"] == places["en"]
