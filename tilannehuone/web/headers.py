"""The headers that every answer carries: what a browser may do with a page of ours, and no more.

Streamlit sends none. They stand outermost, so that the gate's refusals, files, and answers with a
fault carry them as well. `docs/security.md` says why each is as it is; HSTS belongs to the proxy,
which alone knows that it speaks TLS.
"""

import base64
import hashlib
import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' blob:",  # Streamlit starts a component's script from a blob
    "style-src": "'self' 'unsafe-inline'",  # Streamlit and our charts set styles from scripts
    "img-src": "'self' data:",
    "font-src": "'self' data:",  # Streamlit's icons come within its style
    "connect-src": "'self'",
    "worker-src": "'none'",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""Of a page: nothing of another host, no frame, no plug-in, no text run as a program."""

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
STARTS = ("http.response.start", "websocket.accept", "websocket.http.response.start")


def policy(html: bytes = b"") -> str:
    """Return the policy of a page: of the scripts within it only those it came with may run.

    Each is named by its digest, so that one that somebody's text brings in is none of them.
    """
    digests = (base64.b64encode(hashlib.sha256(one).digest()) for one in SCRIPT.findall(html))
    named = "".join(f" 'sha256-{one.decode()}'" for one in dict.fromkeys(digests))
    told = POLICY | {"script-src": POLICY["script-src"] + named}
    return "; ".join(f"{name} {one}" for name, one in told.items())


class Headers:
    """Adds the headers to every answer, also to that of a WebSocket; a route's own stand."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; a page is gathered first, for its scripts must be known."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
            elif held:
                held.append(message)
                if not message.get("more_body"):
                    body = b"".join(one.get("body", b"") for one in held[1:])
                    await send(_with_headers(held[0], policy(body)))
                    await send({"type": "http.response.body", "body": body})
                    held.clear()
            else:
                starts = message["type"] in STARTS
                await send(_with_headers(message, policy()) if starts else message)

        await self.app(scope, receive, told)


def _with_headers(message: Message, policed: str) -> Message:
    given = list(message.get("headers", []))
    names = {name.lower() for name, _ in given}
    more = {"content-security-policy": policed} | HEADERS
    given += [(n.encode(), one.encode()) for n, one in more.items() if n.encode() not in names]
    return {**message, "headers": given}


def _is_page(start: Message) -> bool:
    headers = {name.lower(): one for name, one in start.get("headers", [])}
    is_html = headers.get(b"content-type", b"").startswith(b"text/html")
    return is_html and b"content-encoding" not in headers
