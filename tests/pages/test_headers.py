"""Every answer carries the headers that hold a browser to our own pages."""

import asyncio
import re

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from tilannehuone.web import (
    ahead,
    api,
    downloads,
    headers,
    login,
    meeting,
    minutes,
    sealed,
    shell,
    slides,
    writing,
)
from tilannehuone.web.gate import Gate
from tilannehuone.web.headers import HEADERS, Headers, policy

MODULES = (shell, login, minutes, downloads, slides, ahead, meeting, writing, api, sealed)
ROUTES = [one for module in MODULES for one in module.ROUTES]
PATHS = sorted({re.sub(r"\{[^}]*\}", "x", one.path) for one in ROUTES})
PAGE = b'<html><script>let a = 1;</script><script src="./a.js"></script></html>'


@pytest.fixture(scope="module")
def client():
    """Ask the routes as the app puts them together, a refusal or a fault included."""
    around = [*shell.MIDDLEWARE, Middleware(Gate, routes=ROUTES)]
    served = Starlette(routes=ROUTES, middleware=around)
    return httpx.ASGITransport(served, raise_app_exceptions=False)


def got(transport, path, **more):
    async def asked():
        async with httpx.AsyncClient(transport=transport, base_url="http://room") as client:
            return await client.request(more.pop("method", "GET"), path, **more)

    return asyncio.run(asked())


@pytest.mark.parametrize("path", [*PATHS, "/nowhere", "/static/nowhere.js"])
def test_every_route_answers_with_the_headers_also_where_it_refuses(
    client, instance, monkeypatch, path
):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
    told = got(client, path, method="POST", content=b"{}").headers

    assert {name: told.get(name) for name in HEADERS} == HEADERS
    assert told["content-security-policy"].startswith("default-src 'self'; script-src 'self'")


def app_sending(kind, *messages):
    async def app(_scope, _receive, send):
        first = {"type": kind, "headers": [(b"content-type", b"text/html"), (b"x", b"y")]}
        for one in (first, *messages):
            await send(one)

    return app


def sent_by(app, kind="http"):
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(Headers(app)({"type": kind}, None, send))
    return sent


def test_of_the_scripts_in_a_page_only_those_it_came_with_may_run():
    body = {"type": "http.response.body"}
    parts = [body | {"body": PAGE[:20], "more_body": True}, body | {"body": PAGE[20:]}]
    start, whole = sent_by(app_sending("http.response.start", *parts))

    assert whole["body"] == PAGE
    told = dict(start["headers"])
    named = re.findall(r"'sha256-[^']+'", told[b"content-security-policy"].decode())
    assert named == re.findall(r"'sha256-[^']+'", policy(PAGE))
    assert len(named) == 1
    assert "unsafe-eval" not in policy(PAGE)
    assert "'unsafe-inline'" not in policy(PAGE).partition("style-src")[0]


def test_a_script_that_a_text_brings_in_is_not_named():
    assert policy(PAGE) != policy(PAGE.replace(b"let a", b"let b"))
    assert "sha256" not in policy(b'<script src="./a.js"></script><p>let a = 1;</p>')


@pytest.mark.parametrize("kind", ["websocket.accept", "websocket.http.response.start"])
def test_a_websocket_is_answered_with_the_headers_too(kind):
    (start,) = sent_by(app_sending(kind), "websocket")

    assert dict(start["headers"])[b"x-frame-options"] == b"DENY"


def test_what_a_route_says_itself_stands():
    async def app(_scope, _receive, send):
        own = [(b"Referrer-Policy", b"same-origin")]
        await send({"type": "http.response.start", "status": 200, "headers": own})

    (start,) = sent_by(app)

    assert [one for name, one in start["headers"] if name.lower() == b"referrer-policy"] == [
        b"same-origin"
    ]


def test_the_headers_stand_outermost():
    assert shell.MIDDLEWARE[0].cls is headers.Headers
