"""What was read, checked, rejected, hidden and late, in plain words."""

import streamlit as st

from tilannehuone.ui import (
    cases,
    frame,
    links,
    markup,
    protection,
    quality,
    quality_drawn,
    quality_fresh,
    quality_pick,
    quality_todo,
    revision_table,
)
from tilannehuone.ui.drawing import put

page = frame.open_page("quality")

head, picker = st.columns([4, 1], vertical_alignment="bottom")
with picker:
    source = quality_pick.picked(page)
put(quality.head_html(page, source), head)

put(quality_todo.tasks_html(page, quality_todo.tasks(page, source)))
put(cases.quality_html(page))
put(quality_fresh.freshness_html(page, quality_fresh.deliveries(page, source)))
put(quality_drawn.results_html(page, quality_drawn.outcomes(page, source)))
put(quality.section_html(page, "checks_failed", quality.checks(page, source, passed=False)))
with st.expander(page.text("checks_passed")):
    put(markup.table_html(quality.checks(page, source, passed=True), page.lang))
with st.expander(page.text("sources")):
    put(markup.table_html(quality.sources(page, source), page.lang))
put(quality.section_html(page, "quarantine", quality.quarantine(page, source)))
put(protection.protection_html(page))
put(revision_table.section_html(page, revision_table.area_in_view(page)))
put(quality.section_html(page, "statuses", quality.statuses(page, source)))
put(links.export_links_html(page, "quality", {"source": source}, links.WITHOUT_PICTURE))
