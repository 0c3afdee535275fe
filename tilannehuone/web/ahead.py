"""Sends the headline and chart of a choice ahead of the page that is being run for it: `ahead?...`.

The query is the page's own, before the choice; `pick` names the picker and `at` the option, by its
place. The page's run goes on meanwhile, comes to the same, and stays the truth.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tilannehuone.errors import ReleaseMissing
from tilannehuone.texts import DEFAULT_LANGUAGE, LANGUAGES
from tilannehuone.ui import frame, options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.pick import DEPENDENTS
from tilannehuone.ui.trend_first import first

HEADERS = {"cache-control": "no-store"}


def ahead(request: Request) -> Response:
    """Answer with the headline and the chart, or with nothing (204) where nothing can be sent."""
    query = {str(key): str(one) for key, one in request.query_params.items()}
    lang = query.get("lang", DEFAULT_LANGUAGE)
    picked, at = query.get("pick", ""), query.get("at", "")
    if lang not in LANGUAGES or not at.isdecimal():
        return Response(status_code=204)
    try:
        page = frame.page_of("trend", lang)
    except ReleaseMissing:
        return Response(status_code=204)
    ids = list(_offered(page, picked, query))
    if int(at) >= len(ids):
        return Response(status_code=204)
    left = {key: one for key, one in query.items() if key not in DEPENDENTS.get(picked, ())}
    choice = options.choice_of(page, left | {picked: ids[int(at)]})
    return JSONResponse(asdict(first(page, choice)), headers=HEADERS)


def _offered(page: Page, picked: str, query: Mapping[str, str]) -> Iterable[str]:
    """Return the ids that a picker of the page offers, in its order; none of an unknown one."""
    shown = options.choice_of(page, query)
    indicator_id, area_code = shown.indicator.id, shown.area_code
    if picked == "area":
        return options.areas(page).labels
    if picked == "indicator":
        return options.indicators(page).labels
    if picked == "period":
        return options.grains(page, area_code, indicator_id).labels
    if picked == "breakdown":
        return options.breakdowns(page, indicator_id, area_code, shown.period_type).labels
    return ()


ROUTES = [Route("/ahead", ahead)]
