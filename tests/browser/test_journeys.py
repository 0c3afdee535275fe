"""A real Chromium on a real server: journeys, deep links, the keyboard, and nobody else called."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
DEEP = "/trend?lang=fi&area=kaakkuri&indicator=cp_notifications_rate&period=month"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium on this machine"),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serve a made instance; return its address."""
    sys.path.insert(0, str(ROOT / "tests" / "pages"))
    import made_release

    folder = tmp_path_factory.mktemp("served")
    made_release.write_instance(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = os.environ | {"TILANNEHUONE_INSTANCE": str(folder)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz")
        yield address
        server.terminate()


def wait_for(address):
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{address} does not answer")


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(params=[(1366, 768), (1920, 1080)], ids=["projector", "wall"])
def tab(chromium, request):
    """Return a fresh tab whose requests are remembered in `hosts`."""
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="fi-FI")
    page = context.new_page()
    page.hosts = set()
    page.on("request", lambda one: page.hosts.add(urlsplit(one.url).hostname))
    page.on("websocket", lambda one: page.hosts.add(urlsplit(one.url).hostname))
    page.set_default_timeout(30_000)
    yield page
    context.close()


def test_from_the_picture_to_a_measure_and_to_another_area(served, tab):
    tab.goto(served)
    tab.get_by_role("link", name=re.compile("Lastensuojeluilmoitukset")).first.click()
    tab.wait_for_selector(".main-svg")

    assert "indicator=cp_notifications_rate" in tab.url
    tab.get_by_role("combobox", name="Alue").fill("Tuira")
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.querySelector('h1').textContent.includes('Tuira')")

    assert "area=tuira" in tab.url
    assert tab.hosts == {"127.0.0.1"}


def test_a_deep_link_opens_cold_in_its_language_with_a_spoken_chart(served, tab):
    tab.goto(served + DEEP.replace("lang=fi", "lang=sv"))
    figure = tab.get_by_role("figure", name=re.compile("^Tidsseriediagram|Barnskyddsanmälningar"))
    figure.wait_for()

    assert tab.evaluate("document.documentElement.lang") == "sv"
    assert tab.title() == "Lägesrum"
    assert tab.locator(".main-svg text", has_text="jan").count() > 0


def test_nothing_is_wider_than_the_screen_and_the_chart_fits_it(served, tab):
    tab.goto(served + DEEP)
    tab.wait_for_selector(".main-svg")
    box = tab.locator(".st-key-trend").bounding_box()

    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert box["y"] + box["height"] <= tab.viewport_size["height"]
    assert tab.locator(".main-svg").first.bounding_box()["height"] <= box["height"] + 1


def test_type_is_large_enough_to_be_read_from_afar(served, tab):
    tab.goto(served)
    tab.wait_for_selector(".th-tile .value")
    size = "e => parseFloat(getComputedStyle(document.querySelector(e)).fontSize)"
    least = 18 if tab.viewport_size["width"] < 1900 else 20

    assert tab.evaluate(size, ".th-tile .name") >= least
    assert tab.evaluate(size, ".th-tile .value:not(.word)") >= 32


def test_the_keyboard_alone_reaches_a_measure(served, tab):
    tab.goto(served)
    tab.wait_for_selector(".th-tile")
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.classList.contains('th-tile')"):
            break
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".main-svg, .th-lead")

    assert outline == "solid"
    assert "/trend?" in tab.url


def test_changing_the_language_keeps_the_place(served, tab):
    tab.goto(served + DEEP)
    tab.get_by_role("link", name="Svenska").click()
    tab.wait_for_selector("header[lang=sv] h1")

    assert "area=kaakkuri" in tab.url
    assert "indicator=cp_notifications_rate" in tab.url


def test_the_table_leaves_as_a_file(served, tab):
    tab.goto(served + DEEP)
    tab.wait_for_selector(".main-svg")
    tab.get_by_text("Luvut taulukkona").click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Lataa taulukko (CSV)").click()
    content = Path(download.value.path()).read_text(encoding="utf-8-sig")

    assert download.value.suggested_filename == "cp_notifications_rate-kaakkuri-month.csv"
    assert content.startswith("Jakso;Luku;")
    assert "Määritelmä;" in content
    assert "Julkaisu;" in content
    assert ";forecast;" in content


def test_a_dark_room_has_a_dark_page_and_a_light_chart_line(chromium, served):
    context = chromium.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.goto(served + DEEP)
    tab.wait_for_selector(".main-svg")
    colour = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    line = "getComputedStyle(document.querySelector('.main-svg .xtick text')).fill"

    assert tab.evaluate(colour) == "rgb(16, 24, 31)"
    assert tab.evaluate(line) == "rgb(185, 196, 205)"
    context.close()
