"""An observation entered by keyboard alone: stopped by the guard, saved, and suggested together."""

import random

import planted
from playwright.sync_api import expect

PAGE = "/observations?lang=fi&area=kaakkuri"
SLOW = 60_000
"""Milliseconds: the first words wait until the guard has gathered its own."""

WHAT, SAVED = "Mitä havaitsit?", "Havainto on tallennettu."


def write(tab, words):
    """Fill the form without a mouse, and send it from its button."""
    field = tab.get_by_label(WHAT)
    field.focus()
    tab.keyboard.press("Control+a")
    tab.keyboard.type(words)
    for _ in range(40):
        tab.keyboard.press("Tab")
        name = tab.evaluate(
            "() => { const one = document.activeElement;"
            " return `${one.getAttribute('aria-label') ?? ''} ${one.textContent}`; }"
        )
        if "Missä?" in name and tab.get_by_role("combobox", name="Missä?").input_value() == "":
            tab.keyboard.type("Koulu")
            tab.get_by_role("option", name="Koulu tai oppilaitos").wait_for()
            tab.keyboard.press("Enter")
        if name.strip() == "Tallenna":
            tab.keyboard.press("Enter")
            return
    raise AssertionError("the button was not reached by the tabulator")


def test_an_observation_is_entered_stopped_saved_and_suggested_together(go, new_tab, keep):
    tab = go(new_tab(), PAGE)
    code = planted.code(random.Random(11), "B")
    write(tab, f"Oppilas {code} puuttuu koulusta usein.")

    expect(tab.get_by_role("alert").first).to_contain_text("henkilötunnus", timeout=SLOW)
    expect(tab.get_by_label(WHAT)).to_have_value(f"Oppilas {code} puuttuu koulusta usein.")
    assert code not in tab.get_by_role("alert").first.inner_text()
    keep(tab, "observing-stopped")

    write(tab, "Koulupoissaolot lisääntyivät yläkoululla.")
    tab.get_by_text(SAVED).wait_for()
    link = tab.locator(".th-saved a").get_attribute("href")
    assert "id=" in link
    expect(tab.get_by_label(WHAT)).to_have_value("", timeout=SLOW)

    write(tab, "Poissaoloja koulusta on aiempaa enemmän.")
    group = tab.locator("[data-testid=stForm]").filter(has_text="Samankaltaisia?")
    expect(group).to_contain_text("Koulupoissaolot lisääntyivät", timeout=SLOW)
    expect(group).to_contain_text("Poissaoloja koulusta")
    keep(tab, "observing-together")

    tab.goto(tab.url.split("/observations")[0] + "/" + link.removeprefix("./"))
    expect(tab.locator("#th-fate")).to_contain_text("Koulupoissaolot lisääntyivät", timeout=SLOW)
    expect(tab.locator("#th-fate")).to_contain_text("Havaintoa ei ole vielä liitetty")


def test_nothing_is_wider_than_a_phone(go, new_tab, keep):
    tab = go(new_tab(viewport={"width": 390, "height": 844}), PAGE)
    tab.get_by_label(WHAT).wait_for()

    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    keep(tab, "observing-phone")
