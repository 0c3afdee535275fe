"""The pieces a meeting's slides are made of: what is looked at, and beside it what is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from tilannehuone.texts import text
from tilannehuone.ui.markup import icon_html, tone
from tilannehuone.ui.meeting_held import Held

PART = '<div class="th-part"></div>'
"""Where the browser puts what is written: a form for the scribe, plain words on the wall."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One view of a meeting.

    `item` is the agenda's item it belongs to. `html` stays as it is through the meeting; `part`
    is what is written on it, as it stands now. `address` is where the whole of it can be seen.
    """

    id: str
    item: str
    title: str
    html: str
    part: str
    address: str = ""


def upright(held: Held, item: str, where: str, said: str, *more: str) -> str:
    """Return a slide of words: one message large, what bears on it, then what is written."""
    return (
        f'<div class="th-meet">{head(held, item, where)}{message(said)}{"".join(more)}{PART}</div>'
    )


def beside(held: Held, item: str, where: str, seen: str) -> str:
    """Return a slide with something to look at on the left, and what is written on the right."""
    return (
        f'<div class="th-meet side">{head(held, item, where)}'
        f'<div class="th-seen">{seen}</div>{PART}</div>'
    )


def head(held: Held, item: str, where: str) -> str:
    """Return which item is dealt with, and what of it."""
    told = f' <span class="where">{escape(where)}</span>' if where else ""
    return f"<h1>{escape(text(f'agenda.item_{item}', held.page.lang))}{told}</h1>"


def message(words: str, icon: str = "") -> str:
    """Return the one message of the slide; nothing for no words."""
    if not words:
        return ""
    mark = f'<span class="{tone(icon)}">{icon_html(icon)}</span>' if icon else ""
    return f'<div class="th-said">{mark}<p>{escape(words)}</p></div>'


def more(words: str) -> str:
    """Return a line that bears on the message; nothing for no words."""
    return f'<p class="th-more">{escape(words)}</p>' if words else ""


def points(title: str, rows: Iterable[str]) -> str:
    """Return a short list under a title; nothing for no rows."""
    shown = "".join(f"<li>{escape(one)}</li>" for one in rows)
    return f'<h2>{escape(title)}</h2><ul class="th-short-list">{shown}</ul>' if shown else ""


def measure_name(held: Held, indicator_id: str) -> str:
    """Return a measure's name, or nothing where it is no longer published."""
    one = held.page.indicators.get(indicator_id)
    return one.name.in_language(held.page.lang) if one else ""
