"""One measure in one area beside others: own trends first, then levels, verdicts and stories."""

import streamlit as st

from tilannehuone.ui import (
    compare,
    compare_choices,
    compare_funnel,
    compare_head,
    compare_index,
    compare_levels,
    compare_similar,
    compare_standard,
    compare_trends,
    compare_turned,
    compare_verdicts,
    frame,
    links,
    pick,
)
from tilannehuone.ui.drawing import draw, put

page = frame.open_page("compare")

head = st.container()
measures, areas = st.columns([5, 4])
with measures:
    indicator_id = pick.indicator(page)
with areas:
    area_code = pick.area(page)
query = st.query_params.to_dict()
shown = compare.view(page, indicator_id, area_code, query)
found = compare_levels.levels(shown)

put(compare_head.head_html(page, shown, found), head)
put(compare_choices.choices_html(page, shown, is_open="choose" in query))
put(compare_head.notices_html(page, shown))
draw(compare_trends.section_html(page, shown, query), "compare-trends")
draw(compare_levels.section_html(page, shown, found), "compare-levels")
draw(compare_funnel.section_html(page, shown, compare_funnel.funnelled(shown)), "compare-funnel")
draw(compare_index.section_html(page, shown, compare_index.indexed(page, shown)), "compare-index")
put(compare_standard.section_html(page, shown))
put(compare_similar.section_html(page, shown))
put(compare_verdicts.section_html(page, shown))
put(compare_turned.section_html(page, shown))
put(links.export_links_html(page, "compare", shown.address))
