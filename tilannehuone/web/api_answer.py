"""How the interface for other programs answers: the form, the tag, the pages of a long table.

An answer is told by a strong tag of what it was made from, so a program that has it is spared it.
"""

import importlib.metadata
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from tilannehuone.exports import rows
from tilannehuone.web.api_asked import Asked, AskedPages
from tilannehuone.web.api_cube import cube
from tilannehuone.web.api_forms import CHARSETS, MEDIA_TYPES, form_of
from tilannehuone.web.api_tables import Table
from tilannehuone.web.api_vintage import Opened, Vintage, opened, vintage_of
from tilannehuone.web.person import person_of

TABLE_FORMS = ("json", "csv", "parquet")
CELL_FORMS = ("json", "csv", "json-stat", "parquet")
CACHE = {
    "cache-control": "private, max-age=0, must-revalidate",
    "vary": "Accept, Cookie",
    "x-content-type-options": "nosniff",
}
CODE = importlib.metadata.version("tilannehuone")

Body = tuple[bytes, Mapping[str, str]]
"""An answer's content, and the headers that only this answer has."""


def table(
    request: Request, asked: AskedPages, table: Table, forms: tuple[str, ...] = TABLE_FORMS
) -> Response:
    """Answer with the rows of a table of the release that is asked for."""
    vintage = vintage_of(asked, person_of(request))

    def made(form: str) -> Body:
        with opened(vintage) as release:
            return _rows(request, asked, table, release, form)

    return answered(request, asked, vintage, forms, made)


def single(request: Request, asked: Asked, told: Callable[[Opened], Mapping[str, Any]]) -> Response:
    """Answer with one thing of the release that is asked for, as JSON."""
    vintage = vintage_of(asked, person_of(request))

    def made(_form: str) -> Body:
        with opened(vintage) as release:
            return rows.json_bytes(told(release)), {}

    return answered(request, asked, vintage, ("json",), made)


def answered(
    request: Request,
    asked: Asked,
    vintage: Vintage,
    forms: tuple[str, ...],
    made: Callable[[str], Body],
    *more: str,
) -> Response:
    """Answer with what `made` gives in the form that is asked, or that it has not changed (304).

    `more` is what the answer hangs on beside the release, the reader's areas and the address.
    """
    form = form_of(asked.format, request.headers.get("accept", ""), forms)
    tag = _tag(request, vintage, form, *more)
    headers = {**CACHE, "etag": tag, "tilannehuone-release": vintage.id}
    known = [
        one.strip().removeprefix("W/")
        for one in request.headers.get("if-none-match", "").split(",")
    ]
    if tag in known:
        return Response(status_code=304, headers=headers)
    content, own = made(form)
    if "*" in known:
        return Response(status_code=304, headers=headers)
    kind = MEDIA_TYPES[form] + CHARSETS.get(form, "")
    return Response(content, headers={**headers, **own, "content-type": kind})


def release_told(vintage: Vintage) -> dict[str, str]:
    """Return which release an answer is from."""
    return {"release_id": vintage.id, "built_at": _moment(vintage)}


def paged(
    request: Request, asked: AskedPages, vintage: Vintage, found: pd.DataFrame
) -> tuple[pd.DataFrame, Mapping[str, str]]:
    """Return the rows that are asked for, and the header that leads to the others (RFC 8288)."""
    cut = found.iloc[asked.offset : asked.offset + asked.limit]
    return cut, _ways(request, asked, vintage, len(found))


def written(asked: AskedPages, vintage: Vintage, form: str, cut: pd.DataFrame, total: int) -> bytes:
    """Return rows in a form; JSON tells which of how many they are, and of which release."""
    if form == "csv":
        return rows.csv_bytes(cut)
    if form == "parquet":
        return rows.parquet_bytes(cut, release_told(vintage) | {"lang": asked.lang})
    place = {"total": total, "limit": asked.limit, "offset": asked.offset}
    told = {"release": release_told(vintage), **place, "rows": rows.records(cut)}
    return rows.json_bytes(told)


def _rows(request: Request, asked: AskedPages, table: Table, release: Opened, form: str) -> Body:
    vintage = release.vintage
    if table.page is not None and form in ("json", "csv"):
        cut, total = table.page(release, asked)
        told = written(asked, vintage, form, table.finish(release, asked, cut), total)
        return told, _ways(request, asked, vintage, total)
    found = table.read(release, asked)
    if form == "json-stat":
        return rows.json_bytes(cube(release, asked.lang, found, str(request.url))), {}
    finish = partial(table.finish, release, asked)
    if form == "parquet":
        return written(asked, vintage, form, finish(found), len(found)), {}
    cut, headers = paged(request, asked, vintage, found)
    return written(asked, vintage, form, finish(cut), len(found)), headers


def _ways(request: Request, asked: AskedPages, vintage: Vintage, total: int) -> Mapping[str, str]:
    ways = {}
    if asked.offset + asked.limit < total:
        ways["next"] = asked.offset + asked.limit
    if asked.offset:
        ways["prev"] = max(0, asked.offset - asked.limit)
    links = [f'<{_address(request, vintage, at)}>; rel="{way}"' for way, at in ways.items()]
    return {"link": ", ".join(links)} if links else {}


def _tag(request: Request, vintage: Vintage, form: str, *more: str) -> str:
    """Return a strong tag of all that an answer is made from; packed bytes have another."""
    packed = "gzip" if "gzip" in request.headers.get("accept-encoding", "") else ""
    parts = (CODE, vintage.id, vintage.scope, str(request.url), form, packed, *more)
    digest = sha256("\0".join(parts).encode()).hexdigest()
    return f'"{digest[:40]}"'


def _address(request: Request, vintage: Vintage, offset: int) -> str:
    """Return the address of other rows of a table: of the same release, whatever comes after."""
    told = [
        (key, one)
        for key, one in request.query_params.multi_items()
        if key not in ("offset", "release", "known_at")
    ]
    query = urlencode([*told, ("release", vintage.id), ("offset", offset)])
    return f"{request.url.path}?{query}"


def _moment(vintage: Vintage) -> str:
    return vintage.built_at.isoformat().replace("+00:00", "Z")
