"""The chrome's small tools: the copied link, the help on keys, tooltips, and words not our own."""

import re

import pytest

TREND = "/trend?lang=fi&area=kaakkuri&indicator=cp_notifications_rate"


DRAWN = "svg.th-drawing [data-tip]"


@pytest.fixture
def trend(go, new_tab):
    return go(new_tab(), TREND, DRAWN)


@pytest.fixture
def seen(go, shared_tab):
    """Return the page opened once, for the tests that leave it as it was."""
    return shared_tab if "/trend" in shared_tab.url else go(shared_tab, TREND, DRAWN)


def test_the_address_of_what_is_on_screen_is_copied_and_that_is_said(go, new_tab):
    tab = new_tab(permissions=["clipboard-read", "clipboard-write"])
    go(tab, TREND)
    tab.get_by_role("button", name="Kopioi linkki").click()
    tab.wait_for_function("() => document.querySelector('.th-told')?.textContent")

    assert tab.locator(".th-told[role=status]").text_content() == "Linkki kopioitu"
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == tab.url
    assert "indicator=cp_notifications_rate" in copied


def test_the_link_is_copied_even_where_the_clipboard_is_closed_to_scripts(trend):
    trend.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    trend.evaluate("document.addEventListener('copy', () => (window.copies = 1))")
    trend.get_by_role("button", name="Kopioi linkki").click()
    trend.wait_for_function("() => document.querySelector('.th-told')?.textContent")

    assert trend.evaluate("window.copies") == 1
    assert trend.locator(".th-told").text_content() == "Linkki kopioitu"


def test_the_help_on_keys_opens_and_closes_by_key_and_gives_the_focus_back(seen):
    button = seen.get_by_role("button", name="Näppäimet")
    button.focus()
    seen.keyboard.press("?")
    dialog = seen.get_by_role("dialog", name="Näppäimet")
    dialog.wait_for()
    told = dialog.inner_text()
    seen.keyboard.press("Escape")
    seen.wait_for_selector("dialog.th-help", state="detached")

    assert "Jaettu näyttö" in told
    assert "Takaisin sivulle" in told
    assert seen.evaluate("document.activeElement.dataset.room") == "keys"


def test_keys_of_one_letter_can_be_switched_off_and_on_again(trend):
    def switch():
        trend.get_by_role("button", name="Näppäimet").click()
        trend.get_by_role("checkbox", name="Yhden kirjaimen näppäimet").click()
        trend.keyboard.press("Escape")

    switch()
    trend.keyboard.press("p")
    assert trend.locator(".th-room").count() == 0
    switch()
    trend.keyboard.press("p")

    assert trend.locator(".th-room").count() == 1


def test_the_frameworks_own_keys_do_nothing(seen):
    asked = []
    seen.on("websocket", lambda one: asked.append(one))
    seen.locator("h1").first.click()
    for key in ("c", "r"):
        seen.keyboard.press(key)

    assert seen.get_by_role("dialog").count() == 0
    assert asked == []


def test_a_mark_says_its_figure_beside_the_pointer_and_within_the_window(seen):
    marks = seen.locator("svg.th-drawing:visible").first.locator("[data-tip]")
    for n in (0, marks.count() - 1):
        marks.nth(n).hover(force=True)
        tip = seen.locator("[role=tooltip]")
        tip.wait_for()
        box = tip.bounding_box()

        assert tip.text_content() == marks.nth(n).get_attribute("data-tip")
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1366
        assert box["y"] + box["height"] <= 768


def test_a_tip_hides_on_escape_and_when_the_pointer_leaves(seen):
    mark = seen.locator("svg.th-drawing:visible").first.locator("[data-tip]").first
    tip = seen.locator("[role=tooltip]")
    mark.hover(force=True)
    tip.wait_for()
    seen.keyboard.press("Escape")
    assert not tip.is_visible()
    mark.hover(force=True, position={"x": 3, "y": 3})
    tip.wait_for()
    seen.mouse.move(5, 5)

    assert not tip.is_visible()


def test_the_nearest_mark_speaks_where_the_pointer_is_on_none(seen):
    seen.evaluate("""() => {
      const drawn = `<svg class="th-drawing" id="own" viewBox="0 0 100 100"
        style="position: fixed; left: 0; top: 0; width: 100px; height: 100px; z-index: 9999999">
        <rect width="100" height="100" fill="white"/>
        <circle cx="10" cy="50" r="2" data-tip="left"/>
        <circle cx="60" cy="50" r="2" data-tip="right"/></svg>`;
      document.querySelector(".stApp").insertAdjacentHTML("beforeend", drawn);
    }""")
    tip = seen.locator("[role=tooltip]")
    seen.mouse.move(20, 50)
    assert tip.text_content() == "left"
    seen.mouse.move(45, 50)
    assert tip.text_content() == "right"
    seen.mouse.move(60, 98)

    assert not tip.is_visible()


@pytest.mark.parametrize(
    ("english", "finnish"),
    [
        ("Connection error", "Yhteys katkesi"),
        ("Is Streamlit still running? If you accidentally stopped", "Tilannehuone ei vastaa."),
        ("Please wait...", "Odota hetki…"),
        ("No results", "Ei osumia"),
        ("3 more", "3 lisää"),
    ],
)
def test_what_the_framework_says_is_said_in_finnish_when_it_appears(
    shared_tab, go, english, finnish
):
    if shared_tab.url == "about:blank":
        go(shared_tab, TREND, DRAWN)
    shared_tab.evaluate(
        """(said) => {
          document.querySelector("#planted")?.remove();
          const portal = document.createElement("div");
          portal.id = "planted";
          document.body.append(portal);
          portal.innerHTML = "<p></p><button>x</button>";
          portal.querySelector("p").textContent = said;
          portal.querySelector("button").setAttribute("aria-label", said);
        }""",
        english,
    )
    shared_tab.wait_for_function(
        "said => document.querySelector('#planted p').textContent.startsWith(said)", arg=finnish
    )
    name = shared_tab.locator("#planted button").get_attribute("aria-label")

    assert name.startswith(finnish)


def test_the_language_of_the_document_follows_the_language_links(go, new_tab):
    tab = go(new_tab(), "/about?lang=fi")
    for name, lang, menu in (("Svenska", "sv", "Sidor"), ("English", "en", "Pages")):
        tab.get_by_role("link", name=name).click()
        tab.wait_for_function("lang => document.documentElement.lang === lang", arg=lang)
        tab.get_by_role("navigation", name=re.compile(f"^{menu}$")).wait_for()
        assert tab.evaluate("window.room.lang") == lang
    tab.go_back()
    tab.wait_for_function("() => document.documentElement.lang === 'sv'")

    assert tab.evaluate("window.room.lang") == "sv"
