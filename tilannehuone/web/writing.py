"""Takes down what people write in a meeting: `POST meeting/write`.

The body is JSON: `kind`, `values`, `request_id`, and of a record that there is its `id` and the
`version` that was read. The answer is `{record}`; or `{message}` in the reader's language, with
`{theirs}`, the record as it is now, where somebody else has written the same words meanwhile.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tilannehuone.access import Person
from tilannehuone.errors import Outdated, TilannehuoneError
from tilannehuone.meeting import writing
from tilannehuone.meeting.book import one
from tilannehuone.meeting.objects import KINDS, Record
from tilannehuone.ui import frame, options
from tilannehuone.ui.meeting_promised import added_to
from tilannehuone.ui.meeting_promises import allows_names
from tilannehuone.web.asking import HEADERS, language, plain, refused, the_book, told_by
from tilannehuone.web.person import person_of


async def write(request: Request) -> JSONResponse:
    """Answer with the record as it was written, or with why it was not."""
    lang = language(request)
    try:
        asked = writing.understood(await told_by(request))
        person = person_of(request)
        record = await run_in_threadpool(written, asked, person, lang)
    except Outdated as late:
        theirs = plain(one(the_book(), KINDS[asked.kind], asked.id))
        return refused(late, lang, theirs=theirs)
    except TilannehuoneError as no:
        return refused(no, lang)
    return JSONResponse({"record": plain(record)}, headers=HEADERS)


def written(asked: writing.Asked, person: Person, lang: str) -> Record:
    """Return the record after it was judged and written, with what the product adds to it."""
    page, book = frame.page_of("meeting", lang), the_book()
    areas = options.areas(page).labels
    around = writing.Around(
        frozenset(areas),
        frozenset(page.indicators),
        frozenset(options.names_of_areas(page).values()),
        allows_names(page),
    )
    told = writing.judged(book, asked, person, around)
    return writing.write(book, asked, person, told, **added_to(page, told, asked.kind))


ROUTES = [Route("/meeting/write", write, methods=["POST"])]
