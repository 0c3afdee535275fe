"""What of a pack is no longer as it was, row by row: numbers, statuses and definitions."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.meeting.pack_content import ShownSeries
from tilannehuone.meeting.pack_state import Changed, Redefined, SeriesState
from tilannehuone.registry import Indicator
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.texts.format import period
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import table_html
from tilannehuone.ui.pack import Opened
from tilannehuone.ui.words import figure, status_word


def differences_html(page: Page, shown: Opened) -> str:
    """Return the table of all that has changed; empty where nothing has."""
    table = differences(page, shown)
    if not table.rows:
        return ""
    title = page.text("differences")
    return f'<section class="th-section"><h2>{title}</h2>{table_html(table, page.lang)}</section>'


def differences(page: Page, shown: Opened) -> Table:
    """Return a row for every cell and every part of a definition that has changed."""
    columns = tuple(Column(page.text(f"col_{one}")) for one in ("measure", "what", "then", "now"))
    rows = [
        row
        for series, state in zip(shown.content.series, shown.state.series, strict=True)
        for row in _rows(page, series, state)
    ]
    return Table(page.text("differences_caption"), columns, tuple(rows))


def _rows(page: Page, series: ShownSeries, state: SeriesState) -> Iterator[tuple[Cell, ...]]:
    indicator = indicator_of(series)
    name = Cell(indicator.name.in_language(page.lang))
    if state.is_gone:
        gone = Cell(page.text("not_published"), quiet=True)
        yield name, Cell(page.text("all_periods")), Cell(page.text("was_shown"), quiet=True), gone
    for one in state.changed:
        when = Cell(period(series.period_type, one.period, page.lang))
        then, now = _then(page, indicator, one, state), _figure(page, indicator, one)
        yield name, when, then, now
    for part in state.redefined:
        yield name, Cell(_part(page, part)), *(_words(page, one) for one in (part.old, part.new))


def _then(page: Page, indicator: Indicator, one: Changed, state: SeriesState) -> Cell:
    """Return the figure of then, or the word of its status; of one withdrawn only a word."""
    if one.old is not None:
        return Cell(figure(indicator, one.old, page.lang))
    if one.is_withdrawn:
        return Cell(page.text("was_shown"), quiet=True)
    if state.is_withheld and one.old_status == "ok":
        return Cell(page.text("was_other"), quiet=True)
    return Cell(status_word(one.old_status, page.lang), quiet=True)


def _figure(page: Page, indicator: Indicator, one: Changed) -> Cell:
    if one.new is None:
        return Cell(status_word(one.new_status, page.lang), quiet=True)
    return Cell(figure(indicator, one.new, page.lang))


def _part(page: Page, part: Redefined) -> str:
    key = f"pack.part_{part.part}"
    is_known = key in catalogue(page.lang)
    return page.text(f"part_{part.part}" if is_known else "part_other", part=part.part)


def _words(page: Page, told: Any) -> Cell:
    """Return a part of a definition: in the reader's language where it has languages."""
    if told in (None, [], {}, ""):
        return Cell(page.text("none"), quiet=True)
    if isinstance(told, Mapping) and set(told) == set(LANGUAGES):
        return Cell(str(told[page.lang]))
    return Cell(told if isinstance(told, str) else json.dumps(told, ensure_ascii=False))


def indicator_of(series: ShownSeries) -> Indicator:
    """Return the measure as it was declared when it was shown."""
    return Indicator.model_validate(dict(series.definition))
