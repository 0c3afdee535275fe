"""Observations that speak of the same, suggested together: people tie them to a phenomenon."""

from hashlib import sha256
from html import escape

import streamlit as st

from tilannehuone.access import role_in
from tilannehuone.errors import TilannehuoneError
from tilannehuone.meeting.book import Writer
from tilannehuone.meeting.free_text import checked
from tilannehuone.meeting.objects import Observation
from tilannehuone.meeting.observing import Group, groups, tie, tie_new
from tilannehuone.texts.faults import fault_line
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.observations import Kept, line, note_html

MOST = 6
"""Groups shown at a time, the newest first: more are no longer decided upon with care."""

NEW = ""


def draw(page: Page, shown: Kept) -> None:
    """Draw the groups that wait, each with a form for who may tie them."""
    if not shown.reads:
        return
    found = groups(shown.observations, shown.phenomena)
    note = page.text("groups_note" if found else "groups_none")
    st.html(
        f'<section class="th-section" lang="{page.lang}"><h2>{escape(page.text("groups"))}</h2>'
        f'<p class="th-note">{escape(note)}</p></section>'
    )
    for n, one in enumerate(found[:MOST], start=1):
        _draw_group(page, shown, one, n)
    if len(found) > MOST:
        st.html(note_html(page, page.text("groups_more", count=len(found) - MOST)))


def _draw_group(page: Page, shown: Kept, group: Group, n: int) -> None:
    if not shown.writes:
        rows = "".join(f"<li>{escape(line(page, one))}</li>" for one in group.observations)
        st.html(f'<ul lang="{page.lang}">{rows}</ul>')
        return
    key = sha256("".join(one.id for one in group.observations).encode()).hexdigest()[:12]
    with st.form(f"group-{key}", border=True):
        alike = len(group.observations) > 1
        title = page.text("group" if alike else "single", n=n)
        st.html(f'<h3 class="th-form-title" lang="{page.lang}">{escape(title)}</h3>')
        taken = [
            one
            for one in group.observations
            if st.checkbox(line(page, one), value=True, key=f"take-{one.id}")
        ]
        names = _phenomena(shown, group)
        chosen = st.selectbox(
            page.text("to_phenomenon"),
            list(names),
            format_func=lambda one: names[one] or page.text("new_phenomenon"),
            key=f"to-{key}",
        )
        new = st.text_input(page.text("new_title"), max_chars=120, key=f"title-{key}")
        is_sent = st.form_submit_button(page.text("tie"))
    if is_sent:
        _tie(page, shown, taken, str(chosen), new.strip())


def _phenomena(shown: Kept, group: Group) -> dict[str, str]:
    """Return the phenomena to choose from by id: those alike first, then a new one, the others."""
    open_ones = {one.id: one.title for one in shown.phenomena if one.state != "closed"}
    alike = {key: open_ones[key] for key in group.phenomena}
    return alike | {NEW: ""} | open_ones


def _tie(page: Page, shown: Kept, taken: list[Observation], chosen: str, new: str) -> None:
    """Tie what was ticked; a refusal is told, and nothing is lost."""
    if not taken or (chosen == NEW and not new):
        st.error(page.text("needs_observation" if not taken else "needs_title"))
        return
    writer = Writer(page.person.name, role_in(page.person, "write", shown.area_code))
    try:
        if chosen == NEW:
            title = checked(new, options.names_of_areas(page).values())
            tie_new(shown.book, taken, title, writer)
        else:
            tie(shown.book, taken, chosen, writer)
    except TilannehuoneError as refused:
        st.error(fault_line(refused.faults[0], page.lang))
        return
    st.rerun()
