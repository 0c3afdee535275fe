"""What is asked for on the research page: the kind of study, and what each kind needs."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tilannehuone.texts.format import number
from tilannehuone.ui import pick
from tilannehuone.ui.chips import chips_html
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.links import switch_html
from tilannehuone.ui.options import Options
from tilannehuone.ui.research import KINDS, SEARCH, Study, lags, others_offered, periods_offered

ASKS = {"scatter": ("other", "lag"), "interrupted": ("start",)}
"""What a kind of study asks for besides the series and the time in view."""
ALONE = ("scatter", "trend")
"""Kinds that look at one area alone."""
WIDTHS = {"from": 6, "to": 6, "other": 10, "lag": 6, "start": 6}
"""Of pickers in the second row, below the series' own; whole words of all languages fit."""
ROW = 30
"""How wide the second row is, counted as they are."""


def kinds_html(page: Page, shown: Study) -> str:
    """Return the kinds of study as links side by side."""
    names = {one: page.text(f"kind_{one}") for one in KINDS}
    base = {"lang": page.lang} | shown.address
    ways = [(name, address("research", **base | {"study": one})) for one, name in names.items()]
    return switch_html(page.text("kinds"), ways, names[shown.kind])


def draw(page: Page, shown: Study) -> DeltaGenerator:
    """Draw the pickers of the time in view and what the kind asks for, in a row of their own.

    Returns the place that is left beside them.
    """
    asked = ASKS.get(shown.kind, ()) if _has_asked(shown) else ()
    names = ("from", "to", *asked)
    widths = [WIDTHS[one] for one in names]
    *columns, left = st.columns([*widths, ROW - sum(widths)])
    for name, column in zip(names, columns, strict=True):
        with column:
            pick.option(page, _options(page, shown, name))
    return left


def _has_asked(shown: Study) -> bool:
    """Return whether there is anything to choose from: another measure, for a pair of two."""
    return shown.kind != "scatter" or shown.other.id != shown.choice.indicator.id


def beside_html(page: Page, shown: Study, *, is_open: bool) -> str:
    """Return the areas that can stand beside: a link takes one in or leaves it out.

    Nothing where one area is studied alone.
    """
    if shown.kind in ALONE:
        return ""
    offered = [one for one in shown.offered if one != shown.choice.area_code]
    chips = chips_html(page, "research", shown.address, shown.beside, offered)
    title = escape(page.text("beside", n=len(shown.beside), m=len(shown.offered) - 1))
    opened = " open" if is_open else ""
    return (
        f'<details class="th-compare-choices" lang="{page.lang}"{opened}>'
        f"<summary>{title}</summary>{chips}</details>"
    )


def _options(page: Page, shown: Study, name: str) -> Options:
    if name == "other":
        offered = others_offered(page, shown.choice)
        names = {one: page.indicators[one].name.in_language(page.lang) for one in offered}
        return Options("other", names, offered[0], is_quiet=True)
    if name == "lag":
        return Options("lag", {one: _lag(page, one) for one in lags()}, "0", is_quiet=True)
    return periods_offered(page, shown, name)


def _lag(page: Page, lag: str) -> str:
    return page.text("lag_search") if lag == SEARCH else number(float(lag), page.lang, 0)
