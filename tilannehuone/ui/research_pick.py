"""What is asked for on the research page: the kind of study, and what each kind needs."""

from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tilannehuone.texts.format import number
from tilannehuone.ui import options, pick
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.links import CURRENT, switch_html
from tilannehuone.ui.options import Options
from tilannehuone.ui.research import KINDS, SEARCH, Study, lags, others_offered, periods_offered

ASKS = {"scatter": ("other", "lag"), "interrupted": ("start",)}
"""What a kind of study asks for besides the series and the time in view."""
ALONE = ("scatter", "trend")
"""Kinds that look at one area alone."""
WIDTHS = (5, 4, 3, 3, 3, 3)
"""Of the row of pickers: the series' four and the two ends of the time in view."""
ASKED = (5, 4, 12)
"""Of the row below, under the first: what the kind of study asks for."""


def kinds_html(page: Page, shown: Study) -> str:
    """Return the kinds of study as links side by side."""
    names = {one: page.text(f"kind_{one}") for one in KINDS}
    base = {"lang": page.lang} | shown.address
    ways = [(name, address("research", **base | {"study": one})) for one, name in names.items()]
    return switch_html(page.text("kinds"), ways, names[shown.kind])


def draw(page: Page, shown: Study, row: Sequence[DeltaGenerator]) -> None:
    """Draw the pickers of the time in view at the end of a row, and what the kind asks for."""
    asked = ASKS.get(shown.kind, ()) if _has_asked(shown) else ()
    places = [*zip(("from", "to"), row[-2:], strict=True)]
    if asked:
        places += zip(asked, st.columns(ASKED), strict=False)
    for name, column in places:
        with column:
            pick.option(page, _options(page, shown, name))


def _has_asked(shown: Study) -> bool:
    """Return whether there is anything to choose from: another measure, for a pair of two."""
    return shown.kind != "scatter" or shown.other.id != shown.choice.indicator.id


def beside_html(page: Page, shown: Study, *, is_open: bool) -> str:
    """Return the areas that can stand beside: a link takes one in or leaves it out.

    Nothing where one area is studied alone.
    """
    if shown.kind in ALONE:
        return ""
    names = options.names_of_areas(page)
    chips = "".join(
        _chip(page, shown, one, names[one])
        for one in shown.offered
        if one != shown.choice.area_code
    )
    title = escape(page.text("beside", n=len(shown.beside), m=len(shown.offered) - 1))
    opened = " open" if is_open else ""
    return (
        f'<details class="th-compare-choices" lang="{page.lang}"{opened}>'
        f'<summary>{title}</summary><ul class="th-chips">{chips}</ul></details>'
    )


def _chip(page: Page, shown: Study, code: str, name: str) -> str:
    is_in = code in shown.beside
    then = [one for one in shown.beside if one != code] if is_in else [*shown.beside, code]
    query = {"lang": page.lang} | shown.address | {"with": ",".join(then), "choose": "1"}
    label = escape(page.text("leave_out" if is_in else "take_in", area=name))
    return (
        f'<li><a href="{address("research", **query)}" target="_self" aria-label="{label}"'
        f'{CURRENT if is_in else ""}><span aria-hidden="true">{"✓" if is_in else "+"}</span>'
        f" {escape(name)}</a></li>"
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
