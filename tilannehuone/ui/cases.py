"""Signal cases of an area: opened from what its release shows, and told in words."""

from collections.abc import Sequence
from datetime import date
from html import escape

from tilannehuone.access import may
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.errors import BookUnavailable
from tilannehuone.finding import Finding
from tilannehuone.meeting.book import Book, many
from tilannehuone.meeting.cases import Signal, data_errors, is_open, open_cases
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import SignalCase
from tilannehuone.texts import text
from tilannehuone.texts.faults import fault_line
from tilannehuone.texts.format import in_period, period
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page, address, instance_folder
from tilannehuone.ui.marks import is_signal
from tilannehuone.ui.markup import table_html, word_html
from tilannehuone.ui.standing import begun, standings

WORDS = ("checked", "assessed", "acted", "came")


def signals(page: Page, area_code: str) -> list[Signal]:
    """Return the signals of an area's measures, each with the period it began in."""
    return [
        Signal(key, found.period_type, _began(page, area_code, found), _variation(found))
        for key, found in standings(page, area_code).items()
        if found is not None and is_signal(found)
    ]


def opened(page: Page, book: Book, area_code: str) -> list[SignalCase]:
    """Open the cases that the release calls for; return all cases of the area, as written."""
    open_cases(book, area_code, signals(page, area_code))
    return many(book, SignalCase, area_code=area_code)


def waiting(kept: Sequence[SignalCase]) -> list[SignalCase]:
    """Return the open cases, the oldest signal first."""
    return sorted(filter(is_open, kept), key=lambda one: (one.period_start, one.id))


def head_html(page: Page, kept: Sequence[SignalCase]) -> str:
    """Return the page's one message: how many cases are open; under it, what a case is."""
    n = len(waiting(kept))
    key = {0: "message_none", 1: "message_one"}.get(n, "message")
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(page.text("title"))}</h1>'
        f'<p class="th-message">{escape(page.text(key, count=n))}</p>'
        f'<p class="th-detail">{escape(page.text("note"))}</p></header>'
    )


def case_html(page: Page, case: SignalCase) -> str:
    """Return a case: its measure with a link to the chart, since when, and what is written."""
    lang = page.lang
    name = escape(measure_name(page, case))
    link = f'<a href="{_address(page, case, "trend")}" target="_self">{name}</a>'
    began = page.text("began", period=in_period(case.period_type, case.period_start, lang))
    stage = page.text("stage", stage=page.text(f"stage_{case.state}"))
    word = word_html(page.text(f"variation_{case.variation}"), _icon(page, case))
    written = "".join(f"<p>{escape(one)}</p>" for one in _written(case))
    return (
        f'<section class="th-section" lang="{lang}" id="case-{case.id}"><h3>{link}</h3>'
        f'<p class="th-note">{word} {escape(began)} · {escape(stage)}</p>{written}</section>'
    )


def closed_html(page: Page, kept: Sequence[SignalCase]) -> str:
    """Return the closed cases as a table, the newest first."""
    done = sorted(
        (one for one in kept if not is_open(one)),
        key=lambda one: (one.period_start, one.id),
        reverse=True,
    )
    title = escape(page.text("closed"))
    nothing = f'<p class="th-note">{escape(page.text("closed_none"))}</p>'
    body = (
        table_html(_table(page, done, page.text("closed_note"), "trend"), page.lang)
        if done
        else nothing
    )
    return f'<section class="th-section" lang="{page.lang}"><h2>{title}</h2>{body}</section>'


def quality_html(page: Page) -> str:
    """Return the block of the quality page; where the book cannot be reached, that is said."""
    try:
        book = open_book(address_of(instance_folder()))
    except BookUnavailable as silent:
        return f'<p class="th-note">{escape(fault_line(silent.faults[0], page.lang))}</p>'
    return errors_html(page, book)


def errors_html(page: Page, book: Book) -> str:
    """Return the cases in which the figures were found wrong; nothing where there is none.

    It stands on the quality page, for the areas that the reader may see.
    """
    wrong = [
        one
        for one in data_errors(many(book, SignalCase))
        if may(page.person, "view", one.area_code) and one.indicator_id in page.indicators
    ]
    if not wrong:
        return ""
    lang = page.lang
    table = _table(page, wrong, text("cases.errors_note", lang), "cases")
    query = {"lang": lang, "area": wrong[0].area_code}
    more = f'<a href="{address("cases", **query)}" target="_self">{_line(lang, "all")}</a>'
    return (
        f'<section class="th-section" lang="{lang}"><h2>{_line(lang, "errors")}</h2>'
        f"{table_html(table, lang)}<p>{more}</p></section>"
    )


def link_html(page: Page, area_code: str) -> str:
    """Return a link to the page of an area's cases."""
    where = address("cases", lang=page.lang, area=area_code)
    return f'<p><a href="{where}" target="_self">{_line(page.lang, "all")}</a></p>'


def _table(page: Page, found: Sequence[SignalCase], caption: str, to: str) -> Table:
    """Return cases as a table whose names lead to a page: to the chart, or to the area's cases."""
    lang, names = page.lang, options.names_of_areas(page)
    columns = tuple(
        Column(text(f"cases.col_{one}", lang))
        for one in ("measure", "area", "began", "outcome", "words")
    )
    rows = tuple(
        (
            Cell(measure_name(page, one), link=_address(page, one, to)),
            Cell(names.get(one.area_code, one.area_code)),
            Cell(period(one.period_type, one.period_start, lang)),
            Cell(text(f"cases.outcome_{one.outcome}", lang)),
            Cell(" ".join(_written(one))),
        )
        for one in found
    )
    return Table(caption, columns, rows)


def _address(page: Page, case: SignalCase, to: str) -> str:
    query = {"lang": page.lang, "indicator": case.indicator_id, "area": case.area_code}
    return address(to, **query)


def measure_name(page: Page, case: SignalCase) -> str:
    """Return what a case's measure is called; its id where it is no longer published."""
    known = page.indicators.get(case.indicator_id)
    return known.name.in_language(page.lang) if known else case.indicator_id


def _icon(page: Page, case: SignalCase) -> str:
    """Return the icon of a case's signal: towards the side it was on."""
    known, variation = page.indicators.get(case.indicator_id), case.variation
    if variation.startswith("neutral_"):
        return f"neutral.{variation.removeprefix('neutral_')}"
    if variation == "both" or known is None:
        return "neutral.both"
    is_high = (variation == "improvement") == (known.direction == "up")
    return f"{variation}.{'high' if is_high else 'low'}"


def _written(case: SignalCase) -> list[str]:
    return [getattr(case, one) for one in WORDS if getattr(case, one)]


def _began(page: Page, area_code: str, finding: Finding) -> date:
    """Return the first period of a signal; one without a single beginning is of its latest."""
    found = begun(page, area_code, finding) or finding.latest_period
    if found is None:
        raise ValueError("a signal without a known period")
    return found


def _variation(finding: Finding) -> str:
    return "both" if len(finding.marks) > 1 else str(finding.variation)


def _line(lang: str, key: str) -> str:
    return escape(text(f"cases.{key}", lang))
