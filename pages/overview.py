"""Every measure of one area: where it stands, which way it goes, and what is due."""

import streamlit as st

from tilannehuone.exports import csv
from tilannehuone.ui import frame, markup, overview, overview_table, pick

page = frame.open_page("overview")

head, picker = st.columns([4, 1], vertical_alignment="bottom")
with picker:
    area_code = pick.area(page)
head.html(overview.head_html(page, area_code))
st.html(overview.tiles_html(page, area_code))
st.html(overview.foot_html(page))

table = overview_table.table(page, area_code)
with st.expander(page.text("as_table")):
    st.html(markup.table_html(table, page.lang))
    st.download_button(
        page.common("download_csv"),
        csv.table_bytes(table, page.lang),
        f"overview-{area_code}.csv",
        "text/csv",
    )
