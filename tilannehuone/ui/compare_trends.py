"""Each area's own trend, before any level: small charts over one time, each with its own word."""

from collections.abc import Mapping
from datetime import date
from html import escape

import numpy as np

from tilannehuone.charts.axis import value_range
from tilannehuone.charts.small import small_picture
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.texts.format import period
from tilannehuone.ui.compare import Place, View
from tilannehuone.ui.compare_choices import links_to
from tilannehuone.ui.frame import Page, address, link_html
from tilannehuone.ui.links import CURRENT, switch_html
from tilannehuone.ui.marks import look, mark_cell, mark_html
from tilannehuone.ui.markup import TONES, tone
from tilannehuone.ui.trend_multiples import AXES
from tilannehuone.ui.words import figure, figure_cell


def section_html(page: Page, shown: View, query: Mapping[str, str]) -> str:
    """Return the small charts under their heading, the own area first."""
    places = [one for one in _own_first(shown) if one.series["value"].notna().any()]
    if not places:
        return ""
    axis = query.get("axis") if query.get("axis") in AXES else AXES[0]
    days = _time(places)
    common = _ends(shown, places)
    tiles = "".join(
        _tile(page, shown, one, days, common if axis == AXES[0] else _ends(shown, [one]))
        for one in places
    )
    note = " ".join((page.text("trends_note"), page.text(f"axis_note_{axis}")))
    return (
        f'<section class="th-section" lang="{page.lang}"><div class="th-aside">'
        f"<h2>{escape(page.text('trends'))}</h2>{_switch(page, shown, str(axis))}</div>"
        f'<p class="th-note">{escape(note)}</p><ul class="th-multiples">{tiles}</ul></section>'
    )


def table(page: Page, shown: View) -> Table:
    """Return every area with its own word, its newest figure and period."""
    columns = (
        Column(page.text("col_area")),
        Column(page.text("col_own_word")),
        Column(page.text("col_value"), numeric=True),
        Column(page.text("col_period"), whole=True),
        Column("area_code", file_only=True),
    )
    rows = tuple(_row(page, shown, one) for one in shown.places)
    here = next((n for n, one in enumerate(shown.places) if one.is_own), None)
    return Table(f"{page.text('trends')}. {page.text('order')}", columns, rows, here=here)


def _row(page: Page, shown: View, one: Place) -> tuple[Cell, ...]:
    finding = one.finding
    if finding is None:
        return (Cell(one.name), Cell(""), Cell(""), Cell(""), Cell(one.code))
    latest = finding.latest_period
    return (
        Cell(one.name),
        mark_cell(finding, page.lang),
        figure_cell(shown.indicator, finding.latest_value, finding.latest_status, page.lang),
        Cell(period(shown.period_type, latest, page.lang) if latest else ""),
        Cell(one.code),
    )


def _own_first(shown: View) -> list[Place]:
    own = [one for one in shown.places if one.is_own]
    return own + shown.others


def _time(places: list[Place]) -> list[date]:
    """Return every period of the common time: from the first of any area to the last."""
    return sorted({day for one in places for day in one.series["period_start"]})


def _ends(shown: View, places: list[Place]) -> tuple[float, float]:
    ceiling = 100.0 if shown.indicator.kind == "proportion" else None
    drawn = np.concatenate([one.series["value"].to_numpy(float) for one in places])
    return value_range(drawn, ceiling)


def _tile(
    page: Page, shown: View, place: Place, days: list[date], ends: tuple[float, float]
) -> str:
    series = place.series.set_index("period_start")["value"]
    known = {day: float(value) for day, value in series.dropna().items()}
    finding = place.finding
    role = tone(look(finding)) if finding else "common"
    role = role if role in TONES else "common"
    picture = small_picture([known.get(one) for one in days], ends, role)
    first, last = (period(shown.period_type, one, page.lang) for one in (days[0], days[-1]))
    time = (
        f'<span class="th-time" aria-hidden="true"><span>{escape(first)}</span>'
        f"<span>{escape(last)}</span></span>"
    )
    word = mark_html(finding, page.lang) if finding else ""
    name = f'<span class="name">{escape(place.name)}</span>'
    told = f"{name}{_latest(page, shown, place)}{picture}{time}{word}"
    here = CURRENT if place.is_own else ""
    return f"<li>{link_html(page, place.code, links_to(page, shown, place), told, here)}</li>"


def _latest(page: Page, shown: View, place: Place) -> str:
    finding = place.finding
    if finding is None or finding.latest_value is None or finding.latest_period is None:
        return ""
    value = figure(shown.indicator, finding.latest_value, page.lang)
    when = period(shown.period_type, finding.latest_period, page.lang)
    return f'<span class="value">{escape(value)} <span class="quiet">{escape(when)}</span></span>'


def _switch(page: Page, shown: View, axis: str) -> str:
    names = {one: page.text(f"axis_{one}") for one in AXES}
    key = {"lang": page.lang, **shown.address}
    ways = [(name, address("compare", **key, axis=one)) for one, name in names.items()]
    return switch_html(page.text("axis_pick"), ways, names[axis])
