"""What is likely to come in one area: each measure's forecast, and what cannot be forecast."""

import streamlit as st

from tilannehuone.ui import (
    frame,
    links,
    markup,
    outlook,
    outlook_cards,
    outlook_table,
    pick,
)
from tilannehuone.ui.drawing import draw, put

page = frame.open_page("outlook")

head, picker = st.columns([4, 1], vertical_alignment="bottom")
with picker:
    area_code = pick.area(page)
found = outlook.outlooks(page, area_code)
put(outlook_cards.head_html(page, area_code, found), head)

if outlook.has_forecast(found):
    draw(outlook_cards.cards_html(page, found), "outlook")
put(outlook_cards.rest_html(page, outlook_table.without(page, found)))
put(outlook_cards.question_html(page))

with st.expander(page.text("as_table")):
    put(markup.table_html(outlook_table.forecasts(page, found), page.lang))
put(links.export_links_html(page, "outlook", {"area": area_code}, links.WITHOUT_PICTURE))
