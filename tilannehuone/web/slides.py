"""The slides of the shared screen, all at once: `slides?<the page's query>`.

The browser asks once and then turns slides by itself, so that the next one is there at once.
"""

from contextlib import suppress
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tilannehuone.access import SERVER
from tilannehuone.errors import ReleaseMissing
from tilannehuone.texts import DEFAULT_LANGUAGE, LANGUAGES, text
from tilannehuone.ui import frame, options
from tilannehuone.ui.slides import slides

HEADERS = {"cache-control": "no-store"}


def shared(request: Request) -> JSONResponse:
    """Answer with the slides in order, or with one line that says why there are none."""
    query = {str(key): str(one) for key, one in request.query_params.items()}
    asked = query.get("lang")
    lang = asked if asked in LANGUAGES else DEFAULT_LANGUAGE
    try:
        page = frame.page_of("trend", lang)
    except ReleaseMissing as missing:
        told = {"message": text(f"frame.{missing.faults[0].key}_title", lang)}
        return JSONResponse(told, status_code=503, headers=HEADERS)
    area_code = options.areas(page).nearest(query.get("area"))
    told_slides = [asdict(one) for one in slides(page, area_code, query)]
    return JSONResponse(told_slides, headers=HEADERS)


def warm() -> None:
    """Make the slides of the home area beforehand: the first meeting should not wait for them."""
    with suppress(ReleaseMissing):
        page = frame.page_of("trend", DEFAULT_LANGUAGE, SERVER)
        slides(page, options.areas(page).default)


ROUTES = [Route("/slides", shared)]
