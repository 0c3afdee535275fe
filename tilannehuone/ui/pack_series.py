"""Each measure of a pack as known then: its sentence, and its chart from the pack's own cells."""

from dataclasses import asdict, fields
from html import escape

import pandas as pd

from tilannehuone.charts.events import Event
from tilannehuone.finding import direction_word, message
from tilannehuone.meeting.pack_content import LIMITS, NUMBERS, Cell, ShownSeries
from tilannehuone.texts import text
from tilannehuone.texts.format import day
from tilannehuone.ui import options, trend_drawing
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.marks import look, series_names
from tilannehuone.ui.markup import word_html
from tilannehuone.ui.pack import Opened
from tilannehuone.ui.pack_differences import indicator_of
from tilannehuone.ui.trend import View, has_chart


def series_html(page: Page, shown: Opened) -> str:
    """Return every measure that was shown, in the measures' order; empty where none was."""
    parts = [
        _measure(page, shown, series, is_withheld=state.is_withheld)
        for series, state in zip(shown.content.series, shown.state.series, strict=True)
    ]
    if not parts:
        return ""
    title = escape(page.text("shown"))
    return (
        f'<section class="th-section" lang="{page.lang}"><h2>{title}</h2>{"".join(parts)}</section>'
    )


def view_then(page: Page, shown: Opened, series: ShownSeries) -> View:
    """Return a series as the trend page shows one, made of the pack alone."""
    indicator = indicator_of(series)
    choice = options.Choice(indicator, *series.key[1:], series.period_type)
    category = options.category_name(choice, page.lang)
    rows = [{**asdict(one), "period_start": one.period} for one in series.cells]
    frame = pd.DataFrame(rows, columns=[*(one.name for one in fields(Cell)), "period_start"])
    frame = frame.astype(dict.fromkeys([*NUMBERS, *LIMITS, "segment"], "float"))
    return View(
        choice,
        frame,
        series.told(),
        series_names(indicator, shown.content.area, category, page.lang),
        tuple(Event(one.day, one.text, one.is_break, one.is_rebase) for one in series.events),
        None,
        is_small=series.finding is None,
        has_begun_late=False,
    )


def _measure(page: Page, shown: Opened, series: ShownSeries, *, is_withheld: bool) -> str:
    view = view_then(page, shown, series)
    lang = page.lang
    grain = options.grain_name(series.period_type, lang)
    known = page.text("known_on", day=day(shown.content.day, lang))
    head = (
        f'<h3>{escape(view.names.indicator)} <span class="where">{escape(grain)}</span></h3>'
        f'<p class="th-known">{escape(known)}</p>'
    )
    if is_withheld:
        told = f'<p class="th-detail">{escape(page.text("withheld"))}</p>'
    elif view.finding is None or not has_chart(view):
        told = f'<p class="th-detail">{escape(page.text("no_chart"))}</p>'
    else:
        word = word_html(direction_word(view.finding, lang), look(view.finding))
        sentence = escape(message(view.finding, view.names, lang))
        drawn = trend_drawing.drawing(view, lang)
        told = f'{word}<p class="th-detail">{sentence}</p>{drawn}{_events(page, series)}'
    query = {"lang": lang, "indicator": series.indicator_id, "area": series.area_code}
    link = address("trend", **query, period=series.period_type)
    now = f'<p><a href="{link}" target="_self">{escape(page.text("to_now"))}</a></p>'
    return f'<article class="th-then">{head}{told}{_definition(page, view)}{now}</article>'


def _events(page: Page, series: ShownSeries) -> str:
    """Return what the numbers above the chart stand for."""
    numbered = "".join(
        f"<li><b>{n}</b> {escape(day(one.day, page.lang))} {escape(one.text)}</li>"
        for n, one in enumerate(series.events, start=1)
    )
    label = escape(text("trend.events", page.lang))
    return f'<ol class="th-marks" aria-label="{label}">{numbered}</ol>' if numbered else ""


def _definition(page: Page, view: View) -> str:
    told = escape(view.indicator.definition.in_language(page.lang))
    title = escape(page.text("definition"))
    return f'<details class="th-measure"><summary>{title}</summary><p>{told}</p></details>'
