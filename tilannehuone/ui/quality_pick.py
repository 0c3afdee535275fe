"""The sources of a release, and the one that a reader looks at."""

import streamlit as st

from tilannehuone.registry import Indicator
from tilannehuone.ui import cached, regions
from tilannehuone.ui.frame import Page, notice
from tilannehuone.ui.options import ALL

NAME = "source"
WIDGET = f"pick.{NAME}"


def picked(page: Page) -> str:
    """Let the reader choose a source; return its id, or ALL. The address is the truth."""
    labels = {ALL: page.text("all_sources")} | names(page)
    asked = st.query_params.get(NAME, ALL)
    if asked not in labels:
        notice(page.notices, page.lang, f"bad_{NAME}")
    st.session_state[WIDGET] = asked if asked in labels else ALL
    title = page.text("pick_source")
    st.selectbox(
        title,
        list(labels),
        key=WIDGET,
        format_func=labels.__getitem__,
        on_change=_remember,
        placeholder=title,
    )
    return str(st.session_state[WIDGET])


def known(page: Page, asked: str | None) -> str:
    """Return the source that an address names, ALL where it names none there is."""
    return asked if asked is not None and asked in names(page) else ALL


def names(page: Page) -> dict[str, str]:
    """Return what each source is called, in the order of delivery; its id without a title.

    Those that only a check speaks of, since no file of them came, stand last.
    """
    files = cached.sources(page.release).drop_duplicates(NAME)
    found = {
        str(row[NAME]): str(row["title"][page.lang])
        if isinstance(row["title"], dict)
        else str(row[NAME])
        for row in cached.records(files)
    }
    checked = dict.fromkeys(str(one) for one in cached.checks(page.release)[NAME])
    return found | {one: one for one in checked if one not in found}


def fed_by(page: Page, source: str) -> list[Indicator]:
    """Return the measures counted from a source: their numerators, whose periods it brings."""
    every = page.indicators.values()
    return [one for one in every if source in regions.fed(page.release, one).numerators]


def divided_by(page: Page, source: str) -> list[Indicator]:
    """Return the measures whose denominator a source is, and not their numerator."""
    return [
        one
        for one in page.indicators.values()
        if (fed := regions.fed(page.release, one))
        and source in fed.denominators
        and source not in fed.numerators
    ]


def _remember() -> None:
    """Write a choice to the address; runs before the page's next run."""
    value = st.session_state[WIDGET]
    if value == ALL:
        st.query_params.pop(NAME, None)
    else:
        st.query_params[NAME] = value
