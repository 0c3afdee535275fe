"""The interface for other programs: `GET /api/v1/…`, read-only, under the reader's own rights.

It is described by itself at `/api/v1/openapi.json`, and in words in docs/research.md. It stands
among the app's routes, so `tilannehuone.web.gate` lets nobody in whom it would not let to a page;
each answer asks once more who is asking, and reads a release narrowed to their areas.
"""

import re

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount

from tilannehuone.errors import TilannehuoneError
from tilannehuone.web.api_answer import CODE
from tilannehuone.web.api_problem import PATH, no_such_path, not_understood, refused
from tilannehuone.web.api_reads import router
from tilannehuone.web.prepared import App, Message, Receive, Send

HEADERS = {b"x-content-type-options": b"nosniff", b"cache-control": b"no-store"}
"""Of answers that tell none of their own."""


ABOUT = """Read-only: the tables of a release, with the numbers of the release and nothing else.

Where a number is null, the row's status says why: `c` hidden to protect people, `x` not delivered,
`z` does not apply, `k` rounds to zero, `u` unreliable, `o` late. A hidden number is neither zero
nor missing. Who asks sees what they see on the pages. Every answer names its release, and has a
strong ETag: send it in If-None-Match.
"""


class ReadOnly:
    """Answers HEAD as GET without the body, and lets no answer out without its headers."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on; what is no request is left alone."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_body = scope["method"] != "HEAD"

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = {name.lower() for name, _ in message["headers"]}
                more = [(name, one) for name, one in HEADERS.items() if name not in told]
                message = {**message, "headers": [*message["headers"], *more]}
            elif not has_body:
                message = {**message, "body": b""}
            await send(message)

        asked = scope if has_body else {**scope, "method": "GET"}
        await self.app(asked, receive, answered)


api = FastAPI(
    title="Tilannehuone",
    version=CODE,
    description=ABOUT,
    docs_url=None,
    redoc_url=None,
    redirect_slashes=False,
    generate_unique_id_function=lambda route: route.name,
    middleware=[Middleware(ReadOnly)],
    exception_handlers={
        TilannehuoneError: refused,
        RequestValidationError: not_understood,
        HTTPException: no_such_path,
    },
)
api.include_router(router)

mounted = Mount(PATH, app=api)
# an address with a line break is ours as well: neither the gate nor the pages shall think otherwise
mounted.path_regex = re.compile(mounted.path_regex.pattern, re.DOTALL)

ROUTES = [mounted]
