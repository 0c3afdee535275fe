"""Definitions of every measure, the method in short, and what is done for equal access."""

import streamlit as st

from tilannehuone.ui import about, frame

page = frame.open_page("about")

st.html(about.head_html(page))

definitions, method = st.columns([3, 2], gap="large")
definitions.html(about.measures_html(page))
method.html(about.method_html(page))
method.html(about.access_html(page))
method.html(about.release_html(page))
