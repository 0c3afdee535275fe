"""What a reader waits for, measured inside a headless Chromium by the page's own clock.

The injected script looks once a frame. What it waits for counts as painted at the next frame
after the one that found it, alike for everybody; a frame is 17 ms.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, Playwright
from playwright.sync_api import TimeoutError as NotSeen

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
VIEWPORT = {"width": 1366, "height": 768}
REST = 700
"""Milliseconds between a redrawn page and the next choice: what was left to do is done."""

LOOK = 350
"""Milliseconds between an option found and its choice: what may be asked ahead, can be."""

SLIDES = 12

WATCH = """(() => {
  const CHART = "svg.th-drawing path, .main-svg .scatterlayer path";
  const WORDS = "h1, .th-tile, td";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const seen = (one) => one.textContent.trim() && one.getClientRects().length;
  const slide = () => all(".th-slide:not(:has(.th-wait))").map((one) => one.textContent).join();
  const chart = () => all(CHART).map((one) => one.getAttribute("d")).join();
  const headline = () => all("h1").map((one) => one.textContent).join();
  const once = (found, keep) => {
    const look = () => requestAnimationFrame(
      found() ? () => keep(performance.now()) : look);
    look();
  };
  const bench = (window.bench = { words: 0, chart: 0, pressed: 0, took: 0 });
  once(() => all(WORDS).some(seen), (now) => { bench.words = now; });
  once(() => all(CHART).length, (now) => { bench.chart = now; });
  const press = (event) => {
    if (event.type !== "keydown" || event.key === "Enter" || event.key.startsWith("Arrow"))
      bench.pressed ||= event.timeStamp;
  };
  for (const kind of ["keydown", "change"]) addEventListener(kind, press, true);
  const arm = (changed) => {
    bench.pressed = bench.took = 0;
    once(() => bench.pressed && changed(), (now) => { bench.took = now - bench.pressed; });
  };
  bench.arm = (name) => {
    const before = chart();
    arm(() => headline().includes(name) && all(CHART).length && chart() !== before);
  };
  bench.arm_slide = () => { const before = slide(); arm(() => slide() && slide() !== before); };
  bench.slide = slide;
})()"""


@dataclass(frozen=True)
class Side:
    """A page to be measured: its name and address, and how an area's name is typed there."""

    name: str
    address: str
    type_area: Callable[[Page, str], None]


def type_in_streamlit(page: Page, area: str) -> None:
    """Leave the area's name in its picker, one Enter before the choice."""
    page.get_by_role("combobox", name=re.compile("Alue")).fill(area)
    page.get_by_role("option").first.wait_for()


def type_in_dash(page: Page, area: str) -> None:
    """Do the same in Dash's picker."""
    page.click("#area")
    page.fill(".dash-dropdown-search", area)
    page.get_by_role("option").first.wait_for()


@contextmanager
def opened(playwright: Playwright) -> Iterator[Browser]:
    """Open a browser of a fresh profile, and close it."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    try:
        yield browser
    finally:
        browser.close()


def cold(playwright: Playwright, address: str, with_chart: bool = True) -> dict[str, float]:
    """Open an address in a new browser; return milliseconds to its `words` and its `chart`."""
    with opened(playwright) as browser:
        page = _watched(browser)
        page.goto(address, wait_until="commit")
        page.wait_for_function(
            f"() => bench.words && (bench.chart || {str(not with_chart).lower()})"
        )
        found: dict[str, float] = page.evaluate("({words: bench.words, chart: bench.chart})")
        return found


def changes(browser: Browser, side: Side, areas: list[str], look: int = LOOK) -> list[float]:
    """Open a page warm, choose area after area; return the milliseconds of each redrawing.

    A reader looks at the option found for `look` milliseconds before choosing it.
    """
    page = _watched(browser)
    page.goto(side.address)
    page.wait_for_function("() => bench.words && bench.chart")
    page.wait_for_timeout(3 * REST)
    found = []
    for area in areas:
        side.type_area(page, area)
        page.wait_for_timeout(look)
        page.evaluate("name => bench.arm(name)", area)
        page.keyboard.press("Enter")
        page.wait_for_function("() => bench.took")
        found.append(float(page.evaluate("bench.took")))
        page.wait_for_timeout(REST)
    page.context.close()
    return found


def steps(browser: Browser, address: str) -> list[float]:
    """Open shared-screen mode and go on; return the milliseconds of each step, [] without it."""
    page = _watched(browser)
    page.goto(address)
    page.wait_for_function("() => bench.words")
    page.wait_for_timeout(3 * REST)
    if not _entered(page):
        return []
    found = []
    for number in range(SLIDES):
        key = "ArrowRight" if number < SLIDES // 2 else "ArrowLeft"
        page.evaluate("bench.arm_slide()")
        page.keyboard.press(key)
        try:
            page.wait_for_function("() => bench.took", timeout=5000)
        except NotSeen:
            break
        found.append(float(page.evaluate("bench.took")))
        page.wait_for_timeout(REST)
    page.context.close()
    return found


def _entered(page: Page) -> bool:
    """Enter shared-screen mode by its button, where there is one."""
    button = page.locator("[data-room=shared]").first
    if not button.count():
        return False
    button.click()
    try:
        page.wait_for_function("() => bench.slide()", timeout=30_000)
    except NotSeen:
        return False
    page.wait_for_timeout(REST)
    return True


def _watched(browser: Browser) -> Page:
    context = browser.new_context(viewport=VIEWPORT, locale="fi-FI")  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    page = context.new_page()
    page.set_default_timeout(60_000)
    return page
