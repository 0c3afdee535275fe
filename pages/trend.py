"""One measure in one area: what is to be said of it, its chart, its siblings, its figures."""

import streamlit as st

from tilannehuone.ui import (
    frame,
    links,
    markup,
    pick,
    trend,
    trend_benchmark,
    trend_drawing,
    trend_first,
    trend_head,
    trend_multiples,
    trend_packs,
    trend_questions,
    trend_siblings,
    trend_standard,
    trend_tables,
)
from tilannehuone.ui.drawing import draw, put

page = frame.open_page("trend")

shown = trend.view(page, pick.series(page))
first = trend_first.first(page, shown.choice)
put(first.head)

if trend.has_chart(shown):
    draw(first.drawing, "trend")
    put(trend_questions.questions_html(page, shown))
else:
    put(trend_head.elsewhere_html(page, shown))
put(trend.passport_html(page, shown))
put(trend_standard.standard_html(page, shown))
put(trend_benchmark.benchmark_html(page, shown))
put(trend_packs.packs_html(page, shown.choice))
put(links.export_links_html(page, "trend", shown.choice.address, trend_drawing.endings(shown)))

explanation, siblings = st.columns([4, 5], gap="large")
put(trend.explanation_html(page, shown), explanation)
put(trend_siblings.siblings_html(page, shown), siblings)
draw(trend_multiples.multiples_html(page, shown, st.query_params), "multiples")

table = trend_tables.values(page, shown)
if table.rows:
    with st.expander(page.text("values")):
        put(markup.table_html(table, page.lang))
        put(trend_tables.legend_html(page, shown))
