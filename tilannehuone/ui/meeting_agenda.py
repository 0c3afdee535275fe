"""The agenda as a page shows it: items with their minutes, and what is not dealt with today."""

from collections.abc import Callable, Mapping
from html import escape

from tilannehuone.meeting.agenda import Agenda, Entry, Item
from tilannehuone.meeting.book import Book, many
from tilannehuone.meeting.objects import Phenomenon, Promise, SignalCase
from tilannehuone.texts import text
from tilannehuone.ui.frame import Page

Names = Mapping[str, str]


def agenda_html(page: Page, book: Book, agenda: Agenda) -> str:
    """Return the agenda in the order of the meeting, then the list of the quiet."""
    names = _names(page, book, agenda.area_code)
    items = "".join(_item(page, names, one) for one in agenda.items if one.minutes)
    title = escape(page.text("agenda"))
    body = f'<h2>{title}</h2><ol class="th-agenda">{items}</ol>'
    quiet = _quiet(page, names, agenda)
    return f'<section class="th-section" lang="{page.lang}">{body}{quiet}</section>'


def _names(page: Page, book: Book, area_code: str) -> Names:
    """Return what everything that an agenda can name is called, by its id."""
    names = {one.id: one.name.in_language(page.lang) for one in page.indicators.values()}
    promises = many(book, Promise, area_code=area_code)
    names |= {one.id: f"{one.promiser}: {one.text}" for one in promises}
    names |= {one.id: one.title for one in many(book, Phenomenon, area_code=area_code)}
    cases = many(book, SignalCase, area_code=area_code)
    names |= {
        one.id: page.text("case_of", measure=names.get(one.indicator_id, one.indicator_id))
        for one in cases
    }
    return names


def _item(page: Page, names: Names, item: Item) -> str:
    name = escape(text(f"agenda.item_{item.kind}", page.lang))
    minutes = escape(page.text("agenda_minutes", count=item.minutes))
    rows = _rows(page, names, item.entries, _reason)
    listed = f"<ul>{rows}</ul>" if rows else ""
    return f'<li><b>{name}</b> <span class="minutes">{minutes}</span>{listed}</li>'


def _quiet(page: Page, names: Names, agenda: Agenda) -> str:
    rows = _rows(page, names, agenda.quiet, _reason)
    title = escape(text("agenda.quiet", page.lang))
    return (
        f"<details><summary>{title} ({len(agenda.quiet)})</summary><ul>{rows}</ul></details>"
        if rows
        else ""
    )


def _rows(
    page: Page, names: Names, entries: tuple[Entry, ...], told: Callable[[Page, Entry], str]
) -> str:
    return "".join(
        f'<li>{escape(names[one.id])} <span class="quiet">{escape(told(page, one))}</span></li>'
        for one in entries
        if one.id in names
    )


def _reason(page: Page, entry: Entry) -> str:
    return text(f"agenda.reason_{entry.reason}", page.lang)
