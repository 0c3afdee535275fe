"""The situational picture as a table: the same measures in the same order, for a file too."""

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.finding import Finding
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import day, period
from tilannehuone.ui.due import in_meeting_order
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.marks import mark_cell
from tilannehuone.ui.overview import due_words, look_above, of_cadence, standings
from tilannehuone.ui.rounded import rounded_lines
from tilannehuone.ui.words import STATUSES, figure_cell, status_legend


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
        _row(page, one, found, area_code)
        for cadence in in_meeting_order(list(page.indicators.values()), page.today)
        for one in of_cadence(page, cadence)
    ]
    return Table(
        page.text("as_table"),
        columns,
        tuple(rows),
        notes=release_notes(page, *page.indicators.values()),
    )


def release_notes(page: Page, *indicators: Indicator) -> tuple[tuple[str, str], ...]:
    """Return what every file carries: release, day, what is rounded, what the marks mean."""
    marks = status_legend(page.lang, STATUSES, *indicators)
    built = day(page.facts["built_at"].date(), page.lang)
    name = (text("trend.note_release", page.lang), f"{page.facts['release_id']} ({built})")
    title, rounding = (text(f"trend.note_{one}", page.lang) for one in ("marks", "rounding"))
    rounded = [(rounding, one) for one in rounded_lines(indicators, page.lang)]
    return (name, *rounded, *((title, f"{code} = {words}") for code, words in marks))


def _row(
    page: Page, indicator: Indicator, found: dict[str, Finding | None], area_code: str
) -> tuple[Cell, ...]:
    lang = page.lang
    link = address("trend", lang=lang, area=area_code, indicator=indicator.id)
    name = Cell(indicator.name.in_language(lang), link=link)
    unit = Cell(indicator.unit.in_language(lang))
    due = Cell(due_words(page, indicator.cadence, indicator.half_year_anchor))
    standing = found.get(indicator.id)
    if standing is None:
        key, status = ("small", "c") if indicator.id in found else ("no_series", "z")
        words = Cell(look_above(page, indicator, area_code) if status == "c" else "")
        nothing = Cell(page.text(key), quiet=True)
        return (name, nothing, unit, Cell(""), words, due, Cell(indicator.id), Cell(status))
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


def _latest(standing: Finding, lang: str) -> str:
    if standing.latest_period is None:
        return ""
    return period(standing.period_type, standing.latest_period, lang)
