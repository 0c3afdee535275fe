"""The promises on the meeting's slides: those of last time answered, and new ones made."""

from html import escape
from json import dumps

from tilannehuone.meeting.agenda import Entry
from tilannehuone.meeting.objects import Promise
from tilannehuone.texts.format import day, in_period
from tilannehuone.ui import meeting_forms as forms
from tilannehuone.ui.frame import Page
from tilannehuone.ui.meeting_held import Held
from tilannehuone.ui.meeting_parts import Slide, measure_name, more, points, upright

ANSWERS = ("done", "partly", "not_done", "dropped")
ASK_WHY_AFTER = 2
"""Times a promise is carried over before it is asked what is in the way."""


def asked(held: Held, entry: Entry, *, wall: bool) -> Slide | None:
    """Return the slide on which a promise of an earlier meeting is answered."""
    promise = next((one for one in held.promises if one.id == entry.id), None)
    if promise is None:
        return None
    html = upright(
        held,
        "promises",
        promise.promiser,
        promise.text,
        more(_bears(held, promise)),
    )
    part = _answer_told(held, promise) if wall else _answer_form(held, promise)
    return Slide(f"promise-{promise.id}", "promises", promise.text, html, part)


def _bears(held: Held, promise: Promise) -> str:
    """Return when it was due, how often it was carried over, and the measure it is tied to."""
    lang = held.page.lang
    made = promise.created_at
    told = [held.text("made", day=day(made.date(), lang))] if made else []
    if promise.carried:
        key = "carried_once" if promise.carried == 1 else "carried"
        told.append(held.text(key, count=promise.carried))
    name = measure_name(held, promise.indicator_id)
    if name:
        told.append(held.text("tied_to", measure=name))
    return " ".join(told)


def _answered(held: Held, promise: Promise) -> bool:
    return promise.answered_in == held.meeting.id


def _answer_form(held: Held, promise: Promise) -> str:
    is_answered = _answered(held, promise)
    parts = [
        forms.answers(
            "state",
            held.text("was_it_kept"),
            [(one, held.text(f"answer_{one}")) for one in ANSWERS],
            promise.state if is_answered else None,
        ),
        forms.words("learning", held.text("learning"), promise.learning if is_answered else ""),
    ]
    if promise.carried >= ASK_WHY_AFTER:
        parts.append(forms.words("obstacle", held.text("obstacle"), promise.obstacle))
    fixed = {"answered_in": held.meeting.id}
    writes = forms.Writes("promise", "answer", promise, fixed)
    return forms.form(writes, held.text("was_it_kept"), parts)


def _answer_told(held: Held, promise: Promise) -> str:
    if not _answered(held, promise):
        return ""
    state = held.text(f"answer_{promise.state}") if promise.state in ANSWERS else ""
    return forms.told_list(
        [
            forms.told("", promise.learning, state),
            forms.told(held.text("obstacle"), promise.obstacle) if promise.obstacle else "",
        ]
    )


def made(held: Held, *, wall: bool) -> Slide:
    """Return the slide on which everybody promises something before the next meeting."""
    due = held.meeting.next_day
    until = held.text("before", day=day(due, held.page.lang)) if due else held.text("before_next")
    html = upright(held, "round", "", until)
    rows = [_row(held, one, wall=wall) for one in held.made_now]
    listed = forms.piece("made", forms.told_list(rows))
    part = listed if wall else _promise_form(held) + listed
    return Slide("round", "round", until, html, part)


def allows_names(page: Page) -> bool:
    """Return whether the instance lets a promise carry the name of who gives it."""
    return bool(page.facts["instance"].get("names_in_promises"))


def _promise_form(held: Held) -> str:
    known = sorted({one.promiser for one in held.promises if one.promiser})
    measures = [("", held.text("no_measure"), "")] + [
        (one.id, one.name.in_language(held.page.lang), one.direction.replace("context", ""))
        for one in held.page.indicators.values()
    ]
    ways = [(one, held.text(f"expected_{one or 'none'}"), "") for one in ("", "up", "down")]
    parts = [
        forms.line("promiser", held.text("promiser"), "", known),
        forms.line("person", held.text("person"), "") if allows_names(held.page) else "",
        forms.words("text", held.text("promise_text"), "", rows=2),
        forms.choice("indicator_id", held.text("promise_measure"), measures),
        forms.choice("expected", held.text("expected"), ways),
        forms.save_button(held.text("save_promise")),
    ]
    fixed = {"meeting_id": held.meeting.id}
    needed = ("promiser", "text")
    writes = forms.Writes("promise", "promise", None, fixed, needed, again=True)
    return forms.form(writes, held.text("promise_text"), parts)


def _row(held: Held, promise: Promise, *, wall: bool) -> str:
    """Return one new promise: who and what, the measure, and when an effect could be seen."""
    who = f"{promise.promiser} ({promise.person})" if promise.person else promise.promiser
    words = f"<b>{escape(who)}:</b> {escape(promise.text)}"
    name = measure_name(held, promise.indicator_id)
    seen = ""
    if promise.seen_from:
        month = in_period("month", promise.seen_from.replace(day=1), held.page.lang)
        seen = held.text("seen_from", month=month)
    quiet = " ".join(one for one in (f"{name}." if name else "", seen) if one)
    small = f' <span class="quiet">{escape(quiet)}</span>' if quiet else ""
    if wall:
        return f"<li>{words}{small}</li>"
    mended = ["promiser", "text", "indicator_id", "expected"]
    mended += ["person"] if allows_names(held.page) else []
    values = {name: getattr(promise, name) for name in mended}
    record = dumps({"id": promise.id, "version": promise.version, "values": values})
    label = escape(held.text("mend"))
    button = f'<button type="button" class="th-mend" data-mends="{escape(record)}">{label}</button>'
    return f"<li>{words}{small} {button}</li>"


def left_over(held: Held) -> str:
    """Return the promises of last time that were not answered, for the closing slide."""
    ids = {one.id for one in held.agenda.entries() if one.kind == "promise"}
    open_ones = [one for one in held.promises if one.id in ids and not _answered(held, one)]
    return points(held.text("unanswered"), [one.text for one in open_ones])
