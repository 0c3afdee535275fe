"""What a meeting leaves behind as files: `export/<minutes|promises|network>.<ending>?meeting=ID`.

The files are in the meeting's own language; why there is none is told in the reader's.
"""

from datetime import UTC, datetime
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tilannehuone.access import require
from tilannehuone.errors import AccessDenied, RecordMissing, ReleaseMissing, TilannehuoneError
from tilannehuone.exports.document import Document, Paragraph
from tilannehuone.exports.minutes_files import KINDS, File, file_of
from tilannehuone.exports.minutes_html import html_bytes
from tilannehuone.meeting.book import one
from tilannehuone.meeting.objects import Meeting
from tilannehuone.texts import text
from tilannehuone.ui import frame
from tilannehuone.ui.minutes_made import holds_name, minutes_made
from tilannehuone.web.asking import HEADERS, language, the_book
from tilannehuone.web.person import person_of

FAULTS: dict[type[TilannehuoneError], tuple[str, int]] = {
    AccessDenied: ("access", 403),
    RecordMissing: ("meeting", 404),
    ReleaseMissing: ("release", 503),
}


def handed_over(kind: str, request: Request) -> Response:
    """Answer with a file of a kind, or with a page that says why there is none."""
    lang, ending = language(request), request.path_params["ending"]
    if ending not in KINDS.get(kind, ()):
        return _fault("file", 404, lang)
    try:
        file = _file(request, kind, ending)
    except (AccessDenied, RecordMissing, ReleaseMissing) as no:
        return _fault(*FAULTS[type(no)], lang)
    attached = {"content-disposition": f'attachment; filename="{file.name}"'}
    return Response(file.body, media_type=file.media_type, headers=HEADERS | attached)


def _file(request: Request, kind: str, ending: str) -> File:
    """Return the file asked for, if whoever asks may see the meeting's area."""
    book, reader = the_book(), person_of(request)
    meeting = one(book, Meeting, request.query_params.get("meeting", ""))
    require(reader, "view", meeting.area_code)
    page = frame.page_of("meeting", meeting.lang, reader)
    minutes = minutes_made(page, book, meeting.id)
    return file_of(minutes, kind, ending, lambda words: holds_name(page, words))


def _fault(key: str, status: int, lang: str) -> Response:
    """Return a page that says what is wrong and what to do, in the look of the files."""
    told = Document(
        name="fault",
        lang=lang,
        title=text("minutes.fault_title", lang),
        made=datetime(2000, 1, 1, tzinfo=UTC),
        opening=(Paragraph(text(f"minutes.fault_{key}", lang)),),
        sections=(),
    )
    inline = {"content-disposition": "inline"}
    return Response(html_bytes(told), status, HEADERS | inline, media_type="text/html")


ROUTES = [
    Route("/export/minutes.{ending:str}", partial(handed_over, "minutes")),
    Route("/export/promises.{ending:str}", partial(handed_over, "promises")),
    Route("/export/network.{ending:str}", partial(handed_over, "network")),
]
"""They stand before the files of the pages, whose address would take these in."""
