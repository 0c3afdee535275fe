"""What kind of area it is: its type, what it belongs to, what it consists of, since when."""

from collections.abc import Iterable
from html import escape

import pandas as pd

from tilannehuone.texts.format import day, number
from tilannehuone.ui import cached, options
from tilannehuone.ui.area import Profile, capital
from tilannehuone.ui.frame import Page, address, link_html
from tilannehuone.ui.words import as_day

OF_PEOPLE = ("rate", "distinct_rate")
"""Measures whose denominator is the people of an area."""


def facts_html(page: Page, shown: Profile) -> str:
    """Return the facts of the area under their heading, other areas as links."""
    areas = cached.areas(page.release)
    mine = areas[areas["area_code"] == shown.area_code]
    parents = mine["parent_code"].dropna()
    children = areas.loc[areas["parent_code"] == shown.area_code, "area_code"]
    kind = capital(options.area_type_name(shown.area_type, page.lang))
    on_map = address("map", lang=page.lang, type=shown.area_type, area=shown.area_code)
    facts = [
        ("type", f"{escape(kind)} · {_link(page.text('on_map'), on_map)}"),
        ("parents", _links(page, shown, parents)),
        ("children", _links(page, shown, children)),
        ("people", escape(_people(page, shown))),
        ("valid", escape(_valid(page, mine))),
    ]
    told = "".join(
        f"<dt>{escape(page.text(f'fact_{key}'))}</dt><dd>{words}</dd>"
        for key, words in facts
        if words
    )
    return (
        f'<section class="th-section" lang="{page.lang}"><h2>{escape(page.text("facts"))}</h2>'
        f'<dl class="th-facts">{told}</dl>'
        f'<p class="th-note under">{escape(page.text("word_note"))}</p></section>'
    )


def _links(page: Page, shown: Profile, codes: Iterable[str]) -> str:
    return ", ".join(
        link_html(page, one, address("area", lang=page.lang, area=one), escape(shown.names[one]))
        for one in dict.fromkeys(codes)
        if one in shown.names
    )


def _link(words: str, to: str) -> str:
    return f'<a href="{to}" target="_self">{escape(words)}</a>'


def _people(page: Page, shown: Profile) -> str:
    """Return how many people the newest rates are of: the largest denominator that is shown."""
    known = [
        (one.start.year, one.denominator)
        for one in shown.rows
        if one.indicator.kind in OF_PEOPLE and one.denominator and one.start
    ]
    if not known:
        return ""
    year, most = max(known)
    return page.text("people", count=number(most, page.lang), year=year)


def _valid(page: Page, mine: pd.DataFrame) -> str:
    """Return from when and until when the area exists; empty where it always has."""
    starts, ends = ([as_day(one) for one in mine[name]] for name in ("valid_from", "valid_to"))
    first = None if None in starts else min(one for one in starts if one)
    last = None if None in ends else max(one for one in ends if one)
    told = [
        page.text(key, day=day(one, page.lang))
        for key, one in (("since", first), ("until", last))
        if one
    ]
    return ", ".join(told)
