"""Every figure of one series as a table: what was, newest first, under what may come."""

from html import escape

import pandas as pd

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.texts import text
from tilannehuone.texts.format import day, period
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.overview_table import release_notes
from tilannehuone.ui.rounded import rounded_words
from tilannehuone.ui.trend import View, drawn_events, passport
from tilannehuone.ui.trend_forecast import forecast_rows
from tilannehuone.ui.words import (
    as_day,
    figure_cell,
    interval,
    is_known,
    number_cell,
    status_legend,
    status_word,
)


def values(page: Page, shown: View) -> Table:
    """Return every period of the series, the newest first, each with a figure or a word.

    Periods ahead stand above them, marked as forecast.
    """
    series = shown.series.iloc[::-1]
    has_parts = bool(series["denominator"].notna().any())
    columns = [
        Column(page.text("col_period"), whole=True),
        Column(page.text("col_value"), numeric=True),
        Column(page.text("col_interval"), numeric=True),
        Column(page.text("col_numerator"), numeric=True, file_only=not has_parts),
        Column(page.text("col_denominator"), numeric=True, file_only=not has_parts),
        Column(page.text("col_mark")),
        *(
            Column(page.text(f"col_{name}"), file_only=True)
            for name in ("start", "status", "lower95", "upper95", "centre", "lower", "upper")
        ),
        *(Column(page.text(f"col_{name}"), file_only=True) for name in ("lower80", "upper80")),
    ]
    rows = forecast_rows(page, shown.choice, shown.forecast)
    rows += [_period(page, shown, row) for _, row in series.iterrows()]
    return Table(_caption(page, shown), tuple(columns), tuple(rows), notes=_notes(page, shown))


def legend_html(page: Page, shown: View) -> str:
    """Return that the numbers are rounded if they are, and what words in their place mean."""
    legend = status_legend(page.lang, set(shown.series["status"]), shown.indicator)
    lines = [rounded_words(shown.indicator, page.lang), *(words for _, words in legend)]
    told = "".join(f'<p class="th-note">{escape(one)}</p>' for one in lines if one)
    return f'<div lang="{page.lang}">{told}</div>'


def file_stem(shown: View) -> str:
    """Return the name of a downloaded file without its ending, from ids."""
    choice = shown.choice
    parts = [choice.indicator.id, choice.area_code, choice.period_type]
    parts += [] if choice.breakdown == options.ALL else [choice.breakdown, choice.category]
    return "-".join(parts)


def _period(page: Page, shown: View, row: pd.Series) -> tuple[Cell, ...]:
    lang, one = page.lang, shown.indicator
    start = as_day(row["period_start"])
    named = period(shown.choice.period_type, start, lang) if start else ""
    files = ("lower95", "upper95", "centre", "lower", "upper")
    return (
        Cell(named),
        figure_cell(one, row["value"], row["status"], lang),
        interval(row["lower95"], row["upper95"], lang, one.decimals),
        number_cell(row["numerator"], lang),
        number_cell(row["denominator"], lang),
        Cell(_mark(row, lang)),
        Cell(start.isoformat() if start else ""),
        Cell(str(row["status"])),
        *(_file_number(row[name]) for name in files),
        *(Cell(""), Cell("")),
    )


def _mark(row: pd.Series, lang: str) -> str:
    """Return what is to be remarked of a period: its status, and the sign that it is part of."""
    words = [] if row["status"] == "ok" else [status_word(str(row["status"]), lang)]
    if isinstance(row["kind"], str) and row["kind"] != "common":
        words += [
            text(f"chart.kind_{row['kind']}", lang),
            text(f"chart.signal_{row['signal']}", lang),
        ]
    return ", ".join(words)


def _file_number(value: object) -> Cell:
    return Cell("", number=float(str(value))) if is_known(value) else Cell("")


def _caption(page: Page, shown: View) -> str:
    days = [as_day(one) for one in shown.series["period_start"]]
    grain, ends = shown.choice.period_type, [one for one in (days[:1] + days[-1:]) if one]
    first, last = (period(grain, one, page.lang) for one in ends) if ends else ("", "")
    names = shown.names
    told = ", ".join(one for one in (names.indicator, names.category) if one)
    return page.text("values_caption", indicator=told, area=names.area, first=first, last=last)


def _notes(page: Page, shown: View) -> tuple[tuple[str, str], ...]:
    lang, choice, names = page.lang, shown.choice, shown.names
    told = {
        "measure": f"{names.indicator} ({choice.indicator.id})",
        "area": f"{names.area} ({choice.area_code})",
        "grain": options.grain_name(choice.period_type, lang),
        "breakdown": names.category,
        "unit": names.unit,
        "definition": choice.indicator.definition.in_language(lang),
        "source": choice.indicator.register_,
    }
    own = [(page.text(f"note_{name}"), words) for name, words in told.items() if words]
    quality = [(page.text("note_quality"), words) for words in passport(page, shown)]
    marked = [
        (page.text("note_event", number=n), f"{day(one.day, lang)} {one.text}")
        for n, one in enumerate(drawn_events(shown), start=1)
    ]
    return (*own, *quality, *marked, *release_notes(page, choice.indicator))
