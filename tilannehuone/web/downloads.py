"""Files of what a page shows, written when they are asked for: `export/<view>.<ending>?<query>`.

The query is the page's own. A file holds what the page shows and nothing else; the same finding
gives its words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tilannehuone.charts.paper import Paper
from tilannehuone.errors import ReleaseMissing
from tilannehuone.texts import DEFAULT_LANGUAGE, LANGUAGES, text
from tilannehuone.ui import frame, options, trend, trend_paper
from tilannehuone.ui.frame import Page

Query = Mapping[str, str]
Papers = Sequence[Paper]

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what a browser calls it, and how it is written from papers."""

    media_type: str
    written: Callable[[Papers, str], bytes]
    is_picture: bool = False


def _csv(papers: Papers, lang: str) -> bytes:
    from tilannehuone.exports import csv

    return csv.table_bytes(papers[0].table, lang)


def _xlsx(papers: Papers, lang: str) -> bytes:
    from tilannehuone.exports import xlsx

    return xlsx.book(papers, lang)


def _pptx(papers: Papers, lang: str) -> bytes:
    from tilannehuone.exports import pptx

    return pptx.slides(papers, lang)


def _pdf(papers: Papers, lang: str) -> bytes:
    from tilannehuone.exports import pdf

    return pdf.pages(papers, lang)


def _html(papers: Papers, lang: str) -> bytes:
    from tilannehuone.exports import html

    return html.report(papers, lang)


def _svg(papers: Papers, _lang: str) -> bytes:
    from tilannehuone.exports import picture

    return picture.svg_bytes(papers[0])


def _png(papers: Papers, _lang: str) -> bytes:
    from tilannehuone.exports import picture

    return picture.png_bytes(papers[0])


KINDS = {
    "csv": Kind("text/csv; charset=utf-8", _csv),
    "xlsx": Kind(f"{OFFICE}.spreadsheetml.sheet", _xlsx),
    "pptx": Kind(f"{OFFICE}.presentationml.presentation", _pptx),
    "pdf": Kind("application/pdf", _pdf),
    "html": Kind("text/html; charset=utf-8", _html),
    "svg": Kind("image/svg+xml", _svg, is_picture=True),
    "png": Kind("image/png", _png, is_picture=True),
}
"""Each writer is imported when it is first asked for: a page never waits for them."""


def _trend(page: Page, query: Query) -> Papers:
    return [trend_paper.paper(page, trend.view(page, options.choice_of(page, query)))]


VIEWS: Mapping[str, Callable[[Page, Query], Papers]] = {"trend": _trend}


def download(request: Request) -> Response:
    """Answer with the file, or in one line of the reader's language why there is none."""
    query = {str(key): str(one) for key, one in request.query_params.items()}
    asked = query.get("lang")
    lang = asked if asked in LANGUAGES else DEFAULT_LANGUAGE
    view, ending = request.path_params["view"], request.path_params["ending"]
    if view not in VIEWS or ending not in KINDS:
        return _refused("file_unknown", lang, 404)
    try:
        papers = VIEWS[view](frame.page_of(view, lang), query)
    except ReleaseMissing as missing:
        return _refused(f"{missing.faults[0].key}_title", lang, 503)
    kind = KINDS[ending]
    if kind.is_picture and papers[0].figure is None:
        return _refused("file_nothing", lang, 404)
    return Response(
        kind.written(papers, lang),
        media_type=kind.media_type,
        headers={
            "content-disposition": f'attachment; filename="{papers[0].name}.{ending}"',
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        },
    )


def _refused(key: str, lang: str, status: int) -> Response:
    return PlainTextResponse(text(f"frame.{key}", lang), status_code=status)


ROUTES = [Route("/export/{view:str}.{ending:str}", download)]
