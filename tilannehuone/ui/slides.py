"""The shared screen's slides: the area's situation, then one measure at a time, large and calm.

Those due in this month's meeting come first, then those that show a change, then the others, each
group in meeting order. A slide says what the measure's own page says, and no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import urlencode

import streamlit as st

from tilannehuone.cadence import in_meeting_order, is_due
from tilannehuone.finding import Finding
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import day
from tilannehuone.ui import options, overview, slides_measure, slides_study
from tilannehuone.ui.frame import Page
from tilannehuone.ui.initiatives import token
from tilannehuone.ui.marks import is_signal, mark_html
from tilannehuone.ui.overview_tiles import when_html
from tilannehuone.ui.slides_parts import head, more, said, vouched
from tilannehuone.ui.standing import Standings, standings
from tilannehuone.ui.words import figure, status_tile, unit_words

SITUATION = "situation"
MANY = 7
"""Measures listed in one column; more stand in two, and their type is smaller."""

MOST_LISTED = 20
"""Measures listed on the first slide; more could not be read from afar."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One view of the shared screen.

    `id` is the measure's, or `situation`; `title` is said aloud when the slide comes; `html` is
    what is shown, every word escaped; `address` is where Enter leads, relative and not escaped.
    """

    id: str
    title: str
    html: str
    address: str


def slides(page: Page, area_code: str, asked: Mapping[str, str] | None = None) -> list[Slide]:
    """Return all slides of an area.

    `asked` holds the ids of the address the shared screen was opened from: the measure it names
    is shown at the grain and split it names, every other at the one that can be read. Where it
    names a study, that comes first: the screen opens at the first slide of its measure.
    """
    asked = asked or {}
    found = standings(page, area_code)
    tried = token(area_code)
    told = [_measure(page, one, area_code, asked, tried) for one in _in_order(page, found)]
    studied = [_study(page, asked)] if "study" in asked else []
    return [*studied, _situation(page, area_code, found), *told]


def _in_order(page: Page, found: Standings) -> list[Indicator]:
    """Return the measures published for the area: due, then with a signal, then the rest."""
    cadences = in_meeting_order(list(page.indicators.values()), page.today)
    published = [one for one in page.indicators.values() if one.id in found]

    def rank(one: Indicator) -> tuple[bool, bool, int]:
        is_calm = not _has_signal(found[one.id])
        return not _is_due(page, one), is_calm, cadences.index(one.cadence)

    return sorted(published, key=rank)


def _is_due(page: Page, indicator: Indicator) -> bool:
    return is_due(indicator.cadence, indicator.half_year_anchor, page.today)


def _has_signal(finding: Finding | None) -> bool:
    return finding is not None and is_signal(finding)


def _measure(
    page: Page, indicator: Indicator, area_code: str, asked: Mapping[str, str], tried: str
) -> Slide:
    chosen = asked if asked.get("indicator") == indicator.id else {}
    series = {name: chosen[name] for name in ("period", "breakdown") if name in chosen}
    when = {"release": str(page.release), "lang": page.lang, "today": page.today.isoformat()}
    when["initiatives"] = tried
    return _kept(page, indicator=indicator.id, area=area_code, **series, **when)


@st.cache_resource(max_entries=4000, show_spinner=False)
def _kept(_page: Page, **query: str) -> Slide:
    """Return a measure's slide, drawn once: a release never changes under its name.

    `query` holds the ids of the series, and of the page what a slide differs by: release,
    language, day and the area's initiatives.
    """
    choice = options.choice_of(_page, query)
    title, shown = slides_measure.measure(_page, choice)
    return Slide(choice.indicator.id, title, shown, _address("trend", _page, choice.address))


def _study(page: Page, asked: Mapping[str, str]) -> Slide:
    title, shown, ids = slides_study.study(page, asked)
    return Slide(ids["indicator"], title, shown, _address("research", page, ids))


def _situation(page: Page, area_code: str, found: Standings) -> Slide:
    """Return the first slide: how many measures show a change, which are due, and which show one.

    Last it says how many such signs chance alone would bring.
    """
    lang, name = page.lang, options.names_of_areas(page)[area_code]
    signals = sum(map(_has_signal, found.values()))
    key = {0: "message_none", 1: "message_one"}.get(signals, "message_signals")
    told = text(f"overview.{key}", lang, signals=signals, all=len(found))
    title = text("overview.title", lang)
    built = text("room.built", lang, day=day(page.facts["built_at"].date(), lang))
    html = (
        head(title, name)
        + said("", told)
        + _listed(page, found)
        + more(overview.chance_words(replace(page, name="overview"), area_code))
        + vouched(page, [built])
    )
    return Slide(SITUATION, f"{title}, {name}", html, _address("./", page, {"area": area_code}))


def _listed(page: Page, found: Standings) -> str:
    """Return the measures due now, then the others that show a change, as far as there is room."""
    order = _in_order(page, found)
    due = [one for one in order if _is_due(page, one)]
    changed = [one for one in order if _has_signal(found[one.id]) and one not in due]
    first, others = due[:MOST_LISTED], changed[: max(0, MOST_LISTED - len(due))]
    left = len(due) + len(changed) - len(first) - len(others)
    shape = "th-points many" if len(first) + len(others) > MANY else "th-points"
    parts = [
        _list(page, text("overview.due_now", page.lang), first, found, shape),
        _list(page, text("room.changed_too", page.lang), others, found, shape),
        more(text("room.more_measures", page.lang, count=left)) if left else "",
    ]
    return "".join(parts)


def _list(
    page: Page, title: str, measures: Sequence[Indicator], found: Standings, shape: str
) -> str:
    rows = "".join(_row(page, one, found[one.id]) for one in measures)
    return f'<h2>{escape(title)}</h2><ul class="{shape}">{rows}</ul>' if rows else ""


def _row(page: Page, indicator: Indicator, finding: Finding | None) -> str:
    """Return a measure's line: name, figure with its unit, icon and word, period."""
    name = f'<span class="name">{escape(indicator.name.in_language(page.lang))}</span>'
    if finding is None:
        small = escape(text("overview.small", page.lang))
        return f'<li>{name}<span class="quiet">{small}</span></li>'
    if finding.latest_value is None:
        word = escape(status_tile(finding.latest_status, indicator, page.lang))
        value = f'<span class="quiet">{word}</span>'
    else:
        shown = escape(figure(indicator, finding.latest_value, page.lang))
        unit = escape(unit_words(indicator, page.lang, finding.latest_value))
        value = f'<span class="value"><b>{shown}</b> {unit}</span>'
    when = when_html(page, indicator, finding)
    return f"<li>{name}{value}{mark_html(finding, page.lang)}{when}</li>"


def _address(where: str, page: Page, query: Mapping[str, str]) -> str:
    return f"{where}?{urlencode({'lang': page.lang, **query})}"
