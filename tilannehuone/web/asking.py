"""What all routes of the meeting share: who asks, in which language, from which page, and no."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse

from tilannehuone.errors import (
    AccessDenied,
    BookUnavailable,
    Fault,
    Outdated,
    RecordMissing,
    ReleaseMissing,
    TilannehuoneError,
    WriteRefused,
)
from tilannehuone.meeting.book import Book
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import Record
from tilannehuone.texts import DEFAULT_LANGUAGE, LANGUAGES, text
from tilannehuone.texts.faults import fault_line
from tilannehuone.ui.frame import instance_folder

HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
STATUSES: Mapping[type[TilannehuoneError], int] = {
    AccessDenied: 403,
    RecordMissing: 404,
    Outdated: 409,
    ReleaseMissing: 503,
    BookUnavailable: 503,
}
"""How a refusal is told over HTTP; any other is 422."""

MOST_BYTES = 32_000
"""Of one request: some texts of the most letters, in any alphabet."""


def the_book() -> Book:
    """Return the meetings' book of the instance served."""
    return open_book(address_of(instance_folder()))


def language(request: Request) -> str:
    """Return the language of the address, else Finnish."""
    asked = request.query_params.get("lang")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


async def told_by(request: Request) -> Any:
    """Return the JSON that a page of ours sent; raise WriteRefused for anything else.

    A browser tells which page a request comes from; one that another site made is refused, and
    so is a form's body, which another site could send without asking.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not _is_ours(request) or kind != "application/json":
        raise WriteRefused(Fault("write_foreign"))
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise WriteRefused(Fault("write_too_long"))
    try:
        return json.loads(body)
    except ValueError:
        raise WriteRefused(Fault("write_not_understood")) from None


def refused(error: TilannehuoneError, lang: str, **more: Any) -> JSONResponse:
    """Return a refusal as an answer: its status, and in one line why."""
    status = next((code for kind, code in STATUSES.items() if isinstance(error, kind)), 422)
    fault = error.faults[0]
    if isinstance(error, ReleaseMissing):
        message = text(f"frame.{fault.key}_title", lang)
    else:
        message = " ".join(dict.fromkeys(fault_line(one, lang) for one in error.faults))
    return JSONResponse({"message": message, **more}, status_code=status, headers=HEADERS)


def plain(record: Record) -> dict[str, Any]:
    """Return a record as JSON can hold it."""
    return {
        name: one.isoformat() if isinstance(one, date) else one
        for name, one in asdict(record).items()
    }


def _is_ours(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host")
