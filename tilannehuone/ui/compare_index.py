"""Trends as indices by the year: every area begins at 100, so that only the change is seen.

The first year is one that the own area and most others show, after the last break of any of them.
An area that does not show it has no index: one with a hidden base would give the base away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from tilannehuone.charts.indexed import BASE, Line, indexed_figure
from tilannehuone.charts.paint import paint
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.texts.format import number
from tilannehuone.ui import comparability
from tilannehuone.ui.compare import MOST_SHARE, Place, View
from tilannehuone.ui.compare_drawn import drawn_html
from tilannehuone.ui.frame import Page

LEAST_YEARS = 3
SIZE = (1150.0, 430.0)
YEAR = "year"
Values = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Indexed:
    """The areas with an index from `years[0]` on, and those that do not show that year."""

    years: tuple[int, ...]
    lines: tuple[tuple[Place, tuple[float | None, ...]], ...]
    left_out: tuple[Place, ...]


def indexed(page: Page, shown: View) -> Indexed | None:
    """Return the indices; None where fewer than two areas or three years can be drawn."""
    found = comparability.cells(page.release, shown.indicator.id, YEAR)
    values = {one.code: _by_year(found.get(one.code)) for one in shown.places}
    mine = values.get(shown.own, {})
    base = _base(mine, list(values.values()), _last_break(shown))
    years = tuple(sorted(one for one in set().union(*values.values()) if base and one >= base))
    if base is None or len(years) < LEAST_YEARS:
        return None
    has_base = [one for one in shown.places if values[one.code].get(base)]
    if len(has_base) < 2:
        return None
    lines = tuple((one, along(values[one.code], years)) for one in has_base)
    return Indexed(years, lines, tuple(one for one in shown.places if one not in has_base))


def along(values: Values, years: tuple[int, ...]) -> tuple[float | None, ...]:
    """Return an area's figures in per cent of that of the first year; None where none is shown.

    >>> along({2022: 4.0, 2024: 5.0}, (2022, 2023, 2024))
    (100.0, None, 125.0)
    """
    first = values[years[0]]
    return tuple(BASE * values[one] / first if one in values else None for one in years)


def section_html(page: Page, shown: View, of: Indexed | None) -> str:
    """Return the indices under their heading; empty where there are none."""
    if of is None:
        return ""
    drawn = paint(chart(page, of), *SIZE, title=title(page, shown, of), description=alt(page, of))
    heading, rows = page.text("index", year=of.years[0]), table(page, shown, of)
    return drawn_html(page, "index", heading, notes(page, of), drawn, rows)


def notes(page: Page, of: Indexed) -> list[str]:
    """Return how indices are read, and whom they leave out."""
    names = ", ".join(one.name for one in of.left_out)
    more = [page.text("index_left", year=of.years[0], areas=names)] if names else []
    return [page.text("index_note", year=of.years[0]), *more]


def title(page: Page, shown: View, of: Indexed) -> str:
    """Return what the drawing is of."""
    name = shown.indicator.name.in_language(page.lang)
    return f"{name}: {page.text('index', year=of.years[0])}"


def chart(page: Page, of: Indexed) -> go.Figure:
    """Return the indices as a figure."""
    lines = [Line(place.name, values, place.is_own) for place, values in of.lines]
    return indexed_figure(of.years, lines, page.lang)


def alt(page: Page, of: Indexed) -> str:
    """Return the drawing in words: the newest index of each area."""
    told = []
    for place, values in of.lines:
        year, last = [(y, v) for y, v in zip(of.years, values, strict=True) if v is not None][-1]
        told.append(f"{place.name} {number(last, page.lang, 0)} ({year})")
    return "; ".join(told)


def table(page: Page, shown: View, of: Indexed) -> Table:
    """Return the indices as a table, a column a year."""
    columns = (
        Column(page.text("col_area")),
        *(Column(str(one), numeric=True) for one in of.years),
        Column("area_code", file_only=True),
    )
    rows = tuple(
        (
            Cell(place.name),
            *(
                Cell("–", quiet=True) if one is None else Cell(number(one, page.lang, 0), one)
                for one in values
            ),
            Cell(place.code),
        )
        for place, values in of.lines
    )
    here = next((n for n, (one, _) in enumerate(of.lines) if one.is_own), None)
    return Table(title(page, shown, of), columns, rows, here=here)


def _by_year(series: pd.DataFrame | None) -> dict[int, float]:
    if series is None:
        return {}
    shown = series[series["value"].notna()]
    pairs = zip(shown["period_start"], shown["value"], strict=True)
    return {day.year: float(value) for day, value in pairs}


def _last_break(shown: View) -> date:
    newest = max((one.facts.latest_period or date.min for one in shown.places), default=date.min)
    days = [day for one in shown.places for day in one.facts.breaks if day <= newest]
    return max(days, default=date.min)


def _base(mine: Values, all_values: list[dict[int, float]], since: date) -> int | None:
    """Return the first year after `since` that the own area and two thirds of all show."""
    known = [one for one in all_values if one]
    for year in sorted(mine):
        is_common = sum(year in one for one in known) >= MOST_SHARE * len(known)
        if is_common and mine[year] > 0 and date(year, 1, 1) >= since:
            return year
    return None
