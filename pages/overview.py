"""Every measure of one area, or of areas side by side: which way it goes, and what is due."""

import streamlit as st

from tilannehuone.ui import frame, overview_controls, overview_whole, pick, revision_news
from tilannehuone.ui.drawing import put

page = frame.open_page("overview")
lens = overview_controls.lens(page)

head, pickers = st.columns([4, 1], vertical_alignment="bottom")
with pickers:
    area_code = pick.area(page)
    overview_controls.search(page, lens)
shown = overview_whole.whole(page, area_code, lens)
put(shown.head, head)
put(revision_news.line_html(page, area_code), head)
put(shown.bar, head)

put(shown.measures)
put(shown.legend)
if shown.table:
    with st.expander(page.text("as_table")):
        put(shown.table)
put(shown.foot)
put(shown.files)
put(shown.report)
