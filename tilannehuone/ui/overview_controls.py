"""How the situational picture is looked at: links that are addresses, and one search field."""

from dataclasses import replace
from html import escape

import streamlit as st

from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.overview_filter import CHOICES, Lens, Picture, lens_of, unknown

SEARCH = "overview.q"
MEMORY = "chosen.view"
"""The view is remembered over a change of page, whose menu empties the address."""


def lens(page: Page) -> Lens:
    """Return how the address wants the picture looked at; tell of what it names wrongly."""
    query = st.query_params.to_dict()
    if unknown(query) and page.notices is not None:
        words = escape(page.text("bad_choice"))
        page.notices.html(f'<div class="th-banner" role="status"><p>{words}</p></div>')
    found = lens_of(query)
    remembered = st.session_state.get(MEMORY)
    if "view" not in query and remembered in CHOICES["view"]:
        found = replace(found, view=remembered)
    st.session_state[MEMORY] = found.view
    if found.query().get("view") != query.get("view"):
        _write("view", found.query().get("view", ""))
    return found


def search(page: Page, looked: Lens) -> None:
    """Draw the search field with what the address searches for."""
    st.session_state[SEARCH] = looked.words
    st.text_input(
        page.text("search"),
        key=SEARCH,
        placeholder=page.text("search_hint"),
        on_change=_remember,
    )


def bar_html(page: Page, area_code: str, picture: Picture) -> str:
    """Return the links that choose view, order and which measures, and how many are shown."""
    looked = picture.lens
    parts = [_choice(page, area_code, looked, name) for name in ("view", "sort")]
    parts.append(_only(page, area_code, looked))
    return (
        f'<nav class="th-lens" lang="{page.lang}" aria-label="{escape(page.text("lens"))}">'
        f"{''.join(parts)}{_count(page, area_code, picture)}</nav>"
    )


def narrowed_words(page: Page, picture: Picture) -> str:
    """Return how many measures are shown, and what was asked for."""
    looked = picture.lens
    how = [page.text("how_words", words=looked.words)] if looked.words else []
    how += [page.text("how_signals")] if looked.only else []
    told = {"shown": picture.shown, "all": picture.published, "how": ", ".join(how)}
    return page.text("count_narrowed", **told)


def empty_html(page: Page, area_code: str, looked: Lens) -> str:
    """Return what is said where no measure is shown, and the way back to all of them."""
    key = "empty_both" if looked.only and looked.words else "empty"
    key = "empty_signals" if not looked.words else key
    words = escape(page.text(key, words=looked.words))
    return (
        f'<section class="th-nothing" lang="{page.lang}"><h2>{words}</h2>'
        f"<p>{escape(page.text('empty_hint')) if looked.words else ''}</p>"
        f"<p>{_clear(page, area_code, looked)}</p></section>"
    )


def _choice(page: Page, area_code: str, looked: Lens, name: str) -> str:
    """Return one of several that exclude each other, the chosen one marked."""
    links = "".join(
        _link(page, area_code, looked, page.text(f"{name}_{one}"), one == now, **{name: one})
        for one, now in ((one, getattr(looked, name)) for one in CHOICES[name])
    )
    title = escape(page.text(f"pick_{name}"))
    return (
        f'<div class="th-segments" role="group" aria-label="{title}">'
        f'<span class="title" aria-hidden="true">{title}</span>{links}</div>'
    )


def _only(page: Page, area_code: str, looked: Lens) -> str:
    is_on = looked.only == "signals"
    link = _link(
        page, area_code, looked, page.text("only_signals"), is_on, only="" if is_on else "signals"
    )
    return f'<div class="th-segments toggle">{link}</div>'


def _link(
    page: Page, area_code: str, looked: Lens, words: str, is_now: bool, **changed: str
) -> str:
    where = address("overview", lang=page.lang, area=area_code, **looked.query(**changed))
    name = "-".join((*changed, *changed.values()))
    mark = ' aria-current="true"' if is_now else ""
    return f'<a id="lens-{name}" href="{where}" target="_self"{mark}>{escape(words)}</a>'


def _count(page: Page, area_code: str, picture: Picture) -> str:
    clear = f" {_clear(page, area_code, picture.lens)}" if picture.lens.is_narrowed else ""
    words = escape(page.text("count", shown=picture.shown, all=picture.published))
    return f'<p class="th-count" role="status" lang="{page.lang}">{words}{clear}</p>'


def _clear(page: Page, area_code: str, looked: Lens) -> str:
    return _link(page, area_code, looked, page.text("clear"), is_now=False, only="", q="")


def _remember() -> None:
    """Write a search to the address; runs before the page's next run."""
    _write("q", " ".join(str(st.session_state[SEARCH]).split()))


def _write(name: str, value: str) -> None:
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
