"""The measures of one area as tiles: the figure, which way it goes and since when, the promise."""

from datetime import date
from html import escape

from tilannehuone.cadence import late_since
from tilannehuone.finding import Finding, promise, short_word, since_words
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import period
from tilannehuone.ui import options, overview, standing
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.marks import ASSURED, is_signal, look, mark_html, name_html, series_names
from tilannehuone.ui.markup import icon_html, tone
from tilannehuone.ui.overview_areas import columns
from tilannehuone.ui.overview_filter import Group, Picture
from tilannehuone.ui.standing import Standings
from tilannehuone.ui.words import figure, status_tile, unit_words


def tiles_html(page: Page, area_code: str, picture: Picture) -> str:
    """Return the measures as tiles, a section a group, each tile a link to its chart."""
    found = standing.standings(page, area_code)
    parts = "".join(
        _group(page, one, found, area_code, picture.lens.sort) for one in picture.groups
    )
    return f'<div lang="{page.lang}">{parts}</div>'


def since(page: Page, finding: Finding, area_code: str) -> str:
    """Return since when a signal goes on, in words; empty where there is none."""
    first: date | None = standing.begun(page, area_code, finding) if is_signal(finding) else None
    return since_words(finding, first, page.lang)


def elsewhere(page: Page, finding: Finding, area_code: str) -> str:
    """Return what the area right above shows of a measure that has a signal here.

    It answers whether a change is ours or everyone's. Empty where no area above says anything.
    """
    if not is_signal(finding):
        return ""
    for one in columns(page, area_code):
        if one.part != "above":
            continue
        above = standing.standings(page, one.area_code).get(finding.indicator_id)
        if above is not None and above.variation is not None:
            return page.text("elsewhere", area=one.short, words=short_word(above, page.lang))
    return ""


def _group(page: Page, group: Group, found: Standings, area_code: str, sort: str) -> str:
    title, due = overview.heading(page, group.cadence, sort)
    now = " now" if overview.has_due(page, group.cadence) else ""
    when = f' <span class="th-due{now}">{escape(due)}</span>' if due else ""
    tiles = "".join(_tile(page, one, found, area_code) for one in group.indicators)
    return (
        f'<section class="th-group"><h2>{escape(title)}{when}</h2>'
        f'<ul class="th-tiles">{tiles}</ul></section>'
    )


def _tile(page: Page, indicator: Indicator, found: Standings, area_code: str) -> str:
    name = f'<span class="name">{name_html(indicator, page.lang)}</span>'
    query = {"lang": page.lang, "area": area_code, "indicator": indicator.id}
    if indicator.id not in found:
        words = f'<span class="value word">{escape(page.text("no_series"))}</span>'
        return f'<li><div class="th-tile">{name}{words}</div></li>'
    finding = found[indicator.id]
    if finding is None:
        words = f'<span class="value word">{escape(page.text("small"))}</span>'
        above = (
            f'<span class="see">{escape(overview.look_above(page, indicator, area_code))}</span>'
        )
        link = address("trend", **query)
        return f'<li><a class="th-tile" href="{link}" target="_self">{name}{words}{above}</a></li>'
    link = address("trend", **query, period=finding.period_type)
    return (
        f'<li><a class="th-tile {tone(look(finding))}" href="{link}" target="_self">'
        f"{name}{_value(page, indicator, finding)}"
        f"{mark_html(finding, page.lang)}{when_html(page, indicator, finding)}"
        f"{_more(page, indicator, finding, area_code)}</a></li>"
    )


def _value(page: Page, indicator: Indicator, finding: Finding) -> str:
    if finding.latest_value is None:
        word = escape(status_tile(finding.latest_status, indicator, page.lang))
        return f'<span class="value word">{word}</span>'
    unit = escape(unit_words(indicator, page.lang, finding.latest_value))
    shown = escape(figure(indicator, finding.latest_value, page.lang))
    return f'<span class="value">{shown}<span class="unit">{unit}</span></span>'


def when_html(page: Page, indicator: Indicator, finding: Finding) -> str:
    """Return the period a figure is of, and that a newer one is late."""
    if finding.latest_period is None:
        return ""
    words = escape(period(finding.period_type, finding.latest_period, page.lang))
    newest, status = finding.newest_period or finding.latest_period, finding.latest_status
    if late_since(finding.period_type, newest, status, indicator.lag_days, page.today):
        words += f' <span class="late">{escape(text("overview.late", page.lang))}</span>'
    return f'<span class="when">{words}</span>'


def _more(page: Page, indicator: Indicator, finding: Finding, area_code: str) -> str:
    """Return since when, what the area above shows, and the target: each on a line of its own."""
    told = [since(page, finding, area_code), elsewhere(page, finding, area_code)]
    lines = [f'<span class="more">{escape(" · ".join(one for one in told if one))}</span>']
    names = options.names_of_areas(page)
    target = promise(finding, series_names(indicator, names[area_code], "", page.lang), page.lang)
    if target:
        icon = ASSURED.get(str(finding.assurance))
        words = escape(page.text("target_line", words=target))
        lines.append(f'<span class="more target">{icon_html(icon)}{words}</span>')
    return "".join(one for one in lines if not one.endswith('"more"></span>'))
