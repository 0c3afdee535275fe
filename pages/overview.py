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
from tilannehuone.ui.links import WITHOUT_PICTURE, export_links_html

page = frame.open_page("overview")
lens = overview_controls.lens(page)

head, picker = st.columns([4, 1], vertical_alignment="bottom")
with picker:
    area_code = pick.area(page)
head.html(overview.head_html(page, area_code))

groups = overview_paper.shown(page, area_code, lens)
bar, search = st.columns([4, 1], vertical_alignment="bottom")
with search:
    overview_controls.search(page, lens)
bar.html(overview_controls.bar_html(page, area_code, lens, groups))

if not groups:
    st.html(overview_controls.empty_html(page, area_code, lens))
elif lens.view == "matrix":
    st.html(overview_matrix.matrix_html(page, area_code, lens, groups))
else:
    st.html(overview_tiles.tiles_html(page, area_code, groups, lens.sort))

st.html(overview_legend.legend_html(page))
if groups and lens.view == "tiles":
    with st.expander(page.text("as_table")):
        st.html(markup.table_html(overview_table.table(page, area_code, groups), page.lang))
st.html(overview.foot_html(page))
asked = {"area": area_code, **lens.query()}
st.html(export_links_html(page, "overview", asked, WITHOUT_PICTURE))
