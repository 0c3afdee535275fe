"""A study by the keyboard alone: its kind, the areas beside, its start; and the menu above it."""

import pytest

SERIES = "/research?lang=fi&area=kaakkuri&indicator=cp_notifications_rate&period=month"
NAMED = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
SAID = "text => document.querySelector('.th-message').innerText.includes(text)"
CLEAR = """() => {
  const told = document.querySelector(".th-chrome").getBoundingClientRect().left;
  const items = [...document.querySelectorAll("[data-testid=stTopNav] .rc-overflow-item, "
    + "[data-testid=stExpandSidebarButton]")].filter((one) => one.checkVisibility(
    { opacityProperty: true }) && one.getBoundingClientRect().height > 0);
  return items.length > 0
    && Math.max(...items.map((one) => one.getBoundingClientRect().right)) <= told;
}"""


def go_to(tab, start):
    """Press Tab until the focus is on what is named so."""
    for _ in range(80):
        tab.keyboard.press("Tab")
        if tab.evaluate(NAMED).startswith(start):
            return
    raise AssertionError(start)


def test_a_study_is_chosen_by_the_keyboard_and_held_by_the_address(go, new_tab):
    tab = go(new_tab(), SERIES)
    go_to(tab, "Keskeytetty aikasarja")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**study=interrupted**")
    tab.get_by_role("combobox", name="Muutos alkoi").wait_for()
    tab.wait_for_function(SAID, arg="odotet")

    go_to(tab, "Alueet rinnalla")
    tab.keyboard.press("Enter")
    go_to(tab, "Jätä pois Tuira")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**with=**choose=1**")
    tab.get_by_role("link", name="Ota rinnalle Tuira").wait_for()

    start = tab.get_by_role("combobox", name="Muutos alkoi")
    start.fill("tammi 2024")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**start=2024-01-01**")
    tab.wait_for_function(SAID, arg="tammi 2024")

    address = tab.evaluate("location.href")
    assert all(one in address for one in ("study=interrupted", "with=", "area=kaakkuri"))
    assert "tuira" not in address
    while "study=interrupted" in tab.evaluate("location.href"):
        tab.go_back()
    tab.get_by_role("link", name="Viivat", exact=True).wait_for()
    tab.wait_for_selector(".th-switch a[aria-current]:has-text('Viivat')")


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_the_menu_never_reaches_the_tools_and_languages(go, new_tab, lang):
    tab = go(new_tab(), f"/about?lang={lang}")
    for width in (1600, 1366, 1280, 1024, 800, 390):
        tab.set_viewport_size({"width": width, "height": 768})

        tab.wait_for_function(CLEAR, timeout=5000)
