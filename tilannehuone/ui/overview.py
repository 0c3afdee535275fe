"""The situational picture: every measure of one area, those due in this month's meeting first."""

from datetime import date
from html import escape

from tilannehuone.finding import Finding
from tilannehuone.registry import Cadence, Indicator
from tilannehuone.stats.power import expected_signals
from tilannehuone.texts import text
from tilannehuone.texts.format import day, in_period, number, period
from tilannehuone.ui import cached, options
from tilannehuone.ui.due import in_meeting_order, is_due, late_since, next_due
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.marks import is_signal, look, mark_html
from tilannehuone.ui.markup import tone
from tilannehuone.ui.reading import nearest_above
from tilannehuone.ui.rounded import rounded_lines
from tilannehuone.ui.trend_small import counted
from tilannehuone.ui.words import (
    figure,
    status_tile,
    unit_words,
)

LEAST_TOLD = 0.1
"""Signals that chance gives are told with one decimal; fewer than this are "under" it."""


def standings(page: Page, area_code: str) -> dict[str, Finding | None]:
    """Return what was found of every measure published for the area, by the measure's id.

    Each at the grain that can be read there: `cached.area_findings` says how it is chosen. A
    measure whose figures are too small at every grain has nothing said of it: it is None.
    """
    found = cached.area_findings(page.release, area_code)
    first = found[(found["reading_rank"] == 1) & found["indicator_id"].isin(list(page.indicators))]
    return {
        row["indicator_id"]: None if row["is_small"] else row["finding"]
        for row in cached.records(first)
    }


def head_html(page: Page, area_code: str) -> str:
    """Return the page's one message: how many measures show a change, and what is due."""
    found = standings(page, area_code)
    told = [one for one in found.values() if one is not None]
    signals = sum(is_signal(one) for one in told)
    key = "message_none" if not signals else "message_one" if signals == 1 else "message_signals"
    words = [page.text(key, signals=signals, all=len(found))]
    silent = sum(one.variation is None for one in told)
    if silent:
        words.append(page.text("message_silent", count=silent))
    if len(told) < len(found):
        words.append(counted(page, "message_small", len(found) - len(told)))
    due = [
        page.text(f"measures_{cadence}")
        for cadence in in_meeting_order(list(page.indicators.values()), page.today)
        if _due(page, cadence)
    ]
    named = page.text("and").join([", ".join(due[:-1]), due[-1]] if due[1:] else due)
    if due:
        words.append(page.text("message_due", cadences=named))
    name = options.names_of_areas(page)
    title = f'{escape(page.text("title"))} <span class="where">{escape(name[area_code])}</span>'
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{title}</h1>'
        f'<p class="th-message">{escape(" ".join(words))}</p>{_chance(page, told)}</header>'
    )


def tiles_html(page: Page, area_code: str) -> str:
    """Return all measures as tiles, grouped by how often they are looked at."""
    found = standings(page, area_code)
    groups = in_meeting_order(list(page.indicators.values()), page.today)
    parts = "".join(_group(page, one, found, area_code) for one in groups)
    return f'<div lang="{page.lang}">{parts}</div>'


def foot_html(page: Page) -> str:
    """Return when the figures were released, and which are rounded."""
    built = page.text("built", day=day(page.facts["built_at"].date(), page.lang))
    lines = [built, *rounded_lines(page.indicators.values(), page.lang)]
    return "".join(f'<p class="th-note" lang="{page.lang}">{escape(one)}</p>' for one in lines)


def of_cadence(page: Page, cadence: Cadence) -> list[Indicator]:
    """Return the measures that are looked at so often, in the registry's order."""
    return [one for one in page.indicators.values() if one.cadence == cadence]


def due_words(page: Page, cadence: Cadence, anchor: str) -> str:
    """Return whether measures are due in this month's meeting, or when they are next."""
    if is_due(cadence, anchor, page.today):
        return page.text("due_now")
    return page.text("due_next", month=in_period("month", _next(page, cadence, anchor), page.lang))


def look_above(page: Page, indicator: Indicator, area_code: str) -> str:
    """Return which area above to look at in place of one whose figures are too small."""
    above = nearest_above(page.release, area_code, indicator.id)
    if above is None:
        return ""
    names = options.names_of_areas(page)
    return page.text("small_see", area=names[above])


def _chance(page: Page, told: list[Finding]) -> str:
    """Return how many signals chance alone would give here; nothing where none can be judged."""
    chances = [one.evidence.chance for one in told if one.variation is not None]
    if not chances:
        return ""
    signals = expected_signals(chances)
    key, amount = ("about", signals) if signals >= LEAST_TOLD else ("under", LEAST_TOLD)
    about = page.text(f"chance_{key}", signals=number(amount, page.lang, 1))
    words = page.text("chance", signals=about, count=len(chances))
    return f'<p class="th-detail">{escape(words)}</p>'


def _group(page: Page, cadence: Cadence, found: dict[str, Finding | None], area_code: str) -> str:
    title = text(f"frame.cadence_{cadence}", page.lang)
    anchors = {one.half_year_anchor for one in of_cadence(page, cadence)}
    words = escape(
        due_words(page, cadence, min(anchors, key=lambda one: _next(page, cadence, one)))
    )
    now = " now" if _due(page, cadence) else ""
    tiles = "".join(_tile(page, one, found, area_code) for one in of_cadence(page, cadence))
    return (
        f'<section class="th-group"><h2>{escape(title)} '
        f'<span class="th-due{now}">{words}</span></h2>'
        f'<ul class="th-tiles">{tiles}</ul></section>'
    )


def _tile(
    page: Page, indicator: Indicator, found: dict[str, Finding | None], area_code: str
) -> str:
    name = f'<span class="name">{escape(indicator.name.in_language(page.lang))}</span>'
    query = {"lang": page.lang, "area": area_code, "indicator": indicator.id}
    if indicator.id not in found:
        words = f'<span class="value word">{escape(page.text("no_series"))}</span>'
        return f'<li><div class="th-tile">{name}{words}</div></li>'
    standing = found[indicator.id]
    if standing is None:
        words = f'<span class="value word">{escape(page.text("small"))}</span>'
        above = f'<span class="see">{escape(look_above(page, indicator, area_code))}</span>'
        link = address("trend", **query)
        return f'<li><a class="th-tile" href="{link}" target="_self">{name}{words}{above}</a></li>'
    link = address("trend", **query, period=standing.period_type)
    mood = tone(look(standing))
    return (
        f'<li><a class="th-tile {mood}" href="{link}" target="_self">'
        f"{name}{_value(page, indicator, standing)}"
        f"{mark_html(standing, page.lang)}{_when(page, indicator, standing)}</a></li>"
    )


def _value(page: Page, indicator: Indicator, standing: Finding) -> str:
    if standing.latest_value is None:
        word = escape(status_tile(standing.latest_status, indicator, page.lang))
        return f'<span class="value word">{word}</span>'
    unit = escape(unit_words(indicator, page.lang))
    shown = escape(figure(indicator, standing.latest_value, page.lang))
    return f'<span class="value">{shown}<span class="unit">{unit}</span></span>'


def _when(page: Page, indicator: Indicator, standing: Finding) -> str:
    if standing.latest_period is None:
        return ""
    words = escape(period(standing.period_type, standing.latest_period, page.lang))
    newest, status = standing.newest_period or standing.latest_period, standing.latest_status
    if late_since(standing.period_type, newest, status, indicator.lag_days, page.today):
        words += f' <span class="late">{escape(page.text("late"))}</span>'
    return f'<span class="when">{words}</span>'


def _due(page: Page, cadence: Cadence) -> bool:
    return any(
        is_due(cadence, one.half_year_anchor, page.today) for one in of_cadence(page, cadence)
    )


def _next(page: Page, cadence: Cadence, anchor: str) -> date:
    if is_due(cadence, anchor, page.today):
        return page.today
    return next_due(cadence, anchor, page.today)
