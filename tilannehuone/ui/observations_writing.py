"""The forms of a phenomenon: its measures and answers, and what is tried because of it."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

import streamlit as st

from tilannehuone.access import role_in
from tilannehuone.errors import TilannehuoneError
from tilannehuone.meeting.book import Writer, add, change
from tilannehuone.meeting.free_text import checked
from tilannehuone.meeting.objects import Initiative, Phenomenon
from tilannehuone.meeting.observing import MOST_LETTERS, STATES, day_of
from tilannehuone.texts.faults import fault_line
from tilannehuone.texts.format import day
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.observations import Kept, note_html

ANSWERS = ("hypothesis", "right_way", "how_noticed", "what_missing", "not_needed")


def draw_phenomenon(page: Page, shown: Kept, one: Phenomenon, candidates: Sequence[str]) -> None:
    """Draw the form of a phenomenon; measures that may tell of it are proposed, none is chosen."""
    key = f"{one.id}-{one.version}"
    with st.expander(page.text("edit", title=one.title)), st.form(f"edit-{key}", border=False):
        names = {each.id: each.name.in_language(page.lang) for each in page.indicators.values()}
        first = [each for each in candidates if each not in one.indicators]
        if first:
            st.html(
                note_html(
                    page, page.text("proposed", measures="; ".join(names[each] for each in first))
                )
            )
        order = list(dict.fromkeys((*one.indicators, *first, *names)))
        chosen = st.multiselect(
            page.text("measures"),
            [each for each in order if each in names],
            [each for each in one.indicators if each in names],
            format_func=names.__getitem__,
            placeholder=page.text("measures_hint"),
            key=f"measures-{key}",
        )
        state = st.radio(
            page.text("state"),
            STATES,
            index=STATES.index(one.state),
            format_func=lambda each: page.text(f"state_{each}"),
            horizontal=True,
            key=f"state-{key}",
        )
        answers = {
            name: st.text_area(
                page.text(name),
                getattr(one, name),
                max_chars=MOST_LETTERS,
                height=80,
                key=f"{name}-{key}",
            )
            for name in ANSWERS
        }
        is_sent = st.form_submit_button(page.text("save_phenomenon"))
    if is_sent:
        values = {"indicators": tuple(chosen), "state": state, **answers}
        _write(page, lambda: _change(page, shown, one, values))


def draw_initiative(page: Page, shown: Kept, one: Phenomenon) -> None:
    """Draw the form of a new initiative; it is drawn on the curves of the phenomenon's measures."""
    count = sum(each.phenomenon_id == one.id for each in shown.initiatives)
    key = f"{one.id}-{count}"
    title = page.text("add_initiative", title=one.title)
    with st.expander(title), st.form(f"try-{key}", border=False):
        what = st.text_input(page.text("tried"), max_chars=120, key=f"what-{key}")
        starts = st.text_input(
            page.text("starts"), day(page.today, "fi"), max_chars=10, key=f"starts-{key}"
        )
        ends = st.text_input(page.text("ends"), max_chars=10, key=f"ends-{key}")
        is_sent = st.form_submit_button(page.text("save_initiative"))
    if is_sent:
        _start(page, shown, one, (what.strip(), starts, ends.strip()))
    for each in shown.initiatives:
        if each.phenomenon_id == one.id and not each.outcome:
            _draw_outcome(page, shown, each)


def _draw_outcome(page: Page, shown: Kept, one: Initiative) -> None:
    key = f"{one.id}-{one.version}"
    title = page.text("add_outcome", what=one.text)
    with st.expander(title), st.form(f"outcome-{key}", border=False):
        words = st.text_area(page.text("outcome"), max_chars=MOST_LETTERS, key=f"came-{key}")
        is_sent = st.form_submit_button(page.text("save"))
    if is_sent and words.strip():
        _write(page, lambda: _change(page, shown, one, {"outcome": words}))


def _start(page: Page, shown: Kept, one: Phenomenon, given: tuple[str, str, str]) -> None:
    what, starts, ends = given[0], day_of(given[1]), day_of(given[2]) if given[2] else None
    if not what:
        st.error(page.text("needs_tried"))
    elif starts is None or (given[2] and ends is None):
        st.error(page.text("needs_day"))
    elif ends is not None and ends < starts:
        st.error(page.text("needs_order"))
    else:
        record = Initiative(
            area_code=shown.area_code, phenomenon_id=one.id, text=what, starts=starts, ends=ends
        )
        _write(page, lambda: _add(page, shown, record))


def _add(page: Page, shown: Kept, record: Initiative) -> None:
    checked(record.text, options.names_of_areas(page).values())
    told = f"{record.phenomenon_id}\n{record.text}\n{record.starts}\n{record.ends}"
    add(shown.book, record, _writer(page, shown), sha256(told.encode()).hexdigest()[:32])


def _change(page: Page, shown: Kept, one: Phenomenon | Initiative, values: dict[str, Any]) -> None:
    """Write what has changed of a record, its texts judged first."""
    names = options.names_of_areas(page).values()
    told = {
        key: checked(value.strip(), names) if isinstance(value, str) else value
        for key, value in values.items()
    }
    new = {key: value for key, value in told.items() if value != getattr(one, key)}
    if new:
        request = f"{one.id}\n{one.version}\n{sorted(new.items())}"
        request_id = sha256(request.encode()).hexdigest()[:32]
        change(shown.book, type(one), one.id, one.version, _writer(page, shown), request_id, **new)


def _write(page: Page, work: Callable[[], None]) -> None:
    """Do a write; a refusal is told beside the form, and what was typed stays."""
    try:
        work()
    except TilannehuoneError as refused:
        st.error("  \n".join(fault_line(each, page.lang) for each in refused.faults))
        return
    st.rerun()


def _writer(page: Page, shown: Kept) -> Writer:
    return Writer(page.person.name, role_in(page.person, "write", shown.area_code))
