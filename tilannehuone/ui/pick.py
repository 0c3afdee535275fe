"""Picking what is looked at, with the address as the truth.

A picker shows what the address says, and a choice is written to it. What was chosen before is
remembered over a change of page, whose menu empties the address.
"""

import streamlit as st

from tilannehuone.ui import options
from tilannehuone.ui.frame import Page, notice
from tilannehuone.ui.options import ALL, Choice, Options

DEPENDENTS = {
    "area": ("period", "breakdown", "start"),
    "indicator": ("period", "breakdown", "from", "to", "start"),
    "period": ("breakdown", "from", "to", "start"),
}
"""What a new choice may leave without meaning: dropped from the address, not complained of."""

LASTING = ("area", "indicator")
"""Kept from page to page even when not chosen by hand. Grain and split are not: another area or
measure opens at the grain that can be read there, unless the reader has chosen one."""


def area(page: Page) -> str:
    """Let the reader choose an area; return its code."""
    return option(page, options.areas(page))


def indicator(page: Page) -> str:
    """Let the reader choose a measure; return its id. It opens at one that the area has."""
    here = options.areas(page).nearest(st.query_params.get("area"), _remembered("area"))
    return option(page, options.indicators(page, here))


def series(page: Page) -> Choice:
    """Let the reader choose measure, area, grain and split, in a row; return the series."""
    columns = st.columns([5, 4, 3, 3])
    with columns[0]:
        indicator_id = indicator(page)
    with columns[1]:
        area_code = area(page)
    grains = options.grains(page, area_code, indicator_id)
    with columns[2]:
        asked = option(page, grains)
    period_type = grains.instead.get(asked, asked)
    splits = options.breakdowns(page, indicator_id, area_code, period_type)
    with columns[3]:
        picked = option(page, splits)
    return options.chosen(page, indicator_id, area_code, asked, period_type, picked)


def option(page: Page, offered: Options) -> str:
    """Show a picker that agrees with the address, and return the id chosen."""
    name = offered.name
    asked = st.query_params.get(name)
    if asked is not None and asked not in offered.labels:
        notice(page.notices, page.lang, _not_shown(page, offered, asked))
    value = offered.nearest(asked, _remembered(name))
    widget = f"pick.{name}"
    st.session_state[widget] = offered.instead.get(value, value)
    if name in LASTING:
        st.session_state[f"chosen.{name}"] = value
    is_told = not (offered.is_quiet and value == offered.default and asked is None)
    if value not in (asked, ALL) and is_told:
        st.query_params[name] = value
    title = page.common(f"pick_{name}")
    st.selectbox(
        title,
        list(offered.labels),
        key=widget,
        format_func=offered.labels.__getitem__,
        on_change=_remember,
        args=(name,),
        placeholder=title,
    )
    return value


def _not_shown(page: Page, offered: Options, asked: str) -> str:
    """Return the key of why what the address asks for is not shown; an area may be closed."""
    if offered.name == "area" and page.person.open_areas is not None:
        return "closed_area"
    return f"{'small' if asked in offered.small else 'bad'}_{offered.name}"


def _remembered(name: str) -> str | None:
    return st.session_state.get(f"chosen.{name}")


def _remember(name: str) -> None:
    """Write a choice to the address and to memory; runs before the page's next run."""
    value = st.session_state[f"pick.{name}"]
    st.session_state[f"chosen.{name}"] = value
    st.query_params[name] = value
    for dependent in DEPENDENTS.get(name, ()):
        st.query_params.pop(dependent, None)
