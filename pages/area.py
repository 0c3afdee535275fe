"""One area beside the others of its type: every measure in words, numbers and a small drawing."""

import streamlit as st

from tilannehuone.ui import area, area_facts, area_table, frame, links, pick
from tilannehuone.ui.drawing import draw, put

page = frame.open_page("area")

head, picker = st.columns([4, 1], vertical_alignment="bottom")
with picker:
    area_code = pick.area(page)
shown = area.profile(page, area_code, st.query_params.to_dict())
put(area.head_html(page, shown), head)
put(area.choices_html(page, shown))
draw(area_table.table_html(page, shown), "area")
put(area_facts.facts_html(page, shown))
put(links.export_links_html(page, "area", shown.address, links.WITHOUT_PICTURE))
