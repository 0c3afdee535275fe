"""The outlook as tables: what is forecast, and why the rest is not."""

from collections.abc import Sequence

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.outlook import GROUPS, Outlook, in_group
from tilannehuone.ui.outlook_words import (
    ahead_when,
    ahead_words,
    expected,
    noticed,
    now_when,
    now_words,
    reason,
    record,
    second,
    verdict,
)
from tilannehuone.ui.overview_table import release_notes

WIDTHS = ("point", "lower80", "upper80", "lower95", "upper95")
"""Numbers of the forecast's end that only a file carries."""


def forecasts(page: Page, found: Sequence[Outlook]) -> Table:
    """Return a row a forecast, in the order of the cards; then those without one, and why."""
    names = ("measure", "now", "now_when", "ahead", "ahead_when", "unit", "said", "record", "next")
    numeric = ("now", "ahead")
    columns = (
        *(Column(page.text(f"col_{one}"), numeric=one in numeric) for one in names),
        *(Column(page.text(f"col_{one}"), file_only=True) for one in ("notice", "question")),
        Column("indicator_id", file_only=True),
        *(Column(page.text(f"col_{one}"), file_only=True) for one in WIDTHS),
    )
    rows = tuple(_row(page, one) for group in GROUPS for one in in_group(found, group))
    return Table(page.text("as_table"), columns, rows, notes=notes(page, found))


def without(page: Page, found: Sequence[Outlook]) -> Table:
    """Return what cannot be forecast: why, what would be noticed all the same, and what is next."""
    columns = tuple(
        Column(page.text(f"col_{one}")) for one in ("measure", "reason", "notice", "next")
    )
    rows = tuple(
        (_name(page, one), Cell(reason(page, one)), Cell(noticed(page, one)), _next(page, one))
        for one in in_group(found, "none")
    )
    return Table(page.text("none_note"), columns, rows)


def notes(page: Page, found: Sequence[Outlook]) -> tuple[tuple[str, str], ...]:
    """Return what every file carries: what a forecast is, the release, what the marks mean."""
    told = f"{page.text('individual')} {page.text('how')}"
    measures = [one.indicator for one in found]
    return ((page.text("note_how"), told), *release_notes(page, *measures))


def _row(page: Page, one: Outlook) -> tuple[Cell, ...]:
    indicator, lang = one.indicator, page.lang
    unit = Cell(indicator.unit.in_language(lang))
    tail = (
        Cell(noticed(page, one)),
        Cell(indicator.question.in_language(lang)),
        Cell(indicator.id),
    )
    if not one.is_forecast:
        dash, blank = Cell("–", quiet=True), Cell("")
        head = (_name(page, one), dash, blank, dash, blank, unit, Cell(reason(page, one)))
        return (*head, blank, _next(page, one), *tail, *(blank for _ in WIDTHS))
    words, icon = verdict(page, one)
    said = " ".join(part for part in (words, second(page, one)) if part)
    return (
        _name(page, one),
        Cell(now_words(page, one), number=one.now),
        Cell(now_when(page, one)),
        Cell(ahead_words(page, one)),
        Cell(ahead_when(page, one)),
        unit,
        Cell(said, icon=icon),
        Cell(record(page, one)),
        _next(page, one),
        *tail,
        *(Cell("", number=float(one.end[name])) for name in WIDTHS),
    )


def _name(page: Page, one: Outlook) -> Cell:
    query = {"lang": page.lang, "area": one.area_code, "indicator": one.indicator.id}
    return Cell(one.indicator.name.in_language(page.lang), link=address("trend", **query))


def _next(page: Page, one: Outlook) -> Cell:
    words, is_late = expected(page, one)
    return Cell(words, icon="concern.late" if is_late else None)
