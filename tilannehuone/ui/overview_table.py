"""The situational picture as tables: what the tiles and the matrix say, for files too."""

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.finding import Finding, assurance_word, promise, short_word
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import day, period
from tilannehuone.ui import options, overview_areas, overview_matrix
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.marks import look, mark_cell, series_names
from tilannehuone.ui.overview import due_words, look_above
from tilannehuone.ui.overview_filter import Picture
from tilannehuone.ui.overview_tiles import since
from tilannehuone.ui.rounded import rounded_lines
from tilannehuone.ui.standing import Standings, standings
from tilannehuone.ui.words import STATUSES, figure_cell, status_legend


def table(page: Page, area_code: str, picture: Picture) -> Table:
    """Return what the tiles say as a table, in the same order."""
    found = standings(page, area_code)
    columns = (
        Column(page.text("col_measure")),
        Column(page.text("col_value"), numeric=True),
        Column(page.text("col_unit")),
        Column(page.text("col_period")),
        Column(page.text("col_word")),
        Column(page.text("col_since")),
        Column(page.text("col_target")),
        Column(page.text("col_due")),
        Column("indicator_id", file_only=True),
        Column("status", file_only=True),
    )
    rows = [_row(page, one, found, area_code) for one in picture.indicators]
    return Table(page.text("as_table"), columns, tuple(rows), notes=_notes(page))


def matrix(page: Page, area_code: str, picture: Picture) -> Table:
    """Return what the matrix says as a table: a word of change and one of the target in a cell."""
    shown = overview_areas.columns(page, area_code)
    found = overview_matrix.found_in(page, shown)
    columns = (
        Column(page.text("col_measure")),
        *(Column(one.name) for one in shown),
        Column("indicator_id", file_only=True),
    )
    rows = [
        (
            Cell(indicator.name.in_language(page.lang)),
            *(_said(page, indicator, one.area_code, found[one.area_code]) for one in shown),
            Cell(indicator.id),
        )
        for indicator in picture.indicators
    ]
    return Table(page.text("matrix_caption"), columns, tuple(rows), notes=_notes(page))


def release_notes(page: Page, *indicators: Indicator) -> tuple[tuple[str, str], ...]:
    """Return what every file carries: release, day, what is rounded, what the marks mean."""
    marks = status_legend(page.lang, STATUSES, *indicators)
    built = day(page.facts["built_at"].date(), page.lang)
    name = (text("trend.note_release", page.lang), f"{page.facts['release_id']} ({built})")
    title, rounding = (text(f"trend.note_{one}", page.lang) for one in ("marks", "rounding"))
    rounded = [(rounding, one) for one in rounded_lines(indicators, page.lang)]
    return (name, *rounded, *((title, f"{code} = {words}") for code, words in marks))


def _notes(page: Page) -> tuple[tuple[str, str], ...]:
    return release_notes(page, *page.indicators.values())


def _said(page: Page, indicator: Indicator, area_code: str, found: Standings) -> Cell:
    """Return the words of one cell of the matrix, with the icon of the change."""
    if indicator.id not in found:
        return Cell(page.text("no_series"), quiet=True)
    finding = found[indicator.id]
    query = {"lang": page.lang, "area": area_code, "indicator": indicator.id}
    if finding is None:
        return Cell(page.text("short_small"), icon="none.shield", link=address("trend", **query))
    link = address("trend", **query, period=finding.period_type)
    assured = assurance_word(finding, page.lang)
    words = short_word(finding, page.lang)
    if assured:
        words += f"; {page.text('target_is', word=assured)}"
    return Cell(words, icon=look(finding), link=link)


def _row(page: Page, indicator: Indicator, found: Standings, area_code: str) -> tuple[Cell, ...]:
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
        blank = Cell("")
        told = (name, nothing, unit, blank, words, blank, blank, due)
        return (*told, Cell(indicator.id), Cell(status))
    names = series_names(indicator, options.names_of_areas(page)[area_code], "", lang)
    return (
        name,
        figure_cell(indicator, standing.latest_value, standing.latest_status, lang),
        unit,
        Cell(_latest(standing, lang)),
        mark_cell(standing, lang),
        Cell(since(page, standing, area_code)),
        Cell(promise(standing, names, lang)),
        due,
        Cell(indicator.id),
        Cell(standing.latest_status),
    )


def _latest(standing: Finding, lang: str) -> str:
    if standing.latest_period is None:
        return ""
    return period(standing.period_type, standing.latest_period, lang)
