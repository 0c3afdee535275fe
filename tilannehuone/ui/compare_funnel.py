"""The funnel: areas by their size, and which of them chance alone hardly explains."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from tilannehuone.charts.funnel import Dot, Words, funnel_figure
from tilannehuone.charts.paint import paint
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.stats.comparison import Funnel, funnel
from tilannehuone.texts import text
from tilannehuone.texts.format import number, period
from tilannehuone.ui.area_rows import tone
from tilannehuone.ui.compare import Place, View, row_at
from tilannehuone.ui.compare_drawn import drawn_html
from tilannehuone.ui.frame import Page
from tilannehuone.ui.words import figure, number_cell

KINDS = ("rate", "proportion", "distinct_rate")
FEWEST = 3
SIZE = (1150.0, 470.0)
STEPS = 60


@dataclass(frozen=True, slots=True)
class Funnelled:
    """The comparable areas with numerator and denominator, and their funnel, area by area."""

    places: tuple[Place, ...]
    numerators: tuple[float, ...]
    denominators: tuple[float, ...]
    found: Funnel


def funnelled(shown: View) -> Funnelled | None:
    """Return the funnel of the compared period; None where fewer than three areas can be in it."""
    if shown.indicator.kind not in KINDS or shown.compared is None:
        return None
    rows = [(one, row_at(one, shown.compared)) for one in shown.places if _may_be_in(shown, one)]
    known = [
        (one, float(row["numerator"]), float(row["denominator"]))
        for one, row in rows
        if row is not None and not pd.isna(row["value"]) and _is_counted(row)
    ]
    if len(known) < FEWEST:
        return None
    places, numerators, denominators = zip(*known, strict=True)
    is_share = shown.indicator.kind != "rate" and all(n <= d for _, n, d in known)
    found = funnel(
        numerators,
        denominators,
        kind="proportion" if is_share else "rate",
        scale=shown.indicator.scale,
        direction=shown.indicator.direction,
    )
    return Funnelled(places, numerators, denominators, found)


def section_html(page: Page, shown: View, of: Funnelled | None) -> str:
    """Return the funnel under its heading; empty where there is none."""
    if of is None:
        return ""
    drawn = paint(
        chart(page, shown, of), *SIZE, title=title(page, shown), description=alt(page, shown, of)
    )
    heading, rows = page.text("funnel"), table(page, shown, of)
    return drawn_html(page, "funnel", heading, notes(page, of), drawn, rows)


def notes(page: Page, of: Funnelled) -> list[str]:
    """Return how the funnel is read, and that areas differ beyond chance where they do."""
    more = [page.text("funnel_spread")] if of.found.is_overdispersed else []
    return [page.text("funnel_note"), *more]


def title(page: Page, shown: View) -> str:
    """Return what the funnel is of."""
    when = period(shown.period_type, shown.compared, page.lang) if shown.compared else ""
    name = shown.indicator.name.in_language(page.lang)
    return f"{page.text('funnel')}. {name}, {when}"


def chart(page: Page, shown: View, of: Funnelled) -> go.Figure:
    """Return the funnel as a figure."""
    dots = [
        Dot(one.name, size, float(value), _told(page, shown, of, n), tone(of.found.words[n]),
            one.is_own)
        for n, (one, size, value) in enumerate(
            zip(of.places, of.denominators, of.found.value, strict=True))
    ]  # fmt: skip
    largest = max(of.denominators)
    sizes = np.linspace(min(of.denominators) * 0.6, largest * 1.05, STEPS)
    words = Words(
        baseline=page.text("funnel_level", value=_figure(page, shown, of.found.baseline)),
        inner=page.text("funnel_inner"),
        outer=page.text("funnel_outer"),
        size=page.text("funnel_size"),
        unit=shown.indicator.unit.in_language(page.lang),
    )
    return funnel_figure(
        dots, sizes.tolist(), of.found.curve(sizes), of.found.baseline, words, page.lang
    )


def alt(page: Page, shown: View, of: Funnelled) -> str:
    """Return the funnel in words, area by area."""
    level = page.text("funnel_level", value=_figure(page, shown, of.found.baseline))
    return "; ".join([level, *(_told(page, shown, of, n) for n in range(len(of.places)))])


def table(page: Page, shown: View, of: Funnelled) -> Table:
    """Return the funnel as a table, in the order of region and name."""
    columns = (
        Column(page.text("col_area")),
        Column(text("trend.col_numerator", page.lang), numeric=True),
        Column(text("trend.col_denominator", page.lang), numeric=True),
        Column(page.text("col_value"), numeric=True),
        Column(page.text("col_word")),
        Column("area_code", file_only=True),
    )
    rows = tuple(
        (
            Cell(one.name),
            number_cell(of.numerators[n], page.lang),
            number_cell(of.denominators[n], page.lang),
            Cell(_figure(page, shown, of.found.value[n]), number=float(of.found.value[n])),
            Cell(_word(page, of, n)),
            Cell(one.code),
        )
        for n, one in enumerate(of.places)
    )
    here = next((n for n, one in enumerate(of.places) if one.is_own), None)
    return Table(f"{title(page, shown)}. {page.text('order')}", columns, rows, here=here)


def _may_be_in(shown: View, one: Place) -> bool:
    """Return whether an area is comparable, and of one type with the own: none holds another."""
    own = shown.own_place
    return one.may_be_worded and own is not None and one.facts.area_type == own.facts.area_type


def _is_counted(row: pd.Series) -> bool:
    both = not (pd.isna(row["numerator"]) or pd.isna(row["denominator"]))
    return both and row["numerator"] >= 0 and row["denominator"] > 0


def _told(page: Page, shown: View, of: Funnelled, n: int) -> str:
    size = number(of.denominators[n], page.lang)
    value = _figure(page, shown, of.found.value[n])
    return f"{of.places[n].name}: {value} ({size}), {_word(page, of, n)}"


def _word(page: Page, of: Funnelled, n: int) -> str:
    return text(f"trend.word_{of.found.words[n]}", page.lang)


def _figure(page: Page, shown: View, value: float) -> str:
    return figure(shown.indicator, float(value), page.lang)
