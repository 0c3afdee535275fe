"""The server around the pages: warm start, health, the language of the shell, small downloads.

Streamlit's own shell is English and its scripts travel uncompressed; two small pieces of ASGI
middleware mend that from outside, without touching its files.
"""

import gc
import gzip
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs

import anyio.to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager

from tilannehuone import logs
from tilannehuone.texts import DEFAULT_LANGUAGE, LANGUAGES
from tilannehuone.ui.frame import instance_folder
from tilannehuone.web import headers, metrics, prepared, ready
from tilannehuone.web.dress import dressed
from tilannehuone.web.prepared import App, Message, Receive, Send

STATIC = "/static/"
"""Where Streamlit serves its own scripts: their names change with their content."""

ENCODING = b"accept-encoding"
MOST_KEPT = 500
COMPRESSIBLE = (b"javascript", b"css", b"json", b"svg", b"wasm")
LOG = logging.getLogger("tilannehuone.serve")
_warm: set[str] = set()


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any]]:
    """Prepare the process: routing through app.py only, and the slow imports done.

    With a `pages` folder a cold server would run a deep link's page without app.py until
    `st.navigation` was first called; switching the folder mode off here closes that door.
    """
    PagesManager.uses_pages_directory = False
    logs.set_up()
    began = time.monotonic()
    _draw_once()
    ended = Event()
    Thread(target=prepared.keep, args=(ended,), daemon=True).start()
    logs.event(LOG, "serve_began", seconds=round(time.monotonic() - began, 3))
    yield {}
    ended.set()
    logs.event(LOG, "serve_ended", seconds=round(time.monotonic() - began, 3))


def keep_warm(page: str) -> None:
    """Set aside all that lives after a page's first full run, so that no collection walks it.

    Freezing must come after the first run: what is made later (frames, figures, caches of
    imports) is what a collection would walk again and again. 50 sessions: p95 5.7 s to 0.08 s.
    """
    if page not in _warm:
        _warm.add(page)
        gc.collect()
        gc.freeze()


def healthz(_request: Request) -> JSONResponse:
    """Answer that the process lives."""
    return JSONResponse({"status": "ok"})


def readyz(_request: Request) -> JSONResponse:
    """Answer whether the room works: 200 with the release's id, or 503 with the first reason.

    `release`, `book` and `disk` tell of each part that it is ok, or why not.
    """
    told = dict(ready.readiness(instance_folder()))
    release_id = told.pop("release_id")
    wrong = [one for one in told.values() if one != ready.OK]
    status = wrong[0] if wrong else ready.OK
    answer = {"status": status, "release": release_id, "checks": told}
    return JSONResponse(answer, 503 if wrong else 200, ready.HEADERS)


HOME = "/overview"
"""The first page's own address, which Streamlit knows only as "/"."""


class Shell:
    """Gives the page's shell its language, title and look; everything else passes untouched."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Rewrite the body of an HTML answer to a GET, which must come unpacked for that."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        if scope["path"].rstrip("/") == HOME:
            query = scope.get("query_string", b"")
            await _redirected(send, b"/?" + query if query else b"/")
            return
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
        lang = asked if asked in LANGUAGES else DEFAULT_LANGUAGE
        if b"text/html" in _headers(scope).get(b"accept", b""):
            scope = {**scope, "headers": [one for one in scope["headers"] if one[0] != ENCODING]}
        await _rewritten(self.app, scope, receive, send, lambda body: dressed(body, lang))


async def _redirected(send: Send, to: bytes) -> None:
    headers = [(b"location", to), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 307, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


class PackedScripts:
    """Sends Streamlit's scripts compressed: 7.4 MB become 2.5 MB on the first visit.

    Each is packed once and kept; their names change with their content, so a kept one is right.
    """

    def __init__(self, app: App) -> None:
        self.app = app
        self.kept: dict[str, tuple[Message, bytes]] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or pack the answer of the app and keep it."""
        if scope["type"] != "http" or not _wants_packed(scope):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path not in self.kept:
            start, body = await _collected(self.app, scope, receive)
            if not _packable(start) or len(self.kept) >= MOST_KEPT:
                await send(start)
                await send({"type": "http.response.body", "body": body})
                return
            packed = await anyio.to_thread.run_sync(gzip.compress, body, 9)
            extra = [(b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]
            self.kept[path] = (_with_body(start, packed, extra), packed)
        start, packed = self.kept[path]
        await send(start)
        await send({"type": "http.response.body", "body": packed})


ROUTES = [Route("/healthz", healthz), Route("/readyz", readyz), *metrics.ROUTES]
MIDDLEWARE = [
    Middleware(headers.Headers),
    Middleware(metrics.Guarded),
    Middleware(prepared.Watched),
    Middleware(Shell),
    Middleware(PackedScripts),
]


async def _rewritten(
    app: App, scope: Message, receive: Receive, send: Send, rewrite: Callable[[bytes], bytes]
) -> None:
    """Pass an answer on as it comes, unless it is HTML: that is gathered and rewritten."""
    held: dict[str, Any] = {"start": None, "body": b""}

    async def watch(message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            held["start"] = message
        elif held["start"] is None:
            await send(message)
        else:
            held["body"] += message.get("body", b"")
            if not message.get("more_body"):
                body = rewrite(held["body"])
                await send(_with_body(held["start"], body))
                await send({"type": "http.response.body", "body": body})

    await app(scope, receive, watch)


async def _collected(app: App, scope: Message, receive: Receive) -> tuple[Message, bytes]:
    start: Message = {}
    parts: list[bytes] = []

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            parts.append(message.get("body", b""))

    await app(scope, receive, keep)
    return start, b"".join(parts)


def _with_body(
    start: Message, body: bytes, extra: list[tuple[bytes, bytes]] | None = None
) -> Message:
    dropped = (b"content-length", b"etag") if extra is None else (b"content-length",)
    headers = [(name, value) for name, value in start["headers"] if name.lower() not in dropped]
    headers += [(b"content-length", str(len(body)).encode()), *(extra or [])]
    return {**start, "headers": headers}


def _wants_packed(scope: Message) -> bool:
    headers = _headers(scope)
    wanted = scope["method"] == "GET" and b"range" not in headers
    return (
        wanted
        and STATIC in scope["path"]
        and "/app/" not in scope["path"]
        and b"gzip" in headers.get(ENCODING, b"")
    )


def _packable(start: Message) -> bool:
    headers = _headers(start)
    kind = headers.get(b"content-type", b"")
    packed = b"content-encoding" in headers
    return start["status"] == 200 and not packed and any(one in kind for one in COMPRESSIBLE)


def _is_html(start: Message) -> bool:
    """Return whether an answer is a page of the shell; a file to be kept is passed on untouched."""
    headers = _headers(start)
    plain = b"content-encoding" not in headers and b"content-disposition" not in headers
    return plain and headers.get(b"content-type", b"").startswith(b"text/html")


def _headers(message: Message) -> dict[bytes, bytes]:
    return dict(message["headers"])


def _draw_once() -> None:
    """Import and use what a first page would otherwise wait for (1.6 s)."""
    import plotly.graph_objects as go
    import plotly.io

    plotly.io.to_json(go.Figure([{"type": "scatter", "x": [1], "y": [1]}]))
