"""The shared screen: opened by a key or a button, turned by keys, left as it was entered."""

import pytest

TREND = "/trend?lang=fi&area=kaakkuri&indicator=cp_notifications_rate"
AT = ".th-room .th-at"
CUT = """() => {
  const slide = document.querySelector(".th-slide");
  const box = slide.getBoundingClientRect();
  const beyond = [...slide.querySelectorAll("h1, h2, p, li, svg, span")].filter((one) => {
    const own = one.getBoundingClientRect();
    return own.right > window.innerWidth || own.bottom > box.bottom + 1 || own.left < 0;
  });
  return slide.scrollHeight > slide.clientHeight + 1 || slide.scrollWidth > slide.clientWidth + 1
    || beyond.length > 0;
}"""
TYPE = """() => [...document.querySelectorAll(".th-slide :is(h1, h2, p, li, span, b), .th-at")]
  .filter((one) => one.textContent.trim())
  .map((one) => parseFloat(getComputedStyle(one).fontSize))"""
CHART_TYPE = """() => [...document.querySelectorAll(".th-picture svg")].flatMap((svg) => {
  const scale = svg.getScreenCTM().a;
  return [...svg.querySelectorAll("text")].map((one) =>
    parseFloat(getComputedStyle(one).fontSize) * scale);
})"""


@pytest.fixture
def overview(go, shared_tab):
    """Return the overview with nothing over it, opened once for the tests that leave it so."""
    if shared_tab.url == "about:blank":
        go(shared_tab, "/?lang=fi&area=kaakkuri", ".th-tile")
    elif shared_tab.locator(".th-room").count():
        shared_tab.keyboard.press("Escape")
    return shared_tab


def place(tab):
    return tab.locator(AT).text_content()


def opened(tab):
    tab.wait_for_selector(".th-room h1")
    return tab


def test_the_keyboard_goes_through_all_slides_and_back_to_where_it_was(overview):
    tab = overview
    tab.locator(".th-tile").nth(1).focus()
    before, address = tab.evaluate("document.activeElement.href"), tab.url
    inert = tab.locator("[inert]").count()  # the framework has some of its own
    tab.keyboard.press("p")
    opened(tab)
    last = int(place(tab).partition("/")[2])
    seen = [place(tab)]
    for key in ("ArrowRight", "ArrowDown", "PageDown", "Space", "ArrowLeft", "PageUp", "ArrowUp"):
        tab.keyboard.press(key)
        seen.append(place(tab))
    for key in ("End", "ArrowRight", "Home", "ArrowLeft"):
        tab.keyboard.press(key)
        seen.append(place(tab))

    assert [int(one.partition("/")[0]) for one in seen] == [
        *(1, 2, 3, 4, 5, 4, 3, 2),
        *(last, last, 1, 1),
    ]
    tab.keyboard.press("Escape")
    assert tab.locator(".th-room").count() == 0
    assert tab.evaluate("document.activeElement.href") == before
    assert tab.url == address
    assert tab.locator("[inert]").count() == inert


def test_turning_asks_the_server_for_nothing(overview):
    tab = overview
    tab.keyboard.press("p")
    opened(tab)
    asked = []
    tab.on("request", lambda one: asked.append(one.url))
    for _ in range(8):
        tab.keyboard.press("ArrowRight")

    assert place(tab).startswith("9/")
    assert asked == []


def test_what_is_under_it_can_neither_be_seen_nor_reached(overview):
    tab = overview
    tab.get_by_role("button", name="Jaettu näyttö").click()
    opened(tab)
    dialog = tab.get_by_role("dialog", name="Jaettu näyttö")
    reached = set()
    for _ in range(6):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("Boolean(document.activeElement.closest('.th-room, body'))"))
        reached.add(tab.evaluate("Boolean(document.activeElement.closest('.stMain'))"))

    assert dialog.get_attribute("aria-modal") == "true"
    assert reached == {True, False}
    middle = "document.elementFromPoint(innerWidth / 2, 20).closest('.th-room') !== null"
    assert tab.evaluate(middle)


def test_each_slide_is_said_aloud(go, new_tab):
    tab = go(new_tab(), "/?lang=fi&area=kaakkuri", ".th-tile")
    tab.keyboard.press("p")
    opened(tab)
    heard = tab.locator(".th-room [aria-live=polite]")
    first = heard.text_content()
    tab.keyboard.press("ArrowRight")
    second = heard.text_content()

    assert first.startswith("1/")
    assert "Tilannekuva, Kaakkuri" in first
    assert second.startswith("2/")
    assert tab.locator(".th-said p").text_content() in second


def test_it_opens_at_the_measure_of_the_page_and_enter_opens_another_ones_page(go, new_tab):
    tab = go(new_tab(), TREND)
    tab.keyboard.press("p")
    opened(tab)
    assert "Lastensuojeluilmoitukset" in tab.locator(".th-room h1").text_content()
    tab.keyboard.press("Home")
    tab.keyboard.press("ArrowRight")
    name = tab.locator(".th-room h1").text_content().replace("Kaakkuri", "").strip()
    tab.keyboard.press("Enter")
    tab.wait_for_function("() => !location.search.includes('cp_notifications_rate')")
    tab.wait_for_selector(".stMain h1")

    assert name in tab.locator(".stMain h1").text_content()
    assert "area=kaakkuri" in tab.url


def test_an_address_can_open_it_and_leaving_takes_that_from_the_address(go, new_tab):
    tab = opened(go(new_tab(), f"{TREND}&shared=1"))
    assert "Lastensuojeluilmoitukset" in tab.locator(".th-room h1").text_content()
    assert tab.title().startswith("Mittari · Oulun seudun ")
    tab.keyboard.press("Escape")

    assert "shared" not in tab.url
    assert "indicator=cp_notifications_rate" in tab.url


def test_the_key_is_left_alone_where_something_is_typed_and_with_ctrl(go, new_tab):
    tab = go(new_tab(), "/?lang=fi&area=kaakkuri", ".th-tile")
    field = tab.get_by_role("combobox", name="Alue")
    field.click()
    tab.keyboard.type("p")
    assert tab.locator(".th-room").count() == 0
    tab.keyboard.press("Escape")
    tab.locator("h1").click()
    tab.keyboard.press("Alt+p")

    assert tab.locator(".th-room").count() == 0


def test_the_pointer_fades_when_nobody_moves_it(go, new_tab):
    tab = go(new_tab(), "/?lang=fi&area=kaakkuri", ".th-tile")
    tab.keyboard.press("p")
    opened(tab)
    tab.mouse.move(200, 200)
    tab.wait_for_selector(".th-room.still", timeout=8000)
    assert tab.evaluate("getComputedStyle(document.querySelector('.th-room')).cursor") == "none"
    tab.mouse.move(300, 200)

    assert tab.locator(".th-room.still").count() == 0


@pytest.mark.parametrize(
    ("size", "scheme"),
    [("projector", "light"), ("wall", "dark"), ("big", "light")],
)
def test_nothing_is_cut_and_type_is_large(go, new_tab, keep, size, scheme):
    tab = go(new_tab(size, color_scheme=scheme), "/?lang=fi&area=kaakkuri&shared=1", ".th-room h1")
    count = int(place(tab).partition("/")[2])
    for n in range(1, count + 1):
        title = tab.locator(".th-room h1").text_content()
        assert not tab.evaluate(CUT), title
        assert min(tab.evaluate(TYPE)) >= 20, title
        assert min(tab.evaluate(CHART_TYPE) or [20]) >= 16, title
        if n in (1, 2, count):
            keep(tab, f"shared-{n}-{size}-{scheme}")
        tab.keyboard.press("ArrowRight")


def test_a_server_that_does_not_answer_is_told_in_one_calm_line(go, new_tab):
    tab = go(new_tab(), "/?lang=fi&area=kaakkuri", ".th-tile")
    tab.route("**/slides?*", lambda route: route.abort())
    tab.wait_for_function("() => window.room?.openScreen")  # the keys are there with the scripts
    tab.keyboard.press("p")
    tab.wait_for_selector(".th-room [role=alert]")
    told = tab.locator(".th-room [role=alert]").text_content()
    tab.keyboard.press("Escape")

    assert told == "Jaettua näyttöä ei voitu avata. Yritä hetken kuluttua uudelleen."
    assert tab.locator(".th-room").count() == 0
