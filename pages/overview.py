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
    revision_news,
)
from tilannehuone.ui.drawing import put
from tilannehuone.ui.links import WHOLE, WITHOUT_PICTURE, export_links_html

page = frame.open_page("overview")
lens = overview_controls.lens(page)

head, pickers = st.columns([4, 1], vertical_alignment="bottom")
with pickers:
    area_code = pick.area(page)
    overview_controls.search(page, lens)
picture = overview_paper.picture(page, area_code, lens)
put(overview.head_html(page, area_code), head)
put(revision_news.line_html(page, area_code), head)
put(overview_controls.bar_html(page, area_code, picture), head)

if not picture.groups:
    put(overview_controls.empty_html(page, area_code, lens))
elif lens.view == "matrix":
    put(overview_matrix.matrix_html(page, area_code, picture))
else:
    put(overview_tiles.tiles_html(page, area_code, picture))

put(overview_legend.legend_html(page))
if picture.groups and lens.view == "tiles":
    with st.expander(page.text("as_table")):
        put(markup.table_html(overview_table.table(page, area_code, picture), page.lang))
put(overview.foot_html(page, lens.view))
asked = {"area": area_code, **lens.query()}
put(export_links_html(page, "overview", asked, WITHOUT_PICTURE))
put(export_links_html(page, "report", {"area": area_code}, WHOLE, "files_whole"))
