"""Age-standardised rates beside each other: the difference of age structures is taken out."""

from html import escape

import pandas as pd

from tilannehuone import store_compare
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.texts.format import period
from tilannehuone.ui import cached
from tilannehuone.ui.compare import View
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import table_html
from tilannehuone.ui.words import as_day, figure_cell, interval

LEAST = 2


def table(page: Page, shown: View) -> Table | None:
    """Return the newest standardised rates that two areas share; None where there are none."""
    standard = shown.indicator.standard
    found = _rows(page, shown)
    if standard is None or found.empty:
        return None
    lang, decimals = page.lang, shown.indicator.decimals
    columns = (
        Column(page.text("col_area")),
        Column(page.text("col_standardised"), numeric=True),
        Column(page.text("col_interval"), numeric=True),
        Column("area_code", file_only=True),
    )
    by_code = found.set_index("area_code")
    places = [one for one in shown.places if one.code in by_code.index]
    rows = tuple(
        (
            Cell(one.name),
            figure_cell(shown.indicator, by_code["value"][one.code], None, lang),
            interval(by_code["lower95"][one.code], by_code["upper95"][one.code], lang, decimals),
            Cell(one.code),
        )
        for one in places
    )
    first = found.iloc[0]
    start = as_day(first["period_start"])
    when = period(str(first["period_type"]), start, lang) if start else ""
    here = next((n for n, one in enumerate(places) if one.is_own), None)
    name = standard.name.in_language(lang)
    caption = page.text("standard_caption", standard=name, when=when, n=len(rows),
                        m=len(shown.places))  # fmt: skip
    return Table(caption, columns, rows, here=here)


def section_html(page: Page, shown: View) -> str:
    """Return the standardised rates under their heading; empty where there are none."""
    found = table(page, shown)
    if found is None:
        return ""
    return (
        f'<section class="th-section th-compare-standard" lang="{page.lang}">'
        f"<h2>{escape(page.text('standard'))}</h2>"
        f'<p class="th-note">{escape(page.text("standard_note"))}</p>'
        f"{table_html(found, page.lang)}</section>"
    )


def _rows(page: Page, shown: View) -> pd.DataFrame:
    """Return the rates of the newest year, else of the newest period, that two areas have."""
    sql = store_compare.MEASURE_STANDARDISED
    found = cached.read(page.release, sql, indicator_id=shown.indicator.id)
    mine = found[found["area_code"].isin([one.code for one in shown.places])]
    for grain in (shown.period_type, "year"):
        some = mine[mine["period_type"] == grain]
        counted = some.groupby("period_start")["area_code"].nunique()
        common = counted[counted >= LEAST]
        if len(common):
            return some[some["period_start"] == common.index.max()]
    return mine.iloc[:0]
