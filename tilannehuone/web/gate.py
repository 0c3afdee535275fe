"""The gate before all our routes: nobody gets further who may see nothing, or asks too far.

A route that is not named in `OPEN` is closed to whoever may not look, before it is run. While one
is answered, `tilannehuone.ui.person.person` is whoever asks, so `frame.page_of` shows them theirs.
"""

from collections.abc import Sequence

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Match

from tilannehuone.access import Person
from tilannehuone.errors import AccessDenied, Fault
from tilannehuone.texts import catalogue, text
from tilannehuone.texts.faults import fault_line
from tilannehuone.ui.person import asked_with
from tilannehuone.web import api_problem, login
from tilannehuone.web.person import person_of
from tilannehuone.web.prepared import App, Message, Receive, Send

OPEN = frozenset({"/healthz", "/readyz", "/metrics", "/login"})
"""What anybody may ask: whether the server lives, and to log in; `/metrics` has its own door."""

LOGIN, LOGOUT, HOME = "/auth/login", "/auth/logout", "/"


class Gate:
    """Lets through who may; `routes` are those that the app answers beside Streamlit's own."""

    def __init__(self, app: App, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self.routes = [one for one in routes if getattr(one, "path", None) not in OPEN]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Refuse, or answer with the person known; pages ask for themselves."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        if any(one.matches(scope)[0] is not Match.NONE for one in self.routes):
            try:
                _check_areas(request, person_of(request))
            except AccessDenied as denied:
                await _refused(request, denied)(scope, receive, send)
                return
            with asked_with(request.cookies):
                await self.app(scope, receive, send)
            return
        await self._around_login(request, scope, receive, send)

    async def _around_login(
        self, request: HTTPConnection, scope: Message, receive: Receive, send: Send
    ) -> None:
        """Pass on what is Streamlit's, with what it leaves undone when somebody comes or goes."""
        path = request.url.path.removeprefix(scope.get("root_path", ""))
        if path == LOGOUT:
            login.end_session(request)
        back = login.way_back(request) if path == HOME else None
        if back is not None:
            await back(scope, receive, send)
        elif path == LOGIN:
            await self.app(scope, receive, _answered(request, scope, receive, send))
        else:
            await self.app(scope, receive, send)


def _check_areas(request: HTTPConnection, person: Person) -> None:
    """Raise AccessDenied where an address names an area that is not open to who asks."""
    opened = person.open_areas
    if opened is not None and not opened.issuperset(request.query_params.getlist("area")):
        raise AccessDenied(Fault("access_denied"))


def _refused(request: HTTPConnection, denied: AccessDenied) -> Response:
    """Return why not, in one line: as text to a reader, as JSON to a script of ours."""
    if api_problem.is_api(request):
        return api_problem.denied(request, denied)
    fault, lang = denied.faults[0], login.language_of(request)
    title = f"access.{fault.key}_title"
    told = text(title, lang) if title in catalogue(lang) else fault_line(fault, lang)
    status = 401 if fault.key in api_problem.NOT_LOGGED_IN else 403
    headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    if "text/html" in request.headers.get("accept", ""):
        return PlainTextResponse(told, status, headers)
    return JSONResponse({"message": told}, status, headers)


def _answered(request: HTTPConnection, scope: Message, receive: Receive, send: Send) -> Send:
    """Return a `send` that tells in the reader's language that the provider did not answer."""
    has_failed = False

    async def watched(message: Message) -> None:
        nonlocal has_failed
        if message["type"] == "http.response.start" and message["status"] >= 400:
            has_failed = True
            await login.failed(login.language_of(request))(scope, receive, send)
        elif not has_failed:
            await send(message)

    return watched
