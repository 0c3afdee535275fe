"""The book of meetings as the pages read it; where it cannot be reached, that is said."""

from html import escape

import streamlit as st

from tilannehuone.errors import TilannehuoneError
from tilannehuone.meeting.book import Book
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.texts import text
from tilannehuone.texts.faults import fault_line
from tilannehuone.ui.frame import instance_folder


def opened_book(lang: str) -> Book:
    """Return the instance's book; without it say why in one line and end the page."""
    try:
        return open_book(address_of(instance_folder()))
    except TilannehuoneError as silent:
        told = escape(fault_line(silent.faults[0], lang))
        title = escape(text("frame.no_book_title", lang))
        st.html(
            f'<section class="th-empty" lang="{lang}"><h1>{title}</h1>'
            f'<p role="status">{told}</p></section>'
        )
        st.stop()
