"""Quality in plain words: what was read, checked, rejected, hidden and late."""

from html import escape
from typing import Any

from tilannehuone import store
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.texts.format import day, period
from tilannehuone.ui import cached
from tilannehuone.ui.due import late_since, next_expected
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import table_html
from tilannehuone.ui.words import as_day, count, number_cell, reason_words, status_word

COUNTS = ("rows_read", "rows_loaded", "rows_quarantined", "totals_dropped", "rows_other")
STATUSES = ("ok", "c", "x", "o", "u", "k", "z")


def head_html(page: Page) -> str:
    """Return the page's one message: how much was read, rejected and remarked on."""
    files = cached.sources(page.release)
    checks = cached.checks(page.release)
    failed = int((~checks["success"].astype(bool)).sum())
    read, rejected = (int(files[one].sum()) for one in ("rows_read", "rows_quarantined"))
    told = page.text(
        "message",
        files=count(len(files), page.lang),
        rows=count(read, page.lang),
        rejected=count(rejected, page.lang),
        checks=count(len(checks), page.lang),
        failed=count(failed, page.lang),
    )
    built = page.text("built", day=day(page.facts["built_at"].date(), page.lang))
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(page.text("title"))}</h1>'
        f'<p class="th-message">{escape(told)}</p><p class="th-note">{escape(built)}</p></header>'
    )


def section_html(page: Page, key: str, table: Table) -> str:
    """Return a table under its heading; nothing in it is said in a word."""
    title = escape(page.text(key))
    nothing = f'<p class="th-note">{escape(page.text("nothing"))}</p>'
    body = table_html(table, page.lang) if table.rows else nothing
    return f'<section class="th-section" lang="{page.lang}"><h2>{title}</h2>{body}</section>'


def sources(page: Page) -> Table:
    """Return what was read: a row a file, whose counts add up to what it held."""
    files = cached.sources(page.release)
    columns = (
        Column(page.text("col_source")),
        Column(page.text("col_file")),
        *(Column(page.text(f"col_{one}"), numeric=True) for one in COUNTS),
        Column(page.text("col_state")),
    )
    rows = tuple(_file(page, row) for row in cached.records(files))
    return Table(page.text("sources_note"), columns, rows)


def checks(page: Page, *, passed: bool) -> Table:
    """Return the checks that passed, or those that gave a remark, in the reader's words."""
    found = cached.checks(page.release)
    columns = tuple(
        Column(page.text(f"col_{one}"), numeric=one == "rows")
        for one in ("source", "check", "severity", "rows")
    )
    rows = tuple(
        (
            Cell(_title(page, row["source"])),
            Cell(str(row[f"message_{page.lang}"])),
            Cell(page.text(f"severity_{row['severity']}")),
            number_cell(row["unexpected_count"], page.lang),
        )
        for row in cached.records(found[found["success"].astype(bool) == passed])
    )
    return Table(page.text("checks_passed" if passed else "checks_failed_note"), columns, rows)


def quarantine(page: Page) -> Table:
    """Return how many rows were rejected, and why; never a value of any."""
    names = ("source", "file", "reason", "rows")
    columns = tuple(Column(page.text(f"col_{one}"), numeric=one == "rows") for one in names)
    rows = tuple(
        (
            Cell(_title(page, row["source"])),
            Cell(str(row["file"])),
            Cell(_reason(page, row)),
            number_cell(row["row_count"], page.lang),
        )
        for row in cached.records(cached.read(page.release, store.QUARANTINE))
    )
    return Table(page.text("quarantine_note"), columns, rows)


def statuses(page: Page) -> Table:
    """Return how many figures of each measure are shown, hidden, missing or late."""
    found = cached.read(page.release, store.STATUSES)
    tally = found.pivot_table("cell_count", "indicator_id", "status", "sum", fill_value=0)
    used = [one for one in STATUSES if one in tally.columns]
    heads = [page.text("col_shown") if one == "ok" else status_word(one, page.lang) for one in used]
    columns = (Column(page.text("col_measure")), *(Column(one, numeric=True) for one in heads))
    rows = tuple(
        (
            Cell(one.name.in_language(page.lang)),
            *(number_cell(tally.loc[one.id, status], page.lang) for status in used),
        )
        for one in page.indicators.values()
        if one.id in tally.index
    )
    return Table(page.text("statuses_note"), columns, rows)


def freshness(page: Page) -> Table:
    """Return the latest period of each measure, and when the next is due or that it is late."""
    names = ("measure", "latest", "next", "state")
    columns = tuple(Column(page.text(f"col_{one}")) for one in names)
    found = cached.records(cached.read(page.release, store.FRESHNESS))
    rows = tuple(_fresh(page, row) for row in found if row["indicator_id"] in page.indicators)
    return Table(page.text("freshness_note"), columns, rows)


def _file(page: Page, row: dict[str, Any]) -> tuple[Cell, ...]:
    state = page.text(f"state_{row['state']}")
    counts = (number_cell(row[one], page.lang) for one in COUNTS)
    return (Cell(_title(page, row["source"])), Cell(str(row["file"])), *counts, Cell(state))


def _title(page: Page, source: str) -> str:
    """Return what a source is called; its id where it was given no title."""
    files = cached.sources(page.release)
    titles = files.loc[files["source"] == source, "title"].dropna()
    return source if titles.empty else str(titles.iloc[0][page.lang])


def _reason(page: Page, row: dict[str, Any]) -> str:
    """Return why rows were rejected: the words of the source's own rule, or of the loader."""
    reason = str(row["reason"])
    if not reason.startswith("rule:"):
        return reason_words(reason, page.lang)
    checks = cached.checks(page.release)
    mine = checks["source"].eq(row["source"]) & checks["expectation"].str.endswith(f"({reason})")
    found = checks.loc[mine, f"message_{page.lang}"]
    return reason if found.empty else str(found.iloc[0])


def _fresh(page: Page, row: dict[str, Any]) -> tuple[Cell, ...]:
    one, latest = page.indicators[row["indicator_id"]], as_day(row["latest_period"])
    name = Cell(one.name.in_language(page.lang))
    if latest is None:
        return (name, Cell(page.text("none_shown"), quiet=True), Cell(""), Cell(""))
    grain = str(row["period_type"])
    due = day(next_expected(grain, latest, one.lag_days), page.lang)
    late = late_since(grain, latest, "ok", one.lag_days, page.today)
    state = Cell(page.text("late" if late else "in_time"), icon="concern.late" if late else None)
    return (name, Cell(period(grain, latest, page.lang)), Cell(due), state)
