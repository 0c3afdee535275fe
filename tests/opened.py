"""A page of the app opened as a deep link opens it, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[1]


def open_page(
    monkeypatch: pytest.MonkeyPatch, folder: Path, page: str = "overview", **query: str
) -> AppTest:
    """Return the page of the instance in `folder` after one run; fails where it fails."""
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    if page != "overview":
        app.switch_page(f"pages/{page}.py")
    app.run()
    assert not app.exception, app.exception
    return app
