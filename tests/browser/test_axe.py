"""Every page, light and dark, and what opens over it: no fault that axe finds, no English word.

axe-core's rules of WCAG 2.0 and 2.1, levels A and AA. In Finnish all of it, and the words are read
too while the page is open (`test_language_of_screens.py`); in the other languages, where the words
alone are others, the pages take turns.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_language_of_screens import english

from tilannehuone.texts import text

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
PAGES = {
    "overview": "/?area=kaakkuri",
    "matrix": "/?area=kaakkuri&view=matrix",
    "trend": "/trend?area=kaakkuri&indicator=cp_notifications_rate",
    "small": "/trend?area=072&indicator=cp_notifications_rate",
    "area": "/area?area=kaakkuri",
    "map": "/map?indicator=cp_notifications_rate",
    "compare": "/compare?area=kaakkuri&indicator=cp_notifications_rate",
    "research": "/research?area=kaakkuri&indicator=cp_notifications_rate&study=interrupted",
    "outlook": "/outlook?area=kaakkuri",
    "observations": "/observations?area=kaakkuri",
    "meeting": "/meeting?area=kaakkuri",
    "quality": "/quality?area=kaakkuri",
    "about": "/about?area=kaakkuri",
}
GROUND = "wanted => getComputedStyle(document.querySelector('.stApp')).backgroundColor === wanted"
EXCEPTIONS: dict[str, str] = {}
"""Rules broken by the framework alone and past mending, each with what was tried; none today."""


PLACES = {
    "fi": "Oulun seudun tilannehuone (esimerkki)",
    "sv": "Uleåborgsregionens lägesrum (exempel)",
    "en": "Oulu region situation room (example)",
}


def called(page, lang):
    """Return what the browser is to call a page: as the menu does, and of what instance."""
    name = PAGES[page].partition("?")[0].strip("/") or "overview"
    return f"{text(f'{name}.menu', lang)} · {PLACES[lang]}"


def faults(tab):
    found = Axe().run(tab, options=RULES).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
        if one["id"] not in EXCEPTIONS
    ]


@pytest.mark.parametrize(
    ("page", "lang"), [(page, ("sv", "en")[n % 2]) for n, page in enumerate(PAGES)]
)
def test_a_page_has_no_fault(go, shared_tab, keep, page, lang):
    shared_tab.emulate_media(color_scheme="light")
    go(shared_tab, f"{PAGES[page]}&lang={lang}")
    keep(shared_tab, f"page-{page}-{lang}")

    assert shared_tab.title() == called(page, lang)
    assert faults(shared_tab) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_finnish_page_has_no_fault_in_a_light_and_in_a_dark_room_and_no_english(
    go, shared_tab, keep, page
):
    shared_tab.emulate_media(color_scheme="light")
    go(shared_tab, f"{PAGES[page]}&lang=fi")
    assert shared_tab.title() == called(page, "fi")
    for scheme, ground in (("light", "rgb(251, 250, 248)"), ("dark", "rgb(16, 24, 31)")):
        shared_tab.emulate_media(color_scheme=scheme)
        shared_tab.wait_for_function(GROUND, arg=ground)
        keep(shared_tab, f"page-{page}-{scheme}")

        assert faults(shared_tab) == []
    for one in shared_tab.locator(".stMain summary").all():
        one.click()
    assert english(shared_tab) == {}


@pytest.mark.parametrize("kind", ["scatter"])
def test_another_kind_of_study_has_no_fault_either(go, shared_tab, keep, kind):
    shared_tab.emulate_media(color_scheme="light")
    go(shared_tab, f"{PAGES['research'].partition('&study')[0]}&lang=fi&study={kind}&choose=1")
    keep(shared_tab, f"page-research-{kind}")

    assert faults(shared_tab) == []
    assert english(shared_tab) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_over_a_page_has_no_fault(go, shared_tab, keep, scheme):
    shared_tab.emulate_media(color_scheme=scheme)
    go(shared_tab, f"{PAGES['trend']}&lang=fi")
    shared_tab.get_by_role("combobox").first.click()
    shared_tab.get_by_role("listbox").wait_for()
    keep(shared_tab, f"options-{scheme}")
    assert faults(shared_tab) == []
    shared_tab.keyboard.press("Escape")
    shared_tab.locator("h1").first.click()
    shared_tab.keyboard.press("?")
    keep(shared_tab, f"keys-{scheme}")
    assert faults(shared_tab) == []
    shared_tab.keyboard.press("Escape")
    shared_tab.keyboard.press("p")
    shared_tab.wait_for_selector(".th-room h1")
    assert faults(shared_tab) == []
    shared_tab.keyboard.press("Home")
    assert faults(shared_tab) == []


def test_a_planted_fault_is_found(go, shared_tab):
    go(shared_tab, f"{PAGES['about']}&lang=fi")
    shared_tab.evaluate("document.querySelector('h1').innerHTML += '<button></button>'")

    assert any(one.startswith("button-name") for one in faults(shared_tab))
