"""The verdict of every area beside the own one, with its reasons in plain language."""

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.network.comparable import WORDS, Reason, Verdict
from tilannehuone.texts.format import day, in_period, percent
from tilannehuone.ui import options
from tilannehuone.ui.compare import View
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import table_html

LOOKS = {
    "comparable": "common.steady",
    "with_reservations": "neutral.both",
    "not_comparable": "none.waiting",
}
"""The icon of each word: none of them tells of good or bad."""


def section_html(page: Page, shown: View) -> str:
    """Return the verdicts under their heading."""
    found = table(page, shown)
    if not found.rows:
        return ""
    heading = escape(page.text("verdicts", area=shown.own_name))
    return (
        f'<section class="th-section th-compare-verdicts" lang="{page.lang}"><h2>{heading}</h2>'
        f'<p class="th-note">{escape(page.text("verdicts_note"))}</p>'
        f"{table_html(found, page.lang)}</section>"
    )


def table(page: Page, shown: View) -> Table:
    """Return each area with the word of its verdict and all reasons."""
    columns = (
        Column(page.text("col_area")),
        Column(page.text("col_verdict"), whole=True),
        Column(page.text("col_reasons")),
        Column("area_code", file_only=True),
        Column("verdict", file_only=True),
        Column("reasons", file_only=True),
    )
    rows = tuple(
        (
            Cell(one.name),
            Cell(word(page, one.verdict), icon=LOOKS[one.verdict.word]),
            Cell(reasons_words(page, shown, one.verdict) or page.text("reason_none")),
            Cell(one.code),
            Cell(one.verdict.word),
            Cell(" ".join(reason.key for reason in one.verdict.reasons)),
        )
        for one in shown.others
        if one.verdict is not None
    )
    return Table(page.text("verdicts_caption", area=shown.own_name), columns, rows)


def word(page: Page, told: Verdict) -> str:
    """Return a verdict's word in the reader's language."""
    return page.text(f"verdict_{told.word}")


def tally(page: Page, shown: View) -> str:
    """Return how many areas have each word; empty where nobody stands beside the own area."""
    told = [one.verdict for one in shown.others if one.verdict is not None]
    if not told:
        return ""
    counted = [(name, sum(one.word == name for one in told)) for name in WORDS]
    parts = [page.text(f"tally_{name}", count=count) for name, count in counted if count]
    return page.text("tally", area=shown.own_name, parts=", ".join(parts))


def reasons_words(page: Page, shown: View, told: Verdict) -> str:
    """Return the reasons of a verdict as sentences, the heavier first."""
    ordered = sorted(told.reasons, key=lambda one: -WORDS.index(one.severity))
    return " ".join(reason_words(page, shown, one) for one in ordered)


def reason_words(page: Page, shown: View, reason: Reason) -> str:
    """Return one reason as a sentence."""
    return page.text(f"reason_{reason.key}", **_values(page, shown, reason.values))


def _values(page: Page, shown: View, values: Any) -> dict[str, str]:
    told: dict[str, str] = {}
    names = options.names_of_areas(page)
    for key, one in values.items():
        if key == "compared":
            told[key] = in_period(shown.period_type, one, page.lang)
        elif key == "days":
            told[key] = _days(page, one)
        elif key == "share":
            told[key] = percent(100 * one, page.lang, 0)
        elif key == "areas":
            told[key] = ", ".join(names[code] for code in one)
        elif key == "types":
            told[key] = ", ".join(options.area_type_name(kind, page.lang) for kind in one)
    return told


def _days(page: Page, days: Iterable[date]) -> str:
    return ", ".join(day(one, page.lang) for one in days)
