"""Definitions, sources and method, equal access, and how to cite the release."""

import streamlit as st

from tilannehuone.ui import about, about_access, about_measures, frame, links

page = frame.open_page("about")

st.html(about.head_html(page))

definitions, more = st.columns([3, 2], gap="large")
with definitions:
    words = about_measures.sought(page)
    opened = about_measures.asked(page)
    found = about_measures.matching(page, words, opened)
    st.html(about_measures.measures_html(page, found, opened))
more.html(about.method_html(page))

st.html(about.sources_html(page))
statement, release = st.columns([3, 2], gap="large")
statement.html(about_access.statement_html(page))
release.html(about.release_html(page))
release.html(about.licences_html(page))
st.html(links.export_links_html(page, "about", {"q": words}, links.WITHOUT_PICTURE))
