"""The leadership team's meeting: planned, opened on the shared screen, and what became of it."""

import streamlit as st

from tilannehuone.ui import cases, frame, meeting, meeting_plan, pick
from tilannehuone.ui.drawing import put

page = frame.open_page("meeting")

head, picker = st.columns([4, 1], vertical_alignment="bottom")
with picker:
    area_code = pick.area(page)
shown = meeting.meetings(page, area_code)
put(meeting.head_html(page, shown), head)
put(meeting.acts_html(page, shown), head)
meeting_plan.controls(page, shown)
put(meeting.preview_html(page, shown))
put(meeting.held_html(page, shown))
put(cases.link_html(page, area_code))
