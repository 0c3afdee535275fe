"""What stands at the door: logging in, leaving, and one clear page for who may see nothing."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from tilannehuone.access import LOCAL, Person
from tilannehuone.texts import catalogue, text

LOGIN, LEAVE = "login", "auth/logout"

WAYS_ON = {"access_login": LOGIN, "access_expired": LOGIN, "access_nobody": LEAVE}
"""What may be done where nothing is shown; the operator mends the rest."""


def draw(page_name: str, lang: str, fault: str) -> None:
    """Say why nothing is shown, and offer the way on; the address asked for is kept.

    `fault` is the key of an AccessDenied.
    """
    reason = fault if f"access.{fault}_title" in catalogue(lang) else "access_nobody"
    way = WAYS_ON.get(reason)
    query = {} if way == LEAVE else {"to": _asked_for(page_name), "lang": lang}
    target = escape(f"{way}?{urlencode(query)}" if query else str(way))
    link = (
        f'<p><a class="th-enter" href="{target}" target="_self" hreflang="{lang}">'
        f"{_line(lang, f'{reason}_way')}</a></p>"
        if way
        else ""
    )
    st.html(
        f'<section class="th-empty" lang="{lang}"><h1>{_line(lang, f"{reason}_title")}</h1>'
        f"<p>{_line(lang, f'{reason}_text')}</p>{link}</section>"
    )


def draw_leaving(person: Person, lang: str) -> None:
    """Say who is logged in, with the way out; nothing at a local demo."""
    if person == LOCAL:
        return
    role = _line(lang, f"role_{person.role}")
    st.html(
        f'<div class="th-person" lang="{lang}"><span>{escape(person.name)}, {role}</span> '
        f'<a href="{LEAVE}" target="_self" hreflang="{lang}">{_line(lang, "leave")}</a></div>'
    )


def _asked_for(page_name: str) -> str:
    query = urlencode(st.query_params.to_dict())
    where = "" if page_name == "overview" else page_name
    return f"{where}?{query}" if query else where


def _line(lang: str, key: str) -> str:
    return escape(text(f"access.{key}", lang))
