"""What the field has noticed in an area: the page's head, the list, and what became of one.

Observations are a few people's words about few. Who may write in the area reads them with the
month; others see how many there are behind a phenomenon, and no number below the threshold that
the instance's measures have. The day stands only where an observation is opened by its own
address, which its sender has.
"""

from dataclasses import dataclass
from html import escape

import streamlit as st

from tilannehuone.access import may
from tilannehuone.errors import RecordMissing
from tilannehuone.meeting.book import Book, many
from tilannehuone.meeting.objects import Initiative, Observation, Phenomenon
from tilannehuone.meeting.observing import Fate, fate
from tilannehuone.texts.faults import fault_line
from tilannehuone.texts.format import day, period
from tilannehuone.ui import options
from tilannehuone.ui.book import opened_book
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.words import count

ID = "id"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the book holds of an area, oldest first; `reads` is whether the reader may read all."""

    book: Book
    area_code: str
    observations: tuple[Observation, ...]
    phenomena: tuple[Phenomenon, ...]
    initiatives: tuple[Initiative, ...]
    reads: bool
    writes: bool


def kept(page: Page, area_code: str) -> Kept:
    """Return what the book holds of an area, and what the reader may do with it."""
    book = opened_book(page.lang)
    return Kept(
        book,
        area_code,
        tuple(many(book, Observation, area_code=area_code)),
        tuple(many(book, Phenomenon, area_code=area_code)),
        tuple(many(book, Initiative, area_code=area_code)),
        may(page.person, "observe", area_code),
        may(page.person, "write", area_code),
    )


def head_html(page: Page, shown: Kept) -> str:
    """Return the page's title and message: how much was noticed, and what is done with it."""
    area = options.names_of_areas(page)[shown.area_code]
    free = sum(not one.phenomenon_id for one in shown.observations)
    total = number_words(page, len(shown.observations))
    told = page.text("message", count=total, phenomena=len(shown.phenomena))
    waits = page.text("waiting", count=number_words(page, free)) if free and shown.reads else ""
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(page.text("title"))}'
        f' <span class="where">{escape(area)}</span></h1>'
        f'<p class="th-message">{escape(told)}</p><p class="th-detail">{escape(waits)}</p></header>'
    )


def number_words(page: Page, number: int) -> str:
    """Return a number of observations; below the instance's threshold only that it is below."""
    least = max((one.protect.k_min for one in page.indicators.values()), default=5)
    if 0 < number < least:
        return page.text("fewer", count=least)
    return count(number, page.lang)


def fate_html(page: Page, shown: Kept) -> str:
    """Return what became of the observation that the address names; empty where it names none."""
    asked = st.query_params.get(ID)
    if not asked:
        return ""
    try:
        found = fate(shown.book, asked, shown.initiatives)
    except RecordMissing as missing:
        return note_html(page, fault_line(missing.faults[0], page.lang))
    if found.observation.area_code != shown.area_code:
        return note_html(page, page.text("other_area"))
    return _fate(page, found)


def note_html(page: Page, words: str) -> str:
    """Return a quiet line; the framework's own captions are too pale to be read."""
    return f'<p class="th-note" lang="{page.lang}">{escape(words)}</p>'


def _fate(page: Page, found: Fate) -> str:
    one = found.observation
    facts = f"{day(one.day, page.lang)} · {about(page, one)}"
    steps = [_step(page, "step_observed", f"{facts}", one.text)]
    if found.phenomenon is None:
        steps.append(_step(page, "step_waits", page.text("step_waits_note"), ""))
    else:
        state = page.text(f"state_{found.phenomenon.state}")
        steps.append(_step(page, "step_phenomenon", state, found.phenomenon.title))
    for each in found.initiatives:
        told = each.outcome or page.text("no_outcome")
        steps.append(_step(page, "step_initiative", when(page, each), f"{each.text} {told}"))
    return (
        f'<section class="th-section th-fate" lang="{page.lang}" id="th-fate">'
        f"<h2>{escape(page.text('fate'))}</h2><ol>{''.join(steps)}</ol>"
        f'<p class="th-note">{escape(page.text("fate_note"))}</p></section>'
    )


def _step(page: Page, key: str, facts: str, words: str) -> str:
    said = f"<p>{escape(words)}</p>" if words else ""
    return (
        f"<li><b>{escape(page.text(key))}</b> "
        f'<span class="th-note">{escape(facts)}</span>{said}</li>'
    )


def about(page: Page, one: Observation) -> str:
    """Return where and of what an observation is."""
    where = page.text(f"environment_{one.environment}")
    return " · ".join((where, page.text(f"subject_{one.subject}")))


def when(page: Page, one: Initiative) -> str:
    """Return when an initiative began, and when it ended."""
    ends = day(one.ends, page.lang) if one.ends else ""
    return f"{day(one.starts, page.lang)}–{ends}"


def line(page: Page, one: Observation) -> str:
    """Return an observation as one line: its words, then month and place."""
    month = period("month", one.day.replace(day=1), page.lang)
    return f"{one.text} ({month}, {page.text(f'environment_{one.environment}').lower()})"


def own_address(page: Page, one: Observation) -> str:
    """Return the address of what becomes of an observation, ready for an attribute."""
    return address("observations", lang=page.lang, area=one.area_code, id=one.id)
