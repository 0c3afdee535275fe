"""What follows from signals: each is checked, assessed, acted upon, and its outcome written."""

import streamlit as st

from tilannehuone.ui import book, cases, cases_forms, frame, pick
from tilannehuone.ui.drawing import put

page = frame.open_page("cases")
records = book.opened_book(page.lang)

head, picker = st.columns([4, 1], vertical_alignment="bottom")
with picker:
    area_code = pick.area(page)
kept = cases.opened(page, records, area_code)
put(cases.head_html(page, kept), head)

for case in cases.waiting(kept):
    put(cases.case_html(page, case))
    cases_forms.draw(page, records, case)
put(cases.closed_html(page, kept))
