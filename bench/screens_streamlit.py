"""The same table and chart as a bare Streamlit page; arguments: RELEASE MEASURE AREA."""

import streamlit as st

from bench.screens_same import AREAS, COLUMNS, MEASURES, first_shown, names, shown

MEASURE, AREA = first_shown()

st.set_page_config(layout="wide")
measures, areas = names(MEASURES), names(AREAS)
measure = st.selectbox(
    "Mittari", list(measures), list(measures).index(MEASURE), format_func=measures.__getitem__
)
area = st.selectbox("Alue", list(areas), list(areas).index(AREA), format_func=areas.__getitem__)
told = shown(measure, area)
st.title(told.headline)
st.plotly_chart(told.figure, key="chart")
st.dataframe([dict(zip(COLUMNS, row, strict=True)) for row in told.rows], hide_index=True)
