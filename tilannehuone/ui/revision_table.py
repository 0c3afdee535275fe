"""The figures that a new release changed in an area, before and after side by side."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.texts import text
from tilannehuone.texts.format import day, period
from tilannehuone.ui import cached, options
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.markup import table_html
from tilannehuone.ui.revision_news import CAME, HIDDEN, News, news
from tilannehuone.ui.words import as_day, figure_cell
from tilannehuone.vintages import before

MOST_ROWS = 50
COLUMNS = ("measure", "period", "then", "now", "change")


def area_in_view(page: Page) -> str:
    """Return the area that the address names, else the one looked at last, else home."""
    asked = st.query_params.get("area")
    return options.areas(page).nearest(asked, st.session_state.get("chosen.area"))


def section_html(page: Page, area_code: str) -> str:
    """Return what changed since the release before; nothing where there is none."""
    found, older = news(page, area_code), before(page.release)
    if found is None or older is None:
        return ""
    where = options.names_of_areas(page)[area_code]
    title = text("revisions.title", page.lang, area=where)
    shown = table(page, found)
    body = _note(_word(page, "same"))
    if shown.rows:
        body = table_html(shown, page.lang) + _note(_left(page, found, len(shown.rows)))
    return (
        f'<section class="th-section" id="revisions" lang="{page.lang}"><h2>{escape(title)}</h2>'
        f"{_redefined(page, found)}{body}</section>"
    )


def table(page: Page, found: News) -> Table:
    """Return the changed figures, the newest periods first; those that merely came are left out.

    A figure that is protected now is not told again: that it was shown is enough.
    """
    order = {one: n for n, one in enumerate(page.indicators)}
    changed = found.cells[found.cells["change"] != CAME]
    ranked = changed.assign(place=changed["indicator_id"].map(order)).sort_values(
        ["period_start", "place"], ascending=[False, True]
    )
    columns = tuple(
        Column(_word(page, f"col_{one}"), numeric=one in ("then", "now")) for one in COLUMNS
    )
    rows = (_row(page, one) for one in cached.records(ranked.head(MOST_ROWS)))
    caption = text("revisions.caption", page.lang, day=_earlier_day(page))
    return Table(caption, columns, tuple(rows))


def _row(page: Page, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    indicator = page.indicators[row["indicator_id"]]
    where = {"indicator": indicator.id, "area": row["area_code"], "period": row["period_type"]}
    start = as_day(row["period_start"])
    then = figure_cell(indicator, row["old_value"], row["old_status"], page.lang)
    if row["change"] == HIDDEN:
        then = Cell(_word(page, "was_shown"), quiet=True)
    return (
        Cell(indicator.name.in_language(page.lang), link=address("trend", lang=page.lang, **where)),
        Cell(period(row["period_type"], start, page.lang) if start else "–"),
        then,
        figure_cell(indicator, row["new_value"], row["new_status"], page.lang),
        Cell(_word(page, f"what_{row['change']}")),
    )


def _redefined(page: Page, found: News) -> str:
    """Return the measures that are defined anew, each with a way to its definition."""
    links = []
    for one in found.redefined:
        where = address("about", lang=page.lang, indicator=one)
        name = escape(page.indicators[one].name.in_language(page.lang))
        links.append(f'<a href="{where}" target="_self">{name}</a>')
    if not links:
        return ""
    return f"<p>{escape(_word(page, 'defined_anew'))} {', '.join(links)}</p>"


def _left(page: Page, found: News, told: int) -> str:
    left = int((found.cells["change"] != CAME).sum()) - told
    return text("revisions.left", page.lang, count=left) if left else ""


def _earlier_day(page: Page) -> str:
    """Return the day of the release before, as its name tells it."""
    older = before(page.release)
    written = older.name[:8] if older else ""
    stamp = as_day(written) if written else None
    return day(stamp, page.lang) if stamp else ""


def _note(words: str) -> str:
    return f'<p class="th-note under">{escape(words)}</p>' if words else ""


def _word(page: Page, key: str) -> str:
    return text(f"revisions.{key}", page.lang)
