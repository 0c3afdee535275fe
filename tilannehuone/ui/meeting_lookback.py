"""A look back at a promise on a slide: the curve cut at its day, and what is seen after it."""

from dataclasses import replace

from tilannehuone.meeting.agenda import Entry
from tilannehuone.texts.format import day
from tilannehuone.ui import lookback, slides_measure
from tilannehuone.ui.meeting_held import Held
from tilannehuone.ui.meeting_parts import Slide, beside, message, more
from tilannehuone.ui.meeting_situation import reading


def look_back(held: Held, entry: Entry, *, wall: bool) -> Slide | None:
    """Return the slide of a promise in the month in which an effect could first be seen.

    It says what came after the promise, in the words of `ui.lookback`; never that it caused it.
    """
    promise = next((one for one in held.promises if one.id == entry.id), None)
    if promise is None or promise.created_at is None:
        return None
    looked = lookback.looked_back(held.page, promise)
    if looked is None:
        return None
    lang = held.page.lang
    made = day(promise.created_at.date(), lang)
    told = held.text("look_back", promise=promise.text, day=made, promiser=promise.promiser)
    drawn = f'<div class="th-picture">{lookback.looked_drawing(looked, lang)}</div>'
    marked = replace(looked.view, events=lookback.looked_events(looked, lang))
    happened = slides_measure.events_html(held.page, marked)
    seen = message(lookback.looked_words(looked, lang)) + drawn + happened + more(told)
    html = beside(held, "promises", looked.view.names.indicator, seen)
    part = reading(held, promise.indicator_id, wall=wall)
    return Slide(f"look-back-{promise.id}", "promises", told, html, part)
