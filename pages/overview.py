"""Every measure of one area, or of areas side by side: which way it goes, and what is due."""

import streamlit as st

from tilannehuone.ui import (
    frame,
    markup,
    overview,
    overview_controls,
    overview_legend,
    overview_matrix,
    overview_paper,
    overview_table,
    overview_tiles,
    pick,
)
from tilannehuone.ui.links import WHOLE, WITHOUT_PICTURE, export_links_html

page = frame.open_page("overview")
lens = overview_controls.lens(page)

head, pickers = st.columns([4, 1], vertical_alignment="bottom")
with pickers:
    area_code = pick.area(page)
    overview_controls.search(page, lens)
picture = overview_paper.picture(page, area_code, lens)
head.html(overview.head_html(page, area_code))
head.html(overview_controls.bar_html(page, area_code, picture))

if not picture.groups:
    st.html(overview_controls.empty_html(page, area_code, lens))
elif lens.view == "matrix":
    st.html(overview_matrix.matrix_html(page, area_code, picture))
else:
    st.html(overview_tiles.tiles_html(page, area_code, picture))

st.html(overview_legend.legend_html(page))
if picture.groups and lens.view == "tiles":
    with st.expander(page.text("as_table")):
        st.html(markup.table_html(overview_table.table(page, area_code, picture), page.lang))
st.html(overview.foot_html(page, lens.view))
asked = {"area": area_code, **lens.query()}
st.html(export_links_html(page, "overview", asked, WITHOUT_PICTURE))
st.html(export_links_html(page, "report", {"area": area_code}, WHOLE, "files_whole"))
