"""The same measure in the areas around one: each one's own trend, and its year beside others'."""

from html import escape

import pandas as pd

from tilannehuone import store
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.finding import Finding
from tilannehuone.texts.format import period
from tilannehuone.ui import cached, options
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.marks import mark_cell
from tilannehuone.ui.markup import table_html
from tilannehuone.ui.trend import View
from tilannehuone.ui.trend_small import counted
from tilannehuone.ui.words import figure, figure_cell


def siblings(page: Page, shown: View) -> Table:
    """Return the same measure in the parent area and in every area beside this one.

    In the order of areas.csv. The direction tells each against its own past; the words of the
    last column, where there are any, tell a year against the common level of areas of this type.
    """
    areas = cached.areas(page.release)
    here, found = shown.choice.area_code, cached.findings(page.release, **shown.choice.siblings_key)
    names = options.names_of_areas(page)
    small = too_small(page, shown)
    codes = [one for one in around(areas, here) if one in found and one not in small]
    compared = _compared(page, shown)
    columns = [
        Column(page.text("col_area")),
        Column(page.text("col_word")),
        Column(page.text("col_value"), numeric=True),
        Column(page.text("col_period"), whole=True),
    ]
    columns += [] if compared.empty else [Column(_against(page, shown, compared))]
    said = dict(zip(compared["area_code"], compared["word"], strict=True))
    rows = [
        (
            *_sibling(page, shown, one, names[one], found[one]),
            *([] if compared.empty else [_comparison(page, said.get(one))]),
        )
        for one in codes
    ]
    at = codes.index(here) if here in codes else None
    return Table(page.text("siblings_note"), tuple(columns), tuple(rows), here=at)


def siblings_html(page: Page, shown: View) -> str:
    """Return the siblings' table under its heading, and in words how many it leaves out."""
    words = escape(page.text("siblings"))
    found = siblings(page, shown)
    table = table_html(found, page.lang) if found.rows else ""
    near = around(cached.areas(page.release), shown.choice.area_code)
    left_out = len(too_small(page, shown).intersection(near))
    notes = [counted(page, "left_areas", left_out)]
    notes += [] if _compared(page, shown).empty else [page.text("compared_note")]
    told = "".join(f'<p class="th-note under">{escape(one)}</p>' for one in notes if one)
    return f'<section class="th-section" lang="{page.lang}"><h2>{words}</h2>{table}{told}</section>'


def too_small(page: Page, shown: View) -> set[str]:
    """Return the areas whose figures of this series are too small to be shown."""
    key = shown.choice.siblings_key
    found = cached.series_readings(page.release, store.SIBLING_PERIODS, ("area_code",), **key)
    return set(found.loc[found["is_small"], "area_code"])


def _compared(page: Page, shown: View) -> pd.DataFrame:
    """Return what areas of this type were found to be beside each other; of whole series only."""
    choice = shown.choice
    key = {"indicator_id": choice.indicator.id, "area_code": choice.area_code}
    found = cached.comparisons(page.release, **key)
    return found if choice.breakdown == options.ALL else found.iloc[:0]


def _against(page: Page, shown: View, compared: pd.DataFrame) -> str:
    """Return the header that says which year, and against what."""
    first = compared.iloc[0]
    level = figure(shown.indicator, first["baseline"], page.lang)
    return page.text("col_compared", year=first["period_start"].year, level=level)


def _comparison(page: Page, word: str | None) -> Cell:
    if word is None:
        return Cell(page.text("not_compared"), quiet=True)
    return Cell(page.text(f"word_{word}"))


def around(areas: pd.DataFrame, here: str) -> list[str]:
    """Return the parents of an area and all their children, in the order of the register."""
    parents = set(areas.loc[areas["area_code"] == here, "parent_code"].dropna())
    near = areas["parent_code"].isin(parents) | areas["area_code"].isin(parents | {here})
    return list(dict.fromkeys(areas.loc[near, "area_code"]))


def _sibling(page: Page, shown: View, code: str, name: str, finding: Finding) -> tuple[Cell, ...]:
    choice, lang = shown.choice, page.lang
    query = {"lang": lang, "area": code, "indicator": choice.indicator.id}
    link = address("trend", **query, period=choice.period_type) if page.opens(code) else None
    latest = finding.latest_period
    return (
        Cell(name, link=link),
        mark_cell(finding, lang),
        figure_cell(choice.indicator, finding.latest_value, finding.latest_status, lang),
        Cell(period(choice.period_type, latest, lang) if latest else ""),
    )
