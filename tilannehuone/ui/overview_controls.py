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
    if "view" not in query and found.view != CHOICES["view"][0]:
        _write("view", found.view)
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
    now = getattr(looked, name)
    links = "".join(
        _link(
            page.text(f"{name}_{one}"),
            _where(page, area_code, looked, **{name: one}),
            key=f"{name}-{one}",
            is_now=one == now,
        )
        for one in CHOICES[name]
    )
    title = escape(page.text(f"pick_{name}"))
    return f'<div class="th-segments" role="group" aria-label="{title}">{links}</div>'


def _only(page: Page, area_code: str, looked: Lens) -> str:
    is_on = looked.only == "signals"
    where = _where(page, area_code, looked, only="" if is_on else "signals")
    link = _link(page.text("only_signals"), where, key="only", is_now=is_on)
    return f'<div class="th-segments toggle">{link}</div>'


def _count(page: Page, area_code: str, picture: Picture) -> str:
    """Return how many measures are shown, and the way back to all; the place stays for the words.

    A reader of all of them has their number in the message.
    """
    words = ""
    if picture.lens.is_narrowed:
        words = escape(page.text("count", shown=picture.shown, all=picture.published))
        words += f" {_clear(page, area_code, picture.lens, key='clear')}"
    return f'<p class="th-count" role="status" lang="{page.lang}">{words}</p>'


def _clear(page: Page, area_code: str, looked: Lens, key: str = "") -> str:
    return _link(page.text("clear"), _where(page, area_code, looked, only="", q=""), key)


def _where(page: Page, area_code: str, looked: Lens, **changed: str) -> str:
    return address("overview", lang=page.lang, area=area_code, **looked.query(**changed))


def _link(words: str, where: str, key: str, *, is_now: bool = False) -> str:
    """Return a link; by its `key` it is found again after a click, when the page is drawn anew."""
    name = f' id="lens-{key}"' if key else ""
    mark = ' aria-current="true"' if is_now else ""
    return f'<a{name} href="{where}" target="_self"{mark}>{escape(words)}</a>'


def _remember() -> None:
    """Write a search to the address; runs before the page's next run."""
    _write("q", " ".join(str(st.session_state[SEARCH]).split()))


def _write(name: str, value: str) -> None:
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
