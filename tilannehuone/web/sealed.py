"""A sealed research extract by HTTP: `sealed.zip?measure=…&area=…&from=…&to=…`.

The same as `tilannehuone extract` makes of the current release, for whoever may take out data for
research, of the areas in which they may. It is audited before it is handed out, which takes a
while, so one is made at a time and the latest are kept.
"""

from functools import lru_cache
from pathlib import Path
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tilannehuone import store_scope
from tilannehuone.access import areas_with, may_anywhere
from tilannehuone.errors import AccessDenied, Fault, SealRefused, TilannehuoneError
from tilannehuone.sealed import Choice, day_of
from tilannehuone.ui import frame
from tilannehuone.web.asking import HEADERS, language, refused
from tilannehuone.web.person import person_of

_one_at_a_time = Lock()


def sealed_file(request: Request) -> Response:
    """Answer with the extract as a ZIP, or in one line why there is none."""
    try:
        release = store_scope.whole(frame.page_of("research", language(request)).release)
        choice = _choice(request, release)
        with _one_at_a_time:
            body = _made(release, choice)
    except TilannehuoneError as no:
        return refused(no, language(request))
    name = f"tilannehuone_{release.stem}.zip"
    attached = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type="application/zip", headers=HEADERS | attached)


def _choice(request: Request, release: Path) -> Choice:
    """Return what an address asks for, within the areas that are open to research.

    Raises
    ------
    AccessDenied
        Who asks may take out nothing, or not of an area that is named.
    SealRefused
        A day is none, or of what may be taken out there is no cell.
    """
    reader, asked = person_of(request), request.query_params
    allowed, named = areas_with(reader, "research"), tuple(asked.getlist("area"))
    if not may_anywhere(reader, "research"):
        raise AccessDenied(Fault("access_denied"))
    if allowed is not None and not allowed.issuperset(named):
        raise AccessDenied(Fault("access_denied"))
    return Choice(
        measures=tuple(asked.getlist("measure")),
        areas=named if allowed is None else _counted(release, named, allowed),
        breakdowns=tuple(asked.getlist("breakdown")),
        periods=tuple(asked.getlist("period")),
        first=day_of(asked.get("from", "")),
        last=day_of(asked.get("to", ""), ends=True),
    )


def _counted(release: Path, named: tuple[str, ...], allowed: frozenset[str]) -> tuple[str, ...]:
    """Return the areas to take out for who may not have all: those named, else all that count.

    Never none, which would mean every area; and nobody is told which other areas there are.
    """
    from pipelines.sealing_choice import areas_with_cells

    counted = areas_with_cells(release)
    found = named or tuple(sorted(allowed & counted))
    if not found or not counted.issuperset(found):
        raise SealRefused(Fault("seal_nothing_chosen"))
    return found


@lru_cache(maxsize=4)
def _made(release: Path, choice: Choice) -> bytes:
    from pipelines.sealing import earlier_than
    from tilannehuone.exports.extract import zip_bytes
    from tilannehuone.web.sealing import sealed_extract

    return zip_bytes(sealed_extract(release, earlier_than(release), choice))


ROUTES = [Route("/sealed.zip", sealed_file)]
