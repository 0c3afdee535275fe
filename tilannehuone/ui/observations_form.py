"""The form in which an observation is written: in a minute, and behind the guard on free text."""

from datetime import date
from html import escape
from uuid import uuid4

import streamlit as st

from tilannehuone.access import role_in
from tilannehuone.errors import TilannehuoneError
from tilannehuone.meeting.book import Writer, add
from tilannehuone.meeting.free_text import checked
from tilannehuone.meeting.objects import Observation
from tilannehuone.meeting.observing import ENVIRONMENTS, MOST_LETTERS, SUBJECTS, day_of
from tilannehuone.texts.faults import fault_line
from tilannehuone.texts.format import day
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.observations import ID, Kept, note_html, own_address

REQUEST = "observations.request"
"""The request id of the form that stands on the page: a form sent twice is written once."""

SAVED = "observations.saved"


def draw(page: Page, shown: Kept) -> None:
    """Draw the form for who may observe in the area; what was just saved is told above it."""
    _tell_saved(page)
    if not shown.reads:
        st.html(note_html(page, page.text("may_not_observe")))
        return
    request_id = st.session_state.setdefault(REQUEST, uuid4().hex)
    area = options.names_of_areas(page)[shown.area_code]
    st.html(f'<h2 class="th-form-title">{escape(page.text("form", area=area))}</h2>')
    with st.form(f"observe-{request_id}", border=True):
        words = st.text_area(
            page.text("what"),
            key=f"what-{request_id}",
            max_chars=MOST_LETTERS,
            height=110,
            placeholder=page.text("what_hint"),
        )
        told = st.container()
        (first, second), (third, fourth) = st.columns(2), st.columns(2)
        with first:
            subject = st.radio(
                page.text("subject"), SUBJECTS, format_func=lambda one: page.text(f"subject_{one}")
            )
        with second:
            environment = st.selectbox(
                page.text("environment"),
                ENVIRONMENTS,
                index=None,
                format_func=lambda one: page.text(f"environment_{one}"),
                placeholder=page.text("environment_hint"),
            )
        with third:
            when = st.text_input(page.text("when"), value=day(page.today, "fi"), max_chars=10)
        with fourth:
            sender = st.text_input(page.text("sender"), max_chars=60)
        st.html(note_html(page, page.text("guard_note")))
        is_sent = st.form_submit_button(page.text("save"))
    if is_sent:
        values = (words.strip(), subject, environment, when, sender.strip())
        with told:
            _save(page, shown, request_id, *values)


def _save(
    page: Page,
    shown: Kept,
    request_id: str,
    words: str,
    subject: str,
    environment: str | None,
    when: str,
    sender: str,
) -> None:
    """Write an observation, or say beside the form why it cannot be; what was written stays."""
    noticed = day_of(when)
    problem = _problem(page, words, environment, noticed)
    if problem or noticed is None or environment is None:
        st.error(problem)
        return
    names = options.names_of_areas(page).values()
    role = role_in(page.person, "observe", shown.area_code)
    try:
        record = Observation(
            area_code=shown.area_code,
            day=noticed,
            subject=subject,  # type: ignore[arg-type]
            environment=environment,
            text=checked(words, names),
            sender=checked(sender, names),
        )
        saved = add(shown.book, record, Writer(page.person.name, role), request_id)
    except TilannehuoneError as refused:
        st.error("  \n".join(fault_line(one, page.lang) for one in refused.faults))
        return
    st.session_state[REQUEST] = uuid4().hex
    st.session_state[SAVED] = own_address(page, saved)
    st.query_params[ID] = saved.id
    st.rerun()


def _problem(page: Page, words: str, environment: str | None, noticed: date | None) -> str:
    """Return what is missing in the form; empty where nothing is."""
    if not words:
        return page.text("needs_words")
    if environment is None:
        return page.text("needs_environment")
    if noticed is None:
        return page.text("needs_day")
    return page.text("needs_past_day") if noticed > page.today else ""


def _tell_saved(page: Page) -> None:
    """Tell once that an observation was saved, with the address where its fate is told."""
    link = st.session_state.pop(SAVED, None)
    if link is None:
        return
    st.html(
        f'<div class="th-saved" role="status" lang="{page.lang}">'
        f"<b>{escape(page.text('saved'))}</b> "
        f'<a href="{link}" target="_self">{escape(page.text("saved_link"))}</a></div>'
    )
