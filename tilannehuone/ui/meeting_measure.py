"""A measure on a slide of the meeting: its sentence and chart, in the room that writing leaves."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from tilannehuone.ui import options, slides_measure
from tilannehuone.ui.frame import Page
from tilannehuone.ui.initiatives import token

SHAPE = slides_measure.Shape(940.0, 430.0, 1.55)
"""The drawing's own measures beside a form."""


def picture(page: Page, area_code: str, indicator_id: str) -> tuple[str, str]:
    """Return a measure's name with the area's, and what is to be seen: sentence and chart."""
    when = {"release": str(page.release), "lang": page.lang, "today": page.today.isoformat()}
    when["initiatives"] = token(area_code)
    return _kept(page, indicator=indicator_id, area=area_code, **when)


@st.cache_resource(max_entries=1000, show_spinner=False)
def _kept(_page: Page, **query: str) -> tuple[str, str]:
    """Return what is drawn once: a release never changes under its name."""
    return slides_measure.seen(_page, options.choice_of(_page, query), SHAPE)


def address(page: Page, query: Mapping[str, str]) -> str:
    """Return where the measure's own page is, relative and not escaped."""
    return f"trend?{urlencode({'lang': page.lang, **query})}"
