"""One measure over all areas of one type: a map, or tiles where there are no outlines."""

import streamlit as st

from tilannehuone.ui import frame, links, map_drawing, map_head, map_table, map_view, pick
from tilannehuone.ui.drawing import draw, put

page = frame.open_page("map")

head, picker = st.columns([3, 1], vertical_alignment="bottom")
with picker:
    indicator_id = pick.indicator(page)
shown = map_view.view(page, indicator_id, st.query_params.to_dict())
if shown is None:
    put(map_head.none_html(page, indicator_id), head)
    st.stop()
put(map_head.head_html(page, shown), head)
put(map_head.choices_html(page, shown))
drawn, beside = st.columns([5, 3], gap="large")
with drawn:
    draw(map_drawing.drawing_html(page, shown), "map")
put(map_table.side_html(page, shown), beside)
put(links.export_links_html(page, "map", shown.address))
