"""Measures by areas: a cell says which way a measure goes there, and whether its target is met."""

from collections.abc import Mapping, Sequence
from html import escape

from tilannehuone.finding import Finding
from tilannehuone.registry import Indicator
from tilannehuone.texts.format import period
from tilannehuone.ui import overview, standing
from tilannehuone.ui.frame import Page, address, link_html
from tilannehuone.ui.marks import is_signal, look, name_html, short_html
from tilannehuone.ui.markup import icon_html, tone
from tilannehuone.ui.overview_areas import Column, columns
from tilannehuone.ui.overview_filter import Group, Lens, Picture
from tilannehuone.ui.standing import Standings
from tilannehuone.ui.words import figure, unit_words

Found = Mapping[str, Standings]


TOLD_PARTS = ("chosen", "above")
"""How a column stands to the chosen area is told of these; it would be noise over the many."""


def found_in(page: Page, shown: Sequence[Column]) -> dict[str, Standings]:
    """Return where the measures stand in each area of the matrix; an area without any has none."""
    found = standing.beside(page, [one.area_code for one in shown])
    return {one.area_code: found.get(one.area_code, {}) for one in shown}


def matrix_html(page: Page, area_code: str, picture: Picture) -> str:
    """Return the matrix as a table: a row a measure, a column an area, every cell a link.

    The table scrolls in its own frame, its first column and its header staying in sight.
    """
    shown = columns(page, area_code)
    found = found_in(page, shown)
    caption = escape(page.text("matrix_caption"))
    heads = "".join(_head(page, one, picture.lens) for one in shown)
    corner = f'<td><span class="th-unseen">{escape(page.text("col_measure"))}</span></td>'
    bodies = "".join(_body(page, one, picture.lens, shown, found) for one in picture.groups)
    return (
        f'<div class="th-matrix" lang="{page.lang}" tabindex="0" role="region"'
        f' aria-label="{caption}"><table><caption class="th-unseen">{caption}</caption>'
        f"<thead><tr>{corner}{heads}</tr></thead>{bodies}</table></div>"
        f"{_names(page, shown)}"
    )


def cell_figure(page: Page, indicator: Indicator, finding: Finding) -> str:
    """Return the figure behind a cell with its unit and period; empty where there is none."""
    if finding.latest_value is None or finding.latest_period is None:
        return ""
    value = figure(indicator, finding.latest_value, page.lang)
    unit = unit_words(indicator, page.lang, finding.latest_value)
    when = period(finding.period_type, finding.latest_period, page.lang)
    return f"{value} {unit}".strip() + f", {when}"


def _head(page: Page, column: Column, lens: Lens) -> str:
    name = escape(column.short).replace("–", "–<wbr>")
    if column.part == "chosen":
        words = f"<b>{name}</b>"
    else:
        link = address("overview", lang=page.lang, area=column.area_code, **lens.query())
        words = link_html(page, column.area_code, link, name)
    if column.part in TOLD_PARTS:
        words += f"<small>{escape(page.text(f'part_{column.part}'))}</small>"
    return f'<th scope="col" class="{column.part}">{words}</th>'


def _body(page: Page, group: Group, lens: Lens, shown: Sequence[Column], found: Found) -> str:
    title, due = overview.heading(page, group.cadence, lens.sort)
    now = " now" if overview.has_due(page, group.cadence) else ""
    when = f' <span class="th-due{now}">{escape(due)}</span>' if due else ""
    rows = "".join(_row(page, one, shown, found) for one in group.indicators)
    if group.cadence is None:
        return f"<tbody>{rows}</tbody>"
    return (
        f'<tbody><tr class="group"><th scope="rowgroup" colspan="{len(shown) + 1}">'
        f"<span>{escape(title)}{when}</span></th></tr>{rows}</tbody>"
    )


def _row(page: Page, indicator: Indicator, shown: Sequence[Column], found: Found) -> str:
    cells = "".join(_cell(page, indicator, one, found[one.area_code]) for one in shown)
    return f'<tr><th scope="row">{name_html(indicator, page.lang)}</th>{cells}</tr>'


def _cell(page: Page, indicator: Indicator, column: Column, found: Standings) -> str:
    if indicator.id not in found:
        words = escape(page.text("no_series"))
        return (
            f'<td class="{column.part} none"><span aria-hidden="true">–</span>'
            f'<span class="th-unseen">{words}</span></td>'
        )
    query = {"lang": page.lang, "area": column.area_code, "indicator": indicator.id}
    finding = found[indicator.id]
    if finding is None:
        words = f'<span class="th-short">{icon_html("none.shield")}'
        words += f"<span>{escape(page.text('short_small'))}</span></span>"
        return _linked(page, column, column.part, address("trend", **query), words)
    link = address("trend", **query, period=finding.period_type)
    mood = f"{column.part} {tone(look(finding))}" if is_signal(finding) else column.part
    behind = cell_figure(page, indicator, finding)
    return _linked(page, column, mood, link, short_html(finding, page.lang), behind)


def _linked(page: Page, column: Column, mood: str, link: str, words: str, behind: str = "") -> str:
    """Return a cell that is a link; its figure is told on pointing and to a screen reader."""
    tip = f' data-tip="{escape(behind)}"' if behind else ""
    unseen = f'<span class="th-unseen">{escape(behind)}</span>' if behind else ""
    told = link_html(page, column.area_code, link, f"{words}{unseen}", tip)
    return f'<td class="{mood}">{told}</td>'


def _names(page: Page, shown: Sequence[Column]) -> str:
    """Return the whole names of the areas that are called by a short one."""
    told = [f"{one.short} = {one.name}" for one in shown if one.short != one.name]
    words = escape("; ".join(told))
    return f'<p class="th-note" lang="{page.lang}">{words}</p>' if told else ""
