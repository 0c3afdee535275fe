"""The frame every page opens with: language, release, look, and what a reader must know first."""

from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tilannehuone import store_scope
from tilannehuone.access import LOCAL, Person
from tilannehuone.errors import AccessDenied, Fault, ReleaseMissing
from tilannehuone.instance import served_folder
from tilannehuone.opened_facts import instance_name
from tilannehuone.registry import Indicator
from tilannehuone.served import Served, served_release
from tilannehuone.texts import DEFAULT_LANGUAGE, LANGUAGES, text
from tilannehuone.texts.format import day
from tilannehuone.ui import cached, entrance, fallen, person

OLD_AFTER_DAYS = 45
"""A month and a half: with monthly figures a release older than this has missed one."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page knows: its name, the reader and their language, the release, and the day.

    `release` is narrowed to what the reader may see (`tilannehuone.store_scope`).
    """

    name: str
    lang: str
    release: Path
    today: date
    facts: dict[str, Any]
    indicators: dict[str, Indicator]
    notices: DeltaGenerator | None = None
    person: Person = LOCAL
    served: Served | None = None

    def text(self, key: str, **values: Any) -> str:
        """Return this page's own text in the reader's language."""
        return text(f"{self.name}.{key}", self.lang, **values)

    def opens(self, area_code: str) -> bool:
        """Return whether the reader may open an area, not only see it beside their own."""
        return self.person.open_areas is None or area_code in self.person.open_areas

    def common(self, key: str, **values: Any) -> str:
        """Return a text that all pages share."""
        return text(f"frame.{key}", self.lang, **values)


def instance_folder() -> Path:
    """Return the folder of the instance served: TILANNEHUONE_INSTANCE, else the current one."""
    return served_folder()


def chosen_language() -> str:
    """Return the language of the address, else the one used before, else Finnish."""
    asked = st.query_params.get("lang")
    remembered = st.session_state.get("chosen.lang", DEFAULT_LANGUAGE)
    lang = asked if asked in LANGUAGES else remembered
    st.session_state["chosen.lang"] = lang
    return str(lang)


def browser_title(page_title: str, lang: str) -> str:
    """Return what the browser calls a page: which one it is, and of what instance.

    Who may see nothing is told the product's name, as is everyone where no release can be read.
    """
    try:
        place = instance_name(page_of("overview", lang).facts, lang)
    except (AccessDenied, ReleaseMissing):
        place = ""
    return f"{page_title} · {place or text('frame.product', lang)}"


def open_page(name: str) -> Page:
    """Draw the frame and return the page; where there is nothing to show, say so and stop.

    Every page calls this first: who may see nothing gets no further.
    """
    lang = chosen_language()
    _draw_languages(lang)
    notices = st.container()
    asked = st.query_params.get("lang")
    if asked not in (None, *LANGUAGES):
        notice(notices, lang, "bad_lang")
    if asked != lang:
        st.query_params["lang"] = lang
    try:
        page = replace(page_of(name, lang), notices=notices)
    except AccessDenied as denied:
        entrance.draw(name, lang, denied.faults[0].key)
        st.stop()
    except ReleaseMissing as missing:
        _draw_missing(lang, missing.faults[0].key)
        st.stop()
    entrance.draw_leaving(page.person, lang)
    _draw_banners(page)
    return page


def page_of(name: str, lang: str, reader: Person | None = None) -> Page:
    """Return a page to be read without being drawn: for files and the shared screen.

    It is that of `reader`; without one, of whoever is asking (`tilannehuone.ui.person`).

    Raises
    ------
    AccessDenied
        Who is asking may see nothing of this release.
    ReleaseMissing
        There is no release that can be read.
    """
    reader = reader or person.person()
    served = served_release(instance_folder() / "data" / "releases")
    cached.connection(served.release)
    release = store_scope.narrowed(served.release, reader.readable)
    facts, indicators = cached.facts(release), cached.indicators(release)
    page = Page(name, lang, release, date.today(), facts, indicators, person=reader, served=served)
    if reader.open_areas is not None and not reader.open_areas & set(
        cached.areas(release).area_code
    ):
        raise AccessDenied(Fault("access_nobody"))
    return page


def address(page_name: str, **query: str) -> str:
    """Return a relative deep link to a page, by ids, ready for an HTML attribute."""
    where = "./" if page_name == "overview" else page_name
    return escape(f"{where}?{urlencode(query)}")


def link_html(page: Page, area_code: str, to: str, words: str, more: str = "") -> str:
    """Return a link to something of an area; the words alone where the reader may not open it.

    `to` is an `address`; `words` and `more`, further attributes of the link, are HTML.
    """
    target = f' href="{to}" target="_self"' if page.opens(area_code) else ""
    return f"<a{target}{more}>{words}</a>"


def notice(place: DeltaGenerator | None, lang: str, key: str) -> None:
    """Tell in one quiet line that something asked for in the address was not understood."""
    if place is None:
        return
    place.html(f'<div class="th-banner" role="status"><p>{_line(lang, key)}</p></div>')


def _line(lang: str, key: str, **values: Any) -> str:
    return escape(text(f"frame.{key}", lang, **values))


def _draw_languages(lang: str) -> None:
    query = {name: value for name, value in st.query_params.to_dict().items() if name != "lang"}
    links = [
        f'<a href="?{escape(urlencode({"lang": one, **query}))}" target="_self" hreflang="{one}"'
        f' lang="{one}"{" aria-current=true" if one == lang else ""}>'
        f"{escape(text('frame.language_name', one))}</a>"
        for one in LANGUAGES
    ]
    st.html(
        f'<div class="th-chrome">{_tools(lang)}'
        f'<nav class="th-languages" aria-label="{_line(lang, "languages")}">{"".join(links)}</nav>'
        "</div>"
    )


def _tools(lang: str) -> str:
    """Return the buttons of the scripts in `ui/scripts`: shared screen, copied link, keys."""
    told = {key: escape(text(f"room.{key}", lang)) for key in ("tools", "shared", "copy", "keys")}
    icon = '<span class="th-icon {}" aria-hidden="true"></span>'
    shared = (
        f'<button type="button" data-room="shared" title="{told["shared"]} (P)"'
        f' aria-label="{told["shared"]}" aria-keyshortcuts="P">{icon.format("screen")}'
        f'<span class="name">{told["shared"]}</span><kbd aria-hidden="true">P</kbd></button>'
    )
    others = "".join(
        f'<button type="button" data-room="{key}" title="{told[key]}{hint}"'
        f' aria-label="{told[key]}{hint}">{icon.format(shape)}</button>'
        for key, shape, hint in (("copy", "link", ""), ("keys", "keys", " (?)"))
    )
    return f'<div class="th-tools" role="group" aria-label="{told["tools"]}">{shared}{others}</div>'


def _draw_missing(lang: str, fault: str) -> None:
    """Say that there is nothing to show, and what to do about it, without a stack trace."""
    command = (
        "tilannehuone releases rollback" if fault == "broken_release" else "tilannehuone build"
    )
    st.html(
        f'<section class="th-empty" lang="{lang}"><h1>{_line(lang, f"{fault}_title")}</h1>'
        f"<p>{_line(lang, f'{fault}_text')}</p><p><code>{command}</code></p></section>"
    )


def _draw_banners(page: Page) -> None:
    about, built = page.facts["instance"], page.facts["built_at"].date()
    lines = []
    synthetic = _line(page.lang, "synthetic") if about.get("synthetic") else ""
    own = escape(about["notice"][page.lang]) if about.get("notice") else ""
    if synthetic or own:
        told = synthetic if synthetic.startswith(own.rstrip(".")) else f"{own} {synthetic}".strip()
        lines.append(("", told))
    if page.served is not None and page.served.fault is not None:
        lines.insert(0, (" old", fallen.line(page.served, page.lang)))
    age = (page.today - built).days
    if age < -1:
        lines.append((" old", _line(page.lang, "future_release", day=day(built, page.lang))))
    if age > OLD_AFTER_DAYS:
        lines.append((" old", _line(page.lang, "old_release", day=day(built, page.lang), days=age)))
    for kind, line in lines:
        st.html(f'<div class="th-banner{kind}" lang="{page.lang}"><p>{line}</p></div>')
