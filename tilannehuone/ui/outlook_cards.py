"""The outlook on the screen: its one message, a card for each forecast, the rest as a list."""

from collections.abc import Sequence
from html import escape

from tilannehuone.charts.table import Table
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.markup import icon_html, table_html, tone, word_html
from tilannehuone.ui.outlook import GROUPS, Group, Outlook, in_group
from tilannehuone.ui.outlook_fan import fan_svg
from tilannehuone.ui.outlook_words import (
    ahead_when,
    ahead_words,
    coverage,
    expected,
    message,
    noticed,
    now_when,
    now_words,
    record,
    second,
    verdict,
)
from tilannehuone.ui.words import unit_words


def head_html(page: Page, area_code: str, found: Sequence[Outlook]) -> str:
    """Return what is looked at, the one message, and that a forecast concerns the area."""
    name = escape(options.names_of_areas(page)[area_code])
    told = f"{coverage(page, found)} {page.text('individual')}"
    return (
        f'<header class="th-head" lang="{page.lang}">'
        f'<h1>{escape(page.text("title"))} <span class="where">{name}</span></h1>'
        f'<p class="th-message">{escape(message(page, found))}</p>'
        f'<p class="th-detail">{escape(told)}</p></header>'
    )


def cards_html(page: Page, found: Sequence[Outlook]) -> str:
    """Return all forecasts, those whose target is at risk first; empty where there is none."""
    groups = [one for one in GROUPS if one != "none" and in_group(found, one)]
    parts = "".join(_group(page, one, in_group(found, one)) for one in groups)
    how = f'<p class="th-note">{escape(page.text("how"))}</p>' if groups else ""
    return f'<div class="th-outlook" lang="{page.lang}">{parts}{how}</div>' if groups else ""


def question_html(page: Page) -> str:
    """Return the question that a meeting asks of every service."""
    title, question = (escape(page.text(f"question_{one}")) for one in ("title", "all"))
    return (
        f'<section class="th-section" lang="{page.lang}"><h2>{title}</h2>'
        f'<p class="th-question">{question}</p></section>'
    )


def rest_html(page: Page, table: Table) -> str:
    """Return what cannot be forecast, each with its reason."""
    if not table.rows:
        return ""
    title = escape(page.text("group_none"))
    body = table_html(table, page.lang)
    return f'<section class="th-section" lang="{page.lang}"><h2>{title}</h2>{body}</section>'


def _group(page: Page, group: Group, some: Sequence[Outlook]) -> str:
    title = escape(page.text(f"group_{group}"))
    cards = "".join(_card(page, one) for one in some)
    return (
        f'<section class="th-outlooks"><h2>{title} <span class="count">{len(some)}</span></h2>'
        f"<ul>{cards}</ul></section>"
    )


def _card(page: Page, one: Outlook) -> str:
    words, icon = verdict(page, one)
    more = second(page, one)
    more = f'<p class="more">{escape(more)}</p>' if more else ""
    query = {"lang": page.lang, "area": one.area_code, "indicator": one.indicator.id}
    link = address("trend", **query, period=one.indicator.period)
    name = escape(one.indicator.name.in_language(page.lang))
    return (
        f'<li class="{tone(icon)}"><h3><a href="{link}" target="_self">{name}</a></h3>'
        f'<p class="verdict">{word_html(words, icon)}</p>{more}'
        f'<div class="numbers">{_numbers(page, one)}{fan_svg(one)}</div>{_facts(page, one)}</li>'
    )


def _numbers(page: Page, one: Outlook) -> str:
    now, ahead = (
        escape(unit_words(one.indicator, page.lang, value))
        for value in (one.now, float(one.end["upper80"]))
    )
    likely = escape(page.text("likely"))
    return (
        f"<dl><div><dt>{escape(page.text('now'))}</dt>"
        f"<dd><b>{escape(now_words(page, one))}</b> {now}</dd>"
        f'<dd class="quiet">{escape(now_when(page, one))}</dd></div>'
        f"<div><dt>{escape(page.text('ahead'))}</dt>"
        f"<dd><b>{escape(ahead_words(page, one))}</b> {ahead}</dd>"
        f'<dd class="quiet">{escape(ahead_when(page, one))} · {likely}</dd></div></dl>'
    )


def _facts(page: Page, one: Outlook) -> str:
    """Return what else is to be known of a forecast, and the measure's own question."""
    words, is_late = expected(page, one)
    icon = icon_html("concern.late") if is_late else ""
    told = {
        "record": escape(record(page, one)),
        "notice": escape(noticed(page, one)),
        "next": f"{icon} {escape(words)}".strip(),
        "question": escape(one.indicator.question.in_language(page.lang)),
    }
    rows = "".join(
        f'<div class="{key}"><dt>{escape(page.text(f"col_{key}"))}</dt><dd>{one}</dd></div>'
        for key, one in told.items()
    )
    return f'<dl class="facts">{rows}</dl>'
