"""A real Chromium on a real server: journeys, deep links, the keyboard, and nobody else called."""

import re
from pathlib import Path

DEEP = "/trend?lang=fi&area=kaakkuri&indicator=cp_notifications_rate&period=month"
DRAWN = "svg.th-drawing >> visible=true"
"""A chart has a low and a high drawing, for projector and wall; one of them is shown."""


def test_from_the_picture_to_a_measure_and_to_another_area(served, tab):
    tab.goto(served)
    tab.get_by_role("link", name=re.compile("Lastensuojeluilmoitukset")).first.click()
    tab.wait_for_selector(DRAWN)

    assert "indicator=cp_notifications_rate" in tab.url
    tab.get_by_role("combobox", name="Alue").fill("Tuira")
    tab.keyboard.press("Enter")
    tab.wait_for_function("() => document.querySelector('h1').textContent.includes('Tuira')")

    tab.wait_for_url("**area=tuira**")  # written by the page's own run, which follows the headline
    assert tab.hosts == {"127.0.0.1"}


def test_a_deep_link_opens_cold_in_its_language_with_a_spoken_chart(served, new_tab):
    tab = new_tab()
    tab.goto(served + DEEP.replace("lang=fi", "lang=sv"))
    tab.get_by_role("img", name=re.compile("^Barnskyddsanmälningar")).first.wait_for()

    assert tab.evaluate("document.documentElement.lang") == "sv"
    assert tab.title() == "Mätare · Uleåborgsregionens lägesrum (exempel)"
    assert tab.locator("svg.th-drawing text", has_text="jan").count() > 0


def test_nothing_is_wider_than_the_screen_and_the_chart_fits_it(served, tab):
    tab.goto(served + DEEP)
    tab.wait_for_selector(DRAWN)
    box = tab.locator(DRAWN).first.bounding_box()

    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert box["y"] + box["height"] <= tab.viewport_size["height"]


def test_type_is_large_enough_to_be_read_from_afar(served, tab):
    tab.goto(served)
    tab.wait_for_selector(".th-tile .value")
    size = "e => parseFloat(getComputedStyle(document.querySelector(e)).fontSize)"
    least = 18 if tab.viewport_size["width"] < 1900 else 20

    assert tab.evaluate(size, ".th-tile .name") >= least
    assert tab.evaluate(size, ".th-tile .value:not(.word)") >= 32


def test_the_keyboard_alone_reaches_a_measure(served, new_tab):
    tab = new_tab()
    tab.goto(served)
    tab.wait_for_selector(".th-tile")
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.classList.contains('th-tile')"):
            break
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".th-lead")

    assert outline == "solid"
    assert "/trend?" in tab.url


def test_changing_the_language_keeps_the_place_and_the_menu_the_language(served, new_tab):
    tab = new_tab()
    tab.goto(served + DEEP)
    tab.get_by_role("link", name="Svenska").click()
    tab.wait_for_selector("header[lang=sv] h1")

    assert "area=kaakkuri" in tab.url
    assert "indicator=cp_notifications_rate" in tab.url
    tab.get_by_role("link", name="Karta").click()
    tab.wait_for_function("() => document.title.startsWith('Karta · Uleåborgs')")


def test_the_table_leaves_as_a_file(served, new_tab):
    tab = new_tab()
    tab.goto(served + DEEP)
    tab.wait_for_selector(DRAWN)
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Taulukko (CSV)").click()
    content = Path(download.value.path()).read_text(encoding="utf-8-sig")

    assert download.value.suggested_filename == "cp_notifications_rate-kaakkuri-month.csv"
    assert content.startswith("Jakso;Luku;")
    assert "Määritelmä;" in content
    assert "Julkaisu;" in content
    assert ";forecast;" in content


def test_a_dark_room_has_a_dark_page_and_light_words_in_its_chart(served, new_tab):
    tab = new_tab(color_scheme="dark")
    tab.goto(served + DEEP)
    tab.wait_for_selector(DRAWN)
    colour = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    inks = "all => all.map(one => getComputedStyle(one).fill)"

    assert tab.evaluate(colour) == "rgb(16, 24, 31)"
    assert "rgb(185, 196, 205)" in tab.locator(DRAWN).locator("text").evaluate_all(inks)
