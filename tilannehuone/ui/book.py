"""The book of meetings as the pages read it; where it cannot be reached, that is said."""

from html import escape

import streamlit as st

from tilannehuone.errors import TilannehuoneError
from tilannehuone.meeting.book import Book
from tilannehuone.meeting.database import address_of, open_book, takes_words
from tilannehuone.texts import text
from tilannehuone.texts.faults import fault_line
from tilannehuone.ui.frame import instance_folder


def opened_book(lang: str) -> Book:
    """Return the instance's book; without it say why in one line and end the page."""
    try:
        book = open_book(address_of(instance_folder()))
        if not takes_words(book):
            _draw_resting(lang)
        return book
    except TilannehuoneError as silent:
        told = escape(fault_line(silent.faults[0], lang))
        title = escape(text("frame.no_book_title", lang))
        st.html(
            f'<section class="th-empty" lang="{lang}"><h1>{title}</h1>'
            f'<p role="status">{told}</p></section>'
        )
        st.stop()


def _draw_resting(lang: str) -> None:
    """Say that nothing can be written just now; what was written can be read."""
    told = escape(text("frame.book_resting", lang))
    st.html(f'<div class="th-banner old" role="status" lang="{lang}"><p>{told}</p></div>')
