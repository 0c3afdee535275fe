"""What was read, checked, rejected, hidden and late, in plain words."""

import streamlit as st

from tilannehuone.ui import frame, markup, protection, quality

page = frame.open_page("quality")

st.html(quality.head_html(page))
st.html(quality.section_html(page, "checks_failed", quality.checks(page, passed=False)))
st.html(quality.section_html(page, "freshness", quality.freshness(page)))
st.html(quality.section_html(page, "sources", quality.sources(page)))
st.html(quality.section_html(page, "quarantine", quality.quarantine(page)))
st.html(protection.protection_html(page))
st.html(quality.section_html(page, "statuses", quality.statuses(page)))

with st.expander(page.text("checks_passed")):
    st.html(markup.table_html(quality.checks(page, passed=True), page.lang))
