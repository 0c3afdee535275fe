"""One measure in one area: what is to be said of it, its chart, its siblings, its figures."""

import streamlit as st

from tilannehuone.charts.trend import CONFIG
from tilannehuone.exports import csv
from tilannehuone.ui import (
    frame,
    markup,
    pick,
    trend,
    trend_head,
    trend_siblings,
    trend_standard,
    trend_tables,
)

page = frame.open_page("trend")

shown = trend.view(page, pick.series(page))
st.html(trend_head.head_html(page, shown))

if trend.has_chart(shown):
    st.plotly_chart(
        trend.figure(shown, page.lang, st.context.theme.type),
        theme=None,
        config=CONFIG,
        alt=trend.spoken(shown, page.lang),
        key="trend",
        height="stretch",
    )
else:
    st.html(trend_head.elsewhere_html(page, shown))
st.html(trend.passport_html(page, shown))
st.html(trend_standard.standard_html(page, shown))

explanation, siblings = st.columns([4, 5], gap="large")
explanation.html(trend.explanation_html(page, shown))
siblings.html(trend_siblings.siblings_html(page, shown))

table = trend_tables.values(page, shown)
if table.rows:
    with st.expander(page.text("values")):
        st.html(markup.table_html(table, page.lang))
        st.html(trend_tables.legend_html(page, shown))
        st.download_button(
            page.common("download_csv"),
            csv.table_bytes(table, page.lang),
            trend_tables.file_name(shown),
            "text/csv",
        )
