"""A meeting on the shared screen: its slides, what is new in it, its place, opening and closing.

`meeting/slides` answers with everything at once; `meeting/news` is asked again and again and
answers in a few bytes, unless somebody has written something since. `wall=1` asks for what a wall
shows: written words in the place of forms.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tilannehuone.access import Right, require, role_in
from tilannehuone.errors import Fault, TilannehuoneError, WriteRefused
from tilannehuone.meeting.book import Book, Writer, many, newest, one
from tilannehuone.meeting.carrying import carry_over
from tilannehuone.meeting.objects import Meeting, Promise
from tilannehuone.ui import closing, frame
from tilannehuone.ui.meeting_held import held
from tilannehuone.ui.meeting_open import opened
from tilannehuone.ui.meeting_slides import items, slides
from tilannehuone.web.asking import HEADERS, language, plain, refused, the_book, told_by
from tilannehuone.web.person import person_of
from tilannehuone.web.places import Places

PLACES = Places()


def shown(request: Request) -> JSONResponse:
    """Answer with all slides of a meeting, its items, and its time."""
    return _answered(request, _shown)


def _shown(request: Request) -> dict[str, Any]:
    book, meeting = _seen(request)
    token = newest(book, meeting.area_code)
    whole = held(frame.page_of("meeting", language(request)), book, meeting.id)
    wall = request.query_params.get("wall") == "1"
    return _now(meeting, token) | {
        "items": items(whole),
        "slides": [asdict(each) for each in slides(whole, wall=wall)],
    }


def news(request: Request) -> JSONResponse:
    """Answer with the time and the place; and with every slide's words if something was written.

    `seen` is the token of the last answer.
    """
    return _answered(request, _news)


def _news(request: Request) -> dict[str, Any]:
    book, meeting = _seen(request)
    token = newest(book, meeting.area_code)
    told = _now(meeting, token)
    if token == request.query_params.get("seen"):
        return told
    whole = held(frame.page_of("meeting", language(request)), book, meeting.id)
    wall = request.query_params.get("wall") == "1"
    return told | {"parts": {each.id: each.part for each in slides(whole, wall=wall)}}


async def place(request: Request) -> JSONResponse:
    """Note on which slide the scribe is."""

    def noted(asked: Any) -> dict[str, Any]:
        meeting = _mine(request, asked, "write")[1]
        PLACES.move(meeting.id, str(asked.get("slide", "")), str(asked.get("item", "")))
        return _now(meeting, "")

    return await _told(request, noted)


async def begin(request: Request) -> JSONResponse:
    """Open a meeting."""

    def begun(asked: Any) -> dict[str, Any]:
        book, meeting, writer = _mine(request, asked, "hold")
        page = frame.page_of("meeting", language(request))
        return {"record": plain(opened(page, book, meeting, writer))}

    return await _told(request, begun)


async def end(request: Request) -> JSONResponse:
    """Close a meeting: freeze what it showed and said, and let unkept promises go on."""

    def ended(asked: Any) -> dict[str, Any]:
        book, meeting, writer = _mine(request, asked, "hold")
        page = frame.page_of("meeting", language(request))
        closed = closing.close(book, page, meeting, writer)
        carry_over(book, closed, many(book, Promise, area_code=closed.area_code), writer)
        return {"record": plain(closed)}

    return await _told(request, ended)


def _seen(request: Request) -> tuple[Book, Meeting]:
    """Return the meeting that an address names, for whoever may view its area."""
    book = the_book()
    meeting = one(book, Meeting, request.query_params.get("meeting", ""))
    require(person_of(request), "view", meeting.area_code)
    if meeting.state == "planned":
        raise WriteRefused(Fault("meeting_not_open"))
    return book, meeting


def _mine(request: Request, asked: Any, right: Right) -> tuple[Book, Meeting, Writer]:
    """Return the meeting that a body names, for whoever has the right in its area."""
    if not isinstance(asked, dict):
        raise WriteRefused(Fault("write_not_understood"))
    book, person = the_book(), person_of(request)
    meeting = one(book, Meeting, str(asked.get("meeting", "")))
    role = role_in(person, right, meeting.area_code)
    return book, meeting, Writer(person.name, role)


def _now(meeting: Meeting, token: str) -> dict[str, Any]:
    """Return where a meeting is, and how many seconds it and its item have taken."""
    slide, item, spent = PLACES.now(meeting.id)
    since = meeting.opened_at or datetime.now(UTC)
    return {
        "token": token,
        "state": meeting.state,
        "version": meeting.version,
        "slide": slide,
        "item": item,
        "item_seconds": round(spent),
        "seconds": round((datetime.now(UTC) - since).total_seconds()),
        "minutes": meeting.minutes,
    }


def _answered(request: Request, found: Callable[[Request], dict[str, Any]]) -> JSONResponse:
    try:
        return JSONResponse(found(request), headers=HEADERS)
    except TilannehuoneError as no:
        return refused(no, language(request))


async def _told(request: Request, done: Callable[[Any], dict[str, Any]]) -> JSONResponse:
    try:
        asked = await told_by(request)
        return JSONResponse(await run_in_threadpool(done, asked), headers=HEADERS)
    except TilannehuoneError as no:
        return refused(no, language(request))


ROUTES = [
    Route("/meeting/slides", shown),
    Route("/meeting/news", news),
    Route("/meeting/place", place, methods=["POST"]),
    Route("/meeting/open", begin, methods=["POST"]),
    Route("/meeting/close", end, methods=["POST"]),
]
