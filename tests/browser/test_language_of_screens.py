"""A Finnish screen holds no English word: in no text, no name for a reader's ear and no menu.

The words looked for are common English ones and those of the framework's own interface; none of
them is a Finnish word or a name that stands on these screens.
"""

import re

SCREENS = {
    "trend": "/trend?lang=fi&area=kaakkuri&indicator=cp_notifications_rate",
    "research": "/research?lang=fi&area=kaakkuri&indicator=cp_notifications_rate&study=staggered",
    "about": "/about?lang=fi",
}
"""Pages that are opened here; `test_axe.py` reads the others, which it opens anyway."""

ENGLISH = frozenset(
    re.findall(
        r"\S+",
        """
    account add all also and another any app apply are area areas available average back be been
    between both but button by can cancel cell cells change changed changes chart check checks
    child children choose clear click close collapse column columns common concern connect
    connecting connection content continue copied copy could count country current dark date day
    days definition delete deploy details dialog did do does download each edit empty error every
    expand failed figure figures file filter first for forecast from fullscreen get go had has
    have heading help here hidden hide higher how image improvement improving in indicator input
    into is it item items its label last late later least less light limit limits line link list
    load loading lower main map may mean measure measures message might missing month months more
    most move must name navigation new next none not notice notifications number numbers of off
    older only open option options or other our page pages period please press previous print
    quality quarter range rate record rejected release remove required rerun reset results row
    rows run running save screen search select selected series settings share should show shown
    sidebar signal skip small some sorry sort source start status stop streamlit submit table
    target text than that the their theme then there these they this those title to toggle toolbar
    total trend unable unknown update upload upper value values view wait warning was we week
    welcome were what when where which who why will with without would year years yes you your
""",
    )
)
WORD = re.compile(r"[A-Za-zÀ-ÿ_]+")
"""With the underscore: the id of a measure or column is one word, and a name."""

NAMES = re.compile(r"Streamlit(in)?\b|Source Sans")
"""What Tietoja names as built with; nowhere else may a reader meet them."""

SPOKEN = """() => {
  const told = [];
  const other = "[lang]:not([lang=fi]):not(html), code, kbd, script, style, noscript";
  const names = ["aria-label", "title", "placeholder", "alt", "aria-description",
                 "aria-roledescription", "aria-valuetext", "data-tip", "label"];
  const nodes = document.createTreeWalker(document.documentElement,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let one = nodes.currentNode; one; one = nodes.nextNode()) {
    const element = one.nodeType === Node.TEXT_NODE ? one.parentElement : one;
    if (element.closest(other) || element.dataset.testid === "stIconMaterial") continue;
    if (one.nodeType === Node.TEXT_NODE) told.push(one.data);
    else for (const name of names) told.push(one.getAttribute(name) ?? "");
  }
  return told.map((one) => one.trim()).filter(Boolean);
}"""


def english(tab):
    """Return what the screen says, in text or name, that has an English word in it."""
    found, is_about = {}, "/about" in tab.url
    for told in tab.evaluate(SPOKEN):
        said = NAMES.sub("", told) if is_about else told
        words = sorted({one.lower() for one in WORD.findall(said)} & ENGLISH)
        if words:
            found[told] = words
    return found


def test_a_finnish_study_says_nothing_in_english(go, shared_tab):
    go(shared_tab, SCREENS["research"])

    assert english(shared_tab) == {}


def test_what_opens_over_a_screen_is_finnish_too(go, shared_tab):
    go(shared_tab, SCREENS["trend"])
    field = shared_tab.get_by_role("combobox", name="Alue")
    field.click()
    shared_tab.get_by_role("listbox").wait_for()
    assert english(shared_tab) == {}
    shared_tab.keyboard.type("zzzz")
    shared_tab.get_by_text("Ei osumia").wait_for()
    assert english(shared_tab) == {}
    shared_tab.keyboard.press("Escape")
    shared_tab.locator("h1").first.click()
    shared_tab.keyboard.press("?")
    shared_tab.get_by_role("dialog").wait_for()
    assert english(shared_tab) == {}
    shared_tab.keyboard.press("Escape")
    shared_tab.keyboard.press("p")
    shared_tab.wait_for_selector(".th-room h1")
    assert english(shared_tab) == {}


def test_a_chosen_option_is_announced_in_finnish_whatever_the_browser_speaks(go, new_tab):
    tab = go(new_tab(locale="en-US"), SCREENS["trend"])
    field = tab.get_by_role("combobox", name="Alue")
    field.click()
    tab.get_by_role("listbox").wait_for()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")

    assert english(tab) == {}


def test_a_lost_connection_is_told_in_finnish(go, new_tab):
    tab = new_tab()
    sockets = []
    tab.route_web_socket("**/_stcore/stream*", lambda one: sockets.append(one.connect_to_server()))
    go(tab, SCREENS["about"])
    tab.route("**/_stcore/**", lambda one: one.abort())
    for one in sockets:
        one.close()
    tab.get_by_role("dialog").wait_for(timeout=60_000)

    assert "Yhteys katkesi" in tab.get_by_role("dialog").inner_text()
    assert english(tab) == {}


def test_planted_english_is_found_in_a_text_and_in_a_name(go, shared_tab):
    go(shared_tab, SCREENS["about"])
    shared_tab.evaluate("""() => {
      const place = document.querySelector(".stHtml");
      place.insertAdjacentHTML("beforeend", "<p>Show more</p><i aria-label='Close it'></i>");
    }""")

    assert english(shared_tab) == {"Show more": ["more", "show"], "Close it": ["close", "it"]}
