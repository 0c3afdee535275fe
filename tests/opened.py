"""A page of the app opened as a deep link opens it, without a browser, and what it shows."""

import csv
import io
import json
import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.responses import Response
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tilannehuone.web.downloads import download

ROOT = Path(__file__).resolve().parents[1]

# Streamlit asks every installed package at each opening, which takes longer than most pages
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


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


def words_of(html: str) -> str:
    """Return the words of HTML as a reader sees them, without marks of markup."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))


def drawings(app: AppTest) -> list[str]:
    """Return the markup of everything the page draws."""
    return [json.loads(one.proto.json)["markup"] for one in app.get("bidi_component")]


def charts(app: AppTest) -> list[str]:
    """Return the charts among what the page draws, as SVG."""
    return [one for one in drawings(app) if "th-drawing" in one]


def downloaded(monkeypatch: pytest.MonkeyPatch, folder: Path, file: str, **query: str) -> Response:
    """Return the server's answer to `export/<file>?<query>` for the instance in `folder`."""
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))
    view, _, ending = file.partition(".")
    asked = {"type": "http", "method": "GET", "headers": []}
    asked |= {"query_string": urlencode(query).encode()}
    asked |= {"path_params": {"view": view, "ending": ending}}
    return download(Request(asked))


def csv_rows(
    monkeypatch: pytest.MonkeyPatch, folder: Path, view: str, **query: str
) -> list[list[str]]:
    """Return the rows of a view's CSV file."""
    body = bytes(downloaded(monkeypatch, folder, f"{view}.csv", **query).body)
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
