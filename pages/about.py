"""Definitions, sources and method, equal access, and how to cite the release."""

import streamlit as st

from tilannehuone.ui import about, about_access, about_measures, frame, links
from tilannehuone.ui.drawing import put

page = frame.open_page("about")

put(about.head_html(page))

definitions, more = st.columns([3, 2], gap="large")
with definitions:
    words = about_measures.sought(page)
    opened = about_measures.asked(page)
    found = about_measures.matching(page, words, opened)
    put(about_measures.measures_html(page, found, opened))
put(about.method_html(page), more)

put(about.sources_html(page))
statement, release = st.columns([3, 2], gap="large")
put(about_access.statement_html(page), statement)
put(about.release_html(page), release)
put(about.licences_html(page), release)
put(links.export_links_html(page, "about", {"q": words}, links.WITHOUT_PICTURE))
