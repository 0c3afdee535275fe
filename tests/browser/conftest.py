"""One server and one made instance for all browser tests, and kept pictures."""

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from meeting_room import AREA, WRITER, book_of, planned
from serving import ROOT, serving

from tilannehuone.meeting.book import change, many
from tilannehuone.meeting.free_text import found
from tilannehuone.meeting.objects import Meeting

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
ARTEFACTS = ROOT / ".artefacts"
SIZES = {"projector": (1366, 768), "wall": (1920, 1080), "big": (3840, 2160)}
SETTLED = ".stApp[data-test-script-state=notRunning] .th-languages"


def pytest_collection_modifyitems(items):
    """Mark every test here as one for a browser, skipped aloud where there is none."""
    absent = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM} on this machine")
    for one in items:
        if Path(__file__).parent in one.path.parents:
            one.add_marker(pytest.mark.browser)
            one.add_marker(absent)


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """Serve a made instance; return its address."""
    sys.path.insert(0, str(ROOT / "tests" / "pages"))
    import made_release

    folder = tmp_path_factory.mktemp("served")
    made_release.write_instance(folder)
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    """Return a browser; closed with its module, since its driver keeps an event loop running."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def new_tab(chromium):
    """Return a function that opens a tab of its own, of a size by name."""
    contexts = []

    def opened(size="projector", **options):
        width, height = SIZES[size]
        screen = {"viewport": {"width": width, "height": height}, "locale": "fi-FI"}
        contexts.append(chromium.new_context(**(screen | options)))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        return page

    yield opened
    for one in contexts:
        one.close()


@pytest.fixture(params=["projector", "wall"])
def tab(new_tab, request):
    """Return a fresh tab whose requests are remembered in `hosts`."""
    page = new_tab(request.param)
    page.hosts = set()
    for kind in ("request", "websocket"):
        page.on(kind, lambda one: page.hosts.update(_host(one.url)))
    return page


def _host(address):
    """Return the host asked; what the page holds itself (data:, blob:) has none."""
    return {one} if (one := urlsplit(address).hostname) else set()


@pytest.fixture(scope="module")
def shared_tab(chromium):
    """Return one tab for all tests of a module that only look."""
    size = {"width": 1366, "height": 768}
    context = chromium.new_context(viewport=size, locale="fi-FI")
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


@pytest.fixture
def go(served):
    """Return a function that opens an address in a tab and waits until the page stands still."""

    def gone(tab, address, wanted="h1"):
        tab.goto(served + address)
        tab.wait_for_selector(SETTLED)
        tab.wait_for_selector(wanted)
        return tab

    return gone


@pytest.fixture
def keep():
    """Return a function that keeps a picture of a tab as an artefact of the test run."""

    def kept(tab, name):
        ARTEFACTS.mkdir(exist_ok=True)
        path = ARTEFACTS / f"{re.sub(r'[^a-z0-9_-]+', '-', name.lower())}.png"
        tab.screenshot(path=path)

    return kept


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """Serve an instance to hold meetings in; give its address and folder."""
    sys.path.insert(0, str(ROOT / "tests" / "pages"))
    import made_release

    folder = tmp_path_factory.mktemp("meeting")
    made_release.write_instance(folder)
    found("Toivo heräsi Iltavastaanotolla")  # its words are gathered while the server does so too
    with serving(folder) as address:
        yield address, folder


@pytest.fixture
def meeting(room):
    """Plan a meeting, any earlier one of these tests out of the way; give it."""
    _, folder = room
    book = book_of(folder)
    for one in many(book, Meeting, area_code=AREA):
        if one.state != "closed":
            change(book, Meeting, one.id, one.version, WRITER, state="closed")
    return planned(book)


@pytest.fixture
def scribe(room, meeting, new_tab):  # noqa: ARG001, it must be planned
    """Begin the meeting by keyboard; give the scribe's tab on its first slide."""
    tab = new_tab()
    tab.goto(f"{room[0]}/meeting?lang=fi&area={AREA}")
    tab.get_by_role("button", name="Aloita kokous").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".th-room .th-meet")
    return tab
