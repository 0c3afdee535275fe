"""One made instance for all page tests, and the app opened on it as a reader would."""

import html
import re
import shutil

import duckdb
import made_release
import planning
import pytest
from held_meeting import SCRIBE, hold
from opened import charts, open_page

from tilannehuone.meeting.database import SETTING
from tilannehuone.release import current_release
from tilannehuone.ui import frame, options, trend, trend_drawing
from tilannehuone.ui.closing import close


@pytest.fixture(scope="session")
def instance(tmp_path_factory):
    """Return the folder of an instance with one release."""
    folder = tmp_path_factory.mktemp("instance")
    made_release.write_instance(folder)
    return folder


@pytest.fixture(scope="session")
def planned(tmp_path_factory):
    """Return the folder of an instance whose release has a plan: `planning` says which."""
    folder = tmp_path_factory.mktemp("planned")
    made_release.write_instance(folder, planning.PLAN)
    return folder


@pytest.fixture
def altered(instance, tmp_path):
    """Return a function that gives a copy of an instance whose release a statement has changed."""

    def changed(statement, origin=instance):
        folder = tmp_path / "altered"
        shutil.copytree(origin, folder)
        with duckdb.connect(str(current_release(folder / "data" / "releases"))) as release:
            release.execute(statement)
        return folder

    return changed


@pytest.fixture
def open_app(instance, monkeypatch):
    """Return a function that opens a page by name with the query of a deep link."""

    def opened(page="overview", folder=instance, **query):
        return open_page(monkeypatch, folder, page, **query)

    return opened


@pytest.fixture
def room(instance, monkeypatch):
    """Return a function that gives a page outside Streamlit, of an instance in a language."""

    def page(name, lang="fi", folder=instance):
        monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))
        return frame.page_of(name, lang)

    return page


@pytest.fixture
def markup():
    """Return a function that gives all HTML a page shows, as one text."""

    def gathered(app):
        return "\n".join(one.proto.body for one in app.get("html"))

    return gathered


@pytest.fixture
def chart():
    """Return a function that gives the page's chart: its figure as JSON text, and its alt text.

    The figure is that of the series the address names; the drawing on the page is there too.
    """

    def found(app):
        (drawn,) = charts(app)
        query = {
            key: str(one[0] if isinstance(one, list) else one)
            for key, one in app.query_params.items()
        }
        page = frame.page_of("trend", query["lang"])
        shown = trend.view(page, options.choice_of(page, query))
        alt = html.unescape(re.search("<desc[^>]*>(.*?)</desc>", drawn, re.DOTALL)[1])
        return trend_drawing.figure(shown, page.lang).to_json(), alt

    return found


@pytest.fixture
def held(instance, tmp_path, monkeypatch):
    """Return a folder whose book has an open meeting of Kaakkuri with something written in it."""
    folder = tmp_path / "held"
    shutil.copytree(instance, folder)
    monkeypatch.delenv(SETTING, raising=False)
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))
    return hold(folder)


@pytest.fixture
def closed(held):
    """Return the folder, its book, and the meeting closed."""
    folder, book, meeting = held
    return folder, book, close(book, frame.page_of("pack", "fi"), meeting, SCRIBE)
