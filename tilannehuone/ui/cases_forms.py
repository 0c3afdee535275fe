"""The form by which a case moves on: what its stage found, and where it goes next."""

from hashlib import sha256
from html import escape

import streamlit as st

from tilannehuone.access import may, role_in
from tilannehuone.errors import TilannehuoneError
from tilannehuone.meeting.book import Book, Writer
from tilannehuone.meeting.cases import MOVERS, OUTCOMES, move
from tilannehuone.meeting.free_text import checked
from tilannehuone.meeting.objects import Outcome, SignalCase
from tilannehuone.texts.faults import fault_line
from tilannehuone.ui.cases import measure_name
from tilannehuone.ui.frame import Page

ON = "on"
"""The choice of moving a case on to its next stage, beside closing it with an outcome."""

MOST_LETTERS = 600


def draw(page: Page, book: Book, case: SignalCase) -> None:
    """Draw the form of a case's stage for who may fill it; who may not is told so."""
    writer = writer_of(page, case)
    if writer is None:
        st.html(f'<p class="th-note" lang="{page.lang}">{escape(page.text("may_not"))}</p>')
        return
    stage = page.text(f"stage_{case.state}")
    named = page.text("form", stage=stage[:1].upper() + stage[1:], measure=measure_name(page, case))
    with st.expander(named), st.form(f"case-{case.id}-{case.version}", border=False):
        words = st.text_area(page.text(f"ask_{case.state}"), max_chars=MOST_LETTERS)
        choices = _choices(case)
        chosen = st.radio(
            page.text("step"),
            choices,
            format_func=lambda one: _choice_words(page, case, one),
            horizontal=True,
        )
        is_sent = st.form_submit_button(page.text("save"))
    if is_sent and not words.strip():
        st.warning(page.text("needs_words"))
    elif is_sent:
        _save(page, book, case, words.strip(), chosen, writer)


def writer_of(page: Page, case: SignalCase) -> Writer | None:
    """Return as whom the reader may move a case on from its stage; None who may not."""
    for right in MOVERS[case.state]:
        if may(page.person, right, case.area_code):
            return Writer(page.person.name, role_in(page.person, right, case.area_code))
    return None


def _choices(case: SignalCase) -> list[str]:
    """Return what may be chosen: on to the next stage, where there is one, or an outcome."""
    return [*([] if case.state == "outcome" else [ON]), *OUTCOMES[case.state]]


def _choice_words(page: Page, case: SignalCase, chosen: str) -> str:
    key = f"on_{case.state}" if chosen == ON else f"outcome_{chosen}"
    words = page.text(key)
    return words[:1].upper() + words[1:]


def _save(
    page: Page, book: Book, case: SignalCase, words: str, chosen: str, writer: Writer
) -> None:
    """Write a stage's words, behind the guard of free text; a refusal is told, nothing is lost."""
    outcome: Outcome | None = next((one for one in OUTCOMES[case.state] if one == chosen), None)
    told = sha256(f"{writer.name}\n{chosen}\n{words}".encode()).hexdigest()[:16]
    try:
        request_id = f"case:{case.id}:{case.version}:{told}"
        move(book, case, checked(words), writer, request_id, outcome=outcome)
    except TilannehuoneError as refused:
        st.error(fault_line(refused.faults[0], page.lang))
        return
    st.rerun()
