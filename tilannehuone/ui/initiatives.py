"""The book's initiatives as events on the curves; nothing is made in order to find them."""

from pathlib import Path

from sqlalchemy.engine import make_url

from tilannehuone.charts.events import Event
from tilannehuone.errors import TilannehuoneError
from tilannehuone.meeting.book import many
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import Initiative, Phenomenon
from tilannehuone.meeting.observing import with_measures
from tilannehuone.texts import text
from tilannehuone.ui.frame import Page, instance_folder


def initiatives_of(page: Page, area_code: str, indicator_id: str) -> list[Event]:
    """Return what is tried in an area because of phenomena tied to a measure, as events.

    Each begins as one event, and ends as another where it has an end.
    """
    found = []
    for one in _initiatives(area_code):
        if indicator_id in one.indicators:
            found.append(Event(one.starts, one.text, is_break=False))
            if one.ends is not None:
                words = text("observations.ended", page.lang, what=one.text)
                found.append(Event(one.ends, words, is_break=False))
    return found


def token(area_code: str) -> str:
    """Return what changes when the area's initiatives do: for the key of what is kept drawn."""
    return "|".join(
        f"{one.id}:{one.version}:{','.join(one.indicators)}" for one in _initiatives(area_code)
    )


def _initiatives(area_code: str) -> list[Initiative]:
    """Return an area's initiatives with their measures; none where there is no book to read."""
    url = address_of(instance_folder())
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite" and not _is_there(parts.database):
        return []
    try:
        book = open_book(url)
        found = many(book, Initiative, area_code=area_code)
        phenomena = many(book, Phenomenon, area_code=area_code) if found else []
    except TilannehuoneError:
        return []  # a curve is shown without them rather than not at all
    return [with_measures(one, phenomena) for one in found]


def _is_there(file: str | None) -> bool:
    return file is not None and Path(file).exists()
