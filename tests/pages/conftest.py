"""One made instance for all page tests, and the app opened on it as a reader would."""

import shutil
from pathlib import Path

import duckdb
import made_release
import planning
import pytest
from streamlit.testing.v1 import AppTest

from tilannehuone.release import current_release

ROOT = Path(__file__).parents[2]


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
        monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))
        app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        app.run()
        assert not app.exception, app.exception
        return app

    return opened


@pytest.fixture
def markup():
    """Return a function that gives all HTML a page shows, as one text."""

    def gathered(app):
        return "\n".join(one.proto.body for one in app.get("html"))

    return gathered


@pytest.fixture
def chart():
    """Return a function that gives the page's chart: its figure as JSON text, and its alt text."""

    def found(app):
        (one,) = app.get("plotly_chart")
        return one.proto.spec, one.proto.alt

    return found
