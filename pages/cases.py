"""What follows from signals: each is checked, assessed, acted upon, and its outcome written."""

import streamlit as st

from tilannehuone.meeting import database
from tilannehuone.ui import cases, cases_forms, frame, pick
from tilannehuone.ui.drawing import put

page = frame.open_page("cases")
book = database.open_book(database.address_of(frame.instance_folder()))

head, picker = st.columns([4, 1], vertical_alignment="bottom")
with picker:
    area_code = pick.area(page)
kept = cases.opened(page, book, area_code)
put(cases.head_html(page, kept), head)

for case in cases.waiting(kept):
    put(cases.case_html(page, case))
    cases_forms.draw(page, book, case)
put(cases.closed_html(page, kept))
