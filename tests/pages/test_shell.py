"""The server around the pages: the shell's language and look, packed scripts, health, routing."""

import asyncio
import gzip
import re
from pathlib import Path

import made_release
import pytest
import streamlit
from starlette.requests import Request
from streamlit.runtime.pages_manager import PagesManager

from tilannehuone.web import shell

HTML = b'<html lang="en"><head><title>Streamlit</title></head></html>'


def app_answering(body, kind, status=200):
    calls = []

    async def app(scope, _receive, send):
        calls.append(scope)
        headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body[:5], "more_body": True})
        await send({"type": "http.response.body", "body": body[5:]})

    app.calls = calls
    return app


def answer(app, path="/", query=b"", method="GET", **headers):
    sent = []

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    asked = [(name.replace("_", "-").encode(), value) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query}
    asyncio.run(app(scope | {"headers": asked}, receive, send))
    body = b"".join(one.get("body", b"") for one in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), body


@pytest.mark.parametrize(
    ("query", "lang"), [(b"", "fi"), (b"lang=sv", "sv"), (b"lang=en&x=1", "en"), (b"lang=x", "fi")]
)
def test_the_shell_speaks_the_language_of_the_address(query, lang):
    wrapped = shell.Shell(app_answering(HTML, b"text/html; charset=utf-8"))

    status, headers, body = answer(wrapped, query=query, accept=b"text/html")

    assert status == 200
    assert f'<html lang="{lang}">'.encode() in body
    assert b"<title>Streamlit" not in body
    assert b"--improvement" in body
    assert headers[b"content-length"] == str(len(body)).encode()


def test_the_shell_asks_for_html_unpacked_so_that_it_can_be_dressed():
    inner = app_answering(HTML, b"text/html")

    answer(shell.Shell(inner), accept=b"text/html", accept_encoding=b"gzip")

    assert b"accept-encoding" not in dict(inner.calls[0]["headers"])


def test_what_is_not_html_passes_as_it_is():
    status, _, body = answer(shell.Shell(app_answering(b'{"lang": "en"}', b"application/json")))

    assert (status, body) == (200, b'{"lang": "en"}')


def test_a_page_handed_over_as_a_file_passes_as_it_is():
    async def handing_over(_scope, _receive, send):
        kept = [(b"content-type", b"text/html"), (b"content-disposition", b"attachment")]
        await send({"type": "http.response.start", "status": 200, "headers": kept})
        await send({"type": "http.response.body", "body": HTML})

    _, _, body = answer(shell.Shell(handing_over), accept=b"text/html")

    assert body == HTML


def test_a_script_is_packed_once_and_served_packed():
    script = b"const a = 1;" * 500
    inner = app_answering(script, b"text/javascript")
    packing = shell.PackedScripts(inner)

    answers = [answer(packing, "/static/js/a.1.js", accept_encoding=b"gzip, br") for _ in "ab"]

    assert len(inner.calls) == 1
    for _, headers, body in answers:
        assert gzip.decompress(body) == script
        assert headers[b"content-encoding"] == b"gzip"
        assert headers[b"content-length"] == str(len(body)).encode()


@pytest.mark.parametrize(
    ("path", "kind", "status", "encodings"),
    [
        ("/static/js/a.js", b"text/javascript", 200, b"identity"),
        ("/static/font.woff2", b"font/woff2", 200, b"gzip"),
        ("/static/js/gone.js", b"text/javascript", 404, b"gzip"),
        ("/app/static/own.js", b"text/javascript", 200, b"gzip"),
    ],
)
def test_what_should_not_be_packed_is_not(path, kind, status, encodings):
    inner = app_answering(b"x" * 2000, kind, status)

    got, headers, body = answer(shell.PackedScripts(inner), path, accept_encoding=encodings)

    assert got == status
    assert body == b"x" * 2000
    assert b"content-encoding" not in headers


def test_the_pages_folder_is_no_second_way_in():
    async def begun():
        PagesManager.uses_pages_directory = None
        async with shell.lifespan(None):
            return PagesManager.uses_pages_directory

    assert asyncio.run(begun()) is False


def test_readiness_names_the_release_and_its_absence(instance, tmp_path, monkeypatch):
    request = Request({"type": "http", "method": "GET", "path": "/readyz", "headers": []})
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
    ready = shell.readyz(request)
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(tmp_path))
    empty = shell.readyz(request)

    assert (ready.status_code, shell.healthz(request).status_code) == (200, 200)
    assert empty.status_code == 503
    assert empty.body.startswith(b'{"status":"no_release",')
    assert made_release.POINTER not in ready.body.decode()


def test_the_first_pages_own_address_leads_to_it_with_its_choices():
    wrapped = shell.Shell(app_answering(HTML, b"text/html"))

    status, headers, _ = answer(wrapped, path="/overview", query=b"lang=sv&area=kaakkuri")

    assert (status, headers[b"location"]) == (307, b"/?lang=sv&area=kaakkuri")
    assert answer(wrapped, path="/overview/")[1][b"location"] == b"/"


def test_the_scripts_every_page_needs_are_fetched_at_once_and_named_once():
    wrapped = shell.Shell(app_answering(HTML, b"text/html"))
    _, _, body = answer(wrapped, accept=b"text/html")
    folder = Path(streamlit.__file__).with_name("static") / "static" / "js"
    found = re.findall(r'<link rel="modulepreload"[^>]*/static/js/([^"]+)"', body.decode())

    assert {one.partition(".")[0] for one in found} >= {"Html", "purify", "Selectbox"}
    assert len(found) == len(set(found))
    assert all((folder / one).is_file() for one in found)
