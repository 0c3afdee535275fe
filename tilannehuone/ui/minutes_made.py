"""The minutes of a meeting in the book: a closed one's from its pack, any other's as it stands."""

from tilannehuone.access import require
from tilannehuone.meeting.book import Book, many, one
from tilannehuone.meeting.free_text import found
from tilannehuone.meeting.minutes import Minutes
from tilannehuone.meeting.minutes_packed import packed
from tilannehuone.meeting.objects import Meeting, Pack, Promise
from tilannehuone.meeting.pack import opened
from tilannehuone.meeting.pack_content import Content
from tilannehuone.meeting.pack_state import pack_state, without_withdrawn
from tilannehuone.texts import LANGUAGES
from tilannehuone.ui import cached, options
from tilannehuone.ui.closing import pack_of
from tilannehuone.ui.frame import Page
from tilannehuone.ui.pack_shown import today


def minutes_made(page: Page, book: Book, meeting_id: str) -> Minutes:
    """Return the minutes of a meeting, in the meeting's own language.

    Raises
    ------
    RecordMissing
        There is no such meeting.
    AccessDenied
        Whoever the page is for may not see the meeting's area.
    """
    meeting = one(book, Meeting, meeting_id)
    require(page.person, "view", meeting.area_code)
    lang = meeting.lang
    measures = {key: each.name.in_language(lang) for key, each in page.indicators.items()}
    promises = many(book, Promise, area_code=meeting.area_code)
    made_on = {each.id: each.created_at.date() for each in promises if each.created_at}
    return packed(_content(page, book, meeting), meeting, measures, made_on, _areas(page))


def holds_name(page: Page, words: str) -> bool:
    """Return whether a person's name seems to stand in typed words; areas are no persons."""
    known = options.areas(page).labels.values()
    return any(each.kind == "name" for each in found(words, tuple(known)))


def _areas(page: Page) -> dict[str, tuple[str, ...]]:
    rows = cached.records(cached.areas(page.release).drop_duplicates("area_code"))
    return {one["area_code"]: tuple(str(one[f"name_{each}"]) for each in LANGUAGES) for one in rows}


def _content(page: Page, book: Book, meeting: Meeting) -> Content:
    """Return what was frozen, without what was withdrawn since; else what would be frozen now."""
    if meeting.state != "closed" or not meeting.pack_id:
        return opened(pack_of(book, page, meeting))
    content = opened(one(book, Pack, meeting.pack_id))
    return without_withdrawn(content, pack_state(content, today(page, content)))
