"""The levels of the areas in one period, each with its interval, beside the median of them.

Words come from the intervals alone: an interval that holds the median is similar to it. Areas that
may not be compared are drawn, but are not in the median, and nothing is said of their level.
"""

from dataclasses import dataclass
from statistics import median

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from tilannehuone.charts.levels import Level, levels_figure
from tilannehuone.charts.paint import paint
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.stats.benchmark import worded
from tilannehuone.texts import text
from tilannehuone.texts.format import MINUS, number, period
from tilannehuone.ui.area_rows import tone
from tilannehuone.ui.compare import Place, View, row_at
from tilannehuone.ui.compare_drawn import drawn_html
from tilannehuone.ui.compare_regions import OWN
from tilannehuone.ui.frame import Page
from tilannehuone.ui.words import figure, figure_cell, interval, status_word

LEAST = 3
"""Fewer areas have no median to speak of."""
WIDTH, ROW, EDGES = 1150.0, 40.0, 100.0
CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Standing:
    """An area in the compared period; `word` and `apart` are None where nothing is compared."""

    place: Place
    value: float | None
    lower: float | None
    upper: float | None
    status: str
    word: str | None
    apart: float | None


@dataclass(frozen=True, slots=True)
class Levels:
    """All areas in one period: `median` is of `counted` areas of `of`; None with too few."""

    rows: tuple[Standing, ...]
    median: float | None
    counted: int
    of: int

    @property
    def own(self) -> Standing | None:
        """The own area."""
        return next((one for one in self.rows if one.place.is_own), None)


def levels(shown: View) -> Levels:
    """Return where each area stands in the compared period."""
    cells = [(one, row_at(one, shown.compared)) for one in shown.places]
    known = [
        float(row["value"])
        for one, row in cells
        if one.may_be_worded and row is not None and not pd.isna(row["value"])
    ]
    middle = median(known) if len(known) >= LEAST else None
    rows = tuple(_standing(shown, one, row, middle) for one, row in cells)
    return Levels(rows, middle, len(known), len(shown.places))


def section_html(page: Page, shown: View, found: Levels) -> str:
    """Return the drawing of the levels under its heading, with what they are set against."""
    if shown.compared is None:
        return ""
    when = period(shown.period_type, shown.compared, page.lang)
    lines = [median_words(page, shown, found), *notes(page, found)]
    heading, drawn = page.text("levels", when=when), drawing(page, shown, found)
    return drawn_html(page, "levels", heading, lines, drawn, table(page, shown, found))


def drawing(page: Page, shown: View, found: Levels) -> str:
    """Return the dot plot for the screen."""
    return paint(
        chart(page, shown, found),
        WIDTH,
        EDGES + ROW * len(found.rows),
        title=title(page, shown),
        description=alt(page, shown, found),
    )


def chart(page: Page, shown: View, found: Levels) -> go.Figure:
    """Return the dot plot as a figure: areas from the top down in their own order."""
    some = [
        Level(
            name=one.place.name,
            value=one.value,
            lower=one.lower,
            upper=one.upper,
            told=_told(page, shown, one),
            tone=tone(one.word),
            side=_side(one),
            is_own=one.place.is_own,
            is_open=not one.place.may_be_worded,
        )
        for one in found.rows
    ]
    words = median_words(page, shown, found, short=True)
    unit = shown.indicator.unit.in_language(page.lang)
    return levels_figure(some, found.median, words, page.lang, unit)


def title(page: Page, shown: View) -> str:
    """Return what the drawing is of."""
    when = period(shown.period_type, shown.compared, page.lang) if shown.compared else ""
    return f"{shown.indicator.name.in_language(page.lang)}, {when}"


def alt(page: Page, shown: View, found: Levels) -> str:
    """Return the drawing in words: every area with its figure and what is said of it."""
    areas = [f"{one.place.name}: {_told(page, shown, one)}" for one in found.rows]
    return "; ".join([median_words(page, shown, found), *areas]).strip("; ")


def table(page: Page, shown: View, found: Levels) -> Table:
    """Return the levels as a table, in the order of region and name."""
    lang, decimals = page.lang, shown.indicator.decimals
    columns = (
        Column(page.text("col_area")),
        Column(page.text("col_value"), numeric=True),
        Column(page.text("col_interval"), numeric=True),
        Column(page.text("col_apart"), numeric=True),
        Column(page.text("col_word")),
        Column("area_code", file_only=True),
        Column("status", file_only=True),
    )
    rows = tuple(
        (
            Cell(one.place.name),
            _figure(page, shown, one),
            interval(one.lower, one.upper, lang, decimals),
            Cell(signed(one.apart, lang, decimals), number=one.apart),
            Cell(word_of(page, one), quiet=one.word is None),
            Cell(one.place.code),
            Cell(one.status),
        )
        for one in found.rows
    )
    here = next((n for n, one in enumerate(found.rows) if one.place.is_own), None)
    return Table(f"{title(page, shown)}. {page.text('order')}", columns, rows, here=here)


def median_words(page: Page, shown: View, found: Levels, *, short: bool = False) -> str:
    """Return the median and of how many areas it is; that there is none, where it is so."""
    if found.median is None:
        return "" if short else page.text("median_none", count=LEAST)
    told = {"value": figure(shown.indicator, found.median, page.lang)}
    key = "median_short" if short else "median"
    return page.text(key, n=found.counted, m=found.of, **told)


def notes(page: Page, found: Levels) -> list[str]:
    """Return how the words come about, and what chance alone would tell."""
    if found.median is None:
        return []
    signals = number(CHANCE * found.counted, page.lang, 1)
    return [page.text("levels_note", count=found.counted, signals=signals)]


def word_of(page: Page, one: Standing) -> str:
    """Return the word of an area's level; why there is none, where it is so."""
    if one.word is not None:
        return text(f"trend.word_{one.word}", page.lang)
    if one.value is None:
        return ""
    return page.text("not_worded" if not one.place.may_be_worded else "no_word")


def why_none(page: Page, shown: View, one: Standing) -> str:
    """Return why an area has no figure; of one that is late, what its newest is of."""
    latest = one.place.facts.latest_period
    if one.status != "o" or latest is None:
        return status_word(one.status, page.lang)
    return page.text("late", when=period(shown.period_type, latest, page.lang))


def signed(apart: float | None, lang: str, decimals: int) -> str:
    """Return a difference with its sign; a dash where there is none.

    >>> signed(2.25, "fi", 1), signed(-0.04, "fi", 1), signed(None, "fi", 1)
    ('+2,3', '0,0', '–')
    """
    if apart is None:
        return "–"
    told = number(apart, lang, decimals)
    is_nothing = not told.strip("0,.")
    return told if is_nothing or told.startswith(MINUS) else f"+{told}"


def _figure(page: Page, shown: View, one: Standing) -> Cell:
    if one.value is None:
        return Cell(why_none(page, shown, one), quiet=True)
    return figure_cell(shown.indicator, one.value, one.status, page.lang)


def _standing(shown: View, place: Place, row: pd.Series | None, middle: float | None) -> Standing:
    if row is None:
        return Standing(place, None, None, None, "o" if _is_late(shown, place) else "z", None, None)
    value, lower, upper = (
        None if pd.isna(row[name]) else float(row[name]) for name in ("value", "lower95", "upper95")
    )
    may = place.may_be_worded and middle is not None and value is not None
    word = _word(shown, lower, upper, middle) if may else None
    apart = value - middle if may and value is not None and middle is not None else None
    return Standing(place, value, lower, upper, str(row["status"]), word, apart)


def _is_late(shown: View, place: Place) -> bool:
    """Return whether a region of a network room has sent nothing as new as the compared period."""
    latest, compared = place.facts.latest_period, shown.compared
    is_region = place.facts.region != OWN
    return is_region and latest is not None and compared is not None and latest < compared


def _word(
    shown: View, lower: float | None, upper: float | None, middle: float | None
) -> str | None:
    if lower is None or upper is None or middle is None:
        return None
    no = np.array([False])
    low, high = np.array([upper < middle]), np.array([lower > middle])
    return str(worded(low, no, high, no, no, shown.indicator.direction)[0])


def _side(one: Standing) -> str:
    """Return on which side of the median a level lies that differs from it."""
    if one.apart is None or one.word in (None, "similar"):
        return ""
    return "high" if one.apart > 0 else "low"


def _told(page: Page, shown: View, one: Standing) -> str:
    if one.value is None:
        return why_none(page, shown, one)
    word = word_of(page, one)
    value = figure(shown.indicator, one.value, page.lang)
    return f"{value} {word}".strip()
