"""A closed meeting as it was: what was shown and said, and how that stands today."""

import streamlit as st

from tilannehuone.ui import frame, pack, pack_differences, pack_said, pack_series
from tilannehuone.ui.drawing import draw, put

page = frame.open_page("pack")

shown, why_not = pack.found(page, st.query_params.get("id", ""))
if shown is None:
    put(why_not)
    st.stop()
put(pack.head_html(page, shown))
put(pack_differences.differences_html(page, shown))
draw(pack_series.series_html(page, shown), "pack")
put(pack_said.said_html(page, shown))
put(pack.about_html(page, shown))
