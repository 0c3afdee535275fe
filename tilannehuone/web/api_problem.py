"""Refusals of the interface for other programs: one JSON problem each (RFC 9457).

`type` is a name that a program may compare, `title` and `detail` are in the reader's language.
Nothing that was asked is repeated, but the name of a parameter that there is.
"""

import json
from collections.abc import Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from tilannehuone.errors import AccessDenied, Fault, ReleaseMissing, TilannehuoneError
from tilannehuone.texts import DEFAULT_LANGUAGE, LANGUAGES, catalogue, text
from tilannehuone.texts.faults import fault_line

MEDIA_TYPE = "application/problem+json"
PATH = "/api/v1"
METHODS = "GET, HEAD"
HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
NOT_LOGGED_IN = frozenset({"access_login", "access_expired"})


class Problem(BaseModel):
    """Why there is no answer."""

    model_config = ConfigDict(extra="forbid")

    type: str
    title: str
    status: int
    detail: str


class Refused(TilannehuoneError):
    """A request that cannot be answered as it is: which problem it is, and its status.

    `key` names its texts, `api.title_<status>` and `api.<key>`.
    """

    def __init__(self, key: str, status: int, **values: Any) -> None:
        self.status = status
        super().__init__(Fault(key, values))


def language_of(request: HTTPConnection) -> str:
    """Return the language of the address, else Finnish."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def is_api(request: HTTPConnection) -> bool:
    """Return whether a request is put to this interface."""
    root = str(request.scope.get("app_root_path", request.scope.get("root_path", "")))
    return request.url.path.removeprefix(root).startswith(f"{PATH}/")


def problem(
    key: str, status: int, lang: str, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a problem as an answer."""
    told = Problem(
        type=f"urn:tilannehuone:problem:{key}",
        title=text(f"api.title_{status}", lang),
        status=status,
        detail=detail,
    )
    body = json.dumps(told.model_dump(), ensure_ascii=False).encode("utf-8")
    return Response(body, status, {**HEADERS, **(headers or {})}, MEDIA_TYPE)


def denied(request: HTTPConnection, error: AccessDenied) -> Response:
    """Return why somebody may see nothing: 401 who has to log in, 403 anybody else."""
    fault, lang = error.faults[0], language_of(request)
    title = f"access.{fault.key}_title"
    told = text(title, lang) if title in catalogue(lang) else fault_line(fault, lang)
    return problem(fault.key, 401 if fault.key in NOT_LOGGED_IN else 403, lang, told)


async def refused(request: Request, error: Exception) -> Response:
    """Return the problem of an error that is meant for the reader."""
    lang = language_of(request)
    if isinstance(error, AccessDenied):
        return denied(request, error)
    if isinstance(error, ReleaseMissing):
        key = error.faults[0].key
        title = f"frame.{key}_title"
        known = title if title in catalogue(lang) else "frame.broken_release_title"
        return problem("no_release", 503, lang, text(known, lang))
    if not isinstance(error, Refused):
        raise error
    fault = error.faults[0]
    return problem(fault.key, error.status, lang, text(f"api.{fault.key}", lang, **fault.values))


async def not_understood(request: Request, error: Exception) -> Response:
    """Return which parameters of a request are not as described."""
    if not isinstance(error, RequestValidationError):
        raise error
    lang = language_of(request)
    known = {one["type"] != "extra_forbidden" for one in error.errors()}
    names = sorted({str(one["loc"][1]) for one in error.errors() if _is_known(one)})
    key = "not_understood" if True in known else "parameter_unknown"
    return problem(key, 422, lang, text(f"api.{key}", lang, names=", ".join(names)))


async def no_such_path(request: Request, error: Exception) -> Response:
    """Return that there is nothing at this path, or that only reading is possible there."""
    if not isinstance(error, HTTPException):
        raise error
    lang = language_of(request)
    if error.status_code == 405:
        return problem("read_only", 405, lang, text("api.read_only", lang), {"allow": METHODS})
    return problem("unknown_path", 404, lang, text("api.unknown_path", lang))


def _is_known(error: Mapping[str, Any]) -> bool:
    return error["type"] != "extra_forbidden" and len(error["loc"]) > 1
