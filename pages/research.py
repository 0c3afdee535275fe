"""For researchers: a measure studied, what was assumed, checked and looked at, and the code."""

import streamlit as st

from tilannehuone.ui import (
    frame,
    links,
    pick,
    research,
    research_answer,
    research_code,
    research_kinds,
    research_looks,
    research_pick,
)
from tilannehuone.ui.drawing import draw, put

page = frame.open_page("research")

kinds, head = st.container(), st.container()
choice = pick.series(page)
query = st.query_params.to_dict()
asked = research.study(page, choice, query)
put(research_pick.kinds_html(page, asked), kinds)
rest = research_pick.draw(page, asked)
shown = research.study(page, choice, st.query_params.to_dict())
put(research_pick.beside_html(page, shown, is_open="choose" in query), rest)

found = research_kinds.answered(page, shown)
put(research_answer.head_html(page, shown, found), head)
draw(research_answer.chart_markup(page, shown, found), "research")
looks = research_looks.noted(st.session_state, shown, found)
put(research_looks.looks_html(page, found, looks))
put(research_answer.findings_html(page, found))
put(links.export_links_html(page, "research", shown.address, research_answer.endings(found)))
put(research_code.sealed_html(page, shown, found))
with st.expander(page.text("values")):
    put(research_answer.values_html(page, found))
put(research_code.code_html(page, research_code.code(page, shown, found)))
