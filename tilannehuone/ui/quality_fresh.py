"""How fresh each source is: what is late, what should come next and when."""

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Literal

from tilannehuone.cadence import late_since, next_expected
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.registry import Indicator
from tilannehuone.texts.format import day, period
from tilannehuone.ui import cached, regions
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import table_html
from tilannehuone.ui.options import ALL
from tilannehuone.ui.quality_pick import fed_by, names
from tilannehuone.ui.words import as_day

When = Literal["late", "soon", "later"]

TIMES: tuple[When, ...] = ("late", "soon", "later")
"""In the order of reading."""

SOON = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The next delivery of a source: by when it should come, and the measures that wait for it.

    `latest` is the newest period that those measures have, in words.
    """

    source: str
    due: date
    when: When
    latest: str
    measures: tuple[Indicator, ...]


def deliveries(page: Page, source: str = ALL) -> list[Delivery]:
    """Return the next delivery of every source, or of one: the late and the nearest first.

    A source that measures wait for over periods of different lengths has one for each day.
    """
    asked = [one for one in names(page) if source in (ALL, one)]
    found = [each for one in asked for each in _of(page, one)]
    return sorted(found, key=lambda one: (TIMES.index(one.when), one.due, one.source))


def table(page: Page, found: list[Delivery]) -> Table:
    """Return a row a delivery, in that order."""
    named = names(page)
    columns = tuple(
        Column(page.text(f"col_{one}"), whole=one == "by")
        for one in ("source", "state", "by", "latest", "measures")
    )
    rows = tuple(
        (
            Cell(named[one.source]),
            Cell(page.text(f"when_{one.when}"), icon=_icon(one)),
            Cell(day(one.due, page.lang)),
            Cell(one.latest),
            Cell(", ".join(each.name.in_language(page.lang) for each in one.measures)),
        )
        for one in found
    )
    return Table(page.text("freshness_note"), columns, rows)


def freshness_html(page: Page, found: list[Delivery]) -> str:
    """Return the deliveries as a section; the sources that bring no periods are named under it."""
    title = escape(page.text("freshness"))
    nothing = f'<p class="th-note">{escape(page.text("nothing"))}</p>'
    body = table_html(table(page, found), page.lang) if found else nothing
    return f'<section class="th-section" lang="{page.lang}"><h2>{title}</h2>{body}</section>'


def _of(page: Page, source: str) -> list[Delivery]:
    """Return the deliveries of one source: the measures that are due on one day together."""
    newest = {
        row["indicator_id"]: (str(row["period_type"]), as_day(row["latest_period"]))
        for row in cached.records(regions.freshness(page.release, source))
    }
    by_day: dict[tuple[date, bool], list[tuple[Indicator, str]]] = {}
    for one in fed_by(page, source):
        grain, latest = newest.get(one.id, ("", None))
        if latest is None:
            continue
        late = late_since(grain, latest, "ok", one.lag_days, page.today)
        due = late or next_expected(grain, latest, one.lag_days)
        told = period(grain, latest, page.lang)
        by_day.setdefault((due, late is not None), []).append((one, told))
    return [
        Delivery(
            source,
            due,
            _when(page, due, is_late),
            ", ".join(dict.fromkeys(told for _, told in waiting)),
            tuple(one for one, _ in waiting),
        )
        for (due, is_late), waiting in by_day.items()
    ]


def _when(page: Page, due: date, is_late: bool) -> When:
    return "late" if is_late else "soon" if due <= page.today + SOON else "later"


def _icon(one: Delivery) -> str:
    icons = {"late": "concern.late", "soon": "common.waiting", "later": "common.steady"}
    return icons[one.when]
