"""What the field has noticed: written down, tied to phenomena, and what became of it."""

import streamlit as st

from tilannehuone.ui import (
    frame,
    observations,
    observations_form,
    observations_groups,
    observations_phenomena,
    pick,
)
from tilannehuone.ui.drawing import put

page = frame.open_page("observations")

head, picker = st.columns([4, 1], vertical_alignment="bottom")
with picker:
    area_code = pick.area(page)
shown = observations.kept(page, area_code)
put(observations.head_html(page, shown), head)
observations_form.draw(page, shown)
put(observations.fate_html(page, shown))
observations_groups.draw(page, shown)
observations_phenomena.draw(page, shown)
