"""The meeting's own page: the next one with its agenda, the one that is on, and those held."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from tilannehuone.access import may
from tilannehuone.meeting.book import Book, many
from tilannehuone.meeting.objects import Meeting
from tilannehuone.texts.format import day
from tilannehuone.ui import options
from tilannehuone.ui.book import opened_book
from tilannehuone.ui.frame import Page
from tilannehuone.ui.meeting_agenda import agenda_html
from tilannehuone.ui.meeting_course import files
from tilannehuone.ui.meeting_open import agenda_of
from tilannehuone.ui.minutes_links import minutes_links_html


@dataclass(frozen=True, slots=True)
class Meetings:
    """The meetings of an area: the one that is on or comes next, if any, and those held."""

    book: Book
    area_code: str
    current: Meeting | None
    held: tuple[Meeting, ...]
    may_hold: bool


def meetings(page: Page, area_code: str) -> Meetings:
    """Return the meetings of an area: an open one comes before a planned one."""
    book = opened_book(page.lang)
    found = many(book, Meeting, area_code=area_code)
    waiting = [one for one in found if one.state != "closed"]
    current = min(waiting, key=lambda one: (one.state != "open", one.day, one.id), default=None)
    held = sorted(
        (one for one in found if one.state == "closed"), key=lambda one: one.day, reverse=True
    )
    return Meetings(book, area_code, current, tuple(held), may(page.person, "hold", area_code))


def head_html(page: Page, shown: Meetings) -> str:
    """Return the page's head: the title, and in one line where the meeting stands."""
    place = options.names_of_areas(page)[shown.area_code]
    one = shown.current
    if one is None:
        message, note = page.text("none_title"), page.text("none_text")
    else:
        when = day(one.day, page.lang)
        message = page.text(f"{one.state}_title", day=when)
        note = page.text(f"{one.state}_text", minutes=one.minutes)
    refused = "" if shown.may_hold else _note(page.text("may_not_hold"))
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(page.text("title"))} '
        f'<span class="where">{escape(place)}</span></h1>'
        f'<p class="th-message">{escape(message)}</p>{_note(note)}{refused}</header>'
    )


def acts_html(page: Page, shown: Meetings) -> str:
    """Return the button that begins the meeting or goes on with it, and the wall's address."""
    one = shown.current
    if one is None:
        return ""
    is_open = one.state == "open"
    words = page.text("go_on" if is_open else "start")
    begin = (
        f'<button type="button" class="th-do" data-room="meeting" data-meeting="{one.id}"'
        f' data-state="{one.state}">{escape(words)}</button>'
    )
    can_begin = begin if shown.may_hold or is_open else ""
    wall = _wall_html(page, one) if is_open else ""
    return f'<div class="th-acts" lang="{page.lang}">{can_begin}{wall}</div>'


def _wall_html(page: Page, one: Meeting) -> str:
    query = {"lang": page.lang, "area": one.area_code, "meeting": one.id, "wall": "1"}
    address = escape(f"meeting?{urlencode(query)}")
    copy = escape(page.text("wall_copy"))
    return (
        f'<div class="th-wall"><a href="{address}" target="_blank" rel="noopener">'
        f"{escape(page.text('wall'))}</a>"
        f'<button type="button" class="th-small" data-room="copy_address"'
        f' data-address="{address}">{copy}</button>{_note(page.text("wall_told"))}</div>'
    )


def preview_html(page: Page, shown: Meetings) -> str:
    """Return the agenda of the meeting that comes, and what is not dealt with in it."""
    if shown.current is None:
        return ""
    return agenda_html(page, shown.book, agenda_of(page, shown.book, shown.current))


def held_html(page: Page, shown: Meetings) -> str:
    """Return the meetings held, the newest first with every file, the others with the main ones."""
    rows = "".join(
        f"<li><b>{escape(day(one.day, page.lang))}</b> {_links(page, one)}"
        f"{'' if at else minutes_links_html(page, one)}</li>"
        for at, one in enumerate(shown.held)
    )
    told = f'<ul class="th-held">{rows}</ul>' if rows else _note(page.text("earlier_none"))
    title = escape(page.text("earlier"))
    return f'<section class="th-section" lang="{page.lang}"><h2>{title}</h2>{told}</section>'


def _links(page: Page, one: Meeting) -> str:
    return " · ".join(
        f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(page.text(key))}</a>'
        for key, address in files(page.lang, one.id, one.pack_id)
    )


def _note(words: str) -> str:
    return f'<p class="th-note">{escape(words)}</p>'
