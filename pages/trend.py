"""One measure in one area: what is to be said of it, its chart, its siblings, its figures."""

import streamlit as st

from tilannehuone.ui import frame, pick, trend_first, trend_packs, trend_rest
from tilannehuone.ui.drawing import draw, put

page = frame.open_page("trend")

choice = pick.series(page)
first = trend_first.first(page, choice)
put(first.head)
draw(first.drawing, "trend")

rest = trend_rest.rest(page, choice, st.query_params.to_dict())
put(rest.answers)
put(rest.passport)
put(rest.standard)
put(rest.benchmark)
put(trend_packs.packs_html(page, choice))
put(rest.files)

explanation, siblings = st.columns([4, 5], gap="large")
put(rest.explanation, explanation)
put(rest.siblings, siblings)
draw(rest.multiples, "multiples")

if rest.table:
    with st.expander(page.text("values")):
        put(rest.table)
        put(rest.legend)
