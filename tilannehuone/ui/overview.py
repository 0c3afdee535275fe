"""The situational picture's head and foot: its one message, what is due, what chance would give."""

from datetime import date
from html import escape

from tilannehuone.cadence import in_meeting_order, is_due, next_due
from tilannehuone.registry import Cadence, Indicator
from tilannehuone.stats.power import expected_signals
from tilannehuone.texts import text
from tilannehuone.texts.format import day, in_period, number
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.marks import is_signal
from tilannehuone.ui.reading import nearest_above
from tilannehuone.ui.rounded import rounded_lines
from tilannehuone.ui.standing import standings as standings
from tilannehuone.ui.trend_small import counted

LEAST_TOLD = 0.1
"""Signals that chance gives are told with one decimal; fewer than this are "under" it."""


def head_html(page: Page, area_code: str) -> str:
    """Return the page's one message: how many measures show a change, and what is due."""
    name = options.names_of_areas(page)
    title = f'{escape(page.text("title"))} <span class="where">{escape(name[area_code])}</span>'
    chance = chance_words(page, area_code)
    detail = f'<p class="th-detail">{escape(chance)}</p>' if chance else ""
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{title}</h1>'
        f'<p class="th-message">{escape(message(page, area_code))}</p>{detail}</header>'
    )


def message(page: Page, area_code: str) -> str:
    """Return what is read out: how many measures show a change, are silent, small, and due."""
    found = standings(page, area_code)
    if not found:
        return page.text("message_no_figures")
    told = [one for one in found.values() if one is not None]
    signals = sum(is_signal(one) for one in told)
    key = "message_none" if not signals else "message_one" if signals == 1 else "message_signals"
    words = [page.text(key, signals=signals, all=len(found))]
    silent = sum(one.variation is None for one in told)
    if silent:
        words.append(counted(page, "message_silent", silent))
    if len(told) < len(found):
        words.append(counted(page, "message_small", len(found) - len(told)))
    due = [
        page.text(f"measures_{cadence}")
        for cadence in in_meeting_order(list(page.indicators.values()), page.today)
        if has_due(page, cadence)
    ]
    named = page.text("and").join([", ".join(due[:-1]), due[-1]] if due[1:] else due)
    if due:
        words.append(page.text("message_due", cadences=named))
    return " ".join(words)


def chance_words(page: Page, area_code: str) -> str:
    """Return how many signals chance alone would give here; empty where none can be judged."""
    told = [one for one in standings(page, area_code).values() if one is not None]
    chances = [one.evidence.chance for one in told if one.variation is not None]
    if not chances:
        return ""
    signals = expected_signals(chances)
    key, amount = ("about", signals) if signals >= LEAST_TOLD else ("under", LEAST_TOLD)
    about = page.text(f"chance_{key}", signals=number(amount, page.lang, 1))
    return page.text("chance", signals=about, count=len(chances))


def foot_html(page: Page, view: str = "tiles") -> str:
    """Return when the figures were released, where periods are told, and what is rounded."""
    key = "built_matrix" if view == "matrix" else "built"
    built = page.text(key, day=day(page.facts["built_at"].date(), page.lang))
    lines = [built, *rounded_lines(page.indicators.values(), page.lang)]
    return "".join(f'<p class="th-note" lang="{page.lang}">{escape(one)}</p>' for one in lines)


def heading(page: Page, cadence: Cadence | None, sort: str) -> tuple[str, str]:
    """Return what a group of measures is called, and when it is looked at in a meeting."""
    if cadence is None:
        return page.text(f"sorted_{sort}"), ""
    anchors = {one.half_year_anchor for one in of_cadence(page, cadence)}
    soonest = min(anchors, key=lambda one: _next(page, cadence, one))
    return text(f"frame.cadence_{cadence}", page.lang), due_words(page, cadence, soonest)


def of_cadence(page: Page, cadence: Cadence) -> list[Indicator]:
    """Return the measures that are looked at so often, in the registry's order."""
    return [one for one in page.indicators.values() if one.cadence == cadence]


def due_words(page: Page, cadence: Cadence, anchor: str) -> str:
    """Return whether measures are due in this month's meeting, or when they are next."""
    if is_due(cadence, anchor, page.today):
        return page.text("due_now")
    return page.text("due_next", month=in_period("month", _next(page, cadence, anchor), page.lang))


def has_due(page: Page, cadence: Cadence | None) -> bool:
    """Return whether some measure of a cadence is due in this month's meeting."""
    return cadence is not None and any(
        is_due(cadence, one.half_year_anchor, page.today) for one in of_cadence(page, cadence)
    )


def look_above(page: Page, indicator: Indicator, area_code: str) -> str:
    """Return which area above to look at in place of one whose figures are too small."""
    above = nearest_above(page.release, area_code, indicator.id)
    if above is None:
        return ""
    names = options.names_of_areas(page)
    return page.text("small_see", area=names[above])


def _next(page: Page, cadence: Cadence, anchor: str) -> date:
    if is_due(cadence, anchor, page.today):
        return page.today
    return next_due(cadence, anchor, page.today)
