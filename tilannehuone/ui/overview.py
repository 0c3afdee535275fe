"""The situational picture: every measure of one area, those due in this month's meeting first."""

from datetime import date
from html import escape

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.finding import Finding
from tilannehuone.registry import Cadence, Indicator
from tilannehuone.stats.power import expected_signals
from tilannehuone.texts import text
from tilannehuone.texts.format import day, in_period, number, period
from tilannehuone.ui import cached, pick
from tilannehuone.ui.due import in_meeting_order, is_due, late_since, next_due
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.marks import is_signal, look, mark_cell, mark_html
from tilannehuone.ui.markup import tone
from tilannehuone.ui.words import figure, figure_cell, unit_words

LEAST_TOLD = 0.1
"""Signals that chance gives are told with one decimal; fewer than this are "under" it."""


def standings(page: Page, area_code: str) -> dict[str, Finding]:
    """Return what was found of every measure published for the area, by the measure's id.

    Each at the grain that can be read there: `store.AREA_FINDINGS` says how it is chosen.
    """
    found = cached.area_findings(page.release, area_code)
    readable = found.loc[found["reading_rank"] == 1, "finding"]
    return {one.indicator_id: one for one in readable if one.indicator_id in page.indicators}


def head_html(page: Page, area_code: str) -> str:
    """Return the page's one message: how many measures show a change, and what is due."""
    found = standings(page, area_code)
    signals = sum(is_signal(one) for one in found.values())
    key = "message_none" if not signals else "message_one" if signals == 1 else "message_signals"
    words = [page.text(key, signals=signals, all=len(found))]
    silent = sum(one.variation is None for one in found.values())
    if silent:
        words.append(page.text("message_silent", count=silent))
    due = [
        page.text(f"measures_{cadence}")
        for cadence in in_meeting_order(list(page.indicators.values()), page.today)
        if _due(page, cadence)
    ]
    named = page.text("and").join([", ".join(due[:-1]), due[-1]] if due[1:] else due)
    if due:
        words.append(page.text("message_due", cadences=named))
    name = pick.area_names(cached.areas(page.release).drop_duplicates("area_code"), page.lang)
    title = f'{escape(page.text("title"))} <span class="where">{escape(name[area_code])}</span>'
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{title}</h1>'
        f'<p class="th-message">{escape(" ".join(words))}</p>{_chance(page, found)}</header>'
    )


def tiles_html(page: Page, area_code: str) -> str:
    """Return all measures as tiles, grouped by how often they are looked at."""
    found = standings(page, area_code)
    groups = in_meeting_order(list(page.indicators.values()), page.today)
    parts = "".join(_group(page, one, found, area_code) for one in groups)
    return f'<div lang="{page.lang}">{parts}</div>'


def foot_html(page: Page) -> str:
    """Return when the figures were released."""
    words = page.text("built", day=day(page.facts["built_at"].date(), page.lang))
    return f'<p class="th-note" lang="{page.lang}">{escape(words)}</p>'


def table(page: Page, area_code: str) -> Table:
    """Return the same as a table, in the same order."""
    found = standings(page, area_code)
    columns = (
        Column(page.text("col_measure")),
        Column(page.text("col_value"), numeric=True),
        Column(page.text("col_unit")),
        Column(page.text("col_period")),
        Column(page.text("col_word")),
        Column(page.text("col_due")),
        Column("indicator_id", file_only=True),
        Column("status", file_only=True),
    )
    rows = [
        _row(page, one, found.get(one.id), area_code)
        for cadence in in_meeting_order(list(page.indicators.values()), page.today)
        for one in _of_cadence(page, cadence)
    ]
    return Table(page.text("as_table"), columns, tuple(rows), notes=release_notes(page))


def release_notes(page: Page) -> tuple[tuple[str, str], ...]:
    """Return what every file carries: the release, its day, and what the marks mean."""
    marks = [(code, text(f"status.long_{code}", page.lang)) for code in "ckxzuo"]
    built = day(page.facts["built_at"].date(), page.lang)
    name = (text("trend.note_release", page.lang), f"{page.facts['release_id']} ({built})")
    title = text("trend.note_marks", page.lang)
    return (name, *((title, f"{code} = {words}") for code, words in marks))


def _row(
    page: Page, indicator: Indicator, standing: Finding | None, area_code: str
) -> tuple[Cell, ...]:
    lang = page.lang
    link = address("trend", lang=lang, area=area_code, indicator=indicator.id)
    name = Cell(indicator.name.in_language(lang), link=link)
    unit = Cell(indicator.unit.in_language(lang))
    due = Cell(_due_words(page, indicator.cadence, indicator.half_year_anchor))
    if standing is None:
        nothing = Cell(page.text("no_series"), quiet=True)
        return (name, nothing, unit, Cell(""), Cell(""), due, Cell(indicator.id), Cell("z"))
    return (
        name,
        figure_cell(indicator, standing.latest_value, standing.latest_status, lang),
        unit,
        Cell(_latest(standing, lang)),
        mark_cell(standing, lang),
        due,
        Cell(indicator.id),
        Cell(standing.latest_status),
    )


def _chance(page: Page, found: dict[str, Finding]) -> str:
    """Return how many signals chance alone would give here; nothing where none can be judged."""
    chances = [one.evidence.chance for one in found.values() if one.variation is not None]
    if not chances:
        return ""
    signals = expected_signals(chances)
    key, amount = ("about", signals) if signals >= LEAST_TOLD else ("under", LEAST_TOLD)
    told = page.text(f"chance_{key}", signals=number(amount, page.lang, 1))
    words = page.text("chance", signals=told, count=len(chances))
    return f'<p class="th-detail">{escape(words)}</p>'


def _group(page: Page, cadence: Cadence, found: dict[str, Finding], area_code: str) -> str:
    title = text(f"frame.cadence_{cadence}", page.lang)
    anchors = {one.half_year_anchor for one in _of_cadence(page, cadence)}
    words = escape(
        _due_words(page, cadence, min(anchors, key=lambda one: _next(page, cadence, one)))
    )
    now = " now" if _due(page, cadence) else ""
    tiles = "".join(
        _tile(page, one, found.get(one.id), area_code) for one in _of_cadence(page, cadence)
    )
    return (
        f'<section class="th-group"><h2>{escape(title)} '
        f'<span class="th-due{now}">{words}</span></h2>'
        f'<ul class="th-tiles">{tiles}</ul></section>'
    )


def _tile(page: Page, indicator: Indicator, standing: Finding | None, area_code: str) -> str:
    name = escape(indicator.name.in_language(page.lang))
    query = {"lang": page.lang, "area": area_code, "indicator": indicator.id}
    if standing is None:
        return (
            f'<li><div class="th-tile"><span class="name">{name}</span>'
            f'<span class="value word">{escape(page.text("no_series"))}</span></div></li>'
        )
    link = address("trend", **query, period=standing.period_type)
    mood = tone(look(standing))
    return (
        f'<li><a class="th-tile {mood}" href="{link}" target="_self">'
        f'<span class="name">{name}</span>{_value(page, indicator, standing)}'
        f"{mark_html(standing, page.lang)}{_when(page, indicator, standing)}</a></li>"
    )


def _value(page: Page, indicator: Indicator, standing: Finding) -> str:
    if standing.latest_value is None:
        word = escape(text(f"status.tile_{standing.latest_status}", page.lang))
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


def _latest(standing: Finding, lang: str) -> str:
    if standing.latest_period is None:
        return ""
    return period(standing.period_type, standing.latest_period, lang)


def _of_cadence(page: Page, cadence: Cadence) -> list[Indicator]:
    return [one for one in page.indicators.values() if one.cadence == cadence]


def _due(page: Page, cadence: Cadence) -> bool:
    return any(
        is_due(cadence, one.half_year_anchor, page.today) for one in _of_cadence(page, cadence)
    )


def _due_words(page: Page, cadence: Cadence, anchor: str) -> str:
    if is_due(cadence, anchor, page.today):
        return page.text("due_now")
    return page.text("due_next", month=in_period("month", _next(page, cadence, anchor), page.lang))


def _next(page: Page, cadence: Cadence, anchor: str) -> date:
    if is_due(cadence, anchor, page.today):
        return page.today
    return next_due(cadence, anchor, page.today)
