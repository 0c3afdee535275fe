"""The way back in time: a series as it was known at each meeting that looked at it."""

import os
from functools import lru_cache
from html import escape

from tilannehuone.access import may
from tilannehuone.errors import BookRefused, BookUnavailable
from tilannehuone.meeting.book import Book, many, one
from tilannehuone.meeting.database import FILE, SETTING, address_of, open_book
from tilannehuone.meeting.objects import Meeting, Pack
from tilannehuone.meeting.pack import opened
from tilannehuone.texts import text
from tilannehuone.texts.format import day
from tilannehuone.ui.frame import Page, address, instance_folder
from tilannehuone.ui.options import Choice

MOST = 6
"""Meetings that are told of, the latest ones."""


def packs_html(page: Page, choice: Choice) -> str:
    """Return links to the packs that hold this series, the latest first; empty without any."""
    found = meetings_that_saw(page, choice)[:MOST]
    links = "".join(
        f'<a href="{address("pack", lang=page.lang, id=one.pack_id)}" target="_self">'
        f"{escape(text('pack.as_known', page.lang, day=day(one.day, page.lang)))}</a>"
        for one in found
    )
    name = escape(text("pack.as_known_label", page.lang))
    if not links:
        return ""
    head = f'<nav class="th-earlier" lang="{page.lang}" aria-label="{name}">'
    return f"{head}<span>{name}</span>{links}</nav>"


def meetings_that_saw(page: Page, choice: Choice) -> list[Meeting]:
    """Return the closed meetings whose pack holds this series, the latest first.

    Where there are no meetings, or their database cannot be read, there are none: the figures do
    not wait for it.
    """
    folder = instance_folder()
    has_book = bool(os.environ.get(SETTING)) or (folder / FILE).is_file()
    if not has_book or not may(page.person, "view", choice.area_code):
        return []
    try:
        book = open_book(address_of(folder))
        closed = many(book, Meeting, area_code=choice.area_code, state="closed")
        key = tuple(choice.key.values())
        saw = [each for each in closed if each.pack_id and key in _keys(book, each.pack_id)]
    except (BookUnavailable, BookRefused):
        return []
    return sorted(saw, key=lambda one: (one.day, one.id), reverse=True)


@lru_cache(maxsize=500)
def _keys(book: Book, pack_id: str) -> frozenset[tuple[str, ...]]:
    """Return the series that a pack holds; a pack never changes, so neither do they."""
    return frozenset(each.key for each in opened(one(book, Pack, pack_id)).series)
