"""Files of what a page shows, written when they are asked for: `export/<view>.<ending>?<query>`.

The query is the page's own. A file holds what the page shows and nothing else; the same finding
gives its words.
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tilannehuone.errors import ReleaseMissing
from tilannehuone.exports.forms import FORMS, written
from tilannehuone.texts import DEFAULT_LANGUAGE, LANGUAGES, text
from tilannehuone.ui import frame
from tilannehuone.web.views import VIEWS


def download(request: Request) -> Response:
    """Answer with the file, or in one line of the reader's language why there is none."""
    query = {str(key): str(one) for key, one in request.query_params.items()}
    asked = query.get("lang")
    lang = asked if asked in LANGUAGES else DEFAULT_LANGUAGE
    view, ending = request.path_params["view"], request.path_params["ending"]
    if view not in VIEWS or ending not in FORMS:
        return _refused("file_unknown", lang, 404)
    try:
        papers = VIEWS[view](frame.page_of(view, lang), query)
    except ReleaseMissing as missing:
        return _refused(f"{missing.faults[0].key}_title", lang, 503)
    if not papers:
        return _refused("file_unknown", lang, 404)
    return Response(
        written(papers, ending, lang),
        media_type=FORMS[ending].media_type,
        headers={
            "content-disposition": f'attachment; filename="{papers[0].name}.{ending}"',
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        },
    )


def _refused(key: str, lang: str, status: int) -> Response:
    return PlainTextResponse(text(f"frame.{key}", lang), status_code=status)


ROUTES = [Route("/export/{view:str}.{ending:str}", download)]
