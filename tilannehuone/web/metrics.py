"""`/metrics` for Prometheus, and the door before it and before Streamlit's own `_stcore/metrics`.

How busy a room is and which deliveries are late is for its operator. Without a token only this
machine may ask, and only by itself: where a proxy stands on the same machine every stranger comes
from here, so whoever was sent on by one, or asks by another host's name, counts as a stranger.
"""

import hmac
import os

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tilannehuone.instance import served_folder
from tilannehuone.notices_declared import is_here
from tilannehuone.web.measured import measured
from tilannehuone.web.metrics_text import MEDIA_TYPE, written
from tilannehuone.web.prepared import App, Message, Receive, Send

TOKEN = "TILANNEHUONE_METRICS_TOKEN"  # noqa: S105
STREAMLITS = "/_stcore/metrics"
SENT_ON = (
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "via",
)
"""Headers that a proxy adds."""

HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


def metrics(request: Request) -> Response:
    """Answer with everything that is measured, or that it is not for who asks (403)."""
    if not may_read(request):
        return refused()
    body = written(measured(served_folder()))
    return Response(body, headers={**HEADERS, "content-type": MEDIA_TYPE})


def may_read(request: HTTPConnection) -> bool:
    """Return whether the operator asks: with the token where one is set, else from this machine."""
    token = os.environ.get(TOKEN, "")
    if token:
        told = request.headers.get("authorization", "").partition(" ")
        given = told[2].strip().encode() if told[0].lower() == "bearer" else b""
        return hmac.compare_digest(given, token.encode())
    if any(one in request.headers for one in SENT_ON) or request.client is None:
        return False
    return is_here(request.client.host) and is_here(_host(request.headers.get("host", "")))


def refused() -> Response:
    """Return the one line that a stranger gets."""
    return PlainTextResponse("403\n", 403, HEADERS)


class Guarded:
    """Stands before Streamlit's own metrics, which it would tell to anybody."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse who may not ask; everything else passes untouched."""
        asked = scope["type"] == "http" and scope["path"].rstrip("/").endswith(STREAMLITS)
        if asked and not may_read(HTTPConnection(scope)):
            await refused()(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _host(told: str) -> str:
    """Return a Host header without its port.

    >>> _host("127.0.0.1:8501"), _host("[::1]:8501"), _host("room.example.org")
    ('127.0.0.1', '::1', 'room.example.org')
    """
    if told.startswith("["):
        return told[1:].partition("]")[0]
    return told.partition(":")[0]


ROUTES = [Route("/metrics", metrics)]
