"""One area beside the others of its type: every measure in words, numbers and a small drawing."""

import streamlit as st

from tilannehuone.ui import area_whole, frame, pick
from tilannehuone.ui.drawing import draw, put

page = frame.open_page("area")

head, picker = st.columns([4, 1], vertical_alignment="bottom")
with picker:
    area_code = pick.area(page)
shown = area_whole.whole(page, area_code, st.query_params.to_dict())
put(shown.head, head)
put(shown.choices)
draw(shown.table, "area")
put(shown.facts)
put(shown.files)
