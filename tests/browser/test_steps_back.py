"""One view is one step back, and another language is that of what is seen."""

import re

DEEP = "/trend?lang=fi&area=kaakkuri&indicator=cp_notifications_rate&period=month"
DRAWN = "svg.th-drawing >> visible=true"


def test_from_a_page_of_the_menu_one_step_leads_back(served, new_tab):
    tab = new_tab()
    tab.goto(served)
    tab.wait_for_selector(".th-tile")
    tab.wait_for_url("**area=**")
    tab.get_by_role("link", name="Mittari", exact=True).first.click()
    tab.wait_for_selector(DRAWN)
    tab.wait_for_url("**/trend?**area=**")
    tab.go_back()
    tab.wait_for_selector(".th-tile")

    assert "/trend" not in tab.evaluate("location.href")


def test_another_scale_is_a_step_of_its_own(served, new_tab):
    tab = new_tab()
    tab.goto(served + DEEP)
    tab.wait_for_selector(".th-multiples")
    tab.get_by_role("link", name="Oma asteikko").click()
    tab.wait_for_url("**axis=own**")
    tab.go_back()
    tab.wait_for_function("() => !location.href.includes('axis=own')")

    assert "area=kaakkuri" in tab.evaluate("location.href")


def test_another_language_keeps_what_was_chosen_since_the_page_was_opened(served, new_tab):
    tab = new_tab()
    tab.goto(served + DEEP)
    tab.wait_for_selector(DRAWN)
    tab.get_by_role("combobox", name="Alue").fill("Tuira")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**area=tuira**")
    tab.get_by_role("link", name="Svenska").click()
    tab.wait_for_url("**lang=sv**")

    assert re.search("area=tuira", tab.evaluate("location.href"))
